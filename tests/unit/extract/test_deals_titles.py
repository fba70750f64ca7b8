"""What deals are called that no rule has named: counted weights tell."""

from typing import Any

import pytest

from tests.unit.extract.spans import frames
from transforms.extract.context import ArticleContext, iter_articles
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.titles import TitleReader

FIRM, OTHER = "云岭集团", "海棠公司"
ODDS = {
    "": -3.0,
    "head 冷库": 2.0,
    "head 协议": 2.0,
    "head quoted": 2.0,
    "head 公司": 2.0,
    "p 座": 2.0,
    "p 了": 2.0,
    "b 的": 3.0,
    "p 叫": 2.0,
    "party partner project": -9.0,
    "fw 两个": -9.0,
}


@pytest.fixture
def titles() -> TitleReader:
    return TitleReader({"title_odds": {"heads": ["冷库", "协议", "公司"], "odds": ODDS}})


def article(text: str) -> ArticleContext:
    return next(iter_articles(*frames(text, {FIRM: "organization", OTHER: "organization"})))


def named(
    titles: TitleReader, text: str, *told: str, title: str | None = None, **known: Any
) -> list[str | None]:
    """What each of the deals that begin with the words `told` is called."""
    context = article(text)
    found = []
    for words in told:
        at = text.index(words)
        span = (text.index(title), text.index(title) + len(title)) if title else None
        found.append(Candidate(at, at + len(words), (at, at + 1), "signed", title=span, **known))
    titles.add(context, [(0, len(text))], found, ["project"] * len(found))
    return [text[slice(*c.title)] if c.title else None for c in found]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"{FIRM}合伙办了一座万吨冷库，明年投产。", "万吨冷库"),
        (f"{FIRM}拿到的供货协议昨天生效。", "供货协议"),
        (f"{FIRM}合办的店叫“慢云”，昨天开张。", "慢云"),
        (f"{FIRM}昨天开了一个会。", None),
        (f"{FIRM}合办的店叫“慢云”，“价钱还没谈”。", "慢云"),
        (f"{FIRM}合办的店开了张，有人叫“我来了”。", None),
        (f"{FIRM}签了《甲》（乙协议。", None),
    ],
)
def test_add_names_a_deal_by_what_stands_in_its_sentence(
    titles: TitleReader, text: str, title: str | None
) -> None:
    assert named(titles, text, FIRM) == [title]


def test_add_gives_no_name_to_two_deals(titles: TitleReader) -> None:
    text = f"{FIRM}办了冷库，{OTHER}也出了钱。"
    assert named(titles, text, FIRM, OTHER) == ["冷库", None]


def test_add_leaves_a_side(titles: TitleReader) -> None:
    text = f"{FIRM}同意了{OTHER}。"
    party = Party(text.index(OTHER), text.index(OTHER) + len(OTHER), None)
    assert named(titles, text, FIRM, parties=[party]) == [None]


def test_add_lets_the_evidence_hold_the_name(titles: TitleReader) -> None:
    context = article(text := f"{FIRM}掏钱，办了一座冷库。")
    deal = Candidate(0, len(FIRM) + 2, (4, 6), "signed")
    titles.add(context, [(0, len(text))], [deal], ["project"])
    assert text[deal.start : deal.end] == f"{FIRM}掏钱，办了一座冷库"


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("展会上签下的冷库", "冷库"),
        ("冷库", "冷库"),
    ],
)
def test_add_takes_off_what_stands_in_front_of_a_name(titles: TitleReader, title: str, kept: str) -> None:
    assert named(titles, f"{FIRM}展会上签下的冷库开工。", FIRM, title=title) == [kept]


def test_add_takes_what_the_weights_are_for_where_they_are_against_a_title(titles: TitleReader) -> None:
    text = f"{FIRM}凭两个协议办了一座冷库。"
    assert named(titles, text, FIRM, title="两个协议") == ["冷库"]
    assert named(titles, text, FIRM, title="协议") == ["协议"]


def test_asked_gives_the_features_of_a_stretch(titles: TitleReader) -> None:
    context = article(text := f"{FIRM}办了一座冷库。")
    asked = dict(titles.asked(context, [(0, len(text))], Candidate(0, 6, (4, 5), "signed"), "project"))
    features = asked[text.index("冷库"), text.index("。")]()
    assert {
        "head 冷库",
        "project 冷库",
        "size 2",
        "a 。",
        "behind 0",
        "within False",
        "stage signed behind",
    } <= features
