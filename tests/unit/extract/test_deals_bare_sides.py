"""A side whose name nobody recognised keeps its words, and no other firm of the text takes its place."""

import pytest

from tests.unit.extract.test_deals_formulas import AMOUNTS
from tests.unit.extract.test_deals_papers import FINDER, frames

TOPIC, COUNTY, FIRM, BANK = "山海重工集团", "云岭县人民政府", "岭东蓝海科技有限公司", "山海银行岭东分行"
NAMES = dict.fromkeys([TOPIC, COUNTY, FIRM, BANK], "organization")
LEAD = f"{TOPIC}今天发布消息，新型泵车下线。"


def sides(text: str) -> dict[str, bool]:
    """Words of the sides of the one deal, and whether each is a recognised name."""
    articles, sentences, mentions = frames(text, NAMES)
    quantities = AMOUNTS.find(articles).with_row_index("quantity_index")
    deals, parties, _ = FINDER.find(articles, sentences, mentions, quantities=quantities)
    assert deals.height == 1
    return {row["surface_text"]: row["mention_index"] is not None for row in parties.iter_rows(named=True)}


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        (f"市文投与{COUNTY}签署战略合作框架协议。", COUNTY),
        (f"同日，市文投与{COUNTY}签署战略合作框架协议。", COUNTY),
        (f"市文投从{BANK}获得贷款3亿元。", BANK),
    ],
)
def test_a_short_name_in_front_of_the_verb_is_a_side(sentence: str, other: str) -> None:
    assert sides(LEAD + sentence + "双方已合作多年。") == {"市文投": False, other: True}


def test_who_invests_a_sum_is_a_side_by_its_words() -> None:
    assert sides(f"{LEAD}市文投投资5亿元在云岭县建设影视基地。")["市文投"] is False


@pytest.mark.parametrize("word", ["双方", "考察团", "三家企业"])
def test_what_stands_for_a_body_is_no_name(word: str) -> None:
    assert word not in sides(f"{LEAD}{word}与{COUNTY}签署战略合作框架协议。双方已合作多年。")
