"""How sure deals are: counted weights give the share that is right and drop the least sure."""

import pytest

from tests.unit.extract.test_deals_papers import FINDER, frames
from transforms.extract.context import iter_articles
from transforms.extract.deals.model import Candidate

FIRM, MAKER = "云岭集团", "洛川轴研精工有限公司"
NAMES = {FIRM: "organization", MAKER: "organization", "青川市": "place"} | dict.fromkeys(
    ["卡兰政府", "解放阵线"], "organization"
)
BEFORE, AFTER = "会议昨天在首都举行。各方代表作了发言。", "会议将于明天闭幕。"


def read(text: str) -> list[tuple[str, float]]:
    """Evidence and confidence of every deal."""
    deals, _, _ = FINDER.find(*frames(text, NAMES))
    return [(row["surface_text"], row["confidence_share"]) for row in deals.iter_rows(named=True)]


@pytest.mark.parametrize(
    "told",
    [
        "卡兰政府与解放阵线达成停火协议。",
        "卡兰政府和解放阵线在邻国签署了和平协议。",
    ],
)
def test_an_accord_of_parties_at_war_is_no_deal_of_a_story(told: str) -> None:
    assert read(BEFORE + told + AFTER) == []


@pytest.mark.parametrize(
    "told",
    [
        f"{FIRM}与{MAKER}签署战略合作协议，共建精密轴承产业园。",
        f"{FIRM}投资5亿元建设的云岭精密轴承产业园在青川市开工。",
    ],
)
def test_a_deal_of_firms_stays_and_is_sure(told: str) -> None:
    [*_, (_, confidence)] = read(BEFORE + told + AFTER)
    assert confidence > 0.8


def test_what_a_story_begins_with_is_its_subject() -> None:
    told = "卡兰政府与解放阵线达成停火协议。"
    [(_, confidence)] = read(told + BEFORE + AFTER)
    assert confidence < 0.3


def test_the_same_row_is_surer_with_a_name_of_its_own() -> None:
    [(_, bare)] = read(f"{FIRM}与{MAKER}签订了合同。")
    [(_, named)] = read(f"{FIRM}与{MAKER}签订了《精密轴承供货合同》。")
    assert named > bare


def test_a_purchase_that_is_hardly_one_has_no_row_wherever_it_stands() -> None:
    deal = [candidate for candidate in (-3.0, -2.5) if kept(candidate)]
    assert deal == [-2.5]


def kept(log_odds: float) -> bool:
    """Whether a purchase of that sureness keeps its row in a story of one sentence."""
    [context] = iter_articles(*frames(f"{FIRM}收购{MAKER}。", NAMES))
    bought = Candidate(0, 4, (4, 6), stage="signed", rule="bought", log_odds=log_odds)
    return bool(FINDER.doubts.sure(context, [bought]))
