"""Whom 双方 stands for in deals that only the weights read."""

import pytest

from tests.unit.extract.spans import frames
from transforms.extract.context import ArticleContext, iter_articles
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.pairs import add_pairs

HOUSE, MAKER, BANK = "云岭连锁超市", "海棠肉羊合作社", "青川农商行"
BEFORE = f"{HOUSE}的车停在{MAKER}门口。"


def sides(text: str, told: str, *named: tuple[str, str]) -> list[tuple[str, str]]:
    """The sides of the deal `told` behind what it names itself."""
    context: ArticleContext = next(
        iter_articles(*frames(text, dict.fromkeys((HOUSE, MAKER, BANK), "organization")))
    )
    mentions = {m.text: m for m in context.mentions}
    at = text.index(told)
    deal = Candidate(
        at, at + len(told), (at, at + 2), "signed", parties=[Party.of(mentions[n], r) for n, r in named]
    )
    add_pairs(context, [deal])
    return [(p.mention.text, p.role) for p in deal.parties if p.mention]


def test_both_are_the_two_of_the_sentence_before() -> None:
    assert sides(BEFORE + "双方商定每月供羊四百只。", "双方商定") == [(HOUSE, "partner"), (MAKER, "partner")]


@pytest.mark.parametrize(
    ("role", "other"), [("seller", "buyer"), ("buyer", "seller"), ("investor", "partner")]
)
def test_one_that_is_named_keeps_its_role(role: str, other: str) -> None:
    told = f"两家商定，{MAKER}每月供羊四百只"
    assert sides(f"{BEFORE}{told}。", told, (MAKER, role)) == [(MAKER, role), (HOUSE, other)]


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (BEFORE, "每月供羊四百只"),
        (f"{HOUSE}的车停在门口。", "双方商定"),
        (f"{HOUSE}、{MAKER}和{BANK}坐到一起。", "双方商定"),
    ],
)
def test_nobody_is_added_where_no_two_are_meant(before: str, told: str) -> None:
    assert sides(f"{before}{told}。", told) == []


def test_who_is_no_one_of_the_two_stays_alone() -> None:
    told = f"双方商定，由{BANK}放款"
    assert sides(f"{BEFORE}{told}。", told, (BANK, "investor")) == [(BANK, "investor")]
