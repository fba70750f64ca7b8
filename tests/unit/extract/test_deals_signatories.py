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


PACT = "近日，青川市政府与云岭集团签署战略合作协议。云岭集团董事长叶向东出席。"


@pytest.mark.parametrize(
    "text",
    [
        PACT + "副市长丁一凡代表市政府与云岭集团副总裁苏晓棠签署战略合作框架协议。",
        PACT + "丁一凡与苏晓棠共同签署战略合作协议。",
        PACT + "丁一凡和苏晓棠分别代表双方签署了《战略合作协议》。",
        PACT + "青川市副市长丁一凡、云岭集团副总裁苏晓棠代表双方签署协议。",
    ],
)
def test_find_reads_who_signed_the_paper_that_the_article_opened_with(text: str) -> None:
    deals = read(text)
    assert [deal["signed_by"] for deal in deals] == [{"青川市政府": "丁一凡", "云岭集团": "苏晓棠"}]


def test_find_reads_our_county_as_the_side_that_its_government_signs_for() -> None:
    text = "我县与云岭集团签订项目投资协议。县长丁一凡代表县政府与云岭集团副总裁苏晓棠签约。"
    assert [deal["signed_by"] for deal in read(text)] == [{"我县": "丁一凡", "云岭集团": "苏晓棠"}]


def test_find_keeps_two_papers_of_the_same_sides() -> None:
    text = PACT + "会后，副市长丁一凡代表市政府与云岭集团签署滨江新区开发协议。"
    assert len(read(text)) == 2


def test_find_takes_the_house_or_city_of_an_officer_for_the_side() -> None:
    text = "云岭集团董事长叶向东一行到青川市考察。会上，副市长丁一凡与云岭集团副总裁苏晓棠签署战略合作协议。"
    assert [deal["signed_by"] for deal in read(text)] == [{"青川市": "丁一凡", "云岭集团": "苏晓棠"}]


@pytest.mark.parametrize(
    "text",
    [
        "丁一凡代表云岭集团与北岭大学校长苏晓棠签署协议。",
        "丁一凡、苏晓棠作为双方代表落笔。",
        "云岭集团总经理丁一凡、北岭大学校长苏晓棠昨日在青川市签署协议书。",
        "丁一凡、苏晓棠分别代表双方，在投资协议上签了字。",
        "云岭集团总经理丁一凡和北岭大学校长苏晓棠，各自在一份9400万美元的合同上签了字。",
        "丁一凡、苏晓棠分别代表双方在《云岭集团与北岭大学校企全面合作协议》上签字。",
        "云岭集团总经理丁一凡、北岭大学校长苏晓棠签完字，握手合影。",
    ],
)
def test_find_reads_who_stands_for_whom(text: str) -> None:
    deals = read(SIGNED + text)
    assert deals[0]["signed_by"] == {"云岭集团": "丁一凡", "北岭大学": "苏晓棠"}


def test_find_reads_the_one_who_signs_for_our_town() -> None:
    text = "我市与云岭集团签订合作协议。市委副书记、市长丁一凡代表市政府与云岭集团签订了合作协议。"
    assert read(text)[0]["signed_by"] == {"我市": "丁一凡", "云岭集团": None}


def test_find_takes_nobody_who_speaks_after_signing_for_a_signatory() -> None:
    text = SIGNED + "云岭集团总经理丁一凡签约后告诉记者，基地年底动工。"
    assert read(text)[0]["signed_by"] == {"云岭集团": None, "北岭大学": None}
