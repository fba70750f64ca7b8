"""Who signed for which side."""

import pytest

from tests.unit.extract.test_deals_attributes import read

SIGNED = "云岭集团与北岭大学签署合作协议。"


@pytest.mark.parametrize(
    "text",
    [
        "丁一凡代表云岭集团签字，苏晓棠代表北岭大学签字。",
        "云岭集团总经理丁一凡，北岭大学校长苏晓棠代表双方签约。",
        "丁一凡、苏晓棠分别代表云岭集团、北岭大学签署协议。",
        "云岭集团总经理丁一凡、北岭大学校长苏晓棠出席仪式并签约。",
        "丁一凡和苏晓棠在协议书上签下名字。",
        "云岭集团总经理丁一凡与北岭大学校长苏晓棠交换了协议文本。",
        "叶向东见证签约，丁一凡、苏晓棠代表双方签字。",
    ],
)
def test_find_reads_who_signed_clause_by_clause(text: str) -> None:
    deals = read(SIGNED + text)
    assert [deal["signed_by"] for deal in deals] == [{"云岭集团": "丁一凡", "北岭大学": "苏晓棠"}]


@pytest.mark.parametrize(
    "text",
    [
        SIGNED + "丁一凡、苏晓棠出席签约仪式。",
        SIGNED + "青川市市长叶向东见证签约。",
        "在丁一凡、苏晓棠的见证下，云岭集团与北岭大学签署合作协议。",
        "由云岭集团总经理丁一凡牵头建设的电池壳项目封顶。",
    ],
)
def test_find_takes_no_witness_for_a_signatory(text: str) -> None:
    assert all(not any(deal["signed_by"].values()) for deal in read(text))
