"""What is tried again, and who is told when a run fails."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from flows import tasks
from flows.build import NothingReadError, build
from flows.options import BuildOptions
from warehouse.files import SourceBytes

PAGE = "江海市举行合作大会\n\n本报讯 3月1日，江海市委书记林建国会见了云川大学校长周明远一行。\n"


@pytest.fixture
def webhook(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """What a chat's webhook was sent."""
    received: list[dict[str, Any]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("BAOCANG_WEBHOOK_URL", f"http://127.0.0.1:{server.server_port}/hook")
    yield received
    server.shutdown()
    server.server_close()


def test_a_failed_run_is_posted_to_the_webhook(tmp_path: Path, webhook: list[dict[str, Any]]) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(NothingReadError):
        build(BuildOptions(sources=[str(tmp_path / "empty.txt")], warehouse=tmp_path / "house"))
    [told] = webhook
    assert told["flow"] == "build"
    assert told["state"] == "Failed"
    assert "empty.txt" in told["text"]


def test_a_webhook_that_is_gone_does_not_hide_the_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BAOCANG_WEBHOOK_URL", "http://127.0.0.1:9/hook")
    with pytest.raises(NothingReadError):
        build(BuildOptions(sources=[str(tmp_path / "none.txt")], warehouse=tmp_path / "house"))


@pytest.mark.parametrize(
    ("error", "is_tried_again"), [(OSError("the share is gone"), True), (ValueError("wrong input"), False)]
)
def test_only_input_and_output_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, is_tried_again: bool
) -> None:
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    real, calls = SourceBytes.put_file, []

    def failing_once(self: SourceBytes, *given: Any) -> Any:
        calls.append(given)
        if len(calls) == 1:
            raise error
        return real(self, *given)

    monkeypatch.setattr(SourceBytes, "put_file", failing_once)
    options = BuildOptions(sources=[str(tmp_path / "a.txt")], warehouse=tmp_path / "house")
    if is_tried_again:
        assert build(options).state == "published"
        assert len(calls) == 2
    else:
        with pytest.raises(ValueError, match="wrong input"):
            build(options)
        assert len(calls) == 1


def test_tries_are_further_and_further_apart() -> None:
    for task in (tasks.ingest, tasks.normalize, tasks.extract, tasks.recall):
        delays = list(task.retry_delay_seconds)
        assert delays == sorted(set(delays))
        assert len(delays) == task.retries
