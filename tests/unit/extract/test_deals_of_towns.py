"""Agreements of governments, schools and banks as regional papers tell them."""

import pytest

from tests.unit.extract.test_deals_attributes import read

GROUP = "云岭集团"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"青川市政府与{GROUP}举行战略合作协议签约仪式。", "战略合作协议"),
        (f"青川市政府与{GROUP}续签合作协议。", "合作协议"),
        (f"北岭大学与{GROUP}签订了价值2亿元的整机采购合同。", "整机采购合同"),
        (
            f"青川市政府与{GROUP}签署推动青川“十四五”发展暨县域商业体系建设全面战略合作协定。",
            "推动青川“十四五”发展暨县域商业体系建设全面战略合作协定",
        ),
    ],
)
def test_find_reads_the_whole_name_of_a_paper_and_no_more(text: str, title: str) -> None:
    assert [deal["title"] for deal in read(text)] == [title]


@pytest.mark.parametrize(
    "text",
    [
        "新华社青川12月24日电（记者丁一凡）青川市和松岩市签署合作协议。",
        "（记者丁一凡 通讯员苏晓棠）青川市和松岩市签署合作协议。",
        "青川市、松岩市两地政府签署合作协议。",
    ],
)
def test_find_takes_neither_agency_nor_reporter_for_a_side(text: str) -> None:
    [deal] = read(text)
    assert deal["roles"] == {"青川市": "partner", "松岩市": "partner"}


@pytest.mark.parametrize(
    "text",
    [
        f"近日，青川市政府与{GROUP}举行战略合作签约仪式。随后，青川市政府与{GROUP}签订了战略合作协议。",
        f"{GROUP}与松岩市就养殖一体化项目举行签约仪式。丁一凡代表市政府与苏晓棠就养殖一体化项目现场签约。",
        f"青川市政府与{GROUP}签署战略合作协定。叶向东会见丁一凡一行，并共同见证协定签署。",
    ],
)
def test_find_reads_one_deal_of_a_signing_that_is_told_again(text: str) -> None:
    assert len(read(text)) == 1


def test_find_keeps_a_paper_of_the_same_sides_from_another_day() -> None:
    text = f"青川市政府与{GROUP}签署战略合作协议。2029年6月，青川市政府与{GROUP}签署了合作框架协议。"
    assert len(read(text)) == 2


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("双方共建的“南屿新材料研究院”同时揭牌。", "南屿新材料研究院"),
        ("南屿新材料研究院在松岩市举行揭牌仪式。", "南屿新材料研究院"),
    ],
)
def test_find_reads_a_body_that_gets_its_plate_by_its_own_name(text: str, title: str) -> None:
    [deal] = read(text)
    assert (deal["deal_type"], deal["stage"], deal["title"]) == ("institution", "unveiled", title)


def test_find_reads_a_signing_and_the_plate_of_a_body_apart() -> None:
    pact, body = read(f"北岭大学与{GROUP}战略合作签约暨产学研合作基地揭牌仪式举行。")
    assert (pact["deal_type"], pact["stage"]) == ("strategic_agreement", "signed")
    assert (body["deal_type"], body["title"]) == ("institution", "产学研合作基地")
    assert body["roles"] == {"北岭大学": "builder", GROUP: "builder"}


def test_find_knows_a_body_by_the_name_that_it_is_told_to_have() -> None:
    text = f"北岭大学（以下简称“北大学”）与{GROUP}座谈。现场，北大学与{GROUP}签署战略合作协议。"
    [deal] = read(text)
    assert deal["roles"] == {"北大学": "partner", GROUP: "partner"}


def test_find_reads_who_gets_the_shares_that_a_firm_issues() -> None:
    [deal] = read(f"海棠科技有限公司拟向{GROUP}等4名特定投资者非公开发行股票募集配套资金4.6亿元。")
    assert deal["roles"] == {"海棠科技有限公司": "partner", GROUP: "investor"}


def test_find_reads_who_came_and_to_whom_as_the_sides_of_what_was_signed() -> None:
    text = f"近日，{GROUP}总经理丁一凡率队赴云港新区考察，并签署园区共建框架合作协议。"
    [deal] = read(text)
    assert (deal["title"], set(deal["roles"])) == ("园区共建框架合作协议", {GROUP, "云港新区"})


@pytest.mark.parametrize("count", ["3家银行", "等6家银行", "两家企业"])
def test_find_takes_the_count_of_sides_for_no_part_of_their_name(count: str) -> None:
    [deal] = read(f"青川市政府与海棠科技有限公司、{GROUP}{count}共同签署战略合作协议。")
    assert set(deal["roles"]) == {"青川市政府", "海棠科技有限公司", GROUP}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            f"青川市政府、{GROUP}举行合作办学签约仪式。此次青川市政府与{GROUP}达成合作办学协议，意义深远。",
            "合作办学协议",
        ),
        (
            "青川市与北岭大学《科技合作共建协议》签订仪式举行。市长丁一凡代表市人民政府与北岭大学签订《科技合作共建协议》。",
            "科技合作共建协议",
        ),
        (
            f"青川市政府与{GROUP}举行战略合作协议签约仪式。丁一凡、苏晓棠代表双方签署《共建物流中心战略合作协议书》。",
            "共建物流中心战略合作协议书",
        ),
    ],
)
def test_find_reads_one_deal_with_two_sides_of_what_is_told_in_full_later(text: str, title: str) -> None:
    [deal] = read(text)
    assert (deal["title"], len(deal["roles"])) == (title, 2)


def test_find_reads_a_paper_of_others_signed_at_the_same_ceremony() -> None:
    text = (
        f"青川市与北岭大学签署合作协议，海棠科技有限公司经理丁一凡与{GROUP}总裁苏晓棠代表双方签订供货协议。"
    )
    assert [set(deal["roles"]) for deal in read(text)] == [
        {"青川市", "北岭大学"},
        {"海棠科技有限公司", GROUP},
    ]


def test_find_reads_our_institute_as_a_side() -> None:
    [deal] = read("我所与青川市政府签署所市科技合作协议。")
    assert set(deal["roles"]) == {"我所", "青川市政府"}
