"""Papers that one sentence tells of several pairs, plates that leaders unveil, and who signs for a city."""

import pytest

from tests.unit.extract.test_deals_attributes import read as signed
from tests.unit.extract.test_deals_papers import FINDER, MARKS, frames, read

FIRM, GROUP, SCHOOL, ZONE = "海棠科技有限公司", "云岭集团", "北岭大学", "青川经开区管委会"


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (f"{FIRM}、{GROUP}分别与{SCHOOL}签署合作协议。", [{FIRM, SCHOOL}, {GROUP, SCHOOL}]),
        (
            f"{FIRM}等一批企业代表和{GROUP}等一批外贸企业代表分别与{SCHOOL}签署合作协议。",
            [{FIRM, SCHOOL}, {GROUP, SCHOOL}],
        ),
        (
            f"会上，{ZONE}、{FIRM}分别与{SCHOOL}、南屿食品公司签订合作协议。",
            [{ZONE, SCHOOL}, {FIRM, "南屿食品公司"}],
        ),
    ],
)
def test_each_of_a_list_signs_a_paper_of_its_own(text: str, pairs: list[set[str]]) -> None:
    assert [set(parties) for _, _, parties in read(text)] == pairs


def test_each_pair_may_be_told_again_by_the_name_of_its_paper() -> None:
    told = read(
        f"{ZONE}、{SCHOOL}分别与{GROUP}签署合作协议。{ZONE}与{GROUP}签订现代种业产业项目合作协议。"
        f"{GROUP}与{SCHOOL}签订战略合作协议。"
    )
    assert told == [
        ("project", "signed", {ZONE: "host", GROUP: "investor"}),
        ("strategic_agreement", "signed", {GROUP: "partner", SCHOOL: "partner"}),
    ]


def test_a_bank_of_construction_founds_nothing_by_its_name() -> None:
    bank = "中国建设银行股份有限公司青川分行"
    text = f"{SCHOOL}与{bank}进一步支持办学合作协议签约仪式昨天举行。"
    assert all(kind != "institution" for kind, _, _ in read(text, **{bank: "organization"}))


def test_a_name_holds_no_word_of_signing() -> None:
    names = {"丁立钢": "person", "苏晓棠": "person"}
    articles, sentences, mentions = frames(
        f"{GROUP}董事长苏晓棠与{FIRM}总经理丁立钢签订战略合作协议。", MARKS | names
    )
    deals, _, _ = FINDER.find(articles, sentences, mentions)
    assert deals["title"].to_list() == ["战略合作协议"]


def test_a_mayor_who_is_of_the_committee_too_signs_for_the_government() -> None:
    text = "青川市政府昨天设宴。市委副书记、市长丁一凡与云岭集团副总裁苏晓棠签订战略合作协议。"
    assert [deal["signed_by"] for deal in signed(text)] == [{"青川市政府": "丁一凡", "云岭集团": "苏晓棠"}]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            f"县委书记丁一凡、{SCHOOL}副校长苏晓棠共同为{SCHOOL}青川技术转移中心揭牌。",
            [("institution", "unveiled", {SCHOOL: "builder"})],
        ),
        (
            f"{SCHOOL}与{GROUP}签署合作协议，并共同为“智能制造现代产业学院”揭牌。",
            [
                ("cooperation_agreement", "signed", {SCHOOL: "partner", GROUP: "partner"}),
                ("institution", "unveiled", {SCHOOL: "builder", GROUP: "builder"}),
            ],
        ),
        (
            f"{SCHOOL}与{GROUP}签署合作协议。随后，双方为“北岭云岭产业学院”“青川博士后实践基地”揭牌。",
            [
                ("cooperation_agreement", "signed", {SCHOOL: "partner", GROUP: "partner"}),
                ("institution", "unveiled", {SCHOOL: "builder", GROUP: "builder"}),
                ("institution", "unveiled", {SCHOOL: "builder", GROUP: "builder"}),
            ],
        ),
    ],
)
def test_plates_that_leaders_or_both_sides_unveil(
    text: str, told: list[tuple[str, str, dict[str, str]]]
) -> None:
    assert read(text, 苏晓棠="person") == told


def test_a_ceremony_of_signing_is_no_body() -> None:
    text = f"{SCHOOL}与{GROUP}结对联动合作签约仪式在花溪产业园举行。"
    assert all(kind != "institution" for kind, _, _ in read(text, 花溪产业园="place"))


def test_a_firm_of_sensors_is_bought_like_any_other() -> None:
    assert read(f"{GROUP}拟以6372万元收购惠盛传感器20%股权。") == [
        ("acquisition", "proposed", {GROUP: "buyer", "惠盛传感器": "target"})
    ]


def test_works_that_a_bid_is_won_to_build_are_told_by_their_name() -> None:
    articles, sentences, mentions = frames(
        f"{GROUP}中标承建的青川市滨河路快速化工程一标段，中标价8亿元。", MARKS
    )
    deals, _, _ = FINDER.find(articles, sentences, mentions)
    assert deals["title"].to_list() == ["青川市滨河路快速化工程一标段"]


def test_pairs_of_a_list_stay_pairs_where_a_name_was_not_recognised() -> None:
    told = read(f"会上，{ZONE}与{GROUP}、{SCHOOL}与禾岭冷链、市供销社与{FIRM}分别签约。")
    assert [set(parties) for _, _, parties in told] == [
        {ZONE, GROUP},
        {SCHOOL, "禾岭冷链"},
        {"市供销社", FIRM},
    ]


def test_papers_that_are_counted_on_both_sides_name_nobody() -> None:
    text = f"对接会由{ZONE}、{SCHOOL}联合举办，8家银行与46户涉农主体现场签约，授信总额27.5亿元。"
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"{SCHOOL}与{GROUP}举行战略合作协议签字仪式。",
        f"{SCHOOL}与{GROUP}通过“云签约”的方式，成功签订了战略合作协议。",
        f"{SCHOOL}、{GROUP}日前换签了战略合作协议。",
    ],
)
def test_a_paper_is_read_whatever_its_ceremony_is_called(text: str) -> None:
    assert read(text) == [("strategic_agreement", "signed", {SCHOOL: "partner", GROUP: "partner"})]


def test_who_stands_for_the_school_is_no_part_of_its_name() -> None:
    text = "副校长丁一凡代表我校与云岭集团签订合作协议。"
    assert [deal["signed_by"] for deal in signed(text)] == [{"我校": "丁一凡", "云岭集团": None}]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # What a paper is called holds no talks.
        (f"{SCHOOL}与{FIRM}签订了产销对接协议书。", ("cooperation_agreement", "signed")),
        (f"{SCHOOL}与{FIRM}签订了合作意向协议。", ("cooperation_agreement", "negotiating")),
        # Papers about the use of inventions in general sell none.
        (f"{SCHOOL}与{FIRM}签订科技成果转化合作协议。", ("cooperation_agreement", "signed")),
        (f"{SCHOOL}与{FIRM}签订科技成果转化协议。", ("transfer", "signed")),
        (f"{GROUP}与{FIRM}签订供渣协议。", ("supply_contract", "signed")),
    ],
)
def test_a_paper_is_what_its_name_says(text: str, told: tuple[str, str]) -> None:
    assert [(kind, stage) for kind, stage, _ in read(text)] == [told]


def test_a_supermarket_is_no_city() -> None:
    names = {"恒辉超市": "organization", "曙阳蔬菜专业合作社": "organization"}
    assert read("恒辉超市与曙阳蔬菜专业合作社签订农产品基地合作协议。", **names) == [
        ("cooperation_agreement", "signed", {"恒辉超市": "partner", "曙阳蔬菜专业合作社": "partner"})
    ]
    told = read("恒辉超市与曙阳蔬菜专业合作社签订了保护价收购5000吨的订单。", **names)
    assert told == [("supply_contract", "signed", {"恒辉超市": "buyer", "曙阳蔬菜专业合作社": "seller"})]


def test_who_follows_in_a_round_puts_money_in_too() -> None:
    told = read(f"{FIRM}宣布完成B轮融资，石桥资本领投3亿元，禾岭城投跟投8000万元。")
    assert told == [
        ("equity_investment", "operating", {"石桥资本": "investor", "禾岭城投": "investor", FIRM: "target"})
    ]


def test_three_officers_of_three_clauses_sign_for_their_bodies() -> None:
    names = {"苏晓棠": "person", "叶向东": "person"}
    told = read(
        f"{ZONE}党委书记丁一凡，{SCHOOL}党委书记、校长苏晓棠，{GROUP}总经理叶向东代表三方签署合作框架协议。",
        **names,
    )
    assert told == [("strategic_agreement", "signed", dict.fromkeys([ZONE, SCHOOL, GROUP], "partner"))]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # The verb stands in front of both.
        (f"会上签署了{SCHOOL}与{GROUP}人才培养合作协议。", ("cooperation_agreement", SCHOOL, GROUP)),
        # What a paper is about wishes nothing.
        (f"{SCHOOL}与{GROUP}就促进激光产业发展签署战略协议。", ("strategic_agreement", SCHOOL, GROUP)),
        # The ceremony and its paper are one deal.
        (
            f"{SCHOOL}与{GROUP}举行签约仪式。仪式上，{SCHOOL}与{GROUP}签订了《共同推动蔬菜产业合作框架协议》。",
            ("strategic_agreement", SCHOOL, GROUP),
        ),
    ],
)
def test_a_paper_of_two_is_one_deal_wherever_they_stand(text: str, told: tuple[str, str, str]) -> None:
    kind, one, other = told
    assert read(text) == [(kind, "signed", {one: "partner", other: "partner"})]


@pytest.mark.parametrize(
    "text",
    ["东洲租赁与云岭集团签订融资租赁合同。", "东洲租赁与云岭集团正式签约，为龙首港项目成功融资5亿元。"],
)
def test_who_leases_lends(text: str) -> None:
    told = read(text, 东洲租赁="organization")
    assert told == [("financing", "signed", {"东洲租赁": "investor", GROUP: "partner"})]


def test_holders_sell_the_shares_of_who_announces_it() -> None:
    text = f"{GROUP}公告称，石桥资本将受让控股股东丁一凡持有的上市公司9.26%股权。"
    sides = {GROUP: "target", "石桥资本": "buyer", "丁一凡": "seller"}
    assert read(text) == [("equity_transfer", "proposed", sides)]


def test_two_officers_of_two_clauses_sign_for_their_bodies() -> None:
    text = "青川市政府副市长丁一凡，云岭集团总经理苏晓棠代表双方签约。"
    assert [set(deal["signed_by"].values()) for deal in signed(text)] == [{"丁一凡", "苏晓棠"}]


def test_who_leads_a_round_may_stand_in_front_of_it() -> None:
    told = read(f"由石桥资本领投，{GROUP}跟投，{FIRM}日前完成近2亿元B+轮融资。")
    assert told == [
        ("equity_investment", "operating", {"石桥资本": "investor", GROUP: "investor", FIRM: "target"})
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"青川新材料产业基金揭牌，总规模30亿元，由{GROUP}与石桥资本联合发起。",
        f"青川新材料产业基金正式成立。该基金由{ZONE}主导，{GROUP}联合石桥资本共同组建。",
    ],
)
def test_who_founds_a_fund_is_told_behind_it(text: str) -> None:
    told = read(text, 青川新材料产业基金="organization")
    assert told == [("equity_investment", "unveiled", {GROUP: "investor", "石桥资本": "investor"})]


def test_who_holds_the_ceremony_of_two_cities_is_no_side() -> None:
    text = "青川市外事办举行青川市与南屿市友好城市签约仪式。"
    told = read(text, 青川市外事办="organization")
    assert told == [("cooperation_agreement", "signed", {"青川市": "partner", "南屿市": "partner"})]


def test_a_firm_that_several_mean_to_found_is_planned_by_all_of_them() -> None:
    text = f"{GROUP}11月18日公告，拟与{FIRM}、南屿食品公司共同出资20亿元设立青川新能源有限公司。"
    sides = dict.fromkeys([GROUP, FIRM, "南屿食品公司"], "partner")
    assert read(text, 青川新能源有限公司="organization") == [("joint_venture", "proposed", sides)]


def test_whom_the_firm_means_is_a_side_of_what_it_will_found_with_others() -> None:
    text = f"{GROUP}日前迁至青川市。公司将与{FIRM}、南屿食品公司组建合资公司，三方分别持股45%、30%和25%。"
    sides = dict.fromkeys([GROUP, FIRM, "南屿食品公司"], "partner")
    assert read(text) == [("joint_venture", "proposed", sides)]


@pytest.mark.parametrize(
    "told",
    [
        "海云精密有限公司由{0}与{1}按7∶3的比例共同出资，2023年5月注册成立。",
        "海云精密有限公司的车间里热浪扑面。公司由{0}和{1}共同出资组建，注册资本2亿元。",
        "去年9月，{0}与{1}各出资500万美元，合资设立了海云精密有限公司。",
    ],
)
def test_a_firm_that_two_own_is_there_and_is_what_their_money_went_to(told: str) -> None:
    sides = {FIRM: "partner", GROUP: "partner", "海云精密有限公司": "target"}
    deals = read(told.format(FIRM, GROUP), 海云精密有限公司="organization")
    assert deals == [("joint_venture", "operating", sides)]


def test_the_works_of_a_firm_that_two_own_are_its_own() -> None:
    text = (
        f"海云精密有限公司投产。公司由{FIRM}与{GROUP}共同出资，2023年5月注册成立，计划建设年产8万吨轴承项目。"
    )
    assert read(text, 海云精密有限公司="organization")[-1] == (
        "project",
        "proposed",
        {"海云精密有限公司": "investor"},
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"配套的研发中心将和{SCHOOL}合建。", ("institution", "proposed", {GROUP, SCHOOL})),
        (f"检测中心计划与{SCHOOL}共同合办，明年启用。", ("institution", "proposed", {GROUP, SCHOOL})),
        ("公司明年还将把一条LNG阀门产线搬到青川市。", ("project", "proposed", {GROUP, "青川市"})),
        ("公司把加工厂整体搬到青川市，投资8000万元。", ("project", "landed", {GROUP, "青川市"})),
        ("公司将生产基地迁入青川市，总投资3.2亿元。", ("project", "landed", {GROUP, "青川市"})),
        ("公司去年产值2亿元，今年打算再上一条光纤预制棒生产线。", ("project", "proposed", {GROUP})),
    ],
)
def test_what_a_firm_is_to_move_add_or_found_with_a_school(
    text: str, told: tuple[str, str, set[str]]
) -> None:
    deals = read(f"{GROUP}昨天发布年报。{text}", 青川市="place")
    assert [(kind, stage, set(sides)) for kind, stage, sides in deals] == [told]


def test_a_syndicate_lends_without_its_sum_being_told() -> None:
    banks = dict.fromkeys(["渤港银行", "津岩农商银行"], "organization")
    text = (
        f"{GROUP}收购了一家阀门厂。收购款中六成来自渤港银行牵头的并购银团贷款，其余为自有资金。"
        "银团由渤港银行、津岩农商银行和一家外资行组成，期限7年。"
    )
    sides = {"渤港银行": "investor", "津岩农商银行": "investor", GROUP: "partner"}
    assert [sides for kind, _, sides in read(text, **banks) if kind == "financing"] == [sides]


def test_works_are_not_given_up_where_others_have_stood_still_for_years() -> None:
    text = f"{GROUP}拟投资3亿元，盘活园区内停建多年的原焦化厂土地，建设年产5万吨盐酸项目，力争5月开工。"
    assert read(text) == [("project", "proposed", {GROUP: "investor"})]


@pytest.mark.parametrize(
    "paper", ["签约，拟收购后者持有的", "签订协议，以2亿元收购后者持有的", "签约，将收购其旗下"]
)
def test_a_paper_and_the_purchase_from_who_signs_it_are_one_deal(paper: str) -> None:
    text = f"{GROUP}昨日与{FIRM}{paper}南屿食品公司35%股权，价格待定。"
    sides = {GROUP: "buyer", "南屿食品公司": "target", FIRM: "seller"}
    assert [(stage, sides) for _, stage, sides in read(text)] == [("signed", sides)]


def test_what_a_board_decides_is_planned_on_its_day() -> None:
    text = "3月6日，云岭集团召开董事会，决定向海棠科技有限公司增资2亿元，用于扩建第二条产线。"
    assert [(d["stage"], str(d["dated_on"])) for d in signed(text)] == [("proposed", "2031-03-06")]


@pytest.mark.parametrize(
    "told",
    [
        "南岭镇茶叶加工园，是青川市通过东西部协作援建的，投资2300万元，去年5月建成。",
        "利用青川市东西部协作资金1600万元建设的南岭镇党参加工车间日前投用。",
        "由青川市援建的南岭镇蔬菜冷库昨日启用，总投资800万元。",
    ],
)
def test_who_helps_a_poorer_town_pays_for_its_works(told: str) -> None:
    assert [(stage, sides) for _, stage, sides in read(told, 青川市="place")] == [
        ("operating", {"青川市": "investor"})
    ]


@pytest.mark.parametrize("gets", ["接到首单", "签下海外首单", "收到一笔订单"])
def test_who_gets_a_first_order_sells(gets: str) -> None:
    text = f"今年1月2日，{GROUP}{gets}：向越南一家出租车企业供应电动轿车300辆。"
    assert read(text) == [("supply_contract", "signed", {GROUP: "seller"})]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("鲁港签署经贸合作协议。", ["鲁", "港"]),
        ("川渝两地签署经贸合作协议。", ["川", "渝"]),
        ("青川岚阳两市签署经贸合作协议。", ["青川", "岚阳"]),
        ("沪苏浙皖签署经贸合作协议。", ["沪", "苏", "浙", "皖"]),
        # A place that lies in another is one side with it.
        ("川省青川与海棠科技有限公司签署经贸合作协议。", ["川省青川", "海棠科技有限公司"]),
    ],
)
def test_two_places_beside_each_other_are_two_sides(text: str, sides: list[str]) -> None:
    names = dict.fromkeys(["鲁", "港", "川", "渝", "沪", "苏", "浙", "皖", "青川", "岚阳", "川省"], "place")
    articles, sentences, mentions = frames(text, {**MARKS, **names})
    deals, parties, _ = FINDER.find(articles, sentences, mentions)
    assert deals["title"].to_list() == ["经贸合作协议"]
    assert parties["surface_text"].to_list() == sides


@pytest.mark.parametrize(
    ("text", "title", "sides"),
    [
        ("鲁港经贸合作协议签署。", "经贸合作协议", ["鲁", "港"]),
        ("川渝两地合作协议昨日签署。", "合作协议", ["川", "渝"]),
        ("会上签署了《鲁港经贸合作协议》。", "鲁港经贸合作协议", ["鲁", "港"]),
        ("《智能制造合作协议》正式签署。", "智能制造合作协议", []),
        # Four characters behind a place are no firm if they are a paper.
        ("青川市与岚阳市合作协议签署。", "合作协议", ["青川市", "岚阳市"]),
    ],
)
def test_a_paper_tells_its_sides_at_its_front(text: str, title: str, sides: list[str]) -> None:
    names = dict.fromkeys(["鲁", "港", "川", "渝", "青川市", "岚阳市"], "place")
    articles, sentences, mentions = frames(text, {**MARKS, **names})
    deals, parties, _ = FINDER.find(articles, sentences, mentions)
    assert deals.select("title", "stage").rows() == [(title, "signed")]
    assert parties["surface_text"].to_list() == sides


@pytest.mark.parametrize("text", ["会上将签署《鲁港经贸合作协议》。", "会上签署了《鲁港经贸宣言》。"])
def test_a_paper_that_is_not_signed_and_one_that_is_no_agreement_are_none(text: str) -> None:
    articles, sentences, mentions = frames(text, {**MARKS, "鲁": "place", "港": "place"})
    assert "signed" not in FINDER.find(articles, sentences, mentions)[0]["stage"].to_list()
