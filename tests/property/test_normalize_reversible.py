"""Whatever the page, nothing is lost: edits replay backwards, blocks tile, spans slice back."""

import itertools
import re

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.normalizing import NORMALIZER, as_frames, normalise_page, restore_page
from transforms.normalize import RawOffsets
from transforms.normalize.changes import apply_changes

PIECES = st.sampled_from(
    ["，", "。", "\n", "\n\n", " ", "\u3000", '"', "(", ")", "（", "》", "《", "2月3日", "讯 ", "本报讯", "记者", "编辑 张三", "——", "-",  # noqa: E501
     "下转第3版", "云溪", "大会召开", "，", "。\n", "\r\n", "\x00", "\u200b", "\ufeff", "ｗ", "12", "ab", "图为", "责编：李四", "：", "！", "第三版",  # noqa: E501
     "# ", "**", "<p>", "</p>", "<br/>", "&nbsp;", "&ldquo;", "`", "| 甲 | 乙 |", "> ", "- ", "●", "[", "](http://a.b)", "![", "简讯\n", "記者從會上獲悉"]  # noqa: E501
)  # fmt: skip
PAGE = st.one_of(
    st.text(),
    st.lists(
        st.one_of(PIECES, PIECES, st.text(alphabet="天地玄黄宇宙洪荒日月盈昃辰宿列张", max_size=30)),
        max_size=60,
    ).map("".join),
    st.text(alphabet=st.characters(), max_size=60),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PAGE)
def test_edits_replay_backwards_to_the_raw_text(raw: str) -> None:
    page = NORMALIZER.read_page(raw)
    edits = page.edits
    assert all(a.end <= b.start for a, b in itertools.pairwise(edits))
    originals = [raw[e.start : e.end] for e in edits]
    assert restore_page(normalise_page(raw, edits), edits, originals) == raw


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PAGE, st.booleans())
def test_spans_slice_back(raw: str, is_record: bool) -> None:
    raw = raw.encode("utf-8", "replace").decode()
    frames = as_frames(raw, layout="record" if is_record else "page")
    edits = list(NORMALIZER.read_page(raw, is_record=is_record).edits)

    def normalised(start: int, end: int) -> str:
        inside = [e for e in edits if start <= e.start and e.end <= end]
        return re.sub(r"\s", "", apply_changes(raw, inside, start, end)[0])

    blocks = frames["blocks"]
    if blocks.height:
        assert blocks["raw_start"][0] == 0
        assert blocks["raw_end"][-1] == len(raw)
        assert blocks["raw_end"][:-1].to_list() == blocks["raw_start"][1:].to_list()
        assert blocks["block_id"].is_unique().all()
    for row in blocks.iter_rows(named=True):
        assert normalised(row["raw_start"], row["raw_end"]) == re.sub(r"\s", "", row["text"])
    articles = dict(zip(frames["articles"]["article_id"], frames["articles"]["text"], strict=True))
    sentences = frames["sentences"]
    again = RawOffsets(frames["alignments"]).add(sentences.drop("raw_start", "raw_end"))
    assert again["raw_start"].to_list() == sentences["raw_start"].to_list()
    assert again["raw_end"].to_list() == sentences["raw_end"].to_list()
    for row in sentences.iter_rows(named=True):
        assert articles[row["article_id"]][row["start_char"] : row["end_char"]] == row["text"]
    for row in frames["credits"].iter_rows(named=True):
        assert normalised(row["raw_start"], row["raw_end"]) == row["name"]
    for row in frames["damage"].iter_rows(named=True):
        assert normalised(row["raw_start"], row["raw_end"]) == re.sub(r"\s", "", row["surface_text"])


def test_raw_offsets_refuses_a_span_outside() -> None:
    frames = as_frames("云溪大会召开。今天举行。")
    spans = pl.DataFrame(
        {"article_id": frames["articles"]["article_id"], "start_char": [5], "end_char": [99]}
    )
    from transforms.normalize import OffsetError

    with pytest.raises(OffsetError, match="outside"):
        RawOffsets(frames["alignments"]).add(spans)
