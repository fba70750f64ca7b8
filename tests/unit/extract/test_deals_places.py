"""Where a deal is, and where nothing is said of it."""

import pytest

from tests.unit.extract.test_deals_attributes import read


@pytest.mark.parametrize(
    ("text", "place"),
    [
        # What is named after itself is where its town is.
        ("青川市云港新区二期主体封顶，由云岭集团投资2亿元建设。", "青川市"),
        # A station is in the county that its name begins with, a plant where it is named after.
        ("青川市甲滩电站主体工程开工，由云岭集团建设。", "青川市"),
        ("云岭集团青川市工厂建设的电池壳项目投产，总投资2亿元。", "青川市"),
        # What runs from one place to another is in neither.
        ("青川市至松岩市的旅游公路建成通车，总投资2亿元。", None),
        # Moved from one place to another.
        (
            "云岭集团与青川市政府签订投资协议，将位于松岩市的减振器生产线整体搬迁至青川市，总投资3亿元。",
            "青川市",
        ),
        # A sentence that goes on about works of which the one before told where they are.
        ("走进云港新区，机器轰鸣。\n该项目由云岭集团投资3亿元建设，去年5月开工，目前主体封顶。", "云港新区"),
        ("松岩市有厂百家。云岭集团投资3亿元的电池壳项目主体封顶。", "松岩市"),
        # The county that heads a brief, and not where the money or the firm is from.
        ("青川市　云岭集团投资3亿元的电池壳项目进入设备安装阶段。", "青川市"),
        ("青川市｜云岭集团投资3亿元的电池壳项目主体封顶。", "青川市"),
        # A body stands in the town whose name it bears, or in the zone that founds it.
        ("青川市湿地研究所近日挂牌，由青川市政府与北岭大学共建。", "青川市"),
        # The scene of the paragraph above.
        (
            "初夏的云港新区，一排排光伏板铺展开来。\n这里是云岭集团建设的电池壳项目。项目总投资14亿元，去年8月动工，目前主体封顶。",
            "云港新区",
        ),
        # Behind the signature, and in front of the firm whose works they are.
        (
            "5月28日，青川市与云岭集团举行项目签约仪式。根据协议，云岭集团将在云港新区投资3亿元建设电池壳生产基地项目。",
            "云港新区",
        ),
        (
            "5月20日，青川市12个项目集中开工。其中，云港新区的云岭集团电池壳项目，总投资3亿元；松岩市的海棠仓储基地项目，总投资2亿元。",
            "云港新区",
        ),
    ],
)
def test_find_reads_where_works_are(text: str, place: str | None) -> None:
    assert [deal["place"] for deal in read(text)][:1] == [place]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("海棠松岩市工厂升级项目已投产。云岭集团电池壳项目主体封顶。", None),
        (
            "云岭集团与海棠科技有限公司签订投资协议。海棠科技有限公司拟搬迁到云港新区，总投资4亿元。",
            "云港新区",
        ),
    ],
)
def test_find_takes_no_place_of_other_works(text: str, place: str | None) -> None:
    assert read(text)[-1]["place"] == place


def test_find_leaves_open_where_the_next_phase_of_works_shall_be() -> None:
    text = "云港新区里，云岭集团投资3亿元的电池壳项目投产。\n二期计划明年动工。"
    assert [deal["place"] for deal in read(text)] == ["云港新区", None]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        # Firms sign at the side of a meeting; two towns met to sign.
        (
            "5月18日，青川市代表团访问松岩市，座谈会在松岩市召开。会上，青川市政府与北岭大学签署合作协议。",
            "松岩市",
        ),
        ("5月18日，青川市代表团访问松岩市，座谈会在松岩市召开。会上，北岭大学与云岭集团签订供货合同。", None),
        # Who is lent to is no place, several firms there are.
        ("北岭银行向青川市两家企业发放3000万元贷款。", "青川市"),
        ("北岭银行为青川市高标准农田项目发放贷款3000万元。", None),
    ],
)
def test_find_reads_where_papers_were_signed(text: str, place: str | None) -> None:
    assert [deal["place"] for deal in read(text)][:1] == [place]


def test_find_leaves_open_where_a_body_was_unveiled_at_a_meeting() -> None:
    text = "创新大会在青川市举行。会上，北岭大学与云岭集团共建的碳纤维联合实验室揭牌。"
    assert read(text)[0]["place"] is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        # Where people met for it, where the firm is and where it was before is not where it is.
        ("海棠科技有限公司在松岩市签约，将投资3亿元建设电池壳项目。", None),
        ("总部设在松岩市的云岭集团近日投资2亿元建设电池壳项目。", None),
        ("由云岭集团投资2亿元建设的电池壳项目开工，原先设在松岩市的生产线迁至青川市。", "青川市"),
        # A line of many counties tells nothing, a town it is known by elsewhere does.
        ("国道577线改造工程近日建成通车。", None),
        ("省道S216改造工程近日建成通车。", None),
        ("北岭大学附属医院青川分院今起接诊，青川市提供院舍。", "青川市"),
        # A smaller place within the words, and the town in brackets behind the name.
        ("云岭集团与青川市签约，在区内的云港新区建设电池壳项目，投资2亿元。", "云港新区"),
        ("电池壳产业园（青川市）开工，由云岭集团投资2亿元建设。", "青川市"),
        # 当地 is the place told last.
        ("云岭集团去年与松岩市签约，今年又与青川市签约，投资2亿元在当地建设电池壳项目。", "青川市"),
    ],
)
def test_find_takes_the_site_and_not_the_meeting(text: str, place: str | None) -> None:
    assert read(text)[-1]["place"] == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("位于云港新区的云岭集团向北岭大学采购电池壳3000万元。", None),
        ("云岭集团与北岭大学在青川市签署合作协议。", "青川市"),
    ],
)
def test_find_takes_no_seat_of_a_firm_for_the_place_of_a_paper(text: str, place: str | None) -> None:
    assert read(text)[0]["place"] == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("青川市松岩路改造工程开工。", "松岩路"),
        ("位于云港新区松岩路以北的电池壳项目二期开工，由云岭集团投资2亿元建设。", "云港新区"),
        ("电池壳项目位于县城附近松岩路旁，由云岭集团投资2亿元建设，目前主体封顶。", "松岩路"),
    ],
)
def test_find_reads_the_road_on_which_works_are(text: str, place: str) -> None:
    assert read(text)[0]["place"] == place
