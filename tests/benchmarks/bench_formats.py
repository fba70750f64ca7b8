"""Pages a CPU-second of each format: one page of some 3,000 characters, read again and again.

Run: python -m tests.benchmarks.bench_formats [FOLDER with PDF pages of page_layouts]
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from flows.parsers import parse_source
from flows.sources import IngestOptions, discover
from tests.benchmarks.page_maker import Story, Writer
from transforms.ingest.model import RawPage

PAGES = 40
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(story: Story) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in story.paras)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        )
    return buffer.getvalue()


def html(story: Story) -> bytes:
    body = "".join(f"<p>{text}</p>" for text in story.paras)
    return f"<html><body><h1>{story.headline}</h1><div>{body}</div></body></html>".encode()


def archive(stories: list[Story]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as members:
        for number, story in enumerate(stories):
            members.writestr(f"{number}.txt", "\n".join(story.paras))
    return buffer.getvalue()


def main() -> None:
    writer = Writer(1)
    stories = [writer.story(30) for _ in range(PAGES)]
    rows = [{"id": i, "title": s.headline, "text": "\n".join(s.paras)} for i, s in enumerate(stories)]
    print(f"{sum(len(row['text']) for row in rows) / PAGES:.0f} characters a page")
    each: dict[str, Callable[[Story], bytes]] = {
        "txt": lambda s: "\n".join(s.paras).encode("gb18030"),
        "html": html,
        "docx": docx,
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind, make in each.items():
            (folder / kind).mkdir()
            for number, story in enumerate(stories):
                (folder / kind / f"{number}.{kind}").write_bytes(make(story))
        for kind in ("jsonl", "csv", "parquet", "zip"):
            (folder / kind).mkdir()
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / "jsonl" / "a.jsonl").write_text(lines)
        table = pa.Table.from_pylist(rows)
        pq.write_table(table, folder / "parquet" / "a.parquet")
        text = "id,title,text\n" + "".join(f'{r["id"]},{r["title"]},"{r["text"]}"\n' for r in rows)
        (folder / "csv" / "a.csv").write_text(text)
        (folder / "zip" / "a.zip").write_bytes(archive(stories))
        folders = [*(folder / kind for kind in ("txt", "jsonl", "csv", "parquet", "html", "docx", "zip"))]
        folders += [Path(given) for given in sys.argv[1:]]
        for one in folders:
            sources, _ = discover([one])
            # In this process, so that its clock counts the parser; the first reads load vocabularies.
            for _ in parse_source(sources[0], IngestOptions(ocr=False)):
                pass
            began, pages = time.process_time(), 0
            for source in sources[:PAGES]:
                for event in parse_source(source, IngestOptions(ocr=False)):
                    pages += isinstance(event, RawPage)
            spent = time.process_time() - began
            print(f"{one.name:8} {pages:4} pages, {pages / spent:8.1f} pages a CPU-second", flush=True)


if __name__ == "__main__":
    main()
