"""Deals in words that no rule has an order for: a word of the deed, a sum, and who stands around it."""

import pytest

from tests.unit.extract.spans import frames
from tests.unit.extract.test_deals_papers import BANK, FINDER, MARKS, read


def titled(text: str) -> list[tuple[str, str, str | None]]:
    """Type, stage and title."""
    articles, sentences, mentions = frames(text, MARKS)
    return [
        (row["deal_type"], row["stage"], row["title"])
        for row in FINDER.find(articles, sentences, mentions)[0].iter_rows(named=True)
    ]


FIRM, GROUP, SCHOOL, BUILDER = "海棠科技有限公司", "云岭集团", "北岭大学", "东江建工集团"


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}的车间里灯火通明。钱从哪里来？最难的时候是{BANK}帮了一把，一笔1.5亿元的收储贷款月底到了账。",
        f"{FIRM}的扩建花了三年。资金方面，{BANK}牵头的银团去年12月授信32亿元，期限15年。",
        f"搬家花了14个月。{FIRM}自筹2.9亿元，{BANK}又跟贷5000万元。",
    ],
)
def test_a_bank_a_sum_and_a_word_of_credit_are_a_loan(text: str) -> None:
    assert ("financing", "signed", {BANK: "investor", FIRM: "partner"}) in read(text)


@pytest.mark.parametrize(
    "text",
    [
        f"云溪渔港改造工程日前获得{BANK}3.2亿元中长期贷款，期限18年。",
        f"滨江大道二期获{BANK}4亿元贷款支持。",
        f"{BANK}已为项目批复固定资产贷款2.1亿元，月底前到账。",
    ],
)
def test_a_loan_for_works_is_of_its_bank_where_nobody_tells_whose_they_are(text: str) -> None:
    assert ("financing", "signed", {BANK: "investor"}) in read(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}正缺钱。今年4月，{GROUP}又以1.1亿元增资入股，不派人管事。",
        f"{FIRM}去年扩产，{GROUP}拿出6000万元入股，占公司一成二。",
    ],
)
def test_money_for_a_share_of_the_firm_that_the_text_is_about(text: str) -> None:
    assert ("equity_investment", "signed", {GROUP: "investor", FIRM: "target"}) in read(text)


def test_a_house_bought_out_of_the_hands_of_a_firm_is_handed_over() -> None:
    found = read(f"{FIRM}出资2300万元，从{GROUP}手中购得一层商铺，年租金预计160万元。")
    assert ("transfer", "signed", {FIRM: "buyer", GROUP: "seller"}) in found


def test_a_ship_built_for_a_firm_is_sold_to_it() -> None:
    found = read(f"{FIRM}为{GROUP}建造的首艘运输船昨天下水，比合同工期提前41天。")
    assert ("supply_contract", "signed", {FIRM: "seller", GROUP: "buyer"}) in found


def test_what_shall_be_signed_soon_is_not_signed() -> None:
    assert {stage for _, stage, _ in read(f"专家敦促{GROUP}与{FIRM}尽快签署合作协议。")} <= {"proposed"}


def test_who_is_told_as_owner_of_works_wins_no_bid() -> None:
    found = read(f"工程由{GROUP}作为业主，概算4.7亿元，{BUILDER}中标施工。")
    assert [set(parties) for kind, _, parties in found if kind == "won_bid"] == [{BUILDER}]


def test_what_comes_from_a_firm_is_bought_there() -> None:
    found = read(f"{FIRM}的院子里，新装的压榨机正试着转。这套设备来自{GROUP}，折合人民币2300万元。")
    assert ("supply_contract", "signed", {FIRM: "buyer", GROUP: "seller"}) in found


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        (f"{FIRM}在城北。2021年，企业投资5.4亿元上了一条年产6万吨的酵素生产线，去年3月投产。", "operating"),
        (f"{FIRM}追加1.3亿元，盖起了两条精深加工线。", "operating"),
    ],
)
def test_a_firm_that_spends_on_works_builds_them(text: str, stage: str) -> None:
    [(kind, read_stage, parties)] = read(text)
    assert (kind, read_stage, set(parties)) == ("project", stage, {FIRM})


def test_what_was_done_says_how_far_works_are_and_not_what_is_expected() -> None:
    works = (
        f"今年最忙的是清溪抽水蓄能电站，地下厂房由{BUILDER}承建，一期主体结构已经完工，预计2099年9月投产。"
    )
    assert read(works)[0][1:] == ("building", {BUILDER: "contractor"})


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}与{SCHOOL}约定互认培训学时，今后少跑路。",
        f"{FIRM}同{SCHOOL}谈妥，学生到车间实习，食宿由企业包下。",
    ],
)
def test_two_bodies_and_a_word_of_a_pact(text: str) -> None:
    assert read(text) == [("cooperation_agreement", "signed", {FIRM: "partner", SCHOOL: "partner"})]


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}表示，希望{BANK}给予贷款500万元。",
        f"{BANK}今年累计发放贷款5亿元，{FIRM}也在其中。",
        f"据{FIRM}和{SCHOOL}统计，今年签证出口货值4.2亿元。",
        f"{FIRM}愿同{SCHOOL}进一步加强合作，推进协议落实。",
        f"清河铁路开通运营11个月以来，{FIRM}发送货物167万吨，货值121亿元。",
    ],
)
def test_hopes_sums_and_what_happened_since_are_no_deals(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "title", "stage"),
    [
        ("■青石河二期整治工程因管网迁改推迟至9月开工。", "青石河二期整治工程", "proposed"),
        ("（3）北岭至云岭城际铁路开工建设；", "北岭至云岭城际铁路", "building"),
        (f"{FIRM}将出资9.2亿元，在芦屯镇建设多式联运物流园。", "多式联运物流园", "proposed"),
    ],
)
def test_works_with_a_name_of_their_own_need_no_owner(text: str, title: str, stage: str) -> None:
    assert ("project", stage, title) in titled(text)


@pytest.mark.parametrize(
    "text",
    [
        "广东携手港澳加快建设大湾区，一批农村饮水提升工程也在加紧建设。",
        "至此，云岭全省高速公路通车总里程突破8000公里。",
        "希望更多新型储能项目落地青川。",
    ],
)
def test_sums_wishes_and_areas_are_no_works(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        (f"去年，{FIRM}又跟{SCHOOL}合作办了海洋牧场研究中心，中心放在校区。", "unveiled"),
        (f"{FIRM}正和{SCHOOL}商谈，想合办海洋牧场研究中心。", "negotiating"),
    ],
)
def test_two_bodies_and_a_word_of_founding_found_a_body(text: str, stage: str) -> None:
    assert ("institution", stage, "海洋牧场研究中心") in titled(text)


def test_a_bid_is_won_by_the_firm_beside_the_word() -> None:
    text = f"城西污水处理厂提标改造中标结果公布，{FIRM}以3.4亿元拿下，工期300天。"
    assert ("won_bid", "signed", {FIRM: "contractor"}) in read(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            f"{FIRM}要在港区租地200亩，自建洗选配煤基地，投资6.4亿元。",
            ("project", "proposed", "洗选配煤基地"),
        ),
        (f"{FIRM}把酵素检测中心放在了南屿市。", ("project", "landed", "酵素检测中心")),
        (
            "会上，北岭大学青川转移中心、南屿市海藻研究院两个平台揭牌。",
            ("institution", "unveiled", "南屿市海藻研究院"),
        ),
        ("青川市海太隧道盾构掘进过半。", ("project", "building", "青川市海太隧道")),
    ],
)
def test_plans_lists_and_work_at_a_site_are_read(text: str, told: tuple[str, str, str]) -> None:
    assert told in titled(text)


@pytest.mark.parametrize(
    ("text", "kind", "stage"),
    [
        (f"{FIRM}与{GROUP}续签技术许可合同，为期五年。", "transfer", "signed"),
        (f"{GROUP}同{FIRM}订立战略合作框架协议，期限三年。", "strategic_agreement", "signed"),
        (f"{SCHOOL}和{FIRM}互换了备忘录文本，明年互派教师。", "cooperation_agreement", "signed"),
        (f"{FIRM}、{GROUP}各出一半的钱，注册成立了海云储运有限公司。", "joint_venture", "operating"),
    ],
)
def test_the_paper_that_two_sides_sign_says_what_kind_of_deal_it_is(text: str, kind: str, stage: str) -> None:
    [(read_kind, read_stage, parties)] = read(text)
    assert (read_kind, read_stage) == (kind, stage)
    assert parties.keys() <= {FIRM, GROUP, SCHOOL}


def test_who_adds_an_order_buys_of_the_firm_that_the_text_is_about() -> None:
    text = f"{FIRM}的窑炉一直没有停过。销售科长说，{GROUP}上周追加了价值410万美元的餐具订单。"
    assert ("supply_contract", "signed", {GROUP: "buyer", FIRM: "seller"}) in read(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}取得的几项专利里，最贵的发明专利是花200万元从{SCHOOL}买断的。",
        f"{FIRM}缺的是技术。去年冬天，{SCHOOL}把一项专利的独占许可授予{FIRM}，许可费200万元。",
    ],
)
def test_a_right_that_changes_hands_is_a_transfer(text: str) -> None:
    assert ("transfer", "signed", {FIRM: "buyer", SCHOOL: "seller"}) in read(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}出口货值去年翻番，{GROUP}也在同一条街上。",
        f"{FIRM}与{GROUP}签署联合声明，反对涨价。",
        f"{FIRM}的采购经理说，{GROUP}离得近，运费2000元一吨。",
        f"青川市县长屈原野、{GROUP}董事长薛亚萍见证签约。",
    ],
)
def test_a_statement_an_office_or_a_witness_is_no_deal(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (f"△{BANK}为三家外贸小微企业放款2600万元，用的是“汇率贷”。", {BANK: "investor"}),
        (
            f"{GROUP}在城北建厂。同一天，{BANK}给隔壁的{FIRM}放贷22亿元。",
            {BANK: "investor", FIRM: "partner"},
        ),
    ],
)
def test_a_bank_lends_to_whom_the_clause_says(text: str, parties: dict[str, str]) -> None:
    assert read(text) == [("financing", "operating", parties)]


@pytest.mark.parametrize(
    ("text", "kind", "roles"),
    [
        (f"11月27日，{GROUP}以1380万元认购{FIRM}新增股份，占30%。", "equity_investment", "investor target"),
        (f"经过三轮竞价，{GROUP}10月9日以2.18亿元摘得{FIRM}67%国有股权。", "acquisition", "buyer target"),
    ],
)
def test_shares_are_taken_in_many_words(text: str, kind: str, roles: str) -> None:
    one, other = roles.split()
    assert read(text) == [(kind, "signed", {GROUP: one, FIRM: other})]


@pytest.mark.parametrize(
    "text",
    [
        f"去年底，{FIRM}与海外一家零售商续上三年供货合同。",
        f"{FIRM}的车间很忙。“上个月，我们和南方一家车企续签三年供货合同。”",
    ],
)
def test_a_side_without_a_name_is_a_side_all_the_same(text: str) -> None:
    [(kind, stage, parties)] = read(text)
    assert (kind, stage) == ("supply_contract", "signed")
    assert FIRM in parties


def test_who_pays_for_a_round_invests_in_the_firm_that_gets_it() -> None:
    text = f"{FIRM}在城北。那一年，公司迎来{GROUP}5000万元的A轮投资，添了两台机床。"
    assert ("equity_investment", "signed", {GROUP: "investor", FIRM: "target"}) in read(text)


def test_what_somebody_says_after_a_signature_is_no_deal_of_his_firm_alone() -> None:
    assert read(f"{GROUP}副总裁卜一平在签约后告诉记者，园区离港口近。") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            f"双方商定，由{FIRM}与{GROUP}就青川水泵组装厂项目继续磋商。",
            ("project", "negotiating", "青川水泵组装厂项目"),
        ),
        (f"承包老厂以后，{FIRM}用这笔钱上了第二条轧钢线。", ("project", "operating", "第二条轧钢线")),
        (
            "青川市海藻肥三期因用地指标问题，开工时间由原定的5月推迟到10月。",
            ("project", "proposed", "青川市海藻肥三期"),
        ),
    ],
)
def test_talks_about_works_and_what_a_firm_has_put_up(text: str, told: tuple[str, str, str]) -> None:
    assert told in titled(text)


def test_a_sentence_may_tell_two_deals_of_one_firm() -> None:
    text = f"{FIRM}去年花1.1亿元买下{GROUP}80%的股权，今年3月又和盒匣签了两年的供货合同，每年1.2万吨。"
    assert {kind for kind, _, _ in read(text)} == {"acquisition", "supply_contract"}


def test_what_an_aim_names_in_its_second_half_is_not_built() -> None:
    text = f"{FIRM}表示，力争到2030年产值翻番，建成青川新材料产业基地。"
    assert all(stage == "proposed" for _, stage, _ in titled(text))


@pytest.mark.parametrize("what", ["获批省级重点实验室", "被认定为省级工程中心", "入选国家级平台"])
def test_a_name_ends_where_the_sentence_goes_on(what: str) -> None:
    text = f"{SCHOOL}与{GROUP}共建的焊接联合实验室{what}。"
    assert [title for *_, title in titled(text)] == ["焊接联合实验室"]
