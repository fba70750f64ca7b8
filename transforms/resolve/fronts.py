"""What stands in front of the place that a body's name begins with: 中共海州市委 is 海州市委."""

from __future__ import annotations

import polars as pl

# 中共海州市委 and 中国共产党海州市委员会 are 海州市委: what stands in front of the place, and how long it is.
_FRONTS = {
    "中国人民政治协商会议": ("^中国人民政治协商会议(.+[省市县区州旗])委员会$", "${1}政协"),
    "政协": ("^政协(.+[省市县区州旗])委员会$", "${1}政协"),
    "中国共产党": ("^中国共产党(.+[省市县区州旗])委员会$", "${1}委"),
    "中共": ("^中共(.{1,12}[省市县区州旗镇乡]委)", "${1}"),
    "国网": ("^国网(.{2,8}供电公司)", "${1}"),
    "国家税务总局": ("^国家税务总局(.{2,12}税务局)", "${1}"),
}


def cut_fronts(keyed: pl.LazyFrame) -> pl.LazyFrame:
    """Cut off what stands in front of the place of a body.

    Args:
        keyed: `key`, `entity_type`, `start_char` of mentions.

    Returns:
        The rows with such a `key`, and `place_at`: where the place stands in the article.
    """
    key, chars = pl.col("key"), pl.lit(0, dtype=pl.Int64)
    for front, (pattern, rest) in _FRONTS.items():
        chars = pl.when(pl.col("key").str.contains(pattern)).then(len(front)).otherwise(chars)
        key = key.str.replace(pattern, rest)
    is_body = pl.col("entity_type") == "organization"
    return keyed.with_columns(
        key=pl.when(is_body).then(key).otherwise("key"),
        place_at=pl.col("start_char") + pl.when(is_body).then(chars).otherwise(0),
    )
