"""Sound bites of broadcast scripts: what stands behind 【同期声】某厂厂长 某某：."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from transforms.extract.context import ArticleContext
from transforms.extract.quotations.spans import passage_row
from transforms.extract.quotations.subjects import Speaker
from transforms.normalize.furniture import boxed
from transforms.normalize.vocabulary import SCRIPT_LABELS

_RULE = "sound_bite"
_NAMED, _UNNAMED = 0.9, 0.7
_WHO = re.compile(
    r"\s*(?:[（(](?P<boxed>[^（）()\n]{2,60})[）)][：:]?"
    r"|(?P<plain>[^，。！？；：:\n]{2,60})(?:[：:]|(?P<line>\n)))\s*"
)
# ……。（笑）, ……。（记者 某某）
_BEHIND = re.compile(r"(?<=[。！？!?…”])(?:\s*[（(][^（）()\n]{1,30}[）)])+\s*$")


class SoundBites:
    """Compiled once; reads the labels of scripts in `lookups["page"]`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        page = lookups["page"]
        self._bite = re.compile(boxed(page["sound_bite_labels"]))
        self._next = re.compile(rf"\n|{boxed(word for kind in SCRIPT_LABELS for word in page[kind])}")

    def find(self, context: ArticleContext) -> Iterator[dict[str, Any]]:
        """Rows of `QUOTATION_SCHEMA`; the speaker stands between label and colon, in brackets or a line."""
        text = context.text
        for label in self._bite.finditer(text):
            who = _WHO.match(text, label.end())
            if who is None or self._bite.search(who.group()):
                continue
            group = "boxed" if who["boxed"] else "plain"
            people = context.mentions_in(*who.span(group), "person")
            # 【同期声】（鼓掌）: what is heard there and nobody's name.
            if (who["line"] or who["boxed"]) and not people:
                continue
            following = self._next.search(text, who.end())
            end = following.start() if following else len(text)
            behind = _BEHIND.search(text, who.end(), end)
            end = who.end() + len(text[who.end() : behind.start() if behind else end].rstrip())
            if end - who.end() < 2:
                continue
            mention = people[-1] if people else None
            told = mention.text if mention else who[group].strip()
            confidence = _NAMED if mention else _UNNAMED
            speaker = Speaker(mention, told, label[0][1:-1], _RULE, confidence, True)
            yield passage_row(context, who.end(), end, speaker, "direct")
