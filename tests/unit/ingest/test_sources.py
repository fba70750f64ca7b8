import gc
import subprocess
import sys
import threading
import zipfile
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

from flows.parsers import parse_source
from flows.sandbox import sandbox
from flows.sources import IngestOptions, Limits, RawDocument, Refusal, discover, read_source
from transforms.ingest.archive import ArchiveBudget, iter_members
from transforms.ingest.frames import to_frames
from warehouse.registry import TABLES

TEXT = "海州市昨日召开会议，研究部署今年春季植树造林工作。"


def read(path: Path, options: IngestOptions | None = None) -> list[RawDocument | Refusal]:
    sources, refusals = discover([path])
    return [*refusals, *(item for source in sources for item in read_source(source, options))]


def documents(path: Path) -> list[RawDocument]:
    return [item for item in read(path) if isinstance(item, RawDocument)]


def test_discover_is_sorted_and_lists_each_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden", "sub/~$x.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    sources, refusals = discover([tmp_path / "b.txt", tmp_path, f"{tmp_path}/**/*.txt"])
    assert [source.path.name for source in sources] == ["a.txt", "b.txt", "c.txt"]
    assert not refusals
    assert sources[0].sha256 == sources[1].sha256


@pytest.mark.parametrize(
    ("name", "reason"), [("none.txt", "source_missing"), ("*.pdf", "source_empty"), ("", "source_empty")]
)
def test_discover_says_what_is_missing(tmp_path: Path, name: str, reason: str) -> None:
    sources, (refusal,) = discover([tmp_path / name])
    assert not sources
    assert refusal.reason_code == reason
    assert "\n" not in refusal.message


def test_sidecar_and_file_name_and_given(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "sources.csv").write_text(
        "file,issue_on,publication\na.txt,2024-03-06,\n*,,海州日报\n", encoding="utf-8"
    )
    for name in ("a.txt", "2023-02-24-A03.txt", "sub/c.txt"):
        (folder / name).write_text(TEXT + name, encoding="utf-8")
    found = {
        d.uri.rsplit("/")[-1]: (d.issue_on, d.issue_on_source, d.publication, d.page_label)
        for d in documents(folder)
    }
    assert found == {
        "a.txt": (date(2024, 3, 6), "sidecar", "海州日报", None),
        "2023-02-24-A03.txt": (date(2023, 2, 24), "file_name", "海州日报", "A03"),
        "c.txt": (None, None, "海州日报", None),
    }
    given = IngestOptions(issue_on=date(2020, 1, 1), page_label="B1")
    (item,) = read(folder / "a.txt", given)
    assert isinstance(item, RawDocument)
    assert (item.issue_on_source, item.page_label, item.publication) == ("given", "B1", "海州日报")


def test_sidecar_as_excel_saves_it(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text(
        "file,issue_on,publication\n*.txt,2024/3/6,海州日报\n", encoding="gbk"
    )
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (document,) = documents(tmp_path)
    assert (document.issue_on, document.publication) == (date(2024, 3, 6), "海州日报")


def test_sidecar_row_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "sources.yml").write_text("- {file: '*', issue_on: soon}\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    refusal, document = read(tmp_path)
    assert isinstance(refusal, Refusal)
    assert refusal.reason_code == "invalid_sidecar"
    assert isinstance(document, RawDocument)


def test_reading_process_ends_with_its_thread(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"<p>{TEXT}</p>", encoding="utf-8")
    seen: list[subprocess.Popen[bytes] | None] = []

    def work() -> None:
        documents(tmp_path)
        seen.append(sandbox()._process)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    gc.collect()
    (process,) = seen
    assert process is not None
    assert process.poll() is not None


def test_zip_members_with_gbk_names_and_nested(tmp_path: Path) -> None:
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("r.jsonl", '{"id": "a", "text": "记录"}\n')
    with zipfile.ZipFile(tmp_path / "out.zip", "w") as archive:
        info = zipfile.ZipInfo("x.txt")
        archive.writestr(info, TEXT.encode("gbk"))
        archive.write(inner, "in.zip")
    inner.unlink()
    data = (tmp_path / "out.zip").read_bytes().replace(b"x.txt", "海.txt".encode("gbk")[1:2] + b".txt")
    (tmp_path / "out.zip").write_bytes(data)
    uris = [document.uri.split("out.zip")[-1] for document in documents(tmp_path)]
    assert len(uris) == 2
    assert uris[1] == "!/in.zip!/r.jsonl#a"


def test_zip_member_name_is_decoded(tmp_path: Path) -> None:
    name = "海州日报20240306.txt"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("0" * len(name.encode("gbk")), TEXT)
    data = (tmp_path / "a.zip").read_bytes().replace(b"0" * len(name.encode("gbk")), name.encode("gbk"))
    (tmp_path / "a.zip").write_bytes(data)
    (document,) = documents(tmp_path)
    assert document.uri.endswith(f"a.zip!/{name}")
    assert (document.issue_on, document.publication) == (date(2024, 3, 6), "海州日报")


def test_parquet_streams_records(tmp_path: Path) -> None:
    table = pa.table(
        {"id": [1, 2, 2], "text": ["一", "二", "三"], "published_on": [date(2024, 3, 6), None, None]}
    )
    pq.write_table(table, tmp_path / "a.parquet")
    items = read(tmp_path)
    assert [item.external_id for item in items if isinstance(item, RawDocument)] == ["1", "2"]
    assert [item.reason_code for item in items if isinstance(item, Refusal)] == ["superseded_record"]


def test_memory_limit_ends_a_parser_and_the_next_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"<p>{TEXT}</p>" * 300_000, encoding="utf-8")
    (tmp_path / "b.html").write_text(f"<p>{TEXT}</p>", encoding="utf-8")
    items = read(tmp_path, IngestOptions(limits=Limits(memory_bytes=300 * 2**20, html_bytes=2**25)))
    assert [item.reason_code for item in items if isinstance(item, Refusal)] == ["memory_limit"]
    assert [item.uri[-6:] for item in items if isinstance(item, RawDocument)] == ["b.html"]


def test_time_limit_ends_a_parser(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"<p>{TEXT}</p>" * 80_000, encoding="utf-8")
    (item,) = read(tmp_path, IngestOptions(limits=Limits(wall_seconds=0.3)))
    assert isinstance(item, Refusal)
    assert item.reason_code == "time_limit"


def test_frames_match_the_registry_and_drop_duplicates(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "c.jsonl").write_text('{"text": "记录", "title": "题"}\n', encoding="utf-8")
    frames = to_frames(read(tmp_path))
    assert frames["documents"].height == 2
    assert (
        frames["documents"].filter(frames["documents"]["layout"] == "page")["uri"].item().endswith("/a.txt")
    )
    assert frames["rejects"].select("reason_code").to_series().to_list() == ["duplicate_content"]
    added_by_run = {"documents": {"first_run_id"}, "rejects": {"run_id", "table_name"}}
    for name, frame in frames.items():
        declared = {table.name: table for table in TABLES.values()}[name].columns
        assert set(declared) - set(frame.columns) == added_by_run.get(name, set())


def test_zip_member_that_leads_out_is_refused_and_not_passed_over(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("../x.txt", "东港")
    with (tmp_path / "a.zip").open("rb") as file:
        found = list(iter_members(file, uri="a.zip", limits=Limits(), budget=ArchiveBudget.of(Limits())))
    assert [getattr(refusal, "reason_code", None) for refusal in found] == ["archive_unsafe_path"]


def test_message_of_a_missing_extra_is_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)  # as if it were not installed
    Image.new("L", (400, 300), 255).save(tmp_path / "scan.png")
    (source,), _ = discover([tmp_path / "scan.png"])
    (refusal,) = (event for event in parse_source(source, IngestOptions()) if isinstance(event, Refusal))
    assert refusal.reason_code == "extra_missing"
    assert refusal.message.endswith("pip install 'baocang[ocr]'")


def test_sidecar_as_mapping_speaks_of_folders_and_archives(tmp_path: Path) -> None:
    (tmp_path / "sources.yml").write_text(
        "2023/*: {issue_on: 2023-02-24, page_label: B2}\npack.zip: {publication: 海州日报}\n",
        encoding="utf-8",
    )
    (tmp_path / "2023").mkdir()
    (tmp_path / "2023" / "a.txt").write_text(TEXT, encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as archive:
        archive.writestr("2024-03-06/A03.txt", TEXT + "又讯。")
    read = documents(tmp_path)
    found = {d.uri.rsplit("/")[-1]: (str(d.issue_on), d.issue_on_source, d.page_label) for d in read}
    assert found == {
        "a.txt": ("2023-02-24", "sidecar", "B2"),
        "A03.txt": ("2024-03-06", "file_name", "A03"),
    }
    assert {d.publication for d in read} == {None, "海州日报"}
