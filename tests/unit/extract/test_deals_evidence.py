"""The words that a row of a deal shows say who, what and how far it is."""

import pytest

from tests.unit.extract.test_deals_papers import FINDER, frames

LAB, SCHOOL, FIRM, INVESTOR = "石化联合实验室", "岭川大学", "南岬石化有限公司", "北岬国际有限公司"
NAMES = dict.fromkeys([SCHOOL, FIRM, INVESTOR], "organization")


@pytest.mark.parametrize(
    ("text", "evidence", "cue"),
    [
        # The word of its stage stands behind the verb that says who.
        (
            f"{FIRM}与{SCHOOL}合作成立的先进材料联合实验室揭牌，会议随后进行。",
            f"{FIRM}与{SCHOOL}合作成立的先进材料联合实验室揭牌",
            "合作成立",
        ),
        # A side behind it.
        (
            f"年产3万吨涂料生产项目由{INVESTOR}全资投资，占地面积约300亩。",
            f"年产3万吨涂料生产项目由{INVESTOR}",
            None,
        ),
        # Marks that were opened are closed, and the verb is whole.
        (
            f"{FIRM}与{SCHOOL}签订《人才培养框架协议》，为期三年。",
            f"{FIRM}与{SCHOOL}签订《人才培养框架协议》",
            "签订",
        ),
        (
            f"{INVESTOR}在岭川投资建设涂料生产基地。",
            f"{INVESTOR}在岭川投资建设涂料生产基地",
            "建设",
        ),
    ],
)
def test_a_row_shows_the_words_of_what_it_says(text: str, evidence: str, cue: str | None) -> None:
    [row] = FINDER.find(*frames(text, NAMES))[0].to_dicts()
    assert (row["surface_text"], row["cue_text"]) == (evidence, cue)
    assert text[row["start_char"] : row["end_char"]] == evidence


def test_the_evidence_of_a_deal_stops_at_the_next_one() -> None:
    text = f"{FIRM}与{SCHOOL}签订《人才培养协议》，{INVESTOR}与{SCHOOL}签订《涂料研发协议》。"
    rows = FINDER.find(*frames(text, NAMES))[0]["surface_text"]
    assert rows.to_list() == text.removesuffix("。").split("，")
