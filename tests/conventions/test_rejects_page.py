"""`REJECTS.md` says what the code does: every reason code with what to do, every limit with its value."""

from dataclasses import fields
from pathlib import Path

from transforms.ingest.model import REASON_CODES, Limits

PAGE = (Path(__file__).parents[2] / "REJECTS.md").read_text(encoding="utf-8")


def test_every_reason_code_is_documented() -> None:
    rows = [f"| `{code}` | {meaning} |" for code, meaning in REASON_CODES.items()]
    assert [row for row in rows if row not in PAGE] == []
    assert PAGE.count("\n| `") == len(rows) + len(fields(Limits))


def test_every_limit_is_documented() -> None:
    limits = Limits()
    rows = [f"| `{field.name}` | {getattr(limits, field.name):,} |" for field in fields(Limits)]
    assert [row for row in rows if row not in PAGE] == []
