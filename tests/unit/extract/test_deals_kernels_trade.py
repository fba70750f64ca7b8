"""Money and trade by their kernels: who deals where the wording is known to no rule."""

import pytest

from tests.unit.extract.test_deals_papers import BANK, read

FIRM, GROUP, FOOD = "海棠科技有限公司", "云岭集团", "南屿食品公司"


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}的车间很忙。公司刚和{GROUP}签了8台岸桥的合同，总价6200万元。",
        f"{FIRM}的车间很忙。“{GROUP}一家就订走3万吨。”厂长说，合同已经签好。",
        f"{FIRM}的订单排到了年底。最大的买主是{GROUP}，一签就是五年，每年6000吨。",
        f"{FIRM}的订单排到了年底，买方是{GROUP}，卖方是{FIRM}，总价1.2亿元。",
        f"{FIRM}拿到了{GROUP}的定点，首批订单1.1亿元。",
        f"{FIRM}的船坞里正忙。这是为{GROUP}建造的第3艘冷藏船，合同总价3.1亿元。",
    ],
)
def test_a_paper_and_two_sides_are_a_trade(text: str) -> None:
    assert ("supply_contract", "signed", {FIRM: "seller", GROUP: "buyer"}) in read(text)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (f"{FIRM}在城北。第二年就接到了青云文创的第一张单子，1.5万支，36万元。", "青云文创"),
        (f"{FIRM}的冷库不空。厂里的设备是从荷马机械买的，三条线1980万元。", "荷马机械"),
    ],
)
def test_who_stands_where_only_a_body_can_needs_no_recognised_name(text: str, other: str) -> None:
    [(kind, stage, parties)] = read(text)
    assert (kind, stage, set(parties)) == ("supply_contract", "signed", {FIRM, other})


def test_the_latter_of_two_that_signed_is_supplied() -> None:
    text = f"{FIRM}与{GROUP}签约，每日向后者供应鲜奶12吨。"
    assert ("supply_contract", "signed", {FIRM: "seller", GROUP: "buyer"}) in read(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}与东湾市供销总社共商加工园区投资协议。",
        f"{FIRM}希望从{GROUP}买进木材300吨。",
        f"{FIRM}今年累计签下订单2亿元，客户有{GROUP}等。",
        f"{FIRM}是云溪县2019年从{GROUP}引进的企业，一期投资3.6亿元。",
        f"{FIRM}明确判定标准为每克30个。",
    ],
)
def test_wishes_and_sums_are_no_trade(text: str) -> None:
    assert all(kind not in {"supply_contract", "won_bid"} for kind, _, _ in read(text))


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}缺钱。{GROUP}旗下的清溪基金已决定出资1.2亿元参股{FIRM}，占股15%。",
        f"{FIRM}缺钱。今年3月，企业获得了清溪基金8000万元的股权投资。",
    ],
)
def test_a_fund_puts_money_into_the_firm(text: str) -> None:
    kinds = [(kind, stage, parties.get(FIRM)) for kind, stage, parties in read(text)]
    assert ("equity_investment", "signed", "target") in kinds


def test_each_of_a_list_of_investors_puts_in_its_own_money() -> None:
    text = f"{FIRM}上市了。引入的投资者有两家：{GROUP}认购3000万元，{FOOD}认购1.5亿元。"
    found = read(text)
    for investor in (GROUP, FOOD):
        assert ("equity_investment", "signed", {investor: "investor", FIRM: "target"}) in found


def test_the_subject_of_the_clause_before_buys() -> None:
    text = f"{GROUP}出资2.2亿元，认购{FIRM}15%的股权。"
    [(_, stage, parties)] = read(text)
    assert (stage, parties) == ("signed", {GROUP: "investor", FIRM: "target"})


@pytest.mark.parametrize(
    ("text", "stage", "parties"),
    [
        (
            f"{BANK}向东湾合作联社授信5000万元，用于新建冷库。",
            "signed",
            {BANK: "investor", "东湾合作联社": "partner"},
        ),
        (f"{BANK}宣布给园内85户人家整村授信5000万元。", "signed", {BANK: "investor"}),
        (
            f"{FIRM}的林子能抵押。{BANK}行长丁一凡介绍，银行以订单作质押，给{FIRM}放款1500万元。",
            "operating",
            {BANK: "investor", FIRM: "partner"},
        ),
    ],
)
def test_a_bank_lends_to_whom_the_clause_names(text: str, stage: str, parties: dict[str, str]) -> None:
    assert ("financing", stage, parties) in read(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            f"{FIRM}原打算与邻省一家陶土矿合资办厂，9月起双方已停止接触。",
            ("joint_venture", "ended"),
        ),
        (
            f"{FIRM}眼下正与上海一家基金商谈A轮融资。",
            ("equity_investment", "negotiating"),
        ),
        (
            f"{FIRM}原本打算收购邻县一家饲料厂，但对方债务不清，谈判已经终止。",
            ("acquisition", "ended"),
        ),
        (
            f"{FIRM}与荷兰一家化工公司谈了半年的技术许可，仍卡在许可费上。",
            ("transfer", "negotiating"),
        ),
    ],
)
def test_a_deal_that_is_talked_of_or_given_up_needs_one_name(text: str, told: tuple[str, str]) -> None:
    assert told in [(kind, stage) for kind, stage, parties in read(text) if FIRM in parties]


@pytest.mark.parametrize(
    ("text", "winners"),
    [
        (
            f"二期变电站工程由{FIRM}、{GROUP}联合中标，中标价1.03亿元，{FOOD}落选。",
            {FIRM: "contractor", GROUP: "contractor"},
        ),
        (
            f"{FIRM}公告，收到青川市交通局发来的《中标通知书》，确定公司为“青川大桥检测项目”的中标人。",
            {FIRM: "contractor", "青川市交通局": "owner"},
        ),
        (
            f"{FIRM}与{GROUP}联合体中标清溪大桥养护项目，招标方为青川市交通局。",
            {FIRM: "contractor", GROUP: "contractor", "青川市交通局": "owner"},
        ),
        (f"——{FIRM}：中标清溪故道生态修复总体设计，合同额1480万元。", {FIRM: "contractor"}),
        ("□晴川钢铁中标清溪大桥附属工程钢材供应，中标金额2.05亿元。", {"晴川钢铁": "contractor"}),
        (f"{FIRM}扩产了。1月，公司拿下青川市城乡供水自控系统项目，金额6700万元。", {FIRM: "contractor"}),
    ],
)
def test_who_wins_a_bid(text: str, winners: dict[str, str]) -> None:
    assert ("won_bid", "signed", winners) in read(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{FIRM}缺流动资金。5月，{BANK}帮了一把，{BANK}的2000万元当天就到了账上。", (BANK, "investor")),
        (f"{BANK}为{FIRM}开出5000万元信用证。", (BANK, "investor")),
        (f"{GROUP}10亿元绿色票据昨日发行完毕。", (GROUP, "partner")),
    ],
)
def test_what_a_bank_does_with_a_sum_is_a_loan(text: str, told: tuple[str, str]) -> None:
    assert any(
        kind == "financing" and stage == "signed" and told in parties.items()
        for kind, stage, parties in read(text)
    )


def test_what_a_bank_earns_or_gives_is_no_loan() -> None:
    assert read(f"{BANK}向{FIRM}所在的村捐了50万元，{FIRM}拿到奖金3万元。") == []


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (f"{FIRM}昨日易主，接盘的是{GROUP}，对价2.8亿元。", {GROUP: "buyer", FIRM: "target"}),
        (f"{FIRM}的51%股权花落{GROUP}，成交价2.2亿元。", {GROUP: "buyer", FIRM: "target"}),
        (
            f"{GROUP}从{FOOD}手里接过{FIRM}的控股股权，价款5.1亿元。",
            {GROUP: "buyer", FIRM: "target", FOOD: "seller"},
        ),
    ],
)
def test_who_comes_to_own_a_firm(text: str, parties: dict[str, str]) -> None:
    assert ("acquisition", "signed", parties) in read(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}的老客户{GROUP}又追加了200台的订单。",
        f"{GROUP}的300台订单落到了{FIRM}手里。",
        f"{FIRM}的电机打进{GROUP}卖场，首单300台，货款900万元。",
    ],
)
def test_whose_order_it_is_buys(text: str) -> None:
    assert ("supply_contract", "signed", {FIRM: "seller", GROUP: "buyer"}) in read(text)


def test_a_fee_for_a_right_makes_a_transfer_which_a_school_gives() -> None:
    found = read(f"{FIRM}从北岭大学引进抗病水稻品种，转让费260万元。")
    assert ("transfer", "signed", {FIRM: "buyer", "北岭大学": "seller"}) in found


def test_what_a_bank_promises_in_a_paper_is_no_loan_besides() -> None:
    found = read(f"{BANK}与{FIRM}签署战略合作协议，未来三年内将为{FIRM}提供不少于50亿元的意向性授信。")
    assert [(kind, stage) for kind, stage, _ in found] == [("financing", "signed")]


def test_the_holder_of_shares_sells_those_of_the_firm_told_before() -> None:
    found = read(f"{GROUP}完成对{FIRM}的股权收购，受让{FOOD}所持65%股份，价款2.38亿元。")
    assert {GROUP: "buyer", FIRM: "target", FOOD: "seller"} in [parties for _, _, parties in found]


def test_money_for_a_firm_and_who_came_in_with_it() -> None:
    assert ("equity_investment", "operating", {GROUP: "investor", FIRM: "target"}) in read(
        f"{GROUP}完成对{FIRM}8000万元的增资。"
    )
    found = read(f"{FIRM}又引入{GROUP}作为战略投资者，获得1.5亿元增资。")
    assert [parties for _, _, parties in found] == [{GROUP: "investor", FIRM: "target"}]


def test_works_that_somebody_pays_for_are_no_shares() -> None:
    found = read(f"{FIRM}的污水处理厂11月29日通水，由{GROUP}投资1.86亿元。")
    assert all(kind != "equity_investment" for kind, _, _ in found)


def test_the_firm_told_of_is_that_of_the_whole_text() -> None:
    text = (
        f"这里是{FIRM}的厂区，海棠科技今年销量大增。8月，海棠科技与{FOOD}签订框架协议。"
        f"股东层面，去年{GROUP}增资1.2亿元，持股24%。"
    )
    assert ("equity_investment", "signed", {GROUP: "investor", FIRM: "target"}) in read(text)


@pytest.mark.parametrize(
    ("text", "deal"),
    [
        (
            f"{GROUP}认购了{FIRM}发行的绿色公司债3亿元。",
            ("financing", "signed", {GROUP: "investor", FIRM: "partner"}),
        ),
        (f"{BANK}向联盟成员单位集中授信30亿元。", ("financing", "signed", {BANK: "investor"})),
        (
            f"{FIRM}完成新一轮增资扩股，由{GROUP}、{FOOD}共同出资2亿元。",
            ("equity_investment", "signed", {GROUP: "investor", FOOD: "investor", FIRM: "target"}),
        ),
        (
            f"{FIRM}的果园在城北。第一批36吨鲜果卖到了新加坡的星岛超市。",
            ("supply_contract", "signed", {FIRM: "seller", "星岛超市": "buyer"}),
        ),
        (
            f"{FOOD}的熔炼炉由{FIRM}买走12台。",
            ("supply_contract", "signed", {FOOD: "seller", FIRM: "buyer"}),
        ),
    ],
)
def test_kernels_read_what_no_order_of_words_is_known_for(
    text: str, deal: tuple[str, str, dict[str, str]]
) -> None:
    assert deal in read(text)


@pytest.mark.parametrize(
    "text",
    [
        f"全市{BANK}等机构累计向小微企业发放贷款30亿元。",
        f"{BANK}为小微企业发放贷款30亿元。",
    ],
)
def test_what_a_bank_lends_in_all_is_no_loan(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}做木材生意。去年5月，公司买下{GROUP}。\n{BANK}批给企业7000万元项目贷款。",
        f"{FIRM}的锯末由{GROUP}供应。\n钱的来路有一条：{BANK}放了7000万元的技改贷款。",
        f"{FIRM}缺钱。{GROUP}入股5000万元；{BANK}放了7000万元的技改贷款。",
    ],
)
def test_the_firm_told_of_borrows_and_not_who_deals_with_it(text: str) -> None:
    assert [parties for kind, _, parties in read(text) if kind == "financing"] == [
        {BANK: "investor", FIRM: "partner"}
    ]


def test_who_gives_most_of_the_orders_buys() -> None:
    text = f"{FIRM}在手订单4亿元，最大的一笔来自{GROUP}，共126套门窗。"
    assert ("supply_contract", "signed", {FIRM: "seller", GROUP: "buyer"}) in read(text)


@pytest.mark.parametrize(
    ("text", "sum_of"),
    [
        (f"3月8日，{GROUP}开工。{BANK}行长林川表态，已为项目批复固定资产贷款2.1亿元。", BANK),
        (f"{BANK}5月6日向河口镇15家米粉作坊授信1600万元。", BANK),
        (f"{BANK}当场与其中3家企业达成贷款意向，意向金额合计1.2亿元。", BANK),
        (f"钱从哪里来？{FIRM}从{BANK}借出420万元买设备。", BANK),
    ],
)
def test_a_bank_lends_by_its_officer_on_a_day_and_as_an_intention(text: str, sum_of: str) -> None:
    assert any(kind == "financing" and sum_of in parties for kind, _, parties in read(text))


def test_what_a_bank_lent_up_to_a_day_is_no_loan() -> None:
    assert not read(f"截至5月6日，{BANK}累计向1500户农户授信16亿元。")
