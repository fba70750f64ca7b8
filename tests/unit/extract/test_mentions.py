import polars as pl
import pytest

from flows.resources import load_lookups, load_recognizer
from transforms.extract.mentions import MENTION_SCHEMA, MentionFinder


@pytest.fixture(scope="module")
def finder():
    return MentionFinder(load_recognizer("lac"), load_lookups())


def frames(*texts):
    articles = pl.DataFrame({"article_id": [f"a{i}" for i in range(len(texts))], "text": texts})
    sentences = articles.select(
        sentence_id=pl.concat_str(pl.lit("s-"), "article_id"), article_id="article_id", text="text"
    ).with_columns(start_char=0)
    return articles, sentences


def found(finder, text):
    return {(row["surface_text"], row["entity_type"]) for row in finder.find(*frames(text)).to_dicts()}


def test_find_keeps_offsets_and_sentences(finder):
    text = "李小明到海原市考察。李小明说好。"
    result = finder.find(*frames(text, ""))
    assert result.schema == pl.Schema(MENTION_SCHEMA)
    for row in result.to_dicts():
        assert text[row["start_char"] : row["end_char"]] == row["surface_text"]
        assert row["sentence_id"] == "s-a0"


def test_find_joins_brackets_inside_an_organization(finder):
    names = found(finder, "东湾大学(深圳)与海原国际(香港)有限公司签约。")
    assert ("东湾大学(深圳)", "organization") in names
    assert ("海原国际(香港)有限公司", "organization") in names


def test_find_takes_titles_without_their_marks(finder):
    assert ("山海新篇", "work") in found(finder, "他写了《山海新篇》一书。")


def test_find_does_not_depend_on_the_company_of_an_article(finder):
    texts = ["王大伟在上海说。", "海原市政府发布《海原年鉴》。", "德国总理访问北京。"]
    together = finder.find(*frames(*texts)).select("surface_text", "start_char", "entity_type")
    alone = [finder.find(*frames(t)).select("surface_text", "start_char", "entity_type") for t in texts]
    assert together.equals(pl.concat(alone))
