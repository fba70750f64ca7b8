"""What the nightly run tells of the inbox."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from prefect.artifacts import Artifact

from flows.daily import nightly
from flows.options import InboxOptions

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


def test_an_empty_inbox_says_that_there_is_nothing_to_do(tmp_path: Path) -> None:
    state = nightly(InboxOptions(inbox=tmp_path, warehouse=tmp_path / "house"), return_state=True)
    assert state.message == f"nothing to do: put pages into {tmp_path}"
