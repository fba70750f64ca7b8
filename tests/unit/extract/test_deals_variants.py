"""Deals that read the same whoever the sides are and whatever else their sentence tells."""

import pytest

from tests.unit.extract.test_deals_papers import read

FIRM, OTHER, SCHOOL = "海棠能源集团", "石桥机械股份有限公司", "北岭大学"
MORE = {
    FIRM: "organization",
    OTHER: "organization",
    SCHOOL: "organization",
    "“澜沃”公司": "organization",
    "青川县": "place",
    "江海波": "person",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 股份 of a firm's name is no share.
        (
            f"5月8日，{FIRM}获得{OTHER}5亿元订单。",
            ("supply_contract", "signed", {FIRM: "seller", OTHER: "buyer"}),
        ),
        (
            f"5月8日，{FIRM}中标{OTHER}办公楼装修工程。",
            ("won_bid", "signed", {FIRM: "contractor", OTHER: "owner"}),
        ),
        (
            f"5月8日，{SCHOOL}将一项发明专利以50万元转让给{OTHER}。",
            ("transfer", "signed", {SCHOOL: "seller", OTHER: "buyer"}),
        ),
        # Who calls on a school need be no delegation.
        (
            f"据了解，{FIRM}总经理江海波到访{SCHOOL}，双方签署战略合作协议。",
            ("strategic_agreement", "signed", {FIRM: "partner", SCHOOL: "partner"}),
        ),
        # The house of a body, whatever adverb stands in front of the verb.
        (
            f"5月8日，江海波院士工作站在{OTHER}顺利揭牌。",
            ("institution", "unveiled", {OTHER: "host"}),
        ),
        # Who founds a league may be a town, or bear its name in quotes.
        (
            "5月8日，青川县牵头组建的江北文旅产业联盟成立。",
            ("institution", "unveiled", {"青川县": "builder"}),
        ),
        (
            "5月8日，“澜沃”公司牵头组建的江北文旅产业联盟成立。",
            ("institution", "unveiled", {"“澜沃”公司": "builder"}),
        ),
        # 建设 holds 设 and founds no body; a stray space parts no word.
        (
            f"{FIRM}在青川县投资5亿元建设减速器生产基地。",
            ("project", "building", {FIRM: "investor", "青川县": "host"}),
        ),
        (f"总 投资5亿元、由{FIRM}承建的江州港码头工程开工。", ("project", "building", {FIRM: "contractor"})),
    ],
)
def test_the_same_deal(text: str, expected: tuple[str, str, dict[str, str]]) -> None:
    assert read(text, **MORE) == [expected]
