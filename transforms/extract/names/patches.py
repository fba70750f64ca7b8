"""Corrections by hand from `patches.yml`, applied last; `rule` says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from transforms.extract.names.spans import Lexicon, Span, overlay

SECTIONS = ("add", "drop", "retype", "merge", "canonical")


_KEYS = {
    "add": ("name", "entity_type"),
    "drop": ("name", "entity_type"),
    "retype": ("name", "from", "entity_type"),
    "merge": ("parts", "entity_type"),
    "canonical": ("name", "entity_type", "canonical_name"),
}
_TYPE_OF_TAG = {"nr": "person", "ns": "place", "nt": "organization"}
_WORD = re.compile(r"(?P<word>\S.*?)(?:\s+(?P<weight>\d+))?(?:\s+(?P<tag>[a-z]+))?")
_TYPES = ("person", "organization", "place", "work", "event")


class PatchError(ValueError):
    """A patch names an unknown section, lacks a key or says what no mention can be."""


class Patches:
    """Built once from `patches.yml`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        patches = lookups.get("patches") or {}
        _check(patches)
        self._add = Lexicon({row["name"]: row for row in patches.get("add") or ()})
        self._drop = {(row["name"], row["entity_type"]): row for row in patches.get("drop") or ()}
        self._retype = {(row["name"], row["from"]): row for row in patches.get("retype") or ()}
        self._merge = Lexicon({"".join(row["parts"]): row for row in patches.get("merge") or ()})
        self._canonical = {(row["name"], row["entity_type"]): row for row in patches.get("canonical") or ()}

    def apply(self, text: str, spans: list[Span]) -> list[Span]:
        """Apply every patch whose `when` the text matches.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.

        Returns:
            The spans, sorted; changed ones have rule `patch_add`, `patch_retype` or `patch_merge`.
        """
        made = [
            Span(start, end, row["entity_type"], f"patch_{section}", 1.0, subtype=row.get("entity_subtype"))
            for section, lexicon in (("add", self._add), ("merge", self._merge))
            if len(lexicon)
            for start, end, row in lexicon.find(text)
            if _holds(row, text)
        ]
        kept = [self._retyped(text, span) for span in spans if not self._dropped(text, span)]
        return overlay(kept, made) if made else kept

    def canonical_name(self, text: str, span: Span) -> str | None:
        """Name that a patch gives the entity behind a mention, if any."""
        row = self._canonical.get((text[span.start : span.end], span.entity_type))
        return row["canonical_name"] if row is not None and _holds(row, text) else None

    def _dropped(self, text: str, span: Span) -> bool:
        row = self._drop.get((text[span.start : span.end], span.entity_type))
        return row is not None and _holds(row, text)

    def _retyped(self, text: str, span: Span) -> Span:
        row = self._retype.get((text[span.start : span.end], span.entity_type))
        if row is None or not _holds(row, text):
            return span
        return span.but(
            entity_type=row["entity_type"], subtype=row.get("entity_subtype"), rule="patch_retype"
        )


def read_dictionary(content: str) -> tuple[list[dict[str, str]], list[str]]:
    """Read a user dictionary of jieba: a word a line, with its frequency and tag if there are any.

    >>> read_dictionary("东江论坛\\n海原科创 3 nt")
    ([{'name': '海原科创', 'entity_type': 'organization'}], ['东江论坛', '海原科创'])

    Args:
        content: Of the file; empty lines and such as begin with # are passed over.

    Returns:
        A patch of the section `add` for each word tagged `nr`, `ns` or `nt`, and all words.

    Raises:
        PatchError: A name of one character, which would be found inside any word.
    """
    names: list[dict[str, str]] = []
    words: list[str] = []
    for number, line in enumerate(content.removeprefix("\ufeff").splitlines(), 1):
        match = _WORD.fullmatch(line.strip())
        if match is None or line.lstrip().startswith("#"):
            continue
        words.append(match["word"])
        entity_type = _TYPE_OF_TAG.get((match["tag"] or "")[:2])
        if entity_type is None:
            continue
        if len(match["word"]) == 1:
            raise PatchError(f"line {number}: a name has two characters or more, not {match['word']!r}")
        names.append({"name": match["word"], "entity_type": entity_type})
    return names, words


def _check(patches: Any) -> None:
    """Refuse what would fail, or be passed over in silence, in the middle of a build."""
    if not isinstance(patches, Mapping):
        raise PatchError(f"patches are sections ({', '.join(SECTIONS)}), not {type(patches).__name__}")
    if unknown := set(patches) - set(SECTIONS):
        raise PatchError(f"unknown section {sorted(map(str, unknown))}; known: {', '.join(SECTIONS)}")
    for section, rows in patches.items():
        if not isinstance(rows or [], list):
            raise PatchError(f"{section}: a list of patches is wanted, not {rows!r}")
        for row in rows or []:
            _check_row(section, row)


def _check_row(section: str, row: Any) -> None:
    if not isinstance(row, Mapping) or not set(_KEYS[section]) <= set(row):
        raise PatchError(f"{section}: a patch needs the keys {', '.join(_KEYS[section])}: {row!r}")
    parts = row.get("parts", [])
    texts = [*(parts if isinstance(parts, list) else [None]), *(row[k] for k in row if k != "parts")]
    if not all(isinstance(text, str) and text for text in texts):
        raise PatchError(f"{section}: values are texts, `parts` a list of them: {row!r}")
    for key in {"entity_type", "from"} & set(row):
        if row[key] not in _TYPES:
            raise PatchError(f"{section}: {key} {row[key]!r} is none of {', '.join(_TYPES)}")
    try:
        re.compile(row.get("when", ""))
    except re.error as error:
        raise PatchError(f"{section}: `when` is no regular expression ({error}): {row!r}") from error


def _holds(row: Mapping[str, Any], text: str) -> bool:
    return "when" not in row or re.search(row["when"], text) is not None
