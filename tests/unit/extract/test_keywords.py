"""Keywords: names are one word, counted things are none."""

import polars as pl

from flows.resources import load_lookups
from transforms.extract.keywords import KEYWORD_SCHEMA, KeywordExtractor

EXTRACTOR = KeywordExtractor(load_lookups())
TEXT = "大公坊科创与云岭轴承签约。大 公坊科创十几天就选定两地厂房，轴承年产三万吨，有限公司正在注册。"


def articles() -> pl.DataFrame:
    return pl.DataFrame({"article_id": ["a1"], "text": [TEXT]})


def mentions(*spans: tuple[int, int], kind: str = "organization") -> pl.DataFrame:
    return pl.DataFrame(
        [("a1", None, kind, start, end) for start, end in spans],
        schema={
            "article_id": pl.String,
            "parent_index": pl.UInt32,
            "entity_type": pl.String,
            "start_char": pl.UInt32,
            "end_char": pl.UInt32,
        },
        orient="row",
    )


def test_extract_counts_a_recognised_name_as_one_word() -> None:
    again = TEXT.index("大 公坊科创")
    found = EXTRACTOR.extract(articles(), mentions((0, 5), (6, 10), (again, again + 6)))
    assert dict(found.schema) == KEYWORD_SCHEMA
    words = found["keyword"].to_list()
    assert {"大公坊科创", "云岭轴承"} <= set(words)
    assert "大公" not in words
    assert words.index("大公坊科创") < words.index("云岭轴承")


def test_extract_keeps_words_inside_titles_of_works() -> None:
    assert "厂房" in EXTRACTOR.extract(articles(), mentions((0, len(TEXT)), kind="work"))["keyword"].to_list()


def test_extract_leaves_out_counted_things_and_forms_of_firms() -> None:
    words = set(EXTRACTOR.extract(articles())["keyword"])
    assert not words & {"十几天", "两地", "万吨", "三万吨", "有限公司"}
    assert "轴承" in words
