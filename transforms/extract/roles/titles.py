"""The grammar of titles: which characters at the end or the start of a stretch are a title.

A title is optional states (原, 代), prefixes (副, 党组) and a head word from `titles.yml`. The
longest head wins, so 副总经理 is one title and not 副总 plus 经理.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from transforms.extract.context import Mention
from transforms.extract.firsts import begun
from transforms.extract.patterns import any_of, one_of_firsts

# What every level has: 县教育局, 省政府, 市人大常委会.
_ORGAN = "(?:[局委办]|政府|人大|人大常委会|政协|法院|检察院)"
_LEVELS = (
    ("national", re.compile(r"^(?:国家|国务院|全国|中央|中共中央|中国共产党)|部$|^外交部|总局$")),
    ("provincial", re.compile("特别行政区|^特区|[港澳]特区|自治区(?:党委|区委)?$")),
    ("county", re.compile(rf"[县旗]委?$|[^市特地管]区委?$|(?:[县旗]|(?<!自治)区).{{0,6}}{_ORGAN}$")),
    ("township", re.compile(r"[镇乡]$|街道$|[镇乡].{0,3}(?:党委|政府)$")),
    ("village", re.compile(r"村$|社区$|村委会$|居委会$")),
    ("prefectural", re.compile(rf"[市州]委?$|盟委$|(?:[市州]|(?<![联同欧东非阿])盟).{{0,8}}{_ORGAN}$")),
    ("provincial", re.compile(rf"省委?$|自治区|[省区].{{0,8}}(?:厅|{_ORGAN})$")),
)


# 党委 and 党组 follow the name of a body; these are the end of the name itself.
_NAMED = frozenset(
    {"省委", "市委", "县委", "区委", "州委", "旗委", "盟委", "地委", "自治区党委", "工委", "中央军委", "军委"}
)

_SHARED = frozenset({"member", "deputy", "profession", "assistant", "honorary"})
# Of a congress, which has several of them.
_SEVERAL = frozenset({"常务主席", "执行主席"})
_MAX_TITLE = 24
# 江雁主编《东江史话》: a verb.
_MAKERS = frozenset({"主编", "编剧", "总策划"})
_GENERATION = "(?:第[一二三四五六七八九十]{1,2}代)?"


@dataclass(frozen=True, slots=True)
class Title:
    """A title found in a text.

    Attributes:
        start: Offset of the first character within the scanned text.
        end: Offset after the last character.
        head: Head word.
        rank: chief, deputy, assistant, member, profession or honorary.
        is_former: 原, 前 or a past verb says the person no longer holds it.
        is_acting: 代, 代理 and the like.
        is_shared: A list of persons behind the title all hold it.
        committee_chars: Leading characters that also end the body's name (市委 in 市委书记).
    """

    start: int
    end: int
    head: str
    rank: str
    is_former: bool
    is_acting: bool
    is_shared: bool
    committee_chars: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """One title with its body, before it is tied to a person."""

    title: Title
    text: str
    start: int
    organization: Mention | None
    organization_text: str | None

    def as_former(self) -> Held:
        """The same title, no longer held."""
        return replace(self, title=replace(self.title, is_former=True))


class TitleGrammar:
    """Compiled once from `lookups["titles"]`.

    Args:
        lookups: Parsed seed files by stem; only `titles` is read.
    """

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        titles = lookups["titles"]
        prefixes: Mapping[str, list[str]] = titles["prefix"]
        self._rank: dict[str, str] = {}
        for rank in ("profession", "member", "chief"):
            self._rank.update(dict.fromkeys(titles[rank], rank))
        self._rank.update({f"{stem}长": "chief" for stem in titles["chief_stems"]})
        plain = [p for group in ("deputy", "assistant", "plain", "honorary") for p in prefixes[group]]
        self._deputy = re.compile(f"(?:{any_of(prefixes['deputy'])})")
        self._honorary = re.compile(f"^(?:{any_of(prefixes['honorary'])})")
        committees = any_of(titles["committee"])
        heads = any_of(self._rank)
        acting, former = any_of(prefixes["acting"]), any_of(prefixes["former"])
        core = (
            f"(?P<acting>{acting})?(?P<committee>{committees})?(?P<prefix>(?:{any_of(plain)}){{0,4}})"
            f"{_GENERATION}(?P<head>{heads})(?P<suffix>(?:{any_of(titles['suffix'])})?)"
        )
        ends = [*self._rank, *titles["suffix"]]
        self._ends = frozenset(end[-2:] for end in ends)
        former_group = f"(?P<former>{former})?"
        words = [
            *titles["committee"],
            *plain,
            *self._rank,
            *prefixes["acting"],
            *prefixes["former"],
            "第二三四五六七八九十代",
        ]
        # Most characters begin no title: one look spares them the grammar.
        begins = one_of_firsts(words)
        self._letters = "".join(sorted({*"".join(words), *"".join(titles["suffix"])}))
        self._at_end = re.compile(f"{begins}{former_group}{core}$")
        self._at_start = begun(core)
        # 一中校长 is no 中校.
        self._anywhere = re.compile(f"{begins}{former_group}{core}(?!长)")
        self.former_start = re.compile(
            f"^(?!前[来往去线沿期]|原[子油料材始野版告])(?:{former})(?!总|后|台|海|东|西)"
        )
        self._state = re.compile(
            f"^(?:{any_of(titles['states'])}|.*?[0-9]+[余多][位名]|[一二两三四五六几多0-9]+[位名]|第?[一二两三四五六七八九十0-9]+任"
            "|第[一二三四五六七八九十0-9]+届(?:理事会|董事会|监事会|会董会)?|新(?=总统|总理|首相|主席|总书记|外长|防长))(?=.)"
        )
        self._never_after = frozenset(titles["never_after"])

    def without_state(self, title: str) -> str:
        """首任馆长, 两位馆长 are 馆长: who was first and how many they are is no part of the office."""
        return self._state.sub("", title)

    def may_end(self, text: str, position: int) -> bool:
        """Whether a title can end here, by its last two characters: spares most places the grammar."""
        return text[position - 2 : position] in self._ends or text[position - 1 : position] in self._ends

    def match_end(self, text: str) -> Title | None:
        """The title that a stretch of text ends with."""
        if not self.may_end(text, len(text)):
            return None
        window = text[-_MAX_TITLE:]
        found = self._at_end.search(text, len(text) - len(window) + len(window.rstrip(self._letters)))
        return self._title(found) if found else None

    def match_start(self, text: str, position: int = 0) -> Title | None:
        """The title right behind a name; words that are more often verbs there do not count."""
        found = self._at_start.match(text, position)
        if found is None or found["head"] in self._never_after or found["prefix"].startswith("当选"):
            return None
        if found["head"] in _MAKERS and text.startswith(("《", "的《"), found.end()):
            return None
        if found["head"] == "委员" and text.startswith("会", found.end()):
            return None
        return self._title(found)

    def search(self, text: str, position: int = 0, end: int | None = None) -> Title | None:
        """The first title at or after a position."""
        found = self._anywhere.search(text, position, len(text) if end is None else end)
        return self._title(found) if found else None

    def _title(self, found: re.Match[str]) -> Title:
        head, prefix = found["head"], found["prefix"] or ""
        rank = self._rank[head]
        if found["suffix"] == "助理" or head == "助理":
            rank = "assistant"
        elif self._deputy.search(prefix) or head.startswith("副"):
            rank = "deputy"
        elif self._honorary.search(prefix):
            rank = "honorary"
        former = found.re.groupindex.get("former") is not None and found["former"] is not None
        # 清代学者: a dynasty.
        acting = found["acting"] or ""
        is_acting = bool(acting) and rank != "profession"
        start = found.start() + (0 if is_acting else len(acting))
        return Title(
            start=found.start("former") if former else start,
            end=found.end(),
            head=head,
            rank=rank,
            is_former=former,
            is_acting=is_acting,
            is_shared=rank in _SHARED or f"{prefix}{head}" in _SEVERAL,
            committee_chars=len(found["committee"] or "")
            if not former and found["committee"] in _NAMED
            else 0,
        )


def level_of(organization: str) -> str | None:
    """Administrative level that a body's name shows, null where it shows none.

    >>> level_of("淄博市")
    'prefectural'
    """
    return next((level for level, pattern in _LEVELS if pattern.search(organization)), None)
