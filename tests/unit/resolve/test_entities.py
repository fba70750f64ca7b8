"""Which names are one thing, and which stay apart."""

from datetime import date

import polars as pl
import pytest

from flows.resources import load_lookups
from transforms.resolve.entities import EntityLinker, describe_entities
from transforms.resolve.official import official_names

LINKER = EntityLinker(load_lookups())
OFFICIAL = {"990300": "禾城市"}
NO_DAYS = pl.LazyFrame(
    schema={
        "entity_id": pl.String,
        "issue_on": pl.Date,
        "mention_count": pl.Int64,
        "article_count": pl.Int64,
        "document_count": pl.Int64,
    }
)


def mentions(*rows: tuple[str, str, str] | tuple[str, str, str, str | None]) -> pl.LazyFrame:
    """Rows of (article, type, surface[, adcode]), each a mention of its own."""
    return pl.LazyFrame(
        [
            {
                "mention_id": f"{number:016x}",
                "article_id": row[0],
                "document_id": row[0],
                "entity_type": row[1],
                "entity_subtype": None,
                "surface_text": row[2],
                "start_char": number * 100,
                "adcode": row[3] if len(row) > 3 else None,
                "province": None,
                "parent_mention_id": None,
                "canonical_name": row[4] if len(row) > 4 else None,
            }
            for number, row in enumerate(rows)
        ],
        schema={
            "mention_id": pl.String,
            "article_id": pl.String,
            "document_id": pl.String,
            "entity_type": pl.String,
            "entity_subtype": pl.String,
            "surface_text": pl.String,
            "start_char": pl.Int64,
            "adcode": pl.String,
            "province": pl.String,
            "parent_mention_id": pl.String,
            "canonical_name": pl.String,
        },
    )


def entities(frame: pl.LazyFrame) -> list[str]:
    return LINKER.link(frame)["entity_id"].to_list()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("远山大学(海门)", "远山大学（海门）"),
        ("青禾市科技局", "青禾市科学技术局"),
        ("港府", "香港特区政府"),
        ("国家发改委", "国家发展和改革委员会"),
        ("王　涛", "王涛"),
    ],
)
def test_link_joins_two_ways_of_writing(left: str, right: str) -> None:
    kind = "person" if "涛" in left else "organization"
    first, second = entities(mentions(("a", kind, left), ("b", kind, right)))
    assert first == second


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("远山大学（海门）", "远山大学"),
        ("云台", "云台科创（海门）有限公司"),
        ("远山第一医院", "远山第二医院"),
        ("市政府", "青禾市政府"),
    ],
)
def test_link_keeps_different_names_apart(left: str, right: str) -> None:
    first, second = entities(mentions(("a", "organization", left), ("a", "organization", right)))
    assert first != second


def test_link_joins_a_short_name_with_the_only_full_one() -> None:
    ids = entities(
        mentions(
            ("a", "organization", "远山石化集团有限公司"),
            ("a", "organization", "远山石化"),
            ("b", "organization", "远山石化"),
        )
    )
    assert len(set(ids)) == 1


def test_link_leaves_a_short_name_open_where_two_full_ones_compete() -> None:
    frame = mentions(
        ("a", "organization", "远山石化有限公司"),
        ("b", "organization", "远山石化股份有限公司"),
        ("c", "organization", "远山石化"),
        ("a", "organization", "远山石化"),
    )
    limited, stock, alone, beside_limited = entities(frame)
    assert len({limited, stock, alone}) == 3
    assert beside_limited == limited


def test_places_of_one_code_are_one_thing_and_types_stay_apart() -> None:
    ids = entities(
        mentions(
            ("a", "place", "青禾", "990100"), ("a", "place", "青禾市", "990100"), ("a", "person", "青禾")
        )
    )
    assert ids[0] == ids[1] != ids[2]


def test_link_does_not_depend_on_the_order_of_rows() -> None:
    frame = mentions(
        ("a", "organization", "远山石化集团有限公司"),
        ("b", "organization", "远山石化"),
        ("b", "place", "海门"),
    )
    shuffled = frame.collect().reverse().lazy()
    assert LINKER.link(frame).equals(LINKER.link(shuffled))


def described(frame: pl.LazyFrame, daily: pl.LazyFrame = NO_DAYS) -> list[dict[str, object]]:
    names = LINKER.link(frame).with_columns(use_count=pl.lit(1, dtype=pl.Int64))
    return describe_entities(names.lazy(), daily, OFFICIAL).rows(named=True)


def test_describe_names_the_longest_body_and_counts_its_days() -> None:
    frame = mentions(("a", "organization", "远山石化集团有限公司"), ("b", "organization", "远山石化"))
    one = LINKER.link(frame)["entity_id"][0]
    daily = pl.DataFrame(
        {"entity_id": [one, one], "issue_on": [date(2031, 3, 2), date(2031, 3, 1)], "mention_count": [2, 1]}
    ).with_columns(article_count=pl.lit(1), document_count=pl.lit(1))
    [row] = described(frame, daily.lazy())
    assert row["name"] == "远山石化集团有限公司"
    assert row["aliases"] == ["远山石化"]
    assert (row["mention_count"], row["article_count"], row["document_count"]) == (3, 2, 2)
    assert (row["first_on"], row["last_on"]) == (date(2031, 3, 1), date(2031, 3, 2))


def test_an_entity_without_days_counts_nothing() -> None:
    [row] = described(mentions(("a", "person", "林建国")))
    assert (row["mention_count"], row["first_on"]) == (0, None)


def test_a_place_is_not_named_after_its_short_form() -> None:
    frame = mentions(*[("a", "place", "鲁", "370000")] * 3, ("a", "place", "山东", "370000"))
    [row] = described(frame)
    assert row["name"] == "山东"
    assert row["aliases"] == ["鲁"]


def test_a_division_has_its_official_name_whatever_form_is_printed() -> None:
    frame = mentions(
        ("a", "place", "禾城", "990300"), ("b", "place", "禾城", "990300"), ("b", "place", "海门")
    )
    rows = [(row["name"], row["aliases"]) for row in described(frame)]
    assert sorted(rows) == [("海门", []), ("禾城市", ["禾城"])]


def test_official_names_prefer_the_present_one() -> None:
    rows = [
        {"adcode": "990300", "name": "禾城市", "level": "city", "is_current": "1"},
        {"adcode": "990300", "name": "禾城县", "level": "county", "is_current": "0"},
    ]
    assert official_names({**load_lookups(), "divisions": rows})["990300"] == "禾城市"


def test_a_province_is_not_named_after_a_city_that_shares_its_code() -> None:
    assert official_names(load_lookups())["710000"] == "台湾省"


def test_a_bare_government_that_nothing_places_stays_with_its_article() -> None:
    frame = mentions(
        ("a", "organization", "市政府"), ("a", "organization", "市人民政府"), ("b", "organization", "市政府")
    )
    ids = LINKER.link(frame)["entity_id"].to_list()
    assert ids[0] == ids[1] != ids[2]


@pytest.mark.parametrize(
    "name", ["管委会", "高新区党工委", "园区管理委员会", "统战部", "材料学院", "自治区商务厅"]
)
def test_a_body_that_every_region_or_school_has_stays_with_its_article(name: str) -> None:
    ids = LINKER.link(mentions(("a", "organization", name), ("b", "organization", name)))["entity_id"]
    assert ids.n_unique() == 2
    of_one = mentions(("a", "organization", f"青禾{name}"), ("b", "organization", f"青禾{name}"))
    assert LINKER.link(of_one)["entity_id"].n_unique() == 1


def test_a_canonical_name_joins_mentions_and_names_the_entity() -> None:
    frame = mentions(
        ("a", "organization", "青禾府", None, "青禾特别行政区政府"),
        ("a", "organization", "青禾特别行政区政府"),
        ("a", "place", "禾城", "990200", "青禾市"),
        ("b", "place", "青禾市", "990100"),
        ("b", "person", "老禾", None, "何青"),
    )
    ids = LINKER.link(frame)["entity_id"].to_list()
    assert ids[0] == ids[1]
    assert ids[2] == ids[3]
    rows = [(row["name"], row["aliases"]) for row in described(frame)]
    assert sorted(rows) == [
        ("何青", ["老禾"]),
        ("青禾市", ["禾城"]),
        ("青禾特别行政区政府", ["青禾府"]),
    ]


def test_link_joins_unknown_town_on_its_page() -> None:
    frame = mentions(
        ("a", "place", "青柘镇"),
        ("a", "place", "青柘"),
        ("b", "place", "青柘"),
        ("a", "person", "青柘"),
    )
    town, short, elsewhere, person = entities(frame)
    assert town == short
    assert len({short, elsewhere, person}) == 3


def test_link_leaves_short_name_of_two_towns_apart() -> None:
    frame = mentions(("a", "place", "青柘镇"), ("a", "place", "青柘村"), ("a", "place", "青柘"))
    assert len(set(entities(frame))) == 3


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("place", "南非共和国", "南非"),
        ("place", "印尼", "印度尼西亚"),
        ("place", "渥太华市", "渥太华"),
        ("organization", "国新办", "国务院新闻办公室"),
        ("organization", "安理会", "联合国安理会"),
    ],
)
def test_one_thing_under_two_names_is_one(kind: str, first: str, second: str) -> None:
    one, other = entities(mentions(("a", kind, first), ("b", kind, second)))
    assert one == other


def test_a_body_of_a_country_named_by_its_letter_is_the_one_named_in_full() -> None:
    frame = mentions(("a", "organization", "俄外交部"), ("b", "organization", "俄罗斯外交部"))
    letter = mentions(("a", "place", "俄", None, "俄罗斯")).with_columns(
        mention_id=pl.lit("f" * 16), parent_mention_id=pl.lit("0" * 16)
    )
    linked = LINKER.link(pl.concat([frame, letter])).sort("mention_id")
    bodies = linked.filter(pl.col("entity_type") == "organization")["entity_id"].to_list()
    assert bodies[0] == bodies[1]


def test_official_names_write_out_bodies_and_countries() -> None:
    official = official_names(load_lookups())
    assert (official["国新办"], official["印尼"]) == ("国务院新闻办公室", "印度尼西亚")


def test_an_event_in_few_words_is_the_one_of_its_article_in_more() -> None:
    short, full, elsewhere = entities(
        mentions(
            ("a", "event", "海门科技大会"), ("a", "event", "海门科技创新大会"), ("b", "event", "海门科技大会")
        )
    )
    assert short == full != elsewhere


@pytest.mark.parametrize(
    "names",
    [
        ("第十九届海门博览会", "第二十届海门博览会"),
        ("海门博览会", "云台海门博览会"),
        ("海门论坛大会", "海门产业大会"),
    ],
)
def test_other_events_of_an_article_stay_apart(names: tuple[str, str]) -> None:
    first, second = entities(mentions(*(("a", "event", name) for name in names)))
    assert first != second


def test_an_event_that_two_longer_names_hold_stays_open() -> None:
    names = ("海门大会", "海门科技大会", "海门产业大会")
    assert len(set(entities(mentions(*(("a", "event", name) for name in names))))) == 3


def inside(outer: int, surface: str, start: int, kind: str = "place") -> dict[str, object]:
    """A mention inside the one of that number."""
    return {
        "mention_id": f"{outer:08x}{start:08x}",
        "article_id": "a",
        "document_id": "a",
        "entity_type": kind,
        "surface_text": surface,
        "start_char": start,
        "parent_mention_id": f"{outer:016x}",
    }


@pytest.mark.parametrize(
    ("short", "full", "fronts"),
    [
        ("南屿茶业公司", "东洲南屿茶业公司", ["东洲"]),
        ("海原动力", "青禾海原动力科技有限公司", ["青禾"]),
        ("县交通局", "海门县交通局", ["海门县"]),
        ("协和口腔医院", "远山大学附属协和口腔医院", ["远山大学"]),
        ("文体和旅游局", "云台市海门区文体和旅游局", ["云台市", "海门区"]),
        ("海瑞", "青禾海瑞新材料有限公司", ["青禾"]),
        ("云工坊", "云工坊农业发展有限公司", []),
    ],
)
def test_a_body_named_by_its_end_is_the_one_its_article_names_in_full(
    short: str, full: str, fronts: list[str]
) -> None:
    rows = mentions(("a", "organization", short), ("a", "organization", full), ("b", "organization", short))
    nested = [
        inside(1, front, 100 + full.index(front), "organization" if "大学" in front else "place")
        for front in fronts
    ]
    frame = pl.concat([rows, pl.LazyFrame(nested, schema_overrides={"start_char": pl.Int64})], how="diagonal")
    ids = dict(LINKER.link(frame).select("mention_id", "entity_id").iter_rows())
    assert ids[f"{0:016x}"] == ids[f"{1:016x}"] != ids[f"{2:016x}"]


@pytest.mark.parametrize(
    ("short", "full", "front"),
    [
        ("海瑞", "青禾海瑞投资有限公司", "青禾"),
        ("海瑞", "海瑞科创（海门）有限公司", "海门"),
        ("海瑞", "青禾海瑞食品公司海门分公司", "青禾"),
        ("国家港务公司", "东洲国家港务公司", "东洲"),
    ],
)
def test_another_firm_of_the_brand_stays_apart(short: str, full: str, front: str) -> None:
    rows = mentions(("a", "organization", short), ("a", "organization", full))
    nested = [inside(1, front, 100 + full.index(front))]
    frame = pl.concat([rows, pl.LazyFrame(nested, schema_overrides={"start_char": pl.Int64})], how="diagonal")
    ids = dict(LINKER.link(frame).select("mention_id", "entity_id").iter_rows())
    assert ids[f"{0:016x}"] != ids[f"{1:016x}"]


def test_a_body_named_by_its_end_stays_open_where_two_full_names_compete() -> None:
    rows = mentions(
        ("a", "organization", "南屿茶业公司"),
        ("a", "organization", "东洲南屿茶业公司"),
        ("a", "organization", "青禾南屿茶业公司"),
    )
    nested = [inside(1, "东洲", 100), inside(2, "青禾", 200)]
    frame = pl.concat([rows, pl.LazyFrame(nested, schema_overrides={"start_char": pl.Int64})], how="diagonal")
    ids = dict(LINKER.link(frame).select("mention_id", "entity_id").iter_rows())
    assert len({ids[f"{n:016x}"] for n in range(3)}) == 3


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("中共青禾市委", "青禾市委"),
        ("中国共产党青禾县委员会", "青禾县委"),
        ("国家税务总局青禾县税务局", "青禾县税务局"),
        ("青禾县住建局", "青禾县住房和城乡建设局"),
        ("青禾县妇联", "青禾县妇女联合会"),
        ("青禾市委办", "青禾市委办公室"),
        ("青禾市第一人民医院", "青禾市一院"),
        ("青禾经济技术开发区管委会", "青禾经开区管委会"),
    ],
)
def test_a_body_of_a_region_in_its_full_and_its_short_form_is_one(left: str, right: str) -> None:
    assert len(set(entities(mentions(("a", "organization", left), ("a", "organization", right))))) == 1


def test_a_body_meant_by_a_bare_name_is_the_one_its_article_writes_out() -> None:
    frame = mentions(
        ("a", "organization", "青禾县住房和城乡建设局"),
        ("a", "organization", "县住建局", None, "青禾县住建局"),
    )
    assert len(set(entities(frame))) == 1


def test_a_bare_department_of_a_list_stays_with_its_article() -> None:
    frame = mentions(
        ("a", "organization", "人社局", None, "县人社局"),
        ("a", "organization", "县人社局"),
        ("b", "organization", "县人社局"),
    )
    listed, bare, other = entities(frame)
    assert listed == bare != other


@pytest.mark.parametrize("name", ["县住房和城乡建设局", "省市场监管局", "县乡村振兴局"])
def test_a_bare_body_whose_name_holds_a_level_stays_with_its_article(name: str) -> None:
    assert len(set(entities(mentions(("a", "organization", name), ("b", "organization", name))))) == 2


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("皮埃尔·杜兰", "杜兰"),
        ("米·科利姆", "科利姆"),
        ("艾山·吐尔逊", "艾山"),
    ],
)
def test_a_person_by_a_part_of_the_name_is_the_one_that_the_article_names_in_full(
    left: str, right: str
) -> None:
    assert len(set(entities(mentions(("a", "person", left), ("a", "person", right))))) == 1


def test_a_surname_is_the_one_person_of_it_in_the_corpus() -> None:
    full, short = entities(mentions(("a", "person", "皮埃尔·杜兰"), ("b", "person", "杜兰")))
    assert full == short
    named = entities(
        mentions(("a", "person", "皮埃尔·杜兰"), ("b", "person", "杜兰"), ("c", "person", "安娜·杜兰"))
    )
    assert len(set(named)) == 3


@pytest.mark.parametrize(
    "rows",
    [
        (("a", "person", "马库斯·韦伯"), ("a", "person", "托马斯·韦伯"), ("a", "person", "韦伯")),
        (("a", "person", "苏·阿木"), ("b", "person", "阿木")),
        (("a", "person", "皮埃尔·杜兰德"), ("a", "organization", "杜兰德")),
    ],
)
def test_a_part_of_a_name_that_several_have_or_that_is_a_firms_is_nobodys(
    rows: tuple[tuple[str, str, str], ...],
) -> None:
    assert len(set(entities(mentions(*rows)))) == len(rows)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("海瑞供销集团有限责任公司", "海瑞供销集团"),
        ("海瑞（集团）有限公司", "海瑞集团公司"),
        ("政协青禾市委员会", "青禾市政协"),
    ],
)
def test_a_group_is_one_with_each_of_its_legal_forms(left: str, right: str) -> None:
    assert len(set(entities(mentions(("a", "organization", left), ("b", "organization", right))))) == 1


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("海瑞集团股份有限公司", "海瑞集团"),
        ("海瑞实业发展有限公司", "海瑞公司"),
        ("海瑞铁路有限责任公司", "海瑞铁路公司"),
        ("海瑞机电株式会社", "海瑞机电"),
        ("远山大学", "远大"),
        ("海门理工大学", "海理大"),
        ("中国矿业大学", "矿大"),
        ("香港科技大学", "港科大"),
    ],
)
def test_a_short_name_is_the_body_that_the_article_names_in_full(full: str, short: str) -> None:
    rows = mentions(("a", "organization", full), ("a", "organization", short))
    assert len(set(entities(rows))) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("海瑞集团有限公司", "海瑞集团股份有限公司"),
        ("海瑞汽车公司", "海瑞汽车公司北海公司"),
        ("海门大学", "海理大"),
    ],
)
def test_bodies_of_like_names_stay_apart(left: str, right: str) -> None:
    assert len(set(entities(mentions(("a", "organization", left), ("a", "organization", right))))) == 2


def test_a_body_named_by_the_end_of_a_short_name_is_the_firm_of_another_article() -> None:
    rows = mentions(
        ("a", "organization", "海瑞药业"),
        ("a", "organization", "青禾海瑞药业"),
        ("b", "organization", "青禾海瑞药业股份有限公司"),
    )
    nested = [inside(1, "青禾", 100), inside(2, "青禾", 200) | {"article_id": "b", "document_id": "b"}]
    nested = [row | {"adcode": "990300"} for row in nested]
    frame = pl.concat([rows, pl.LazyFrame(nested, schema_overrides={"start_char": pl.Int64})], how="diagonal")
    ids = dict(LINKER.link(frame).select("mention_id", "entity_id").iter_rows())
    assert len({ids[f"{n:016x}"] for n in range(3)}) == 1


def test_a_mountain_is_not_the_town_that_is_named_after_it() -> None:
    assert len(set(entities(mentions(("a", "place", "青石山"), ("a", "place", "青石山乡"))))) == 2
    assert len(set(entities(mentions(("a", "place", "青石"), ("a", "place", "青石镇"))))) == 1
