"""Works and days that the sentence before tells: 该项目, 这座园区, 同日, 转折出现在去年8月."""

from datetime import date

import pytest

from tests.unit.extract.test_deals_attributes import read


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("这里是松岩储能示范项目。项目由云岭集团投资7亿元建设，去年8月动工。", "松岩储能示范项目"),
        (
            "一大早，松岩市的北坡冷链物流园里车来车往。这座由云岭集团投资3亿元兴建的物流园今年3月投入运营。",
            "北坡冷链物流园",
        ),
        (
            "打红旗的是松岩市的青石岭抽水蓄能电站。电站装机120万千瓦，由云岭集团投资84亿元建设。",
            "青石岭抽水蓄能电站",
        ),
        ("4月28日，松岩岭隧道改造工程迎来验收组。该工程由云岭集团承建，总投资2亿元。", "松岩岭隧道改造工程"),
    ],
)
def test_works_without_a_name_are_those_of_the_sentence_before(text: str, title: str) -> None:
    assert title in [deal["title"] for deal in read(text)]


def test_a_park_told_before_is_no_name_of_other_works() -> None:
    deals = read(
        "松岩产业园里车来车往。项目由云岭集团投资7亿元建设，去年8月动工。该电站装机20万千瓦，由云岭集团投资建设。"
    )
    assert all(deal["title"] != "松岩产业园" for deal in deals if "电站" in deal["surface_text"])


def test_of_works_in_phases_the_first_phase_says_how_far_they_are() -> None:
    text = (
        "松岩智能酿造产业园位于云港新区，总投资3亿元，分两期建设。"
        "一期占地96亩，今年3月正式投产；二期推迟到明年。"
    )
    assert [(d["title"], d["stage"]) for d in read(text) if not d["parent_deal_index"]][:1] == [
        ("松岩智能酿造产业园", "operating")
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # A delegation travels for days, papers are signed when people sit together.
        (
            "5月17日至18日，松岩市代表团来考察。18日下午，协作联席会议在青川市召开。\n会上，云岭集团与北岭大学签署合作协议。",
            date(2031, 5, 18),
        ),
        # The turn has a sentence of its own.
        ("转折出现在去年8月。云岭集团与北岭大学签署合作协议。", date(2030, 8, 1)),
        # The opening sets a scene, the next paragraph tells of the meeting.
        (
            "主持人报完名单，就请第一组上台。\n5月19日在松岩市举行的物流推介会开得有点另类。\n第一组是老熟人。云岭集团与北岭大学续签合作协议。",
            date(2031, 5, 19),
        ),
        # 三年 that a paper holds for is no other time.
        (
            "昨天上午，投资大会在松岩市举行。\n会上，云岭集团与北岭大学签署合作协议，未来三年共同培养学生。",
            date(2031, 5, 19),
        ),
        ("5月16日，云岭集团公告一项任命。同日，云岭集团宣布终止与北岭大学的合作协议。", date(2031, 5, 16)),
    ],
)
def test_the_day_of_a_deal_is_that_of_its_meeting_or_of_the_sentence_before(text: str, day: date) -> None:
    assert [deal["dated_on"] for deal in read(text)] == [day]


def test_a_day_of_the_paper_is_none_of_its_end() -> None:
    text = "5月18日，云岭集团宣布，与北岭大学2028年签订的合作协议终止。"
    assert [deal["dated_on"] for deal in read(text)] == [date(2031, 5, 18)]


def test_who_signs_the_paper_of_an_item_signs_no_other() -> None:
    text = (
        "会上，北岭大学与青川市政府签订共建协议；云岭集团计划投资2亿元建设松岩模具生产基地，"
        "协议由公司总经理丁一凡与青川市政府秘书长苏晓棠签署。"
    )
    signed = {deal["title"]: deal["signed_by"] for deal in read(text)}
    assert signed["松岩模具生产基地"]["云岭集团"] == "丁一凡"
    assert all(
        name is None for title, by in signed.items() if title != "松岩模具生产基地" for name in by.values()
    )


def test_a_city_that_signs_with_the_investor_takes_its_works_in() -> None:
    text = (
        "推介会上，5个项目签约。云岭集团投资的松岩奶酪加工项目总投资9亿元。"
        "青川市市长丁一凡代表青川市政府与云岭集团董事长苏晓棠签约。"
    )
    deals = read(text)
    assert [(deal["title"], deal["roles"]) for deal in deals] == [
        ("松岩奶酪加工项目", {"云岭集团": "investor", "青川市政府": "host"})
    ]
    assert deals[0]["signed_by"] == {"云岭集团": "苏晓棠", "青川市政府": "丁一凡"}


FIRM, GROUP, SCHOOL = "海棠科技有限公司", "云岭集团", "北岭大学"


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            f"松岩市的青石大桥顺利合龙。\n老桥去年封闭。大桥由{GROUP}投资2亿元建设，{FIRM}中标承建，全长426米。",
            {GROUP: "investor", FIRM: "contractor"},
        ),
        (
            f"5月11日，松岩港综合枢纽二期工程开工建设。\n二期工程由{GROUP}与{SCHOOL}按7:3的比例合资建设，总投资28亿元。",
            {GROUP: "investor", SCHOOL: "investor"},
        ),
        (
            f"5月11日，松岩市北坡冷链物流园开工建设。\n物流园去年获批。项目总投资6亿元，由{FIRM}总承包。",
            {FIRM: "contractor"},
        ),
        (
            f"松岩市青石码头项目现场，塔吊挥臂。该项目由{GROUP}投资建设，{FIRM}承建，拟建1000吨级泊位6个。",
            {GROUP: "investor", FIRM: "contractor"},
        ),
        (
            f"松岩至青川高速公路建成通车。\n该路段由{GROUP}投资建设，{FIRM}、{SCHOOL}等5家单位参建，2021年10月开工。",
            {GROUP: "investor", FIRM: "contractor", SCHOOL: "contractor"},
        ),
        (
            f"松岩至青川的氢能物流专线正式投入运营。这条线路由{GROUP}和{FIRM}联合运营。",
            {GROUP: "operator", FIRM: "operator"},
        ),
    ],
)
def test_whose_works_are_a_later_paragraph_tells(text: str, roles: dict[str, str]) -> None:
    assert [deal["roles"] for deal in read(text)] == [roles]


def test_a_bid_with_a_sum_of_its_own_is_no_part_of_the_works() -> None:
    text = f"松岩市的青石大桥开工。大桥由{GROUP}投资建设。今年1月，{FIRM}以3亿元中标施工总承包。"
    assert [deal["deal_type"] for deal in read(text)] == ["project", "won_bid"]


def test_works_of_which_a_paragraph_told_before_are_meant_and_no_others() -> None:
    text = f"5月11日，松岩市青石晶圆项目开工。\n在开工的项目中，二期项目引人关注。该项目由{FIRM}施工。"
    assert all(FIRM not in deal["roles"] for deal in read(text) if deal["title"] and "晶圆" in deal["title"])
