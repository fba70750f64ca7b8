"""Names of speakers that were not recognised, between a title or a quote and a verb of speech."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from transforms.extract.roles.titles import TitleGrammar

# 何某某10月26日接受采访时表示: what may stand between a name and its verb.
_SETTING = (
    r"(?:[0-9]{1,2}月?[0-9]{0,2}日|[今昨当]天|日前|近日)?"
    r"(?:在?接受\w{0,8}?采访时|在\w{1,12}|[向对]\w{1,6})?"
)
_UNKNOWN_NAME = re.compile(
    r"(?!\w{2,7}[后时](?!\w{3})|\w{0,3}(?:[今昨当]天|[日近]前?日?前|随后|当场|现场|会上|不久|先前|此前|曾|同时|一再|再次|明确|公开|特别|进一步|纷纷|均|都))"
    r"(?![向对](?:记者|笔者|本报|媒体|外界|公众|投资者|客户|市民)|发[表布言]|接受|受访|通过|代表|致辞|回[应复]|谈[到及话]|介绍|还原|就此)"
    rf"(?P<name>(?![的0-9])(?:\w[ \u3000]\w{{1,2}}|\w{{2,7}}?))[则也还又]?{_SETTING}"
)
# Behind a quote only a name may stand between it and the verb, so what else stands there is told apart.
_NO_NAME = re.compile(
    r"[他她它这那该我你您其一两几有没不]|记者|会议|大会|活动|论坛|通知|方案|文件|规定|报道|报告|对方|双方|各方"
    r"|自己|众人|大家|人们|随后|接着|最后|同时|现场|当场|据\w"
    r"|\w{0,3}(?:[们者方员人户]|专家|厂长|主任|书记|经理|先生|女士|师傅)$"
)
_NAME_ALONE = re.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{2,3}}?)(?:[则也还又]|笑着|接着)?{_SETTING}(?:\w{{0,2}}地)?"
)


class UnknownNames:
    """Compiled once from the surnames of `lookups["persons"]`."""

    def __init__(self, lookups: Mapping[str, Any], titles: TitleGrammar) -> None:
        persons = lookups["persons"]
        self._titles = titles
        self._surnames = frozenset([*persons["surnames"], *persons["rare_surnames"]])
        self._foreign = frozenset([*persons["transliteration"], "·"])

    def behind_title(self, text: str, start: int, end: int) -> str | None:
        """A name that was not recognised behind a body and a title: 安然 of 某某集团总经理安然说."""
        title = self._titles.search(text, start, end)
        found = _UNKNOWN_NAME.fullmatch(text, title.end, end) if title and title.start - start <= 8 else None
        return self._name_of(found)

    def alone(self, text: str, start: int, end: int) -> str | None:
        """A name that was not recognised and is all that stands between a quote and its verb of speech."""
        found = _NAME_ALONE.fullmatch(text, start, end)
        return None if found and _NO_NAME.match(found["name"]) else self._name_of(found)

    def _name_of(self, found: re.Match[str] | None) -> str | None:
        """Words that may be a name: 举起酒杯 and 难忘的 begin with no surname."""
        name = found["name"] if found else ""
        return name if name and (name[0] in self._surnames or self._foreign.issuperset(name)) else None
