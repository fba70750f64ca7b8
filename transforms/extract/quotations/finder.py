"""Who said what: direct speech in quotes and indirect speech behind a verb.

A quoted stretch is speech if a verb of speech is tied to it or if it holds whole clauses; quoted
names, terms and slogans are not. The speaker is taken from words tied to the quote only: no
speaker is better than the nearest name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from transforms.extract.context import ArticleContext, Mention, iter_articles
from transforms.extract.quotations.follow import dialogue, fragments, rejoinders, short_cues
from transforms.extract.quotations.reported import Reported, ReportFinder
from transforms.extract.quotations.spans import Quote, holds, passage_row, quotes_in, touches
from transforms.extract.quotations.speakers import SpeakerFinder
from transforms.extract.quotations.subjects import Speaker, SubjectFinder

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
_MAX_LEAD = 20
_MIN_REPORTED_CHARS = 5
# 对此某方暂无回应: the reporter's words.
_UNANSWERED = re.compile(
    r"(?:暂无|没有|未|暂未|尚未|并未|拒绝)(?:就此|对此)?(?:作?出|予以|进行)?(?:任何)?(?:回应|置评|评论)"
)
# 修改为：“……”, 作为第二款：“……”: the wording of a rule.
_WORDING = re.compile(r"(?:为|[条款项章]|规定)[：:]$")
_DATED = re.compile(r"[0-9]{1,2}[日月]")
# 某国外长当天也表示，: somebody without a name.
_OTHERS_SAY = re.compile(
    r"(?:此外|同时|但|而且)?[，,]?(?!他|她)[^，。；：“”我]{2,24}(?:表示|指出|认为|透露|[说称])[，,：:]"
)
# 他打算明年扩建。“……。”（通讯员）: about the speaker, another passage, who wrote it.
_ASIDE = re.compile(r"[他她](?!们)|[“\"（(]|位于|与[他她]|.*[，,：:]“[^”]*”[。！？]?$")
# 提出了“……”的发展思路
_OF_TERM = re.compile(
    r"的[^，。；]{0,8}(?:思路|理念|目标|要求|原则|口号|方针|战略|精神|模式|主张|构想|倡议|方案|任务)"
)
# ……。他说。: the sentence in front is a passage of its own.
_SAID = re.compile(r"[^。！？\n]*[。！？][他她]\w{0,3}[说道]。")
# What a speaker wants and thinks, in the middle of the reporter's paragraph.
_OPINION = re.compile(
    "我|咱|希望|愿[同与意为]|应[该当]|必须|[^主重需只不]要[^求]|期待|相信|[不没]会|坚[定持决]"
)
_PRONOUNS = frozenset({"他", "她"})


class QuotationFinder:
    """Finds direct and indirect speech; compiled once, reused for every batch.

    Args:
        lookups: Parsed seed files by stem; reads `speech_cues` and `titles`.
    """

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        cues = lookups["speech_cues"]
        self._subjects = SubjectFinder(lookups)
        self._speakers = SpeakerFinder(lookups, self._subjects)
        self._reports = ReportFinder(lookups, self._subjects)
        self._term_before = tuple(cues["term_before"])
        self._term_after = tuple(cues["term_after"])
        self._continues = tuple(cues["continues"])
        self._narrates = tuple(cues["narrates"])
        self._reckons = tuple(cues["reckons"])
        self._recounts = tuple(cues["recounts"])

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
        for quote in quotes:
            speaker = self._speakers.of_quote(context, quote.outer_start, quote.outer_end)
            if speaker.is_unknown and last and self._same_breath(context, last[0], quote):
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
        turns = list(dialogue(context, self._speakers, _spans_of(rows)))
        # 甲：……我说不行，他说“再看看”。: what a turn holds is part of it.
        rows = [row for row in rows if not holds(_spans_of(turns), row["start_char"], row["end_char"] - 1)]
        rows.extend(turns)
        rows.extend(short_cues(context, self._speakers, _spans_of(rows)))
        return self._resolved(context, sorted(rows, key=lambda row: (row["start_char"], row["end_char"])))

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
            if row["speaker_text"] in _PRONOUNS:
                # Whom 他 meets stands between him and what he says.
                start = context.sentences[max(0, context.sentence_at(row["start_char"]))][0]
                is_first = context.text.startswith(row["speaker_text"], start)
                who = self._subjects.resolve(context, start if is_first else row["start_char"], spoken)
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
        if speaker.is_tied:
            # 提醒，“五一”假期收费: a term in what is said.
            is_term = not _CLAUSE.search(inner) and re.match(
                r"\w", context.text[quote.outer_end : quote.outer_end + 1]
            )
            is_term = is_term or _OF_TERM.match(context.text, quote.outer_end)
            return len(inner) >= 2 and not (is_term and speaker.rule == "quote_cue_before")
        before = context.text[max(0, quote.outer_start - 6) : quote.outer_start].rstrip(" \u3000")
        after = context.text[quote.outer_end : quote.outer_end + 6]
        if (
            len(inner) < _MIN_SPEECH_CHARS
            or before.endswith(self._term_before)
            or after.startswith(self._term_after)
            or _WORDING.search(before)
        ):
            return False
        opens = quote.outer_start == context.paragraph(quote.outer_start)[0] or before[-1:] in '。！？”"：:\n'
        return bool(_CLAUSE.search(inner)) and bool(_ENDED.search(inner)) and opens

    def _same_breath(self, context: ArticleContext, earlier: Quote, later: Quote) -> bool:
        """“……，”甲说，“……。” and two quotes of one speaker within one sentence of another."""
        between = context.text[earlier.outer_end : later.outer_start]
        return len(between) <= 60 and between.rstrip()[-1:] in "，,：:—" and not _STOP.search(between)

    def _indirect(
        self, context: ArticleContext, direct: list[tuple[int, int]], quoted: list[tuple[int, int]]
    ) -> Iterator[dict[str, Any]]:
        reach = 0
        for number, (start, end) in enumerate(context.sentences):
            if start < reach:
                continue
            for begin, close in self._parts(context, start, end, direct):
                found = self._reports.indirect(context, begin, close)
                if found is None or touches(direct, found.content_start, close):
                    continue
                who = found.speaker.mention
                if who is not None and holds(quoted, who.start, found.content_start):
                    # 第三条规定：“检察院认为……”: nobody of the article says it.
                    continue
                stop = close
                if close == end and (found.is_formal or found.content_start < end):
                    is_turn = self._is_turn(context, begin, found)
                    stop = self._run_on(context, number, end, found, is_turn, direct)
                content = context.text[found.content_start : stop].rstrip(" \u3000\n，,；;：:")
                opening = found.content_start + len(content) - len(content.lstrip())
                if len(content) < _MIN_REPORTED_CHARS:
                    continue
                reach = stop
                yield passage_row(
                    context, opening, found.content_start + len(content), found.speaker, "indirect"
                )

    def _parts(
        self, context: ArticleContext, start: int, end: int, direct: list[tuple[int, int]]
    ) -> list[tuple[int, int]]:
        """Parts of a sentence in which somebody may report: headlines in a row, words behind a quote."""
        last = bisect_left(direct, end, key=lambda span: span[0]) - 1
        behind = direct[last][1] + 1 if last >= 0 else start
        if not start < behind < end:
            return self._reports.passages(context, start, end)
        return [*self._reports.passages(context, start, behind), (behind, end)]

    @staticmethod
    def _is_turn(context: ArticleContext, start: int, found: Reported) -> bool:
        """Whether a paragraph opens with a person and a verb of speech (总理甲表示，): it is all 甲's."""
        return found.is_straight and start == context.paragraph(start)[0]

    def _run_on(
        self,
        context: ArticleContext,
        number: int,
        end: int,
        found: Reported,
        is_turn: bool,
        direct: list[tuple[int, int]],
    ) -> int:
        """Where reported speech ends: the paragraph's end if formal or a turn, else the last 我们, 要."""
        limit = context.paragraph(max(0, end - 1))[1]
        stop = end
        for later in range(number + 1, len(context.sentences)):
            start, sentence_end = context.sentences[later]
            sentence = context.text[start:sentence_end].lstrip()
            if start >= limit or touches(direct, start, sentence_end):
                break
            if self._reports.indirect(context, start, sentence_end) is not None:
                break
            begin = sentence_end - len(sentence)
            if _UNANSWERED.search(sentence) or _DATED.match(sentence) or _SAID.match(context.text, start):
                break
            people = context.mentions_in(begin, sentence_end, "person")
            if (
                people
                and people[0].start - begin <= _MAX_LEAD
                and self._subjects.opens_its_clause(context, begin, people[0])
                and not (is_turn and self._subjects.titles.match_start(context.text, people[0].end))
            ):
                # 县长李某来到某村: the reporter goes on about somebody.
                break
            if not self._is_still(sentence, found, is_turn):
                break
            places = context.mentions_in(begin + 1, sentence_end) if sentence.startswith("在") else []
            if places and places[0].start == begin + 1 and context.text[places[0].end] in "，,":
                # 在青川，又一批项目开工。
                break
            stop = sentence_end
        return stop

    def _is_still(self, sentence: str, found: Reported, is_turn: bool) -> bool:
        """Whether a sentence behind reported speech is still the speaker's."""
        if _OTHERS_SAY.match(sentence):
            return False
        if sentence.startswith(self._continues):
            return True
        is_plain = not (is_turn or found.is_formal or found.is_straight)
        if is_plain or sentence.startswith(self._narrates):
            return False
        if not is_turn and sentence.startswith(self._recounts):
            return False
        if found.is_formal or not is_turn:
            is_shown = found.is_formal or (not _ASIDE.match(sentence) and bool(_OPINION.search(sentence)))
            return is_shown and ("我们" in sentence or not sentence.startswith(self._reckons))
        return _ASIDE.match(sentence) is None


def _spans_of(rows: list[dict[str, Any]]) -> list[tuple[int, int]]:
    return [(row["start_char"], row["end_char"]) for row in rows]
