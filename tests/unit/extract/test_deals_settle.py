"""Type, stage and sides that a deal has whatever words tell it."""

import pytest

from tests.unit.extract.test_deals_papers import read

FIRM, OTHER, BUILDER = "海棠科技有限公司", "南屿食品公司", "云岭集团"
SCHOOL, ZONE = "北岭大学", "青川经开区管委会"
BODIES = {
    "青川海云精密有限公司": "organization",
    "云岭锻造厂": "organization",
    "青川县": "place",
    "北岭银行": "organization",
}
PROJECT = f"{FIRM}与{ZONE}"


@pytest.mark.parametrize(
    ("text", "kind", "stage"),
    [
        (f"{SCHOOL}与{FIRM}共建的轴承联合实验室3日投入运行。", "joint_laboratory", "operating"),
        (f"{SCHOOL}与{FIRM}共建的轴承检测中心因经费不足已经撤销。", "institution", "ended"),
        (f"{FIRM}与{OTHER}合资组建的青川海云精密有限公司领到营业执照。", "joint_venture", "operating"),
        (f"{FIRM}与{OTHER}合资的青川海云精密有限公司上周投产。", "joint_venture", "operating"),
        (f"{FIRM}就收购云岭锻造厂与对方谈了三轮。", "acquisition", "negotiating"),
        (f"{FIRM}斥资3.6亿元将云岭锻造厂收入囊中。", "acquisition", "signed"),
        (f"{PROJECT}签订入园协议，计划投资3.2亿元新建减速器生产线。", "project", "signed"),
        (f"{ZONE}近日与{FIRM}解除减速器工厂投资协议。", "project", "ended"),
        (f"{ZONE}与{FIRM}就20万千瓦储能电站项目达成合作。", "project", "signed"),
        (f"{FIRM}投资2.8亿元的种子加工项目已完成厂房主体施工，明年9月底前投产。", "project", "building"),
        (f"{SCHOOL}与{FIRM}合办的轨道学院首批120名学生入学。", "institution", "operating"),
        (f"{FIRM}拟以3.2亿元收购云岭锻造厂，双方已签署股权收购协议。", "acquisition", "signed"),
        (f"{FIRM}同{ZONE}签下轴承玻璃项目，投资22亿元，选址青川产业园。", "project", "signed"),
        (f"{FIRM}有意在青川县布局一座减速器工厂，目前正在评估选址。", "project", "proposed"),
        (f"{FIRM}与{OTHER}的意向书签了，股比还没有谈拢。", "cooperation_agreement", "negotiating"),
        (f"{FIRM}正跟北岭银行谈一笔9000万元的知识产权质押贷款。", "financing", "negotiating"),
        (f"{FIRM}去年打算收购云岭锻造厂，因估值分歧较大，今年4月宣布终止。", "acquisition", "ended"),
        (f"{FIRM}与{OTHER}去年签约合资办厂，今年3月双方和平分手。", "joint_venture", "ended"),
        (f"{FIRM}与青川县签约建设罐头厂，因资金断裂，今年5月被清退。", "project", "ended"),
        (f"{FIRM}投资5亿元的轴承项目因手续未办妥，开工时间推迟到10月。", "project", "proposed"),
        (f"原计划去年底投产的{FIRM}轴承项目，投产时间推迟到今年6月。", "project", "building"),
        (
            f"{FIRM}投资5亿元的轴承项目，因设备到货延迟，工期滞后两个月，计划11月底投产。",
            "project",
            "building",
        ),
        (f"{SCHOOL}与{ZONE}就共建轴承研究院深入交换意见。", "institution", "negotiating"),
        (f"{FIRM}与青川县签约的轴承项目已于今年3月破土动工，计划明年建成。", "project", "building"),
        (
            f"{FIRM}与{SCHOOL}签约，在青川县建设轴承联合实验室，实验室目前正在装修。",
            "joint_laboratory",
            "building",
        ),
        (f"{FIRM}与青川县签约，投资5亿元建设轴承项目，预计明年3月开工。", "project", "signed"),
    ],
)
def test_one_deal_of_this_type_and_stage(text: str, kind: str, stage: str) -> None:
    assert [(told, how_far) for told, how_far, _ in read(text, **BODIES)] == [(kind, stage)]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (f"{FIRM}将在青川县建设减速器生产基地，用地80亩。", {FIRM: "investor", "青川县": "host"}),
        (f"{FIRM}将投资2亿元在青川县建设轴承项目，昨天签约。", {FIRM: "investor"}),
        (f"{FIRM}与上海一家芯片制造商签订三年供货合同。", {FIRM: "seller"}),
        (f"{FIRM}与青川县5家合作社签订收购协议。", {FIRM: "buyer"}),
        (f"{FIRM}与{OTHER}合建的轴承项目昨天竣工。", {FIRM: "partner", OTHER: "partner"}),
        (f"轴承项目因投资方{FIRM}资金断裂停滞，{ZONE}4月解除投资协议。", {FIRM: "investor", ZONE: "host"}),
        ("原定落户青川县的海棠轴承项目近日终止，双方已解除投资协议。", {"青川县": "host"}),
        (
            f"{FIRM}与{OTHER}签订协议，将按51∶49的股比组建青川海云精密有限公司。",
            {FIRM: "partner", OTHER: "partner"},
        ),
        (f"{SCHOOL}轴承工作站在{FIRM}挂牌。", {SCHOOL: "builder", FIRM: "host"}),
        (
            f"{FIRM}（Haitang Tech）独资的{OTHER}落户青川县。",
            {FIRM: "investor", OTHER: "owner", "青川县": "host"},
        ),
    ],
)
def test_what_each_is_to_the_deal(text: str, sides: dict[str, str]) -> None:
    assert [parties for *_, parties in read(text, **BODIES)] == [sides]


@pytest.mark.parametrize(
    ("text", "kind", "sides"),
    [
        (f"{OTHER}与青川县签下2万吨蔬菜直供单。", "supply_contract", ("buyer", "seller")),
        (f"{FIRM}与中国移动青川分公司签订车间服务合同。", "supply_contract", ("buyer", "seller")),
        (f"{FIRM}与东洲发电公司签有长期购电协议。", "supply_contract", ("buyer", "seller")),
        (
            f"{FIRM}与{OTHER}签订三年供货合同，今年计划采购玉米20万吨。",
            "supply_contract",
            ("buyer", "seller"),
        ),
        (f"{OTHER}与永安超市签订年度框架协议，为后者贴牌生产矿泉水。", None, ("seller", "buyer")),
        (f"{SCHOOL}与{FIRM}签了合同，将玉米新品种的经营权许可给后者。", "transfer", ("seller", "buyer")),
        (f"{SCHOOL}与{FIRM}就石墨膜技术转让达成一致，转让费1500万元。", "transfer", ("seller", "buyer")),
        (
            f"{OTHER}与{FIRM}签下一笔两年的轴承订单。{FIRM}董事长王海说，{FIRM}的轴承卖到20个国家。",
            "supply_contract",
            ("buyer", "seller"),
        ),
    ],
)
def test_who_sells_by_what_it_is_or_by_the_clause_behind(
    text: str, kind: str | None, sides: tuple[str, str]
) -> None:
    names = dict.fromkeys(("中国移动青川分公司", "东洲发电公司", "永安超市"), "organization")
    [(told, _, parties)] = read(text, **BODIES, **names)
    assert tuple(parties.values()) == sides
    assert kind in {None, told}


def test_each_does_what_stands_behind_its_name() -> None:
    [(_, _, parties)] = read(f"由{FIRM}投资、{BUILDER}承建的轴承项目，已完成三栋厂房的主体施工。")
    assert parties == {FIRM: "investor", BUILDER: "contractor"}


def test_who_is_brought_in_is_one_of_both() -> None:
    [(kind, stage, parties)] = read(f"{ZONE}引进{FIRM}，双方签订了轴承项目投资合同。")
    assert (kind, stage, parties) == ("project", "signed", {ZONE: "host", FIRM: "investor"})


def test_many_without_a_name_are_not_where_they_are() -> None:
    [(_, _, parties)] = read(f"{FIRM}与青川县32个合作社签订了收购协议。", **BODIES)
    assert "青川县" not in parties


def test_a_side_that_opens_a_title_is_taken_out_of_it() -> None:
    [(kind, _, parties)] = read("青川县援建南屿食品产业园，总投资1.35亿元，今年6月建成。", **BODIES)
    assert (kind, parties) == ("project", {"青川县": "investor"})


def test_who_calls_for_bids_wins_none() -> None:
    text = f"{FIRM}在{OTHER}的公开招标中胜出，以2390万元拿下42座换热站改造工程。"
    assert [parties for *_, parties in read(text)] == [{FIRM: "contractor", OTHER: "owner"}]


def test_the_firm_of_a_house_deals_and_not_the_house() -> None:
    [(_, _, parties)] = read(f"{BUILDER}旗下的{FIRM}宣布，拟以9亿元收购云岭锻造厂。", **BODIES)
    assert parties == {FIRM: "buyer", "云岭锻造厂": "target"}


@pytest.mark.parametrize(
    ("text", "kind", "stage"),
    [
        (f"{BUILDER}全资收购了{FIRM}，连同三座仓库一起接了下来。", "acquisition", "operating"),
        (f"{BUILDER}以1.8亿元收购{FIRM}67%的股权。上月，收购完成工商变更。", "acquisition", "operating"),
        (f"{BUILDER}与原股东签订协议，以1.8亿元收购了{FIRM}67%的股权。", "acquisition", "signed"),
        (f"{BUILDER}公告，以1.8亿元收购{FIRM}67%的股权，收购完成后将派驻经理。", "acquisition", "signed"),
        (f"{FIRM}日前完成B轮融资1.5亿元，由{BUILDER}领投。", "equity_investment", "operating"),
        (f"{BUILDER}以1.5亿元入股{FIRM}，持股8%。", "equity_investment", "signed"),
        (f"{SCHOOL}与{FIRM}共建的轴承检测中心，去年通过国家级认证。", "institution", "operating"),
        (f"{SCHOOL}与{FIRM}共建的轴承检测中心日前对外服务。", "institution", "operating"),
    ],
)
def test_what_is_told_as_done_is_carried_out(text: str, kind: str, stage: str) -> None:
    assert (kind, stage) in [(told, how_far) for told, how_far, _ in read(text, **BODIES)]


def test_a_park_that_two_areas_build_is_their_agreement() -> None:
    [(kind, _, parties)] = read(f"青川县与{ZONE}签订协议，共建青川协作产业园。", **BODIES)
    assert (kind, parties) == ("cooperation_agreement", {"青川县": "partner", ZONE: "partner"})


def test_a_centre_of_goods_is_works() -> None:
    [(kind, _, parties)] = read(f"{FIRM}将在{ZONE}建设果品冷链分选中心，总投资2.8亿元。", **BODIES)
    assert (kind, parties.get(FIRM)) == ("project", "investor")


def test_the_two_that_met_sign_by_their_heads() -> None:
    text = "青川县·东湾县联席会议20日召开。\n会上，丁一凡与何远明代表两地政府签署《医疗协作框架协议》。"
    people = {"丁一凡": "person", "何远明": "person", "青川县": "place", "东湾县": "place"}
    [(_, _, parties)] = read(text, **people)
    assert list(parties) == ["青川县", "东湾县"]


def test_what_works_consist_of_are_no_works_of_their_own() -> None:
    text = (
        f"{PROJECT}签订轴承产业园项目投资协议。项目计划投资2.3亿元，建设检测中心和实训平台，明年3月启动建设。"
    )
    assert [kind for kind, *_ in read(text, **BODIES)] == ["project"]


def test_an_end_that_is_told_twice_is_one() -> None:
    text = f"{FIRM}与{ZONE}于日前签署终止协议，原定投资30亿元的轴承项目不再实施。"
    [(kind, stage, parties)] = read(text, **BODIES)
    assert (kind, stage, parties) == ("project", "ended", {FIRM: "investor", ZONE: "host"})


def test_bodies_unveiled_side_by_side_founded_none_of_each_other() -> None:
    text = f"“{SCHOOL}轴承检测中心”和“轴承联合实验室”同日揭牌。"
    assert [parties for *_, parties in read(text, **BODIES)][1:] == [{}]


def test_who_pays_for_other_works_behind_has_no_part_in_these() -> None:
    text = f"{SCHOOL}与{FIRM}共建的轴承中试基地3日启用；由{OTHER}投资的光伏去年并网。"
    assert all(OTHER not in parties for *_, parties in read(text, **BODIES)[:1])


@pytest.mark.parametrize(
    "told",
    [
        f"{BUILDER}为EPC总承包方，工期14个月。",
        f"负责施工的{BUILDER}项目经理说，工期14个月。",
    ],
)
def test_who_builds_is_told_behind_the_works(told: str) -> None:
    [(_, _, parties)] = read(f"{FIRM}投资的轴承项目3日开工。项目占地68亩，{told}", **BODIES)
    assert parties[BUILDER] == "contractor"


def test_works_are_as_far_as_the_batch_that_is_gone_through() -> None:
    text = (
        "此次“三个一批”集中签约、开工和投产项目共计23个，其中“开工一批”项目9个。"
        f"这些项目有投资3.5亿元的{FIRM}年产10万吨轴承钢项目，有投资5亿元的{OTHER}年产3万吨罐头项目。"
    )
    assert [stage for _, stage, _ in read(text, **BODIES)] == ["building", "building"]


@pytest.mark.parametrize(
    "told",
    [
        "公司又花6200万元全资收购了减速器企业云岭锻造厂。",
        "去年10月，企业收购了云岭锻造厂60%的股权。",
        "公司拿出1.1亿元，收购了破产的云岭锻造厂。",
    ],
)
def test_the_firm_that_the_text_is_about_buys(told: str) -> None:
    parties = [p for kind, _, p in read(f"{FIRM}落户青川县十年。{told}", **BODIES) if kind != "project"]
    assert parties == [{FIRM: "buyer", "云岭锻造厂": "target"}]


def test_an_institute_that_acts_is_the_one_told_last() -> None:
    text = f"青川轴承研究院由{FIRM}等三方出资成立。今年1月，研究院以680万元把轴承专利许可给{OTHER}使用。"
    [deal] = [d for d in read(text, **BODIES, 青川轴承研究院="organization") if d[0] == "transfer"]
    assert deal[2] == {"青川轴承研究院": "seller", OTHER: "buyer"}


def test_a_loan_to_a_park_is_nobodys_of_whom_the_text_tells() -> None:
    text = f"{FIRM}落户青川产业园。北岭银行上月给园区整体授信15亿元。"
    assert [p for kind, _, p in read(text, **BODIES) if kind == "financing"] == [{"北岭银行": "investor"}]


def test_what_is_held_besides_a_signing_is_no_side() -> None:
    text = f"{SCHOOL}与{FIRM}举行战略合作签约仪式。会上，双方举行了签约仪式和“轴承联合实验室”授牌仪式。"
    deals = read(text, **BODIES, 轴承联合实验室="organization")
    assert all("轴承联合实验室" not in parties for *_, parties in deals)


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}昨日公告，控股股东{BUILDER}将所持公司9.8%的股份以4.37元/股协议转让给{OTHER}。",
        f"{FIRM}公告，控股股东{BUILDER}拟将所持12.5%的股份协议转让给{OTHER}，每股9.6元。",
        f"{FIRM}公告，公司股东{BUILDER}与{OTHER}签订《股份转让协议》，拟将所持公司5.02%的股份转让给后者。",
    ],
)
def test_shares_that_a_holder_passes_on_are_of_the_firm_that_announces_it(text: str) -> None:
    assert [p for *_, p in read(text, **BODIES)] == [{BUILDER: "seller", OTHER: "buyer", FIRM: "target"}]


def test_a_person_who_holds_shares_sells_them_and_not_the_firm() -> None:
    text = f"{FIRM}原控股股东丁一凡日前将所持51%股份转让给{OTHER}，转让价2.07亿元。"
    assert [p for *_, p in read(text, **BODIES)] == [{"丁一凡": "seller", OTHER: "buyer", FIRM: "target"}]
