"""The vocabularies of `seeds/lookups`, read one by one."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml


def read_lookup(stem: str) -> Any:
    """Parse one vocabulary."""
    # A reading process starts for every few files: it parses what it needs, not every vocabulary.
    text = (files("seeds") / "lookups" / f"{stem}.yml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)
