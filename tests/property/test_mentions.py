"""What is found does not depend on what stands around an article; a name is found everywhere in it."""

from __future__ import annotations

import re

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.resources import load_lookups, load_recognizer
from transforms.extract.mentions import MentionFinder
from transforms.normalize.sentences import split_sentences

FINDER = MentionFinder(load_recognizer("lac"), load_lookups())
# No two of them share a name, so nothing carries over from one to the other.
PARAGRAPHS = [
    "东江省人民政府主席王大伟昨天会见德国外交部代表团。王大伟说，双方将加强合作。",
    "海原国际（香港）有限公司与山东师范大学签约，总投资12亿元，项目落户济南。",
    "第五届中国（青岛）海洋装备博览会开幕，约翰·史密斯致辞。",
    "云南省昆明市官渡区新建三所学校，教育部门负责人李小明到场。",
    "安平材料股份有限公司（以下简称“安平材料”）发布公告，安平材料拟投资3亿元。",
    "主场作战的拉齐奥击败热那亚，近三轮不败。",
    "《西岭日报》报道，代表团访华期间到访苏州和宁波。",
    "陈建国、赵敏、周立平三位教授出席中国科学院研讨会。",
    "中智两国签署协定，智利总统出席。",
    "华润集团在齐盛宾馆举行发布会。",
]
PADDING = [
    "当天天气晴好，气温回升。",
    "大家说，这样的安排很好。",
    "风力逐渐减小，能见度转好！",
    "这是第一次。",
]
CARRIED = {"same_surface", "told_name", "shared_front"}
"""Rules by which one part of an article tells what a word in another part is."""


def found(texts: list[str]) -> list[list[dict[str, object]]]:
    articles = pl.DataFrame({"article_id": [str(i) for i in range(len(texts))], "text": texts})
    rows = [(str(i), f"{i}.{a}", t[a:b], a) for i, t in enumerate(texts) for a, b in split_sentences(t)]
    schema = {"article_id": pl.String, "sentence_id": pl.String, "text": pl.String, "start_char": pl.Int64}
    sentences = pl.DataFrame(rows, schema=schema, orient="row")
    result: list[list[dict[str, object]]] = [[] for _ in texts]
    for row in FINDER.find(articles, sentences).to_dicts():
        result[int(row["article_id"])].append(row)
    return result


def spans(rows: list[dict[str, object]], shift: int = 0) -> set[tuple[int, int, object]]:
    return {
        (int(str(r["start_char"])) + shift, int(str(r["end_char"])) + shift, r["entity_type"]) for r in rows
    }


@given(
    st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=4, unique=True),
    st.lists(st.sampled_from(PADDING), max_size=3),
    st.lists(st.sampled_from(PADDING), max_size=3),
)
@settings(max_examples=40, deadline=None)
def test_padding_changes_nothing(body: list[str], before: list[str], after: list[str]) -> None:
    text, padded = "\n".join(body), "\n".join([*before, *body, *after])
    alone, within = found([text, padded])
    assert spans(alone, padded.index(text)) == spans(within)


@given(st.lists(st.sampled_from(PARAGRAPHS), min_size=2, max_size=6))
@settings(max_examples=40, deadline=None)
def test_splitting_loses_only_what_carries_over(body: list[str]) -> None:
    whole, *parts = found(["\n".join(body), *body])
    joined: set[tuple[int, int, object]] = set()
    at = 0
    for paragraph, rows in zip(body, parts, strict=True):
        joined |= spans(rows, at)
        at += len(paragraph) + 1
    assert joined <= spans(whole)
    assert {r["rule"] for r in whole if spans([r]) - joined} <= CARRIED


@given(st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_a_name_is_found_everywhere_in_its_article(body: list[str]) -> None:
    (first,) = found(["\n".join(body)])
    names = sorted({str(r["surface_text"]) for r in first if r["parent_index"] is None})
    names = [name for name in names if len(name) > 3]
    # A sentence in which the engine has nothing to go by.
    text = "\n".join([*body, *(f"他们又提到{name}。" for name in names)])
    (rows,) = found([text])
    for name in names:
        for use in re.finditer(re.escape(name), text):
            assert any(
                int(str(r["start_char"])) <= use.start() and use.end() <= int(str(r["end_char"]))
                for r in rows
            ), name
