"""What the pure transforms need from outside: vocabularies of the package and the recognition engine."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Any

from flows.lookups import read_lookup
from transforms.extract.engine.parameters import PARAMETER_FILES, read_parameters
from transforms.extract.engine.recognizers import ENGINES, JiebaRecognizer, LacRecognizer, Recognizer


@cache
def load_lookups() -> dict[str, Any]:
    """Content of every `seeds/lookups/*.yml` and rows of every `seeds/gazetteers/*.csv`, by file stem."""
    lookups = {
        stem: read_lookup(stem)
        for stem in sorted(
            entry.name.removesuffix(".yml")
            for entry in (files("seeds") / "lookups").iterdir()
            if entry.name.endswith(".yml")
        )
    }
    for entry in sorted((files("seeds") / "gazetteers").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".csv"):
            rows = csv.DictReader(entry.read_text(encoding="utf-8").splitlines())
            lookups[entry.name.removesuffix(".csv")] = list(rows)
    return lookups


@cache
def load_recognizer(engine: str = "lac", profile: str = "default") -> Recognizer:
    """Build a recognition engine, once per process.

    Args:
        engine: `lac`, the network inside the jieba package, or `jieba`, its plain tagger.
        profile: A name of `PROFILES`; `flat` makes the network lean as its guideline does.

    Raises:
        ValueError: No such engine.
    """
    if engine == "lac":
        folder = files("jieba") / "lac_small"
        contents = {name: (folder / name).read_bytes() for name in PARAMETER_FILES}
        leanings = load_lookups()["guideline"]["leanings"] if profile == "flat" else {}
        return LacRecognizer(read_parameters(contents), leanings)
    if engine == "jieba":
        return JiebaRecognizer()
    raise ValueError(f"no recognition engine {engine!r}; available: {', '.join(ENGINES)}")
