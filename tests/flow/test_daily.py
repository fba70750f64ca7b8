"""What the nightly run tells of the inbox."""

from __future__ import annotations

import json
import os
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from prefect.artifacts import Artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.sorting import FlowRunSort

from flows.daily import NoIssueError, backfill, nightly
from flows.options import BackfillOptions, InboxOptions
from warehouse.reader import Warehouse

PAGE = "江海市举行合作大会\n\n本报讯 3月1日，江海市委书记林建国会见了云川大学校长周明远一行。\n"


def test_a_rejected_file_is_rejected_in_later_nights_too_and_says_why(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text(PAGE, encoding="utf-8")
    (inbox / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    for path in inbox.iterdir():
        os.utime(path, (time.time() - 3600,) * 2)
    (inbox / "c.txt").write_text(PAGE, encoding="utf-8")
    for message in ("Snapshot 1: documents 1 new", "Nothing new: snapshot 1 stays"):
        state = nightly(InboxOptions(inbox=inbox, warehouse=tmp_path / "house"), return_state=True)
        assert state.message.startswith(message)
        shown = Artifact.get("inbox")
        assert shown is not None
        rows = {Path(row["file"]).name: row for row in json.loads(str(shown.data))}
        states = {name: row["state"] for name, row in rows.items()}
        assert states == {"a.txt": "processed", "b.pdf": "rejected", "c.txt": "waiting"}
        assert "PDF" in rows["b.pdf"]["why"]
        assert rows["a.txt"]["why"] == ""
        os.utime(inbox / "c.txt")


def inbox_states() -> dict[str, str]:
    shown = Artifact.get("inbox")
    assert shown is not None
    return {Path(row["file"]).name: row["state"] for row in json.loads(str(shown.data))}


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (time.time() - 3600,) * 2)


@pytest.mark.parametrize("is_nightly", [True, False])
def test_folders_and_sidecars_above_a_file_say_of_which_day_and_page_it_is(
    tmp_path: Path, is_nightly: bool
) -> None:
    inbox, house = tmp_path / "inbox", tmp_path / "house"
    put(inbox / "2023" / "0224" / "03.txt", PAGE)
    put(inbox / "b" / "c.txt", PAGE + "会见之后，双方签署合作协议。\n")
    put(inbox / "sources.csv", "file,publication,issue_on\nb/c.txt,江海日报,2023-03-02\n")
    if is_nightly:
        nightly(InboxOptions(inbox=inbox, warehouse=house))
        assert inbox_states() == {"03.txt": "processed", "c.txt": "processed"}
    else:
        days = {"start_on": date(2023, 2, 1), "end_on": date(2023, 3, 31)}
        backfill(BackfillOptions(inbox=inbox, warehouse=house, **days))
    assert pages(house) == {
        "03.txt": (None, "03", date(2023, 2, 24)),
        "c.txt": ("江海日报", None, date(2023, 3, 2)),
    }


def pages(house: Path) -> dict[str, tuple[Any, ...]]:
    documents = Warehouse(house).read("documents").select("uri", "publication", "page_label", "issue_on")
    return {Path(uri).name: tuple(rest) for uri, *rest in documents.iter_rows()}


def test_a_name_in_the_bytes_of_gbk_is_processed_and_shown_readable(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    put(inbox / os.fsdecode("江海日报.txt".encode("gbk")), PAGE)
    nightly(InboxOptions(inbox=inbox, warehouse=tmp_path / "house"))
    assert inbox_states() == {"江海日报.txt": "processed"}


def test_an_inbox_of_any_length_is_no_parameter_of_a_run(tmp_path: Path) -> None:
    put(tmp_path / "inbox" / "a.txt", PAGE)
    nightly(InboxOptions(inbox=tmp_path / "inbox", warehouse=tmp_path / "house"))
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs(sort=FlowRunSort.START_TIME_DESC, limit=2)
    [under] = [run for run in runs if run.parent_task_run_id]
    assert under.parameters["options"]["sources"] == [str(tmp_path / "inbox")]


def test_an_empty_inbox_says_that_there_is_nothing_to_do(tmp_path: Path) -> None:
    state = nightly(InboxOptions(inbox=tmp_path, warehouse=tmp_path / "house"), return_state=True)
    assert state.message == f"nothing to do: put pages into {tmp_path}"


@pytest.mark.parametrize("is_seen", [True, False])
def test_an_inbox_of_broken_files_is_on_record_and_no_news_the_next_night(
    tmp_path: Path, is_seen: bool
) -> None:
    """`is_seen`: the file is found, and refused when it is read; otherwise it is refused unopened."""
    inbox, house = tmp_path / "inbox", tmp_path / "house"
    inbox.mkdir()
    if is_seen:
        (inbox / "b.pdf").write_bytes(b"%PDF-1.4 broken")
        os.utime(inbox / "b.pdf", (time.time() - 3600,) * 2)
    else:
        os.mkfifo(inbox / "b.pdf")
    for said in ("Snapshot 1: documents 0 new, 0 changed, 0 removed; rejected 1", "Nothing new: snapshot 1"):
        state = nightly(InboxOptions(inbox=inbox, warehouse=house), return_state=True)
        assert state.is_completed()
        assert state.message.startswith(said)
        assert inbox_states() == {"b.pdf": "rejected"}
        assert Warehouse(house).read("rejects").height == 1
    put(inbox / "a.txt", PAGE)
    nightly(InboxOptions(inbox=inbox, warehouse=house))
    assert inbox_states() == {"a.txt": "processed", "b.pdf": "rejected"}
    assert Warehouse(house).read("documents").height == 1


def test_a_backfill_puts_on_record_what_cannot_be_a_source(tmp_path: Path) -> None:
    inbox, house = tmp_path / "inbox", tmp_path / "house"
    put(inbox / "2023-02-24-A03.txt", PAGE)
    os.mkfifo(inbox / "pipe.txt")
    days = {"start_on": date(2023, 2, 1), "end_on": date(2023, 3, 31)}
    backfill(BackfillOptions(inbox=inbox, warehouse=house, **days))
    assert [Path(uri).name for uri in Warehouse(house).read("rejects")["uri"]] == ["pipe.txt"]
    days = {"start_on": date(2022, 2, 1), "end_on": date(2022, 3, 31)}
    with pytest.raises(NoIssueError, match=r"no source between[\s\S]*pipe.txt"):
        backfill(BackfillOptions(inbox=inbox, warehouse=house, **days))
