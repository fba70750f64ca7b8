"""Deals without a verb of signing: orders, loans, licences, talks, plans that died, works won."""

import pytest

from tests.unit.extract.test_deals_papers import BANK, read

FIRM, GROUP, SCHOOL, FOOD = "海棠科技有限公司", "云岭集团", "北岭大学", "南屿食品公司"


@pytest.mark.parametrize(
    "text",
    [
        f"{GROUP}获{FIRM}2.3亿元设备订单。",
        f"{GROUP}签下{FIRM}的一笔3000万元大单。",
        f"{GROUP}拿下{FIRM}一笔1900万元的阀门订单。",
        f"{GROUP}接到了{FIRM}首批600台的水泵订单。",
        f"{FIRM}向{GROUP}下达了2000吨的原料采购订单。",
        f"{GROUP}去年投产。{FIRM}上周追加了价值410万元的订单。",
        f"{FIRM}包下了{GROUP}今年的全部300吨脐橙。",
        f"{FIRM}向{GROUP}采购了一条2000万元的灌装线。",
        f"{GROUP}向{FIRM}出售12台锅炉，合同金额900万元。",
        f"{GROUP}与{FIRM}敲定全年供料协议。",
        f"{GROUP}和{FIRM}续签总经销合同。",
        f"{GROUP}与{FIRM}的供货合同，上周终于盖上了章。",
    ],
)
def test_find_reads_orders_with_seller_and_buyer(text: str) -> None:
    assert read(text) == [("supply_contract", "signed", {GROUP: "seller", FIRM: "buyer"})]


@pytest.mark.parametrize(
    ("text", "borrower"),
    [
        (f"{FIRM}去年扩产。总投入4200万元，其中{BANK}贷款1500万元。", FIRM),
        (f"{FIRM}向{BANK}贷款800万元。", FIRM),
        (f"{FIRM}从{BANK}贷到了800万元。", FIRM),
        (f"{FIRM}以专利权质押，从{BANK}获贷600万元。", FIRM),
        (f"{FIRM}想建库。{BANK}的贷款批下来了，500万元，利率4.1%。", FIRM),
        (f"{BANK}与{FIRM}签了首单800万元的设备更新贷款。", FIRM),
    ],
)
def test_find_reads_loans_that_are_told_by_the_way(text: str, borrower: str) -> None:
    assert read(text) == [("financing", "signed", {BANK: "investor", borrower: "partner"})]


def test_find_reads_a_loan_that_is_paid_out() -> None:
    found = [("financing", "operating", {BANK: "investor", FIRM: "partner"})]
    assert read(f"{BANK}给{FIRM}放了一笔500万元的贷款。") == found


def test_find_reads_a_credit_product_without_a_borrower_and_a_syndicate() -> None:
    assert read(f"{BANK}向12家外贸企业发放“口岸贷”共计8600万元。") == [
        ("financing", "operating", {BANK: "investor"})
    ]
    assert read(f"{BANK}向12家外贸企业发放贷款共计8600万元。") == []


@pytest.mark.parametrize(
    "text",
    [
        f"{SCHOOL}将某号兰花的独家开发权以460万元授予{FIRM}。",
        f"{FIRM}从{SCHOOL}引进的轴承技术许可合同已经生效。",
        f"{FIRM}与{SCHOOL}的专利转让合同，上周五终于盖上了章。",
        f"{FIRM}获得{SCHOOL}一项专利的独家许可。",
        f"{SCHOOL}与{FIRM}签订专利实施许可合同。",
    ],
)
def test_find_reads_rights_that_change_hands(text: str) -> None:
    assert read(text) == [("transfer", "signed", {SCHOOL: "seller", FIRM: "buyer"})]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"{GROUP}与{FIRM}签订协议，拟以2950万元收购后者80%股权。",
            ("acquisition", "signed", {GROUP: "buyer", FIRM: "target"}),
        ),
        (
            f"{GROUP}以1亿元拿下了{FIRM}的全部资产。",
            ("acquisition", "operating", {GROUP: "buyer", FIRM: "target"}),
        ),
        (
            f"{GROUP}把{FIRM}51%的股权收入囊中。",
            ("acquisition", "signed", {GROUP: "buyer", FIRM: "target"}),
        ),
        (
            f"{FIRM}引入石桥资本作为战略投资者。",
            ("equity_investment", "signed", {"石桥资本": "investor", FIRM: "target"}),
        ),
        (
            f"{FIRM}昨天上市。基石投资者有一家：石桥资本认购3000万元。",
            ("equity_investment", "signed", {"石桥资本": "investor", FIRM: "target"}),
        ),
        (
            f"{FIRM}不急上市。石桥资本领投的3亿元C轮已经到账。",
            ("equity_investment", "signed", {"石桥资本": "investor", FIRM: "target"}),
        ),
    ],
)
def test_find_reads_who_buys_into_whom(text: str, expected: tuple[str, str, dict[str, str]]) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "stage", "kind"),
    [
        (f"{GROUP}与{SCHOOL}的工艺许可谈判，从去年拖到现在，仍无结果。", "negotiating", "transfer"),
        (f"{GROUP}正与{SCHOOL}商谈，想合办一个提取实验室。", "negotiating", "joint_laboratory"),
        (f"{GROUP}正就设立研发中心一事与{SCHOOL}接触。", "negotiating", "institution"),
        (f"{GROUP}原打算与{SCHOOL}合资办坯料厂，因成本上涨，双方已停止接触。", "ended", "joint_venture"),
        (f"{GROUP}曾与{SCHOOL}签过合作协议，后因分歧不了了之。", "ended", "cooperation_agreement"),
        (f"{GROUP}与{SCHOOL}的合作因故终止。", "ended", "cooperation_agreement"),
    ],
)
def test_find_reads_talks_and_what_came_to_nothing(text: str, stage: str, kind: str) -> None:
    assert [(deal[0], deal[1], set(deal[2])) for deal in read(text)] == [(kind, stage, {GROUP, SCHOOL})]


@pytest.mark.parametrize(
    "text",
    [
        f"滨河路改造工程设计招标，{GROUP}中标。",
        f"滨河路改造工程二标段，由{GROUP}以3000万元中标。",
        f"滨河路改造工程花落{GROUP}，中标价3000万元。",
        f"滨河路改造工程由{GROUP}承接，合同价3000万元。",
        f"{GROUP}以3000万元拿下滨河路改造工程。",
        f"滨河路改造工程开标，{GROUP}以3000万元夺标。",
    ],
)
def test_find_reads_who_won_works(text: str) -> None:
    assert read(text) == [("won_bid", "signed", {GROUP: "contractor"})]


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        (f"{GROUP}与{SCHOOL}续上了三年前的合作协议。", "signed"),
        (f"{GROUP}与{SCHOOL}在合作协议上签了字。", "signed"),
        (f"{GROUP}与{SCHOOL}的合作协议本月到期，不再续签。", "ended"),
        (f"{GROUP}与{SCHOOL}结为姊妹学校。", "signed"),
    ],
)
def test_find_reads_papers_and_ties_by_other_verbs(text: str, stage: str) -> None:
    assert read(text) == [("cooperation_agreement", stage, {GROUP: "partner", SCHOOL: "partner"})]


def test_find_reads_sides_without_a_name_of_their_own() -> None:
    assert read("两市商会签署了互设代表处的备忘录。") == [
        ("cooperation_agreement", "signed", {"两市商会": "partner"})
    ]
    assert read(f"{SCHOOL}有新动作。会上，该大学与{GROUP}签订合作协议。") == [
        ("cooperation_agreement", "signed", {"该大学": "partner", GROUP: "partner"})
    ]
    assert read(f"{FIRM}缺人手，{GROUP}还同它签了三年的用工合作协议。") == [
        ("cooperation_agreement", "signed", {FIRM: "partner", GROUP: "partner"})
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"针对网上“{FIRM}被{GROUP}收购”一说，公司予以否认。",
        f"{GROUP}去年累计拿下{FIRM}2亿元的订单。",
        f"{GROUP}与{FIRM}的合作协议，何时签字尚无消息。",
        f"{FIRM}获得青川市交通局颁发的许可。",
    ],
)
def test_find_takes_no_rumour_or_sum_for_a_deal(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云岭集团放弃了在青川县投资建设水泥厂的计划。", ("project", "ended")),
        ("云岭集团终止了与越南一家企业的合资建厂计划。", ("joint_venture", "ended")),
        ("云岭集团叫停了年产5万吨有机硅扩建项目。", ("project", "ended")),
        ("县长与云岭集团总经理就建设1000座日光温室项目深入交流，达成初步共识。", ("project", "negotiating")),
        ("云岭集团启动了滨河公园二期工程建设，总投资3400万元。", ("project", "building")),
        ("云岭集团出资2600万元收购了濒临破产的县轴承厂。", ("acquisition", "operating")),
        ("云岭集团花1800万元并购了邻县一家奶粉厂。", ("acquisition", "operating")),
        ("会上，与会领导为南屿大数据有限公司揭牌。", ("institution", "unveiled")),
        (
            "云岭集团与海棠科技有限公司合作推出“茶农贷”，首期额度1亿元。",
            ("cooperation_agreement", "operating"),
        ),
        ("云岭集团将古城夜游项目的经营权交给海棠科技有限公司，期限12年。", ("transfer", "signed")),
        ("海棠科技有限公司完成工商登记，注册资本2亿元。", ("project", "landed")),
        (f"海棠科技有限公司近日获{BANK}2亿元并购贷款。", ("financing", "signed")),
        ("云岭集团年产3万吨米果扩建项目近日取得土地证。", ("project", "proposed")),
        ("云岭集团流转土地900亩，建设优质稻种繁育基地。", ("project", "building")),
        ("云岭集团拟赴柬埔寨投资建厂，总投资3亿美元。", ("project", "proposed")),
        (
            "青川县供水项目由云岭集团与海棠科技有限公司按9∶1比例出资，总投资9亿元，将新建水厂6座，5月27日动工。",
            ("project", "building"),
        ),
    ],
)
def test_find_reads_what_is_told_in_these_words(text: str, expected: tuple[str, str]) -> None:
    assert [deal[:2] for deal in read(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "云岭集团在新三板挂牌。",
        "市委书记主持召开项目调度会，听取高铁新城等项目进展汇报，要求确保年底前完成投资80亿元。",
        "今年以来，全省累计发行新增专项债券620亿元。",
        "海棠科技有限公司揭牌十周年之际，员工欢聚一堂。",
        "云岭集团放弃了在海边开展夏令营的计划。",
        "云岭集团推出“茶农贷”，已放款3亿元。",
        "全市启动了国土绿化行动，计划造林2万亩。",
        "县长与云岭集团董事长就深化合作进行了交流。",
    ],
)
def test_find_reads_no_deal_in_these_words(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("each", ["分别", "先后", "相继"])
def test_papers_with_one_after_the_other_are_several(each: str) -> None:
    text = f"{SCHOOL}{each}与{GROUP}、{FIRM}签订合作协议。"
    assert [sides for _, _, sides in read(text)] == [
        dict.fromkeys([SCHOOL, GROUP], "partner"),
        dict.fromkeys([SCHOOL, FIRM], "partner"),
    ]
