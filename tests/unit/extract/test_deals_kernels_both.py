"""Pacts of 双方, bodies that one or two found, and who stands for whom: the coarse reading alone."""

from datetime import date

import polars as pl
import pytest

from tests.unit.extract.spans import frames
from tests.unit.extract.test_deals_papers import FINDER, MARKS

FIRM, GROUP, SCHOOL = "海棠科技有限公司", "云岭集团", "北岭大学"


def read(text: str) -> list[tuple[str, str, str | None, set[str]]]:
    """Type, stage, title and sides of each deal."""
    articles, sentences, mentions = frames(text, MARKS)
    dated = articles.with_columns(issue_on=pl.lit(date(2031, 5, 20)))
    deals, parties, _ = FINDER.find(dated, sentences, mentions)
    sides = {
        index: set(parties.filter(pl.col("deal_index") == index)["surface_text"])
        for index in deals["deal_index"]
    }
    return [
        (row["deal_type"], row["stage"], row["title"], sides[row["deal_index"]])
        for row in deals.iter_rows(named=True)
    ]


MET = f"{SCHOOL}校长一行到{GROUP}考察。"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("双方互换了人才培养备忘录。", ("cooperation_agreement", "signed", "人才培养备忘录")),
        ("双方商定联合举办青年技能大赛。", ("cooperation_agreement", "signed", "青年技能大赛")),
        ("双方约定，在南屿市设立海藻加工中试站。", ("project", "signed", "海藻加工中试站")),
        ("双方就合作建设海藻育苗中心一事进行了商谈。", ("institution", "negotiating", "海藻育苗中心")),
    ],
)
def test_both_stand_for_who_came_and_where_to(text: str, told: tuple[str, str, str]) -> None:
    assert (*told, {SCHOOL, GROUP}) in read(MET + text)


@pytest.mark.parametrize(
    "text",
    [
        f"{SCHOOL}与{GROUP}签署战略合作协议。根据协议，双方商定互派教师二十名。",
        f"{MET}双方希望合办一所学院。",
        f"{MET}双方商定成立海藻联合工作专班。",
        f"{FIRM}与{GROUP}商谈收购股权。双方仅签署了收购意向书。",
    ],
)
def test_what_a_paper_holds_and_what_both_hope_is_no_second_deal(text: str) -> None:
    assert len(read(text)) < 2


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (f"青川海藻中心昨日揭牌，由{SCHOOL}与{GROUP}共同运营。", {SCHOOL, GROUP}),
        ("昨日，北岭大学青川海藻研究院揭牌。", {SCHOOL}),
        (f"{SCHOOL}与{GROUP}举行签约暨海藻专家工作站揭牌仪式。", {SCHOOL, GROUP}),
        (f"{SCHOOL}与{GROUP}海藻产业联盟昨日揭牌。", {SCHOOL, GROUP}),
        (f"青川海藻研究院昨日揭牌。研究院由{SCHOOL}和{GROUP}合办。", {SCHOOL, GROUP}),
    ],
)
def test_a_body_has_the_founders_of_its_name_and_of_the_words_behind(text: str, sides: set[str]) -> None:
    assert [row[3] for row in read(text) if row[0] == "institution"] == [sides]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            f"{FIRM}与{SCHOOL}签约，在青川市建设海藻疫苗联合实验室。",
            ("joint_laboratory", "signed", "海藻疫苗联合实验室"),
        ),
        (
            f"{FIRM}与{GROUP}签下协议，双方将合资组建青川海运有限公司。",
            ("joint_venture", "signed", "青川海运有限公司"),
        ),
        (
            f"{FIRM}、{GROUP}各出一半的钱，注册成立了青川海运有限公司。",
            ("joint_venture", "operating", "青川海运有限公司"),
        ),
    ],
)
def test_a_paper_without_a_name_is_about_what_it_founds(text: str, told: tuple[str, str, str]) -> None:
    assert [row[:3] for row in read(text)] == [told]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (f"{SCHOOL}在南屿市设立海藻育种工作站。", {SCHOOL, "南屿市"}),
        (f"{GROUP}去年已在青川市挂牌成立了海藻产业研究院。", {GROUP, "青川市"}),
    ],
)
def test_one_body_founds_another_somewhere(text: str, sides: set[str]) -> None:
    [(kind, stage, _, read_sides)] = read(text)
    assert (kind, stage) == ("institution", "unveiled")
    assert sides >= read_sides > set()


def test_who_deals_with_a_body_stands_in_an_earlier_clause() -> None:
    text = f"{FIRM}获得石桥资本的投资，随后又与{SCHOOL}联合成立了海藻疫苗联合实验室。"
    assert ("joint_laboratory", "unveiled", "海藻疫苗联合实验室", {FIRM, SCHOOL}) in read(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            f"他说，{FIRM}正和{SCHOOL}谈一个海藻疫苗中心，还没谈拢。",
            ("institution", "negotiating", "海藻疫苗中心"),
        ),
        (
            f"{FIRM}还在与{SCHOOL}商量，打算把海藻疫苗联合实验室建到车间隔壁。",
            ("joint_laboratory", "negotiating", "海藻疫苗联合实验室"),
        ),
        (f"{FIRM}正与{GROUP}商谈合资成立远洋车队。", ("joint_venture", "negotiating", "远洋车队")),
        (f"{FIRM}昨晚称，停止与{GROUP}的联营计划。", ("cooperation_agreement", "ended", "联营计划")),
    ],
)
def test_talks_with_a_body_and_their_end(text: str, told: tuple[str, str, str]) -> None:
    assert told in [row[:3] for row in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        f"{SCHOOL}的学生与家长商量去哪座图书馆。",
        f"{FIRM}否认终止与{GROUP}的联营计划。",
        f"{FIRM}没有和{GROUP}谈过任何项目。",
    ],
)
def test_what_is_denied_or_no_deal_is_left_out(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (f"{FIRM}、{GROUP}也分别与{SCHOOL}举行云端结对仪式。", [{FIRM, SCHOOL}, {GROUP, SCHOOL}]),
        (
            f"{FIRM}、{GROUP}分别与{SCHOOL}、南屿食品公司举行结对仪式。",
            [{FIRM, SCHOOL}, {GROUP, "南屿食品公司"}],
        ),
        ("16日，两市商会互换了互访备忘录。", [{"两市商会"}]),
        (
            f"平台即与{GROUP}、{SCHOOL}、南屿食品公司等29家企业达成战略合作。",
            [{GROUP, SCHOOL, "南屿食品公司"}],
        ),
    ],
)
def test_each_of_a_list_has_a_pact_of_its_own(text: str, pairs: list[set[str]]) -> None:
    assert [row[3] for row in read(text)] == pairs


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{FIRM}联合{SCHOOL}组建青川海藻种业中心。", ("institution", "青川海藻种业中心", {FIRM, SCHOOL})),
        (
            f"{FIRM}与{SCHOOL}合作，在青川市成立“海藻专家大院”。",
            ("institution", "海藻专家大院", {FIRM, SCHOOL}),
        ),
        (f"{FIRM}与{SCHOOL}在会上为“海藻种质圃”揭牌。", ("institution", "海藻种质圃", {FIRM, SCHOOL})),
    ],
)
def test_two_found_a_body_in_other_orders(text: str, told: tuple[str, str, set[str]]) -> None:
    [(kind, stage, title, sides)] = read(text)
    assert ((kind, (title or "").strip("“”"), sides), stage) == (told, "unveiled")


def test_a_school_without_its_name_is_the_one_told_last() -> None:
    text = f"{SCHOOL}昨日迎来{GROUP}的客人。当天，{GROUP}与学校合办海藻疫苗联合实验室。"
    [(kind, _, _, sides)] = read(text)
    assert (kind, sides) == ("joint_laboratory", {GROUP, "学校"})


def test_a_paper_that_both_are_led_by_is_theirs() -> None:
    text = "北岭大学代表到访云岭集团。按照双方当天签的人才培养协议，云岭集团每年接收40名学生。"
    assert [(kind, stage, title) for kind, stage, title, _ in read(text)] == [
        ("cooperation_agreement", "signed", "人才培养协议")
    ]
