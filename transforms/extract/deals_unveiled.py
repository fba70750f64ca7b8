"""Bodies that are unveiled or begin their work: a centre gets its plate, a branch opens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from transforms.extract.context import ArticleContext, last_match
from transforms.extract.deals_clauses import MAX_CUES, clause_start, unfilled
from transforms.extract.deals_founded import LIST, FoundingRules
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_stage import StageReader
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

_QUOTED = re.compile(r"[“\"《](?P<name>[^“”\"《》\n]{3,40})[”\"》]")
_GUESTS = re.compile(r"领导|嘉宾|负责人|代表|双方|共同|一同|一起|分别|院士|[市县区校]长")
_ALONE = re.compile(
    r"(?:联盟|研究院|(?:创新|研究|研发|技术|转移|运营|服务|分|交流|交易)中心|分会|[分支]行|[分支]公司|营业部|办事处|代表处|工作站|联络站"
    r"|学院|分院|分校|协会|商会|实验室|联合会|基金会|专委会|专业委员会)$"
)
_PLAIN = frozenset({"成立", "正式成立", "宣告成立", "宣布成立", "注册成立", "宣告诞生", "诞生"})
_TELLS = re.compile(r"宣[告布]|正式|同步|同时|当场|现场|注册|开张|开门|开诊|接诊|实体化")
_CEREMONY = re.compile(r"(?:暨[^，。；]{2,12})?(?:仪式|大会)")
_BRIEF = re.compile(rf"{_CEREMONY.pattern}|[。！]|$")
_AT_EVENT = re.compile(r"(?:当天|当日|同日|会上|会后|现场|仪式上|活动中|活动现场|开幕式上|昨|今)")
_BY = re.compile(
    r"由(?P<who>[^，。；]{2,60}?)(?:联合|共同|合作|携手|牵头|发起|合资|倡议)+(?:打造|共建|建设|成立|运营|组建|设立|发起|创建|建立|举办)?"
    r"|由(?P<who3>[^，。；]{2,60}?)(?:合办|共办|联办|共建|合建|合资|合作)(?=[，。；]|$)"
    r"|由(?P<who2>[^，。；]{2,60}?)(?:打造|共建|建设|成立|运营|组建|设立|发起|创建|建立)"
)


class UnveilRules:
    """Compiled once from `lookups["deal_types"]`."""

    def __init__(
        self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader, founding: FoundingRules
    ) -> None:
        words = lookups["deal_types"]
        institutions = any_of(words["institutions"])
        self._parties, self._stages, self._founding = parties, stages, founding
        self._unveil = DEALS.compile(
            f'(?P<head>{institutions})(?:[（(][^（）()]{{1,12}}[)）])?[”"》]?(?P<fill>[^，。；、“”"《》]{{0,14}}?)'
            f"(?P<verb>{any_of([*words['unveils'], *words['opens']])})"
        )
        self._institution = re.compile(f'(?:{institutions})[”"》]?')
        self._opens = frozenset(words["opens"])

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        text = context.text
        for found in islice(self._unveil.finditer(text, start, end), MAX_CUES):
            name_end = found.start("fill")
            if unfilled(context, *found.span("fill")):
                # Of 某研究中心某基地 the last head ends the name.
                inner = last_match(self._institution, text, *found.span("fill"))
                if inner is None or unfilled(context, inner.end(), found.end("fill")):
                    continue
                name_end = inner.end()
            if re.match(
                r"[于自]?[0-9一二]|以来|大会|于[0-9]|之初|时间|[0-9]+周年|周年|后",
                text[found.end() : found.end() + 4],
            ):
                continue
            left = clause_start(context, start, found.start())
            quoted = [
                q for q in _QUOTED.finditer(text, left, found.end()) if q.start("name") < name_end <= q.end()
            ]
            if quoted:
                title = (quoted[-1].start("name"), quoted[-1].end("name"))
                parties: list[Party] = []
                name_end = title[1]
            else:
                title, parties = self._founding.attributes(
                    context, self._behind_unveilers(context, left, name_end), name_end
                )
                if title[1] - title[0] < 7 and title[0] > left and text[title[0] - 1] == "为":
                    # 为实验室揭牌 points at what the article has named.
                    continue
            opens = found["verb"] in self._opens
            plain_found = opens or found["verb"] in _PLAIN
            if plain_found and not quoted and len(parties) < 2:
                # 某某产业联盟正式成立: news only with its day or in so many words.
                begin = start if context.text[left - 1 : left] == "，" else left
                days = [s.values.get("start_on") for s in context.dates_in(begin, found.start("verb"))]
                today = context.issue_on or context.dateline_on
                told = (
                    _TELLS.search(found["verb"] + found["fill"])
                    or _AT_EVENT.match(text, begin)
                    or (_CEREMONY if begin > start or name_end < found.start("verb") else _BRIEF).match(
                        text, found.end()
                    )
                )
                is_news = told or any(d and today and d.year == today.year for d in days)
                if not (
                    is_news
                    and _ALONE.search(
                        text, title[0] + 3, found.end("head") if name_end == found.start("fill") else name_end
                    )
                ):
                    continue
            titles = [title] if quoted else self._listed(text, title)
            if (len(titles) == 1 and self._founding.is_generic(text[slice(*title)])) or (
                not (quoted or parties) and self._founding.is_pushing(text[slice(*title)])
            ):
                continue
            by = _BY.search(
                text, found.end(), min(len(text), context.paragraph(found.start())[1], found.end() + 160)
            )
            if by and len(parties) < 2 and len(titles) < 2:
                group = next(name for name in ("who", "who2", "who3") if by[name])
                parties = self._parties.coordination(context, by.start(group), by.end(group))
            base = "operating" if opens else "unveiled"
            stage = self._stages.read(
                base, text[title[1] : found.start("verb")], text[found.end() : found.end() + 12]
            )
            stage = "proposed" if context.is_ahead(name_end, found.start("verb")) else stage
            whole = Candidate(
                start=min([left, *(p.start for p in parties if p.start >= start)]),
                end=found.end(),
                cue=(found.start("verb"), found.end("verb")),
                base=base,
                stage=stage,
                left=left,
                rule="unveiled",
                title=title,
                parties=parties,
                confidence=0.9 if parties or quoted else 0.78,
                hint="joint_venture" if parties and "合资" in text[left : title[0]] else "",
            )
            yield from (replace(whole, title=part, is_each=len(titles) > 1) for part in titles)

    def _behind_unveilers(self, context: ArticleContext, left: int, end: int) -> int:
        """市长某某为X揭牌: X begins behind 为, where persons stand in front of it."""
        mark = context.text.rfind("为", left, end)
        if mark > 0 and (
            context.mentions_in(left, mark, "person") or _GUESTS.search(context.text, left, mark)
        ):
            return mark + 1
        return left

    def _listed(self, text: str, title: tuple[int, int]) -> list[tuple[int, int]]:
        """甲学院、乙实验室: each with a head of its own, else the title as it is."""
        cuts = [title[0]]
        parts: list[tuple[int, int]] = []
        for mark in LIST.finditer(text, *title):
            parts.append((cuts[-1], mark.start()))
            cuts.append(mark.end())
        parts.append((cuts[-1], title[1]))
        whole = all(b - a >= 4 and self._founding.is_institution(text[a:b]) for a, b in parts)
        return parts if len(parts) > 1 and whole else [title]
