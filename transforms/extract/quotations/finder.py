"""Who said what: direct speech in quotes and indirect speech behind a verb.

A quoted stretch is speech if a verb of speech is tied to it or if it holds whole clauses; quoted
names, terms and slogans are not. The speaker is taken from words tied to the quote only: no
speaker is better than the nearest name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from transforms.extract.context import ArticleContext, Mention, iter_articles
from transforms.extract.quotations.bites import SoundBites
from transforms.extract.quotations.extent import ExtentFinder
from transforms.extract.quotations.follow import dialogue, fragments, loose, rejoinders, unmarked
from transforms.extract.quotations.parts import PartFinder
from transforms.extract.quotations.reported import ReportFinder
from transforms.extract.quotations.spans import WIRE, Quote, first_in, holds, passage_row, quotes_in, touches
from transforms.extract.quotations.speakers import SpeakerFinder
from transforms.extract.quotations.subjects import Reported, Speaker, SubjectFinder

QUOTATION_SCHEMA: dict[str, pl.DataType] = {
    "article_id": pl.String(),
    "text": pl.String(),
    "speaker_mention_index": pl.UInt32(),
    "speaker_text": pl.String(),
    "cue_text": pl.String(),
    "mode": pl.String(),
    "surface_text": pl.String(),
    "start_char": pl.UInt32(),
    "end_char": pl.UInt32(),
    "rule": pl.String(),
    "confidence_share": pl.Float32(),
}

_CLAUSE = re.compile(r"[，。！？；,!?;…]")
_ENDED = re.compile(r"[。！？!?…]$")
_STOP = re.compile(r"[。！？!?\n]")
_MIN_SPEECH_CHARS = 8
_MIN_REPORTED_CHARS = 5
# Whole sentences behind a colon: 厂长红了眼圈：“那时真难。”
_MIN_SAID_CHARS = 5
# 修改为：“……”, 作为第二款：“……”: the wording of a rule; 标语是：“……”.
_WORDING = re.compile(
    r"(?:为|[条款项章]|规定|[写印刻贴挂][着有]|(?:标语|口号|主题|横幅|校训|家训|牌匾)(?:就?是)?)[：:]$"
)
# 提出了“……”的发展思路
_OF_TERM = re.compile(
    r"的[^，。；]{0,8}(?:思路|理念|目标|要求|原则|口号|方针|战略|精神|模式|主张|构想|倡议|方案|任务)"
)
# 总书记在会上指出, in what somebody else says
_CITED = re.compile(r"(?:总书记|主席|同志)\w{0,24}(?:指出|强调|提出|要求|说)")
# ……。（记者 某某）
_SIGNED = re.compile(r"(?<=[。！？])\s*[（(][\u4e00-\u9fff \u3000、]{2,20}[）)]\s*$")
_MAX_SIGNED = 26
# 会说“某句方言”: what somebody has learnt to say.
_LEARNT = re.compile(
    "(?:会|学[会着]|能|教[^，。]{1,4}|练[着习]|用[^，。]{2,6})了?(?:说|讲|念)(?:一[声句]|两句|几句)?$"
)
_PRONOUN = re.compile(r"[他她其]|老人家?|老汉|小伙子?|姑娘|这位\w{1,8}")


class QuotationFinder:
    """Finds direct and indirect speech; compiled once, reused for every batch.

    Args:
        lookups: Parsed seed files by stem; reads `speech_cues`, `titles` and `page`.
    """

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        cues = lookups["speech_cues"]
        self._bites = SoundBites(lookups)
        self._subjects = SubjectFinder(lookups)
        self._speakers = SpeakerFinder(lookups, self._subjects)
        self._reports = ReportFinder(lookups, self._subjects)
        self._between = PartFinder(self._subjects, self._reports)
        self._term_before = tuple(cues["term_before"])
        self._term_after = tuple(cues["term_after"])
        self._extents = ExtentFinder(lookups, self._subjects, self._reports)

    def find(self, articles: pl.DataFrame, sentences: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
        """Find the quotations of every article.

        Args:
            articles: `article_id`, `text`.
            sentences: `article_id`, `start_char`, `end_char`.
            mentions: `mention_index: u32`, `article_id`, `entity_type`, `start_char`, `end_char`.

        Returns:
            One row per passage of speech, sorted by article and offset: the columns of
            `QUOTATION_SCHEMA`. Direct speech spans the words between the marks. The speaker's mention
            is null where the text does not tie a name to the passage; `speaker_text` keeps what it
            does say (他, 该负责人). Mode is `direct` or `indirect`.
        """
        return self.find_in(iter_articles(articles, sentences, mentions))

    def find_in(self, contexts: Iterable[ArticleContext]) -> pl.DataFrame:
        """The same, in articles that have been put together with their mentions."""
        rows = [row for context in contexts for row in self._find_in_article(context)]
        return pl.DataFrame(rows, schema=QUOTATION_SCHEMA, orient="row")

    def _find_in_article(self, context: ArticleContext) -> list[dict[str, Any]]:
        quotes = list(quotes_in(context.text))
        rows: list[dict[str, Any]] = []
        last: tuple[Quote, Speaker] | None = None
        for marked in quotes:
            quote = marked
            speaker = self._speakers.of_quote(context, quote.outer_start, quote.outer_end)
            if speaker.is_unknown and last and self._same_breath(context, *last, quote):
                speaker = last[1].as_continued()
            if speaker.is_unknown:
                quote, speaker = self._left_open(context, quote, speaker)
            if last and speaker.is_unknown and self._goes_over(context, last[0], quote):
                speaker = last[1].as_continued()
            if not self._is_speech(context, quote, speaker):
                continue
            rows.append(passage_row(context, quote.start, quote.end, speaker, "direct"))
            last = (quote, speaker)
        self._carry_back(context, rows)
        direct = _spans_of(rows)
        quoted = [(q.outer_start, q.outer_end) for q in quotes]
        rows.extend(self._indirect(context, direct, quoted))
        rows.extend(fragments(context, quotes, rows, self._term_before))
        rows.extend(rejoinders(context, quotes, rows))
        rows.extend(loose(context, quotes, _spans_of(rows)))
        turns = list(dialogue(context, _spans_of(rows)))
        # 甲：……我说不行，他说“再看看”。: what a turn holds is part of it.
        rows = [row for row in rows if not holds(_spans_of(turns), row["start_char"], row["end_char"] - 1)]
        bites = list(self._bites.find(context))
        spoken = _spans_of(bites)
        rows = [row for row in [*rows, *turns] if not touches(spoken, row["start_char"], row["end_char"])]
        rows.extend(bites)
        rows.extend(unmarked(context, self._speakers, self._reports, _spans_of(rows)))
        return self._resolved(context, sorted(rows, key=lambda row: (row["start_char"], row["end_char"])))

    @staticmethod
    def _goes_over(context: ArticleContext, earlier: Quote, later: Quote) -> bool:
        """Whether a quote that its paragraph leaves open goes on in the next one, which opens it anew."""
        between = context.text[earlier.end : later.start]
        return earlier.end == earlier.outer_end and re.fullmatch(r"\n[“\"]", between) is not None

    def _left_open(self, context: ArticleContext, quote: Quote, speaker: Speaker) -> tuple[Quote, Speaker]:
        """“……。甲说。: the closing mark is lost in front of the sentence that says who spoke."""
        if quote.end != quote.outer_end:
            return quote, speaker
        number = context.sentence_at(quote.end - 1)
        start, end = context.sentences[number] if number >= 0 else (quote.start, quote.end)
        said = self._speakers.said(context, start, end) if start > quote.start else None
        if said is None:
            return quote, speaker
        stop = quote.start + len(context.text[quote.start : start].rstrip())
        return replace(quote, end=stop, outer_end=stop), replace(said, rule="quote_cue_behind")

    @staticmethod
    def _carry_back(context: ArticleContext, rows: list[dict[str, Any]]) -> None:
        """A quote that its paragraph leaves open goes on in the next one, whose words say who speaks."""
        for row, following in zip(rows[-2::-1], rows[:0:-1], strict=True):
            between = context.text[row["end_char"] : following["start_char"]]
            if row["speaker_text"] is None and re.fullmatch(r"\n[“\"]", between):
                row |= {
                    "speaker_mention_index": following["speaker_mention_index"],
                    "speaker_text": following["speaker_text"],
                    "rule": "quote_continued",
                }

    def _resolved(self, context: ArticleContext, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Names for 他 and for quotes that follow reported speech, where only one person can be meant."""
        mentions = {m.index: m for m in context.mentions}
        spoken: list[tuple[int, int, Mention]] = []
        for row in rows:
            who = mentions.get(row["speaker_mention_index"])
            if _PRONOUN.fullmatch(row["speaker_text"] or ""):
                # Whom 他 meets stands between him and what he says.
                start = context.sentences[max(0, context.sentence_at(row["start_char"]))][0]
                is_first = context.text.startswith(row["speaker_text"], start)
                others = self._subjects.objects(context, row["end_char"])
                position = start if is_first else row["start_char"]
                who = None if is_first else self._subjects.opener(context, start, row["start_char"])
                who = who or self._subjects.resolve(context, position, spoken, others)
            elif row["speaker_text"] and (who is None or who.text == row["speaker_text"]):
                who = self._subjects.by_surname(context, row["speaker_text"]) or who
            elif who is None and row["speaker_text"] is None and spoken:
                who = self._goes_on(context, spoken[-1], row)
                row["speaker_text"] = who.text if who else None
            if who is None and row["speaker_text"] is None and row["rule"] == "quote_no_speaker":
                who = self._subjects.told_of(context, row["start_char"] - 1)
                if who is not None:
                    row |= {"speaker_text": who.text, "rule": "quote_implied"}
            if who is not None:
                row["speaker_mention_index"] = who.index
                spoken.append((row["start_char"], row["end_char"], who))
        return rows

    def _goes_on(
        self, context: ArticleContext, last: tuple[int, int, Mention], row: dict[str, Any]
    ) -> Mention | None:
        """甲表示，……。“……。”: nothing but the end of what 甲 said stands between."""
        between = context.text[last[1] : row["start_char"]]
        if "\n" in between and context.text[row["end_char"] + 1 : row["end_char"] + 2] not in ("\n", ""):
            return None
        return last[2] if re.fullmatch(r"[。！？”“\" \u3000\n]{1,4}", between) else None

    def _is_speech(self, context: ArticleContext, quote: Quote, speaker: Speaker) -> bool:
        inner = context.text[quote.start : quote.end].strip()
        if not _CLAUSE.search(inner) and _LEARNT.search(
            context.text, max(0, quote.outer_start - 12), quote.outer_start
        ):
            return False
        if speaker.is_tied:
            # 提醒，“五一”假期收费: a term in what is said.
            is_term = not _CLAUSE.search(inner) and re.match(
                r"\w", context.text[quote.outer_end : quote.outer_end + 1]
            )
            is_term = is_term or _OF_TERM.match(context.text, quote.outer_end)
            return len(inner) >= 2 and not (is_term and speaker.rule == "quote_cue_before")
        floor = context.paragraph(quote.outer_start)[0]
        before = context.text[max(floor, quote.outer_start - 6) : quote.outer_start].rstrip(" \u3000")
        after = context.text[quote.outer_end : quote.outer_end + 6]
        is_said = before[-1:] in ("：", ":") and _ENDED.search(inner) is not None
        if (
            len(inner) < (_MIN_SAID_CHARS if is_said else _MIN_SPEECH_CHARS)
            or before.endswith(self._term_before)
            or (after.startswith(self._term_after) and not _ENDED.search(inner))
            or _WORDING.search(before)
        ):
            return False
        # 本报青川1月2日讯（记者甲）“……。”: nothing but who wrote it stands in front.
        wire = WIRE.fullmatch(context.text, floor, quote.outer_start)
        opens = not before or before[-1] in '。！？”"：:' or wire is not None
        return bool(_CLAUSE.search(inner)) and bool(_ENDED.search(inner)) and opens

    def _same_breath(self, context: ArticleContext, earlier: Quote, speaker: Speaker, later: Quote) -> bool:
        """“……，”甲说，“……。” and two quotes of one speaker within one sentence of another."""
        between = context.text[earlier.outer_end : later.outer_start]
        people = context.mentions_in(earlier.outer_end, later.outer_start, "person")
        if any(m.text != speaker.text for m in people):
            # 他笑称：“……。”经理乙补充说，……，“……”: the second is 乙's.
            return False
        return len(between) <= 60 and between.rstrip()[-1:] in "，,：:—" and not _STOP.search(between)

    def _indirect(
        self, context: ArticleContext, direct: list[tuple[int, int]], quoted: list[tuple[int, int]]
    ) -> Iterator[dict[str, Any]]:
        reach = 0
        turn: tuple[int, Speaker] | None = None
        for number, (start, end) in enumerate(context.sentences):
            if start < reach or not self._reports.may_report(context.text[start:end]):
                continue
            for begin, part_end in self._parts(context, start, end, direct):
                found = self._reports.indirect(context, begin, part_end)
                if found is None:
                    continue
                # 甲说，订单已经排满，“忙到七月”。: reported up to the words that are quoted.
                quoted_at = first_in(direct, found.content_start, part_end)
                if quoted_at is not None and self._is_manner(context, found, quoted_at):
                    continue
                close = part_end if quoted_at is None else quoted_at - 1
                who = found.speaker.mention
                if who is not None and holds(quoted, who.start, found.content_start):
                    # 第三条规定：“检察院认为……”: nobody of the article says it.
                    continue
                if turn is not None and self._is_cited(context, found, *turn):
                    found = replace(found, is_written=True)
                elif found.is_straight and begin == context.paragraph(begin)[0]:
                    turn = (begin, found.speaker)
                stop = close
                if close == end and (found.is_formal or found.content_start < end):
                    stop = self._extents.end(context, number, begin, found, direct)
                if context.text[stop : stop + 1] in {"\n", ""}:
                    signed = _SIGNED.search(context.text, max(begin, stop - _MAX_SIGNED), stop)
                    stop = signed.start() if signed else stop
                content = context.text[found.content_start : stop].rstrip(" \u3000\n，,；;：:")
                opening = found.content_start + len(content) - len(content.lstrip())
                if len(content) < _MIN_REPORTED_CHARS:
                    continue
                reach = stop
                speaker, mode = found.speaker, "indirect"
                if found.is_spoken:
                    speaker, mode = replace(speaker, rule="lost_quotes"), "direct"
                yield passage_row(context, opening, found.content_start + len(content), speaker, mode)
                for start_on, end_on in self._extents.further(context, stop, found, direct):
                    reach = end_on
                    spoken = context.text[start_on:end_on].rstrip()
                    yield passage_row(context, start_on, start_on + len(spoken), speaker, mode)

    @staticmethod
    def _is_cited(context: ArticleContext, found: Reported, opened: int, owner: Speaker) -> bool:
        """甲表示，……。乙在会上指出，……。……: in a paragraph of 甲's, 甲 cites a sentence of 乙's."""
        who = found.speaker.mention
        return (
            who is not None
            and who.text != owner.text
            and context.paragraph(found.content_start)[0] == opened
            and _CITED.match(context.text, who.end) is not None
        )

    @staticmethod
    def _is_manner(context: ArticleContext, found: Reported, quoted_at: int) -> bool:
        """甲说一口官话：“……。”: how the quoted words were said, which begin at `quoted_at`."""
        if quoted_at - found.content_start <= _MIN_REPORTED_CHARS:
            return True
        return context.text[quoted_at - 2] in "：:" and context.text[found.content_start - 1] not in "，,：:"

    def _parts(
        self, context: ArticleContext, start: int, end: int, direct: list[tuple[int, int]]
    ) -> list[tuple[int, int]]:
        """Parts of a sentence in which somebody may report: headlines in a row, words behind a quote."""
        last = bisect_left(direct, end, key=lambda span: span[0]) - 1
        behind = direct[last][1] + 1 if last >= 0 else start
        if not start < behind < end:
            return self._between.find(context, start, end)
        return [*self._between.find(context, start, behind), (behind, end)]


def _spans_of(rows: list[dict[str, Any]]) -> list[tuple[int, int]]:
    return [(row["start_char"], row["end_char"]) for row in rows]
