"""Agreements, takeovers, orders, loans and bids in wording without a verb of signing, and who says 我们."""

import pytest

from tests.unit.extract.test_deals_papers import BANK, read

FIRM, GROUP, SCHOOL, FOOD = "海棠科技有限公司", "云岭集团", "北岭大学", "南屿食品公司"
TWO = {SCHOOL: "partner", GROUP: "partner"}


@pytest.mark.parametrize(
    "text",
    [
        f"{SCHOOL}牵手{GROUP}，共同培养焊工。",
        f"{SCHOOL}携手{GROUP}开通了远程课堂。",
        f"{SCHOOL}与{GROUP}一拍即合，联合开展攻关。",
        f"{SCHOOL}与{GROUP}结对帮扶。",
        f"{SCHOOL}与{GROUP}敲定合作方案。",
        f"{SCHOOL}与{GROUP}日前议定，联手开发节能窑炉。",
        f"{SCHOOL}与{GROUP}互换了合作备忘录。",
        f"{SCHOOL}与{GROUP}在合作协议上签了字。",
        f"{SCHOOL}与{GROUP}的人才培养协议在会上签署。",
        f"{SCHOOL}与{GROUP}举行座谈，签署人才培养协议。",
    ],
)
def test_find_reads_agreements_without_a_signature(text: str) -> None:
    assert read(text) == [("cooperation_agreement", "signed", TWO)]


@pytest.mark.parametrize(
    "text",
    [
        f"{SCHOOL}与{GROUP}未能敲定合作方案。",
        f"{SCHOOL}牵手{GROUP}的传闻不实。",
        f"{SCHOOL}与{GROUP}就交换人员达成协议的可能不大。",
        f"丁一凡携手{GROUP}。",
        f"{SCHOOL}与{GROUP}的人才培养协议有望签署。",
    ],
)
def test_find_reads_no_agreement_in_what_is_denied_or_hoped(text: str) -> None:
    assert [deal for deal in read(text) if deal[1] == "signed"] == []


def test_find_reads_each_paper_of_a_list_with_its_own_two() -> None:
    assert read(
        f"{SCHOOL}与{GROUP}共建焊接联合实验室协议、{FOOD}与{FIRM}冷链合作协议等2个协议在会上签署。"
    ) == [
        ("joint_laboratory", "signed", {SCHOOL: "builder", GROUP: "builder"}),
        ("cooperation_agreement", "signed", {FOOD: "partner", FIRM: "partner"}),
    ]
    listed = (
        f"两个项目签约，名单如下：\n——{FIRM}：新型阀门项目，投资2亿元；\n——{SCHOOL}与{GROUP}：焊工培养协议。"
    )
    assert read(listed) == [
        ("project", "signed", {FIRM: "investor"}),
        ("cooperation_agreement", "signed", TWO),
    ]


def test_find_says_what_a_paper_without_a_name_is_about() -> None:
    assert read(f"{GROUP}与{FIRM}交换了意向书，拟收购后者70%的股权。") == [
        ("acquisition", "negotiating", {GROUP: "buyer", FIRM: "target"})
    ]
    built = f"青川经开区管委会与{FIRM}签约，后者将投资9亿元，新征土地128亩，建设阀门生产基地。"
    assert read(built) == [("project", "signed", {"青川经开区管委会": "host", FIRM: "investor"})]
    undone = f"青川经开区管委会与{FIRM}2021年签订的阀门生产基地投资协议予以解除。"
    assert read(undone) == [("project", "ended", {"青川经开区管委会": "host", FIRM: "investor"})]


@pytest.mark.parametrize(
    "text",
    [
        f"{GROUP}入主{FIRM}，持股比例达到60%。",
        f"{GROUP}吃下停产的{FIRM}。",
        f"{FIRM}卖给了{GROUP}，作价2亿元。",
        f"{FIRM}归入{GROUP}旗下。",
        f"{FIRM}60%的股权易主，接手的是{GROUP}。",
        f"{FIRM}改制完成，{GROUP}以1.8亿元整体买断。",
    ],
)
def test_find_reads_firms_that_are_taken_over(text: str) -> None:
    assert read(text) == [("acquisition", "signed", {GROUP: "buyer", FIRM: "target"})]


def test_a_firm_that_was_taken_over_is_carried_out() -> None:
    told = read(f"{GROUP}吃下了停产的{FIRM}。")
    assert told == [("acquisition", "operating", {GROUP: "buyer", FIRM: "target"})]


def test_find_reads_shares_that_are_moved_and_holders_who_come_in() -> None:
    assert read(f"青川市交通局将所持{FIRM}51%股权无偿划转给{GROUP}。") == [
        ("equity_transfer", "signed", {"青川市交通局": "seller", FIRM: "target", GROUP: "buyer"})
    ]
    assert read(f"{GROUP}注资3亿元，成为{FIRM}第二大股东。") == [
        ("equity_investment", "signed", {GROUP: "investor", FIRM: "target"})
    ]
    assert read(f"{GROUP}拿下{FIRM}的一笔订单后扩产。") == []


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}从{GROUP}订购12台钻机。",
        f"{GROUP}的12台钻机被{FIRM}整单买走。",
        f"{GROUP}为{FIRM}建造4艘货船，合同总价1.3亿元。",
        f"{GROUP}的脐橙由{FIRM}包销。",
        f"{FIRM}包销{GROUP}今年全部脐橙。",
        f"双方商定，{GROUP}每年向{FIRM}供应船板12万吨。",
        f"{GROUP}拿下{FIRM}三年酒瓶订单。",
        f"{GROUP}斩获2亿元出口大单，买方是{FIRM}。",
        f"{FIRM}采购了{GROUP}的压铸设备，总价1200万元。",
        f"{FIRM}将36列列车的制造合同授予{GROUP}。",
        f"{GROUP}去年投产。上个月，{FIRM}订了6台，合同额1860万元。",
    ],
)
def test_find_reads_goods_by_whose_they_are(text: str) -> None:
    assert read(text) == [("supply_contract", "signed", {GROUP: "seller", FIRM: "buyer"})]


@pytest.mark.parametrize(
    "text",
    [
        f"{SCHOOL}的制糖专利以600万元转让给了{FIRM}。",
        f"{SCHOOL}制糖专利成功转让，受让方为{FIRM}。",
        f"{SCHOOL}向{FIRM}转让3项专利。",
        f"{FIRM}以600万元拍得{SCHOOL}3项专利。",
        f"{FIRM}引进{SCHOOL}制糖技术。",
        f"{FIRM}的制糖技术从{SCHOOL}引进。",
    ],
)
def test_find_reads_technology_by_whose_it_is(text: str) -> None:
    assert read(text) == [("transfer", "signed", {SCHOOL: "seller", FIRM: "buyer"})]


@pytest.mark.parametrize(
    "text",
    [
        f"今年以来，{SCHOOL}向企业转让专利120项。",
        f"{FIRM}获得青川市交通局授权专利12项。",
        f"今年以来，{FIRM}从{GROUP}采购设备12台。",
    ],
)
def test_find_reads_no_sale_in_sums_and_grants_of_an_office(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "stage", "parties"),
    [
        (f"{FIRM}发行6亿元绿色债券，期限5年。", "signed", {FIRM: "partner"}),
        (f"{FIRM}拟发行6亿元中期票据。", "proposed", {FIRM: "partner"}),
        (f"{BANK}向三家企业放款2600万元。", "operating", {BANK: "investor"}),
        (
            f"{BANK}给{FIRM}发放了首笔“种业贷”，金额500万元。",
            "operating",
            {BANK: "investor", FIRM: "partner"},
        ),
        (f"{BANK}发放的3000万元贷款已打到{FIRM}账上。", "operating", {BANK: "investor", FIRM: "partner"}),
        (f"{FIRM}向{BANK}申请了2000万元贷款。", "negotiating", {BANK: "investor", FIRM: "partner"}),
        (
            f"{BANK}与{FIRM}签订贷款合同，向青川河治理工程提供15亿元中长期贷款。",
            "signed",
            {BANK: "investor", FIRM: "partner"},
        ),
        (f"{BANK}为{FIRM}的扩建项目发放贷款2亿元。", "operating", {BANK: "investor", FIRM: "partner"}),
        (f"{BANK}为青川河治理工程发放贷款3亿元。", "operating", {BANK: "investor"}),
    ],
)
def test_find_reads_bonds_and_loans(text: str, stage: str, parties: dict[str, str]) -> None:
    assert read(text) == [("financing", stage, parties)]


@pytest.mark.parametrize(
    "text",
    [
        f"青川大桥工程由{GROUP}中标承建。",
        f"青川大桥第三标段由{GROUP}承建，合同价8.6亿元。",
        f"{GROUP}从11家投标单位中胜出，承建青川大桥。",
        f"在青川大桥工程招标中，{GROUP}中标。",
        f"青川大桥养护项目成交供应商为{GROUP}。",
        f"管网由{FIRM}出资，{GROUP}以2.3亿元中标施工。",
    ],
)
def test_find_reads_who_won_by_the_works_in_front(text: str) -> None:
    assert read(text) == [("won_bid", "signed", {GROUP: "contractor"})]


def test_find_reads_who_pays_for_works_beside_who_won_them() -> None:
    assert read(f"这座桥由{FIRM}投资1.3亿元建设，{GROUP}中标承建，工期18个月。") == [
        ("project", "building", {FIRM: "investor"}),
        ("won_bid", "signed", {GROUP: "contractor"}),
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"“我们和{FOOD}签了三年的供货合同。”{FIRM}董事长丁一凡说。",
        f"对话{FIRM}董事长丁一凡\n丁一凡：我们和{FOOD}签了三年的供货合同。",
        f"丁一凡是{FIRM}总经理。丁一凡说，我们和{FOOD}签了三年的供货合同。",
        f"走进{FIRM}。公司董事长丁一凡说：“我们和{FOOD}签了三年的供货合同。”",
    ],
)
def test_find_reads_we_as_the_body_of_who_speaks(text: str) -> None:
    assert read(text) == [("supply_contract", "signed", {"我们": "seller", FOOD: "buyer"})]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        (f"{FIRM}去年扩产。{GROUP}又以1.1亿元增资入股，拿走了18%的股权。", FIRM),
        (f"{FIRM}去年扩产。{GROUP}8月拿出6000万元入股，占公司一成二。", FIRM),
        (f"丁一凡与{GROUP}签约，后者以1200万元取得{FIRM}15%的股权。", FIRM),
    ],
)
def test_find_reads_a_share_for_money_of_the_firm_told_before(text: str, target: str) -> None:
    assert read(text) == [("equity_investment", "signed", {GROUP: "investor", target: "target"})]


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}去年扩产。{BANK}上个月给了一笔2.2亿元的收购贷款。",
        f"{FIRM}去年扩产。最难的时候是{BANK}帮了一把，给了1.5亿元的收购贷款。",
        f"{FIRM}去年扩产。资金方面，{BANK}牵头的银团12月授信32亿元。",
        f"{FIRM}又贷了{BANK}的1200万元。",
    ],
)
def test_find_reads_a_loan_whatever_its_verb(text: str) -> None:
    lender, borrower = next(iter(read(text)))[2].items()
    assert (lender, borrower[1], len(read(text))) == ((BANK, "investor"), "partner", 1)


def test_find_reads_no_second_loan_in_its_first_instalment() -> None:
    assert read(f"{BANK}给{FIRM}开出8亿元授信，首笔1.5亿元本月放款。") == [
        ("financing", "signed", {BANK: "investor", FIRM: "partner"})
    ]
    assert read(f"{BANK}贷款余额达到120亿元。") == []


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}投产了分选线，设备由{GROUP}供应，合同价5200万元。",
        f"{FIRM}有了新帮手。这套设备来自{GROUP}，今年2月订的货。",
        f"最小的一份合同27万元，买方是{FIRM}，卖方是{GROUP}。",
    ],
)
def test_find_reads_who_made_what_a_firm_runs(text: str) -> None:
    assert ("supply_contract", "signed", {FIRM: "buyer", GROUP: "seller"}) in read(text)


def test_find_reads_bodies_behind_who_acts_for_them() -> None:
    text = f"丁一凡代表{GROUP}、{SCHOOL}签署了友好合作备忘录。"
    assert read(text) == [("cooperation_agreement", "signed", {GROUP: "partner", SCHOOL: "partner"})]
    helped = f"{FIRM}与{GROUP}在青川市交通局的见证下签了合作协议。"
    assert read(helped) == [("cooperation_agreement", "signed", {FIRM: "partner", GROUP: "partner"})]
    spoken = f"{FIRM}经理丁一凡来了。这一天，他与{FOOD}签了合作协议。"
    assert read(spoken) == [("cooperation_agreement", "signed", {"他": "partner", FOOD: "partner"})]


def test_find_reads_ventures_by_their_money() -> None:
    assert read(f"{FIRM}和{GROUP}合资5亿元，在青川市建一条压机生产线。") == [
        ("joint_venture", "signed", {FIRM: "partner", GROUP: "partner"})
    ]
    assert read(f"{FIRM}和{GROUP}谈了一年多，昨天终于签了合资合同。") == [
        ("joint_venture", "signed", {FIRM: "partner", GROUP: "partner"})
    ]


@pytest.mark.parametrize(
    "text",
    [
        "会议听取了关于提请审议批准中国分别与刚果、亚美尼亚缔结的引渡条约议案的说明。",
        "9日，总统与国会两党领袖就提高债务上限展开谈判。",
    ],
)
def test_bills_and_the_talks_of_a_parliament_are_no_deals(text: str) -> None:
    assert read(text) == []


def test_the_number_of_a_list_is_no_part_of_a_name() -> None:
    [(kind, _, parties)] = read(f"（5）{GROUP}与青川市人民政府签署战略合作框架协议。")
    assert (kind, parties) == (
        "strategic_agreement",
        {GROUP: "partner", "青川市人民政府": "partner"},
    )


def test_a_share_in_what_two_found_is_no_investment_of_its_own() -> None:
    text = f"{GROUP}、{FIRM}合资组建青川储运有限公司，注册资本1亿元，其中{GROUP}出资6000万元，持股60%。"
    assert [kind for kind, _, _ in read(text)] == ["joint_venture"]


def test_find_reads_each_pair_of_a_list_of_pairs() -> None:
    told = read(f"会上，{FIRM}与{GROUP}、{SCHOOL}与{BANK}也分别签署了结对协议。")
    assert told == [
        ("cooperation_agreement", "signed", {FIRM: "partner", GROUP: "partner"}),
        ("cooperation_agreement", "signed", {SCHOOL: "partner", BANK: "partner"}),
    ]
