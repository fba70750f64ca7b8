"""Passages that follow from others: fragments of speech, whole sentences right behind it, turns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from transforms.extract.context import ArticleContext
from transforms.extract.quotations.reported import ReportFinder
from transforms.extract.quotations.spans import CHATTY, SPOKEN, Quote, paragraphs, passage_row, touches
from transforms.extract.quotations.speakers import SpeakerFinder
from transforms.extract.quotations.subjects import UNKNOWN, Speaker
from transforms.extract.quotations.turns import interviewed, turn_of

_ENDED = re.compile(r"[。！？!?…]$")
_PAUSE = re.compile("[，,；;。！？]")
# 依照第九条的规定，“……”, 认识到，“……”: words of a paper.
_WRITTEN = re.compile("(?:规定|条例|章程|原则|[是到如为])[，,]$")
_MIN_TURNS = 3
_LEADS_ON = re.compile("[，,：:—]*(?:但是?|不过|却|只是|是?因为|而是)?$")
# 年底前能签几单，但“现在什么也没定”。
_TURNS = re.compile("(?:[，,。](?:但|但是|不过|却|只是)|因为|而是|就是|称|说)$")
_ASKERS = frozenset({"记者", "本报记者", "本刊记者", "记", "问", "主持人"})
_LABELS = re.compile(r"[●◆○■▲◎]?(?P<who>[^\W0-9A-Za-z_]{1,12})(?:[（(][^（）()\n]{2,12}[）)])?[：:]")
# 何某某：（笑）没卖。（摆手）
_STAGE = re.compile(r"[（(][^（）()\n]{1,8}[）)]")
_STAGED = re.compile(r"(?<=[。！？!?…])[（(][^（）()\n]{1,8}[）)]$")
_MAX_STAGE = 12
# 某某商报：
_PAPERS = ("报", "刊", "网", "台", "记者", "客户端", "编辑部")
# 以前我们要跑三百里: somebody of the article speaks, unless the reporter tells how he came there.
_FIRST_PERSON = re.compile("我(?![国省市县区州院校会军党方社台报])|咱")
_REPORTER_IS_THERE = re.compile("记者|来到|走进|采访|看到|见到|驱车|报道|听到|发现|编辑|读者|[他她](?!人|乡)")
_MARKS = re.compile('[“”"「」]')
_KEEPS_MARKS = re.compile("[：:，,][“『「]")
_MAX_UNMARKED = 160
# 问：印象如何？答：很好。 in one line
_ANSWERED = re.compile(r"(?<=[？?！。）)”])(?P<who>[^\W0-9A-Za-z_]{1,8})[：:]")
_MIN_PART_CHARS = 4
_MIN_REST_CHARS = 8
_MIN_FRAGMENT_CHARS = 6


def fragments(
    context: ArticleContext, quotes: list[Quote], rows: list[dict[str, Any]], term_before: tuple[str, ...]
) -> list[dict[str, Any]]:
    """甲坦言，指标还没批，“快的话明年下半年”。: reported speech that ends in words of the speaker.

    The words stand in the reported speech or, behind a comma, in the sentence that follows it.
    """
    text = context.text
    reported = [row for row in rows if row["mode"] == "indirect"]
    spoken = {row["start_char"] for row in rows}
    found = []
    for quote in quotes:
        inner = text[quote.start : quote.end]
        before = text[quote.outer_start - 1 : quote.outer_start]
        is_last = text[quote.outer_end : quote.outer_end + 1] in {"。", "！", "？", "；", ";", "", "\n"} or (
            _ENDED.search(inner) is not None
        )
        if quote.start in spoken or not is_last or len(inner) < _MIN_PART_CHARS:
            continue
        lead = text[max(0, quote.outer_start - 4) : quote.outer_start]
        is_apart = before in {"，", ",", "：", ":", "—"} or _TURNS.search(lead) is not None
        if not is_apart and (
            len(inner) < _MIN_FRAGMENT_CHARS
            or not SPOKEN.search(inner)
            or text[max(0, quote.outer_start - 6) : quote.outer_start].endswith(term_before)
        ):
            continue
        holder = _holder(context, reported, quote, is_apart)
        if holder is not None:
            if is_apart and quote.outer_start > holder["start_char"]:
                _cut(holder, quote, text)
            found.append(
                holder
                | {
                    "text": inner,
                    "surface_text": inner,
                    "start_char": quote.start,
                    "end_char": quote.end,
                    "mode": "direct",
                    "rule": "fragment",
                    "confidence_share": 0.7,
                }
            )
    return found


def _cut(holder: dict[str, Any], quote: Quote, text: str) -> None:
    """甲说，订单已经排满，“忙到七月”。: reported up to the quoted words, if they end it."""
    words = _LEADS_ON.sub("", text[holder["start_char"] : quote.outer_start])
    if quote.outer_end <= holder["end_char"] <= quote.outer_end + 1 and len(words) >= _MIN_REST_CHARS:
        end = holder["start_char"] + len(words)
        holder |= {"text": words, "surface_text": words, "end_char": end}


def _holder(
    context: ArticleContext, reported: list[dict[str, Any]], quote: Quote, is_apart: bool
) -> dict[str, Any] | None:
    """The reported speech that a quote ends, or that the sentence in front of its own holds."""
    for row in reported:
        if row["start_char"] < quote.outer_start and quote.outer_end <= row["end_char"]:
            return row
    number = context.sentence_at(quote.outer_start)
    if not is_apart or number < 1:
        return None
    start = context.sentences[number][0]
    if context.mentions_in(start, quote.outer_start, "person") or start == context.paragraph(start)[0]:
        return None
    return next((row for row in reported if 0 <= start - row["end_char"] <= 2), None)


def rejoinders(
    context: ArticleContext, quotes: list[Quote], rows: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """甲表示，……。“留门。”: a whole sentence in quotes right behind speech, too short to stand alone."""
    ends = {row["end_char"]: row for row in rows}
    found = []
    for quote in quotes:
        inner = context.text[quote.start : quote.end]
        row = ends.get(quote.outer_start) or ends.get(quote.outer_start - 1)
        if row is None or len(inner) < _MIN_FRAGMENT_CHARS or not _ENDED.search(inner):
            continue
        if not _ENDED.search(row["text"]) or any(r["start_char"] == quote.start for r in rows):
            continue
        speaker = Speaker(None, None, None, "quote_no_speaker", 0.6)
        found.append(passage_row(context, quote.start, quote.end, speaker, "direct"))
    return found


def loose(
    context: ArticleContext, quotes: list[Quote], told: list[tuple[int, int]]
) -> Iterator[dict[str, Any]]:
    """对方来谈过两回，“价格还差一点，没谈拢。”: spoken sentences that nothing else has claimed."""
    told = sorted(told)
    for quote in quotes:
        inner = context.text[quote.start : quote.end]
        lead = context.text[max(0, quote.outer_start - 12) : quote.outer_start]
        is_behind = lead.endswith(("，", ",")) and not _WRITTEN.search(lead)
        # 那年他到镇上，“满街都是铺子，可十家有八家答不上来”。
        is_ended = _ENDED.search(inner) or (
            context.text[quote.outer_end : quote.outer_end + 1] in {"。", "！", "？"} and CHATTY.search(inner)
        )
        is_apart = _PAUSE.search(inner, 0, len(inner) - 1) or inner.endswith("了")
        is_spoken = SPOKEN.search(inner) and is_ended and is_apart
        if is_behind and is_spoken and not touches(told, quote.start, quote.end):
            yield passage_row(context, quote.start, quote.end, UNKNOWN, "direct")


def dialogue(context: ArticleContext, told: list[tuple[int, int]]) -> Iterator[dict[str, Any]]:
    """记者：……, 何某某：…… as turns of an interview: paragraphs that open with who speaks."""
    if "：" not in context.text and ":" not in context.text:
        return
    lines = list(paragraphs(context.text))
    opened = [
        (found["who"], end) for start, end in lines if (found := _LABELS.match(context.text, start, end))
    ]
    names = [who for who, _ in opened]
    askers = _askers(context.text, opened)
    asked = askers.intersection(names)
    labels = {who for who in names if names.count(who) > 1 or who in asked} if asked else ()
    turns = []
    told = sorted(told)
    for start, end in _parted(context.text, lines, {*names, *askers, "答"}):
        turn = turn_of(context, start, end, labels)
        if turn is not None:
            turns.append((turn[1], end, turn[0]))
    texts = [speaker.text for *_, speaker in turns]
    is_pair = len(turns) > 1 and (texts[0] is None or texts[0] in askers)
    if len(turns) < (_MIN_TURNS - is_pair) or len(set(texts)) < 2:
        return
    for begin, close, speaker in turns:
        before = _STAGE.match(context.text, begin, close)
        start = before.end() if before else begin
        behind = _STAGED.search(context.text, max(start, close - _MAX_STAGE), close)
        end = behind.start() if behind else close
        if end - start >= 2 and not (touches(told, start, end) and context.text[start] in '“"'):
            yield passage_row(context, start, end, interviewed(context, speaker, turns[0][0]), "direct")


def _askers(text: str, opened: list[tuple[str, int]]) -> frozenset[str]:
    """Who asks in an interview: 记者, a paper, a label of which two in three turns end in a question."""
    asked = Counter(who for who, end in opened if text[end - 1] in "？?")
    turns = Counter(who for who, _ in opened)
    return _ASKERS | {
        who
        for who, count in asked.items()
        if 3 * count >= 2 * turns[who] and (count > 1 or who.endswith(_PAPERS))
    }


def _parted(text: str, lines: list[tuple[int, int]], labels: set[str]) -> Iterator[tuple[int, int]]:
    """Lines, parted where question and answer stand in one."""
    for start, end in lines:
        cuts = [start]
        if (label := _LABELS.match(text, start, end)) is not None:
            # ●问：…… and ●何某某：……
            cuts[0] = label.start("who")
            cuts += [m.start() for m in _ANSWERED.finditer(text, start, end) if m["who"] in labels]
        yield from zip(cuts, [*cuts[1:], end], strict=True)


def unmarked(
    context: ArticleContext, speakers: SpeakerFinder, reports: ReportFinder, told: list[tuple[int, int]]
) -> Iterator[dict[str, Any]]:
    """以前要跑三百里。他说。: the quotes are lost, the sentence behind says whose words they are.

    In front of 甲说，…… the words must speak of 我; in front of 甲说。 nothing else can be meant.
    """
    told = sorted(told)
    text = context.text
    reach = 0
    if _KEEPS_MARKS.search(text):
        # An article that has its quotes lost none of them: 我 is who writes.
        return
    for number, (begin, close) in enumerate(context.sentences[1:], 1):
        floor = context.paragraph(begin)[0]
        start, end = context.sentences[number - 1]
        if begin - floor > _MAX_UNMARKED or start < floor or _MARKS.search(text, floor, close):
            continue
        if start < reach or touches(told, start, begin):
            continue
        if floor >= reach and not touches(told, floor, begin):
            start = floor
        is_first = _FIRST_PERSON.search(text, start, end) and not _REPORTER_IS_THERE.search(text, start, end)
        # 我问她为什么: of the one who speaks next, by who writes.
        is_first = is_first and not context.mentions_in(start, end, "person")
        start = start if is_first else context.sentences[number - 1][0]
        speaker = speakers.said(context, begin, close)
        if speaker is None and is_first:
            found = reports.indirect(context, begin, close)
            speaker = found.speaker if found and found.is_person and not found.is_formal else None
            speaker = speaker or speakers.shown(context, begin, close)
        if speaker is None:
            speaker = speakers.worded(context, begin, close)
        if speaker is not None:
            length = len(text[start:end].rstrip())
            reach = begin
            yield passage_row(context, start, start + length, replace(speaker, rule="short_cue"), "direct")
