"""Roles in stories: where somebody worked, whose office a bare title is, titles of other lands."""

import polars as pl
import pytest

from flows.resources import load_lookups
from tests.unit.extract.spans import frames
from transforms.extract.roles.finder import RoleFinder

FINDER = RoleFinder(load_lookups())
WORKSHOP = "油脂车间里，北岭食品有限公司的工人正忙。\n"
Role = tuple[str, str | None, bool]


def read(text: str, bodies: str = "", places: str = "") -> list[Role]:
    marks = {"何远明": "person", "郑博文": "person"}
    marks |= dict.fromkeys(bodies.split(), "organization") | dict.fromkeys(places.split(), "place")
    articles, sentences, mentions = frames(text, marks)
    kind = pl.when(pl.col("surface_text").str.ends_with("公司")).then(pl.lit("company"))
    found = FINDER.find(articles, sentences, mentions.with_columns(entity_subtype=kind))
    names = dict(mentions.select("mention_index", "surface_text").iter_rows())
    return [
        (
            row["title"],
            names.get(row["organization_mention_index"], row["organization_text"]),
            row["is_former"],
        )
        for row in found.iter_rows(named=True)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "何远明的办公室里挂着一张照片，那是1996年他在北岭机械厂当车间主任时拍的。",
            [("车间主任", "北岭机械厂", True)],
        ),
        ("何远明早年在北岭机械厂担任财务总监，2012年回乡创业。", [("财务总监", "北岭机械厂", True)]),
        ("何远明今年五十岁。1996年，他在北岭机械厂做技术员。", [("技术员", "北岭机械厂", True)]),
        ("何远明在北岭机械厂当技术员。", [("技术员", "北岭机械厂", False)]),
        ("何远明说，他的儿子在北岭机械厂当技术员。", []),
        ("何远明和郑博文见了面，他在北岭机械厂当技术员。", []),
        ("何远明从店员做起，如今是北岭机械厂的厂长。", [("厂长", "北岭机械厂", False)]),
        (
            "北岭机械厂厂长，曾任县科协主席的何远明说。",
            [("厂长", "北岭机械厂", False), ("主席", "县科协", True)],
        ),
    ],
)
def test_find_reads_the_posts_of_a_life(text: str, expected: list[Role]) -> None:
    assert read(text, "北岭机械厂 县科协") == expected


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("台湾北岭大学研发长何远明", "研发长"),
        ("台湾北岭大学学务长何远明", "学务长"),
        ("北岭大学首席育种家何远明", "首席育种家"),
        ("北岭大学微生物学家何远明", "微生物学家"),
    ],
)
def test_find_reads_offices_of_schools(text: str, title: str) -> None:
    assert read(f"{text}出席。", "北岭大学") == [(title, "北岭大学", False)]


@pytest.mark.parametrize(
    "title", ["高级政务部长", "国务部长", "常务次长", "政务次官", "农业参赞", "科技领事"]
)
def test_find_reads_officials_of_other_lands_whole(title: str) -> None:
    assert read(f"北国贸易部{title}何远明出席。", "北国贸易部") == [(title, "北国贸易部", False)]


def test_find_takes_a_verb_behind_a_name_for_no_office() -> None:
    assert read("何远明执行长期任务，郑博文从事技术长达十年。") == []


@pytest.mark.parametrize(
    ("text", "bodies", "expected"),
    [
        # Who heads an institute heads no laboratory.
        (
            "北岭科学院与青川大学共建育种实验室，院长何远明揭牌。",
            "北岭科学院 青川大学 育种实验室",
            ("院长", "北岭科学院"),
        ),
        (
            "青川大学与北岭集团共建汽车学院，院长何远明揭牌。",
            "青川大学 北岭集团 汽车学院",
            ("院长", "汽车学院"),
        ),
        ("校方以线上方式与北岭大学签字，签字人为副校长何远明。", "北岭大学", ("副校长", "北岭大学")),
        # 公司 is whom the paragraph is about, not who is named last.
        (
            "北岭食品有限公司发行债券，由青川证券有限公司承销。公司财务总监何远明说。",
            "北岭食品有限公司 青川证券有限公司",
            ("财务总监", "北岭食品有限公司"),
        ),
        (f"{WORKSHOP}“订单排满了。”总经理何远明说。", "北岭食品有限公司", ("总经理", "北岭食品有限公司")),
        (f"{WORKSHOP}路对面又是一家。总经理何远明说。", "北岭食品有限公司", ("总经理", None)),
    ],
)
def test_find_knows_whose_office_a_bare_title_is(
    text: str, bodies: str, expected: tuple[str, str | None]
) -> None:
    assert [role[:2] for role in read(text, bodies)] == [expected]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("在石桥村的大棚里，客商与村党支部书记何远明签下订单。", "石桥村"),
        ("客商与村党支部书记何远明签下订单。", "村"),
        ("走进石桥社区，社区党总支书记何远明正在修路。", "石桥社区"),
    ],
)
def test_find_knows_the_village_of_its_secretary(text: str, body: str) -> None:
    assert [held for _, held, _ in read(text, places="石桥村 石桥社区")] == [body]


def test_find_parts_two_offices_of_one_person_without_a_mark() -> None:
    text = "北岭会议轮值主席东洲总统何远明致辞。"
    assert read(text, "北岭会议", "东洲") == [("总统", "东洲", False)]


def test_find_takes_praise_for_no_office() -> None:
    assert read("何远明是践行北岭精神的优秀代表。", "北岭") == []
