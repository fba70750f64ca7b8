"""Notices of bids, which say with labels who won what: 某工程，中标人：某公司，中标价：2亿元."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext
from transforms.extract.deals.kernels.base import KernelReader
from transforms.extract.deals.kernels.sides import OFFICE
from transforms.extract.deals.model import Candidate, Party


def _label(*words: str) -> str:
    """Labels in front of a colon, in which the page may have left a space (中标单 位：)."""
    return f"(?:{'|'.join(' ?'.join(word) for word in words)}) ?[：:]"


_OF_BID = ("中标", "成交", "中选", "拟中标", "预中标", "拟成交")
_WHO = ("人", "单位", "方", "企业", "供应商", "机构", "候选人")
_WINNER = _label(
    *(bid + who for bid in _OF_BID for who in _WHO), "第一中标候选人", "中标候选人第一名", "第一候选人"
)
_OWNER = _label(
    *(verb + who for verb in ("招标", "采购", "建设", "发包") for who in ("人", "单位", "方")),
    "业主",
    "业主单位",
)
_NAME = _label("项目名称", "工程名称", "标的名称", "采购项目", "招标项目", "标段名称", "项目", "工程")
_OPENS = (
    r"[\s\u3000]*(?:[●▲■★☆□○△▶▷◎◇◆▪•·]|——"
    r"|[（(]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:[）)]|[.、．](?![0-9])))?[\s\u3000]*"
)
# The name of works in front of the first label, in its line.
_RECORD = re.compile(
    rf"{_OPENS}(?:{_NAME})?[\s\u3000]*(?P<name>[^：:；。\n]{{4,70}}?)[\s\u3000，。；,]*(?P<label>{_WINNER}|{_OWNER})"
)
_NAMED = re.compile(rf"{_OPENS}{_NAME}[\s\u3000]*(?P<name>[^；。\n]{{4,70}}?)[\s\u3000。；]*\n")
_LINE = re.compile(r"[\s\u3000]*(?P<label>[\u4e00-\u9fff（） ]{2,12})[：:](?P<value>[^\n]*)")
_WINS = re.compile(rf"(?P<label>{_WINNER})[\s\u3000]*(?:第一名|第一)?[：:]?(?P<who>[^：:；。\n]{{2,80}})")
_OWNS = re.compile(rf"{_OWNER}[\s\u3000]*(?P<who>[^，：:；。\n]{{2,40}})")
# 第一名甲公司，第二名乙公司; 甲公司（牵头人）; 甲公司，中标价
_NEXT = re.compile(r"[，,、；]?第二|[，,](?!.{2,24}(?:联合体|公司))|联合体|[\s\u3000]{2,}")
_OPEN, _LAPSED = (
    re.compile("候选|[拟预]"),
    re.compile(r"[，。；,][\s\u3000]*(?P<verb>流标|废标|招标失败|招租失败|采购失败)(?=[，。；：:])"),
)
_LAPSE = re.compile(rf"{_OPENS}(?P<name>[^：:；，。\n]{{4,60}}?){_LAPSED.pattern}")
_BODY = re.compile("(?:公司|集团|厂|局|院|所|社|店|行|中心|企业)$")
_MAX_LINES, _NEAR_CHARS = 12, 120


class NoticeKernels(KernelReader):
    """Reads one paragraph of such a notice, or the lines of one record."""

    def noticed(self, context: ArticleContext, start: int) -> Candidate | None:
        """The bid that a paragraph tells with labels, or that the lines from it on do."""
        text, end = context.text, context.paragraph(start)[1]
        if not any(text.find(word, start, end + _NEAR_CHARS) >= 0 for word in ("标", "成交", "中选")):
            return None
        named = _NAMED.match(text, start, min(len(text), end + 1))
        if named:
            end = _end_of_record(text, end)
        record = None if named else _RECORD.match(text, start, end)
        found = named or record
        wins = _WINS.search(text, record.start("label") if record else start, end) if found else None
        if found is None or wins is None:
            lapsed = _LAPSE.match(text, start, end)
            return self._told(context, lapsed, lapsed.span("verb"), "ended", []) if lapsed else None
        who = wins.span("who")
        stop = _NEXT.search(text, *who)
        who = (who[0], stop.start() if stop else who[1])
        winners = self._parties.coordination(context, *who, "contractor", is_anchored=False)
        if not any(p.mention for p in winners) and _BODY.search(text, *who):
            # Behind its label a name is one, recognised or not.
            winners = [Party(*who, None, "contractor")]
        owns = _OWNS.search(text, start, end)
        owners = self._parties.coordination(context, *owns.span("who"), "owner") if owns else []
        if not winners:
            return None
        stage = "negotiating" if _OPEN.search(wins["label"]) else "signed"
        bid = self._told(context, found, wins.span("label"), stage, [*winners, *owners])
        bid.end = end
        if office := next(
            (
                m
                for m in context.mentions_in(*found.span("name"), "organization")
                if m.start == found.start("name") and OFFICE.search(m.text)
            ),
            None,
        ):
            bid.title = (office.end, found.end("name"))
            bid.parties += [] if owners else [Party.of(office, "owner")]
        return bid

    @staticmethod
    def _told(
        context: ArticleContext,
        found: re.Match[str],
        cue: tuple[int, int],
        stage: str,
        parties: list[Party],
    ) -> Candidate:
        return Candidate(
            found.start(),
            found.end(),
            cue,
            stage=stage,
            hint="won_bid" if parties else "project",
            title=found.span("name"),
            parties=parties,
            rule="won_bid",
            confidence=0.9,
            is_each=True,
        )


def _end_of_record(text: str, end: int) -> int:
    """Where the lines with labels end that follow the line of the name; another name is another record."""
    for _ in range(_MAX_LINES):
        line = _LINE.match(text, end + 1)
        if line is None or _NAMED.match(text, end + 1):
            break
        end = line.end()
    return end
