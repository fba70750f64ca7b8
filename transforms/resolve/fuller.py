"""Things that one article names in few words and in many: what the fuller name is.

A body named by its end (南屿茶业公司 beside 东洲南屿茶业公司, 市科技局 beside 海门市科技局), by its brand
(海瑞 or 海瑞公司 beside 青禾海瑞新材料有限公司), by its characters (海理大 beside 海门理工大学) or without
its legal form is the one that the same article names in full, if there is but one. A person named by the
first part of the name is the one whose name begins with it.
"""

from __future__ import annotations

import polars as pl

_MIN_CHARS = 4
# 县交通局 of 海门县交通局, 协和医院 of 远山大学附属协和医院.
_LEVELS, _JOINS = "[省市县区州旗镇乡]$", "附属"
# 国家电网公司 beside 某国国家电网公司 is that of the reader's country.
_NATIONAL = "^(?:国家|全国|中央|最高)"
# 海原动力 of 云台海原动力科技有限公司; what sells, lends or trades for a firm is another one.
_TRADE = "(?:科技|技术|实业|新材料|材料|装备|设备|机械)$"
_GROUP = "集团股份有限公司"
# 海瑞 of 青禾海瑞新材料有限公司; who sells for it or is its branch elsewhere is another firm.
_BRAND_CHARS = range(2, 7)
_KIND = "(?:公司|集团|控股|股份|银行|证券|保险|大学|学院|医院|[局厅委部院所会盟社署行厂])$"
# 海州经开区管委会, 海州市一院, 海州海洋所: how the middle of a name is shortened.
_BRIEFLY = {
    "经济(?:技术)?开发区": "经开区",
    "高新技术(?:产业)?开发区": "高新区",
    "综合保税区": "综保区",
    "第([一二三四五六七八九十])人民医院$": "${1}院",
    "研究所$": "所",
    "第([一二三四五六七八九十])(?:高级)?中学$": "${1}中",
}
_OTHER_FIRM = "[与和及]|公司.+公司$|分公司|子公司|销售|投资|资产|财务|租赁|基金|期货|置业|地产|物业"
# 某市亚运会 and 某市第19届亚运会; names with other marks would be patterns.
_PLAIN, _MAX_MORE_CHARS = r"^[\p{Han}A-Za-z0-9]{4,}$", 6
_ON = ("article_id", "entity_type")


def fuller_bodies(keyed: pl.LazyFrame, suffix: str) -> pl.LazyFrame:
    """Bodies whose name is the end of one other in the article, behind its places or the body it belongs to.

    Args:
        keyed: `article_id`, `entity_type`, `key`, `mention_id`, `parent_mention_id`, `start_char`, `name`,
            `written` (with short forms written out), `canonical_name` of mentions.
        suffix: Pattern of the legal forms at the end of firms' names.

    Returns:
        `article_id`, `entity_type`, `key`, `body_key`: the key of the fullest name.
    """
    columns = ("mention_id", "start_char", "key", "name", *_ON)
    # 海州经开区管委会 ends as 海州经济技术开发区管理委员会 does.
    every = keyed.filter(pl.col("entity_type") == "organization").with_columns(name="written", surface="name")
    bodies = every.filter(pl.col("canonical_name").is_null()).select(*columns)
    inner = keyed.filter(
        pl.col("parent_mention_id").is_not_null() & pl.col("entity_type").is_in(["place", "organization"])
    )
    is_body = pl.col("entity_type") == "organization"
    inner = inner.select(
        mention_id="parent_mention_id",
        inner_char="start_char",
        inner=pl.when(is_body).then("written").otherwise("name"),
    )
    opened = (
        bodies.join(inner, on="mention_id")
        .filter(pl.col("inner_char") == pl.col("start_char"))
        .select(*columns, front="inner")
    )
    # 云台市海门区某局: two places.
    opened_twice = (
        opened.join(inner, on="mention_id")
        .with_columns(front=pl.concat_str("front", "inner"))
        .filter(pl.col("name").str.starts_with(pl.col("front")))
        .select(*columns, "front")
    )
    named = pl.concat([bodies.with_columns(front=pl.lit("")), opened, opened_twice])
    rest = pl.col("name").str.slice(pl.col("front").str.len_chars())
    level = pl.concat_str(pl.col("front").str.extract(f"({_LEVELS})"), rest)
    firm = rest.str.replace(suffix, "")
    shorter = pl.concat_list(
        rest,
        level,
        _brief(rest),
        _brief(level),
        rest.str.strip_prefix(_JOINS),
        firm,
        firm.str.replace(_TRADE, ""),
        # 海门铁路公司 of 云台海门铁路有限责任公司, 海门集团 of 海门集团股份有限公司
        pl.when(firm != rest).then(firm + "公司"),
        pl.when(rest.str.ends_with(_GROUP)).then(rest.str.strip_suffix("股份有限公司")),
    )
    shorts = ("short", "body_key", "full", *_ON)
    by_end = (
        named.select(*_ON, short=shorter, body_key="key", full="name")
        .explode("short")
        .filter(
            (pl.col("short").str.len_chars() >= _MIN_CHARS)
            & (pl.col("short") != pl.col("full"))
            & ~pl.col("short").str.contains(_NATIONAL)
        )
    )
    firms = named.select(*_ON, rest=rest, body_key="key", full="name").filter(
        pl.col("rest").str.contains(f"^\\p{{Han}}+{suffix}") & ~pl.col("rest").str.contains(_OTHER_FIRM)
    )
    by_brand = [
        firms.with_columns(short=pl.col("rest").str.head(size))
        .filter(~pl.col("short").str.contains(_KIND) & (pl.col("rest").str.len_chars() > size + 1))
        # 海瑞 and 海瑞公司
        .with_columns(short=pl.concat_list("short", pl.col("short") + "公司"))
        .explode("short")
        .filter(~pl.col("short").str.contains(_NATIONAL))
        .select(shorts)
        for size in _BRAND_CHARS
    ]
    full = pl.concat([by_end.select(shorts), *by_brand, _by_campus(named).select(shorts)])
    # 海门集团 is not of 海门集团股份有限公司 where 海门集团有限公司 is another firm.
    is_group = pl.col("full").str.ends_with(_GROUP) & pl.col("short").str.ends_with("集团")
    is_firm = pl.col("surface").str.ends_with("公司").any().over(*_ON, "key")
    pairs = (
        every.select(*_ON, "key", "surface", short="name")
        .join(full, on=[*_ON, "short"])
        .filter((pl.col("key") != pl.col("body_key")) & ~(is_group & is_firm))
        .select(*_ON, "key", "body_key", "full")
        .unique()
        .with_columns(
            fullest=pl.col("full").sort_by(pl.col("full").str.len_chars(), "full").last().over(*_ON, "key")
        )
    )
    # 海门机床 of 海门机床集团 and of 云台海门机床集团有限公司, which holds it; not of two that differ.
    return (
        pairs.filter(
            _brief(pl.col("fullest"))
            .str.contains(_brief(pl.col("full").str.replace(suffix, "")), literal=True)
            .all()
            .over(*_ON, "key")
        )
        .filter(pl.col("full") == pl.col("fullest"))
        .group_by(*_ON, "key")
        .agg(pl.col("body_key").min())
    )


def _by_campus(named: pl.LazyFrame) -> pl.LazyFrame:
    """Universities by the first characters of their words: 海门理工大学 is 海理大, 海门理大 and 理大.

    Args:
        named: `name`, `front` (the place that it begins with, or nothing), `key` of bodies.

    Returns:
        The rows with `short`, `body_key` and `full`.
    """
    name = pl.col("name")
    front = pl.when(pl.col("front") == "").then(name.str.head(2)).otherwise("front")
    middle = name.str.slice(pl.col("place").str.len_chars()).str.strip_suffix("大学")
    firsts = pl.col("middle").str.replace_all("(.).", "${1}") + "大"
    letter = pl.col("place").str.replace("香港", "港").str.head(1)
    return (
        named.filter(name.str.contains(r"^\p{Han}{2,}大学$"))
        .with_columns(place=front)
        .with_columns(middle=middle)
        .filter(pl.col("middle").str.len_chars() % 2 == 0)
        .with_columns(
            short=pl.concat_list(letter + firsts, pl.col("place") + firsts, firsts),
            body_key="key",
            full="name",
        )
        .explode("short")
        .filter((pl.col("short").str.len_chars() > 1) & (pl.col("short") != "人大"))
    )


def printed_bodies(keyed: pl.LazyFrame) -> pl.LazyFrame:
    """Bodies that an article prints with their place: what 县发改委 of 某县 is, where it prints one of them.

    Args:
        keyed: `article_id`, `entity_type`, `key`, `written`, `canonical_name` of mentions.

    Returns:
        `article_id`, `entity_type`, `written`, `printed_key`.
    """
    return (
        keyed.filter((pl.col("entity_type") == "organization") & pl.col("canonical_name").is_null())
        .group_by(*_ON, "written")
        .agg(pl.col("key").unique())
        .filter(pl.col("key").list.len() == 1)
        .select(*_ON, "written", printed_key=pl.col("key").list.first())
    )


def _brief(name: pl.Expr) -> pl.Expr:
    for long, short in _BRIEFLY.items():
        name = name.str.replace(long, short)
    return name


def fuller_persons(keyed: pl.LazyFrame) -> pl.LazyFrame:
    """Persons whose name is the first part of one other in the article: 艾山 beside 艾山·吐尔逊.

    Args:
        keyed: `article_id`, `entity_type`, `key` of mentions.

    Returns:
        `article_id`, `entity_type`, `key`, `given_key` (the full name).
    """
    return (
        keyed.filter((pl.col("entity_type") == "person") & pl.col("key").str.contains("^[^·]{2,}·"))
        .group_by(*_ON, key=pl.col("key").str.extract("^([^·]+)"))
        .agg(given_key=pl.col("key").unique())
        .filter(pl.col("given_key").list.len() == 1)
        .with_columns(pl.col("given_key").list.first())
    )


def fuller_events(keyed: pl.LazyFrame) -> pl.LazyFrame:
    """Events whose characters stand in this order in one other name that begins and ends alike.

    Args:
        keyed: `article_id`, `entity_type`, `key` of mentions.

    Returns:
        `article_id`, `entity_type`, `key`, `event_key` (the fuller name).
    """
    ends = {"opening": pl.col("key").str.head(2), "closing": pl.col("key").str.tail(2)}
    events = (
        keyed.filter((pl.col("entity_type") == "event") & pl.col("key").str.contains(_PLAIN))
        .select(*_ON, "key")
        .unique()
        .with_columns(**ends)
    )
    is_fuller = pl.col("event_key").str.contains(pl.col("key").str.replace_all("(.)", "${1}.*"))
    more = pl.col("event_key").str.len_chars() - pl.col("key").str.len_chars()
    return (
        events.join(events.rename({"key": "event_key"}), on=[*_ON, *ends])
        .filter(more.is_between(1, _MAX_MORE_CHARS) & is_fuller)
        .group_by(*_ON, "key")
        .agg(pl.col("event_key").unique())
        .filter(pl.col("event_key").list.len() == 1)
        .with_columns(pl.col("event_key").list.first())
    )
