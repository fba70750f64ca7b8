"""What the pure transforms need from outside: vocabularies of the package and the recognition engine."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from transforms.extract.lac import PARAMETER_FILES, read_parameters
from transforms.extract.recognizers import ENGINES, JiebaRecognizer, LacRecognizer, Recognizer


@cache
def load_lookups() -> dict[str, Any]:
    """Parsed content of every `seeds/lookups/*.yml`, by file stem."""
    folder = files("seeds") / "lookups"
    return {
        entry.name.removesuffix(".yml"): yaml.safe_load(entry.read_text(encoding="utf-8"))
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".yml")
    }


@cache
def load_recognizer(engine: str = "lac") -> Recognizer:
    """Build a recognition engine, once per process.

    Args:
        engine: `lac`, the network inside the jieba package, or `jieba`, its plain tagger.

    Raises:
        ValueError: No such engine.
    """
    if engine == "lac":
        folder = files("jieba") / "lac_small"
        contents = {name: (folder / name).read_bytes() for name in PARAMETER_FILES}
        return LacRecognizer(read_parameters(contents))
    if engine == "jieba":
        return JiebaRecognizer()
    raise ValueError(f"no recognition engine {engine!r}; available: {', '.join(ENGINES)}")


@cache
def step_fingerprint(step: str) -> str:
    """Fingerprint of everything that decides what a step makes of its input.

    Changes when the step's code, a vocabulary or a library that it rests on changes, so staged results of
    older code are never taken for new ones.

    Args:
        step: A package of `transforms`, such as `normalize`.
    """
    digest = hashlib.sha256()
    folders = [files("transforms") / step, files("seeds") / "lookups"]
    for folder in folders:
        for path in sorted(Path(str(folder)).rglob("*")):
            if path.suffix in {".py", ".yml"}:
                digest.update(path.name.encode() + path.read_bytes())
    for library in ("polars", "jieba", "numpy"):
        digest.update(f"{library}={version(library)}".encode())
    return digest.hexdigest()[:16]
