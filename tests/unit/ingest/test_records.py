import json

import pytest

from flows.readers import IngestOptions, read_records, text_decoder
from transforms.ingest.lines import read_lines
from transforms.ingest.media_type import sniff
from transforms.ingest.model import RawDocument, Refusal, SourceMeta
from transforms.ingest.records import RecordFields


def read(data: bytes, name: str = "a.jsonl", **options: object) -> list[RawDocument | Refusal]:
    chosen = IngestOptions(**options)  # type: ignore[arg-type]
    media = sniff(data, name)
    return list(read_records(lambda: (data,), media, uri=f"/x/{name}", meta=chosen.meta, options=chosen))


def jsonl(*rows: object) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def test_record_has_title_text_and_date() -> None:
    (document,) = read(
        jsonl({"id": 7, "title": "标题", "text": "一段。\n二段。", "published_on": "2024-3-6"})
    )
    assert isinstance(document, RawDocument)
    page = document.pages[0]
    assert (document.external_id, document.uri, document.layout) == ("7", "/x/a.jsonl#7", "record")
    assert (str(document.issue_on), document.issue_on_source) == ("2024-03-06", "published_on")
    assert page.raw_text == "标题\n\n一段。\n二段。"
    shown = [(line.block, line.hint, page.raw_text[line.raw_start : line.raw_end]) for line in page.lines]
    assert shown == [(0, "headline", "标题"), (1, None, "一段。"), (1, None, "二段。")]


def test_broken_lines_are_refused_alone() -> None:
    data = b'{"text": "a"}\n{"text": \n\n[1]\n{"text": ""}\n{"text": "b"}'
    items = read(data)
    assert [item.uri for item in items if isinstance(item, RawDocument)] == [
        "/x/a.jsonl#line 1",
        "/x/a.jsonl#line 6",
    ]
    refused = [(item.line_number, item.reason_code) for item in items if isinstance(item, Refusal)]
    assert refused == [(2, "malformed_record"), (4, "malformed_record"), (5, "missing_text")]


def test_later_version_stands() -> None:
    items = read(jsonl({"id": "a", "text": "旧"}, {"id": "a", "text": "新"}, {"id": "b", "text": "旧"}))
    assert [item.pages[0].raw_text for item in items if isinstance(item, RawDocument)] == ["新", "旧"]
    (refusal,) = [item for item in items if isinstance(item, Refusal)]
    assert (refusal.line_number, refusal.reason_code) == (1, "superseded_record")
    assert "line 2" in refusal.message


@pytest.mark.parametrize("row", [{"id": "a", "text": "同"}, {"text": "同"}])
def test_identical_records_are_one_document(row: dict[str, str]) -> None:
    items = read(jsonl(row, row, row))
    assert sum(isinstance(item, RawDocument) for item in items) == 1
    assert [item.reason_code for item in items if isinstance(item, Refusal)] == ["duplicate_content"] * 2


def test_unreadable_date_is_said_and_the_record_kept() -> None:
    items = read(jsonl({"text": "a", "published_on": "2024-02-30"}))
    assert [type(item) for item in items] == [Refusal, RawDocument]
    assert [item.reason_code for item in items if isinstance(item, Refusal)] == ["invalid_date"]


def test_half_characters_become_replacements() -> None:
    (document,) = read(b'{"text": "a\\ud83db \\ud83d\\ude00"}')
    assert isinstance(document, RawDocument)
    assert document.pages[0].raw_text == "a\ufffdb \U0001f600"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_csv_in_any_encoding(encoding: str) -> None:
    data = '编号,正文\n1,"一行，\n""二""行"\n2,少一格,多\n3,"开头\n'.encode(encoding)
    items = read(data, "a.csv", fields=RecordFields(text="正文", id="编号"))
    (document,) = [item for item in items if isinstance(item, RawDocument)]
    assert document.pages[0].raw_text == '一行，\n"二"行'
    assert [item.line_number for item in items if isinstance(item, Refusal)] == [4, 5]


def test_csv_without_text_column_names_those_it_has() -> None:
    (item,) = read(b"id,words\n1,x\n", "a.csv")
    assert isinstance(item, Refusal)
    assert item.reason_code == "missing_column"
    assert "id, words" in item.message


def test_lines_of_a_file_may_differ_in_encoding() -> None:
    rows = ["海州市今天召开春季植树动员会议", "市民踊跃参加义务植树活动"]
    data = b"\n".join(
        json.dumps({"text": r}, ensure_ascii=False).encode(e)
        for r, e in zip(rows, ("utf-8", "gbk"), strict=True)
    )
    assert [item.pages[0].raw_text for item in read(data) if isinstance(item, RawDocument)] == rows


def test_given_date_goes_before_the_record() -> None:
    from datetime import date

    (document,) = read(jsonl({"text": "a", "published_on": "2024-03-06"}), issue_on=date(2020, 1, 1))
    assert isinstance(document, RawDocument)
    assert (document.issue_on, document.issue_on_source) == (date(2020, 1, 1), "given")


def test_read_lines_cuts_long_lines_and_goes_on() -> None:
    chunks = [b"a" * 600, b"a" * 600 + b"\nshort\r\n", b"end"]
    _, lines = read_lines(chunks, text_decoder(), max_line_bytes=1000)
    found = [(line.number, len(line.text), line.reason_code) for line in lines]
    assert found == [(1, 1024, "line_too_long"), (2, 5, None), (3, 3, None)]


def test_json_list_is_read_as_records() -> None:
    items = read(b'[{"text": "a"}, 5, {"text": "b"}]', "a.json")
    assert [type(item) for item in items] == [RawDocument, Refusal, RawDocument]
    assert SourceMeta() == IngestOptions().meta
