"""What only goes on about a deal has no row of its own."""

import pytest

from tests.unit.extract.test_deals_papers import read

FIRM, BUILDER, ZONE = "海棠科技有限公司", "云岭集团", "青川经开区管委会"


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        (f"{FIRM}云岭产业园项目3月开工建设。主体厂房5月封顶。", "building"),
        (f"{FIRM}云岭产业园项目3月开工建设。整个产业园明年6月投产。", "building"),
        (f"{FIRM}云岭产业园项目3月开工建设。产业园现已建成投产。", "operating"),
        (f"{FIRM}云岭产业园项目3月开工建设。明年下半年第一条生产线投产。", "building"),
    ],
)
def test_parts_and_short_names_of_works_go_on_about_them(text: str, stage: str) -> None:
    deals = read(text)
    assert [(kind, told) for kind, told, _ in deals] == [("project", stage)]


def test_who_builds_the_works_told_before_is_their_contractor() -> None:
    [(kind, _, parties)] = read(f"{FIRM}云岭产业园项目3月开工建设。\n该工程总投资4亿元，由{BUILDER}承建。")
    assert kind == "project"
    assert parties.get(BUILDER) == "contractor"


def test_what_is_delivered_under_a_paper_is_its_content() -> None:
    text = f"{FIRM}与南屿食品公司签订供货协议。{FIRM}每年向南屿食品公司供应鲜桔600吨。"
    assert len(read(text)) == 1


def test_a_government_is_no_target_of_an_investment() -> None:
    text = f"{ZONE}、{FIRM}签署协议，由{FIRM}投资2.6亿元。"
    assert all(kind != "equity_investment" for kind, _, _ in read(text))


def test_two_works_of_their_own_names_stay_two() -> None:
    deals = read(f"{FIRM}云岭产业园项目3月开工建设。{BUILDER}南屿物流园项目5月竣工。")
    assert len(deals) == 2


def test_what_a_firm_builds_beside_an_order_or_a_loan_is_told_apart() -> None:
    order = f"{FIRM}获得{BUILDER}200台拖拉机订单。"
    assert [kind for kind, _, _ in read(f"{order}公司投资3000万元新上一条装配线，8月投产。")] == [
        "supply_contract",
        "project",
    ]
    assert len(read(f"{order}项目8月投产。")) == 1


def test_a_number_is_part_of_a_name() -> None:
    works = "".join(f"{FIRM}投资{n}亿元的脐橙{n}号加工项目开工。" for n in (1, 2, 10, 12))
    assert len(read(works)) == 4


@pytest.mark.parametrize(
    "text",
    [
        # What a paper is about.
        f"{ZONE}与{FIRM}签署框架协议，{FIRM}拟投资8亿元，在{ZONE}建设鲜桔加工基地。",
        f"{FIRM}与{ZONE}签订鲜桔项目投资协议。根据协议，{FIRM}将投资3亿元，新建8条鲜桔加工生产线。",
        f"{FIRM}与{ZONE}签约，计划投资2亿元，利用原有厂房建设鲜桔加工生产线，明年12月底投产。",
        f"{FIRM}与{ZONE}签订鲜桔项目投资协议，这也是此行签下的最大一个项目。",
        f"{FIRM}与{ZONE}签订鲜桔园项目合作协议。项目总投资8亿元，分两期，一期建设中央厨房和冷库，预计明年10月投产。",
        # What works consist of, and who builds them.
        f"云岭综合码头项目3月开工。该项目由{BUILDER}投资建设，{FIRM}承建，总投资18亿元，拟建1000吨级泊位6个。",
        f"云岭产业园二期工程3月开工建设。\n二期工程由{BUILDER}与{FIRM}按7∶3的比例合资建设，总投资8亿元。",
        f"云岭风光储基地3月开工建设。\n基地由{BUILDER}投资建设，总投资8亿元。",
        f"云岭灌区改造工程开工建设。该工程概算总投资4亿元，由{FIRM}中标承建，工期24个月。",
        f"北岭大学与{FIRM}签订共建协议，云岭冰川研究站正式落户该县鱼儿红乡。",
        # The first phase of works that are told.
        f"{FIRM}云岭产业园3月开工建设，分两期实施，一期420座温室已全部投用。",
        f"{FIRM}投资9亿元的云岭产业园开工，首期5万吨已于去年10月投产。",
    ],
)
def test_what_a_paper_holds_and_works_consist_of_are_no_works_of_their_own(text: str) -> None:
    assert len(read(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        f"{BUILDER}去年8月从东莞整体搬迁至青川县，首期投入6500万元。",
        f"{BUILDER}3月18日从城区福寿路整体迁入桃园镇食品产业园，新厂投入1.2亿元。",
        f"{BUILDER}总部今年1月由昆山迁至青川县，带来了12家企业。",
        f"{BUILDER}去年由城区退城入园，搬进了城东工业园，新厂区投资2亿元，占地120亩。",
        f"{BUILDER}计划年内从柯桥搬迁到青川县，投资3亿元。",
    ],
)
def test_a_firm_that_moves_settles_where_it_goes(text: str) -> None:
    [(kind, stage, parties)] = read(text)
    assert (kind, stage) == ("project", "proposed" if "计划" in text else "landed")
    assert parties[BUILDER] == "investor"


@pytest.mark.parametrize(
    "text",
    [
        "青川县第一中学去年9月整体搬迁至城南新校区。",
        "64户群众上周全部搬进县城惠民小区。",
        "借助高速通车，青川县游客翻了一番。",
        "得益于某高速通车，青川县游客翻了一番。",
        "全区45个在建公路水运项目复工41个，复工率达92%。",
        "像这样从北京搬来的项目，今年以来园区已落地16个。",
        "青川县基地计划2024年9月底前首批机组并网。",
    ],
)
def test_moves_of_no_firm_and_sums_of_works_are_no_deals(text: str) -> None:
    assert read(text) == []
