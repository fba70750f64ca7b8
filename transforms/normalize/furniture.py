"""Patterns of what frames a page: staff, folio, masthead, contact lines; from `seeds/lookups/page.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from transforms.normalize.characters import CJK
from transforms.normalize.names import NAME, SPACE, STAFF_NAME, split_names
from transforms.normalize.printed_dates import FULL_DATE, MONTH, MONTH_DAY, WEEKDAY

SEPARATOR = r"[ \t\u3000、，,/／|｜‖丨▏;；·]"
_RUNNING_RE = re.compile("[，。！？；“”]")
_ALONE_DAY_RE = re.compile(rf"(?:^|(?<=[\s|｜·:：]))(?:{FULL_DATE})(?=$|[\s|｜·]|{WEEKDAY})")
_DAY_AND_WEEKDAY_RE = re.compile(rf"(?<!\S){MONTH_DAY}{SPACE}*{WEEKDAY}(?!\S)")
FOLIO_CHARS = 60
_STRANGE_CHARS = 16
_SECTION_CHARS = 6
_HOTLINE_RE = re.compile(f"[{CJK}]{{2}}(?:热线|电话)")
_STAFF_MARK_RE = re.compile("[：▏|｜丨‖]")
_PUBLISHED_RE = re.compile("第?[0-9]{1,6}期")
_PAGE_RE = re.compile(r"(?<!\S)[A-Z]?[0-9]{1,2}(?!\S)")
# 第3页 共12页, 3/12, [3], Page 3 of 12: page numbers of a file.
_PAGE_NUMBER_RE = re.compile(
    r"(?i:第?[0-9]{1,4}页[，,/]?(?:共[0-9]{1,4}页)?|共[0-9]{1,4}页[，,/]?第[0-9]{1,4}页"
    r"|page[0-9]{1,4}(?:(?:of|/)[0-9]{1,4})?|[0-9]{1,4}/[0-9]{1,4}页?|\[[0-9]{1,4}\])"
)
_FOLIO_MARKS = str.maketrans(dict.fromkeys("·|｜:：/—-", " "))


def alternatives(words: Iterable[str], between: str = "") -> str:
    """Alternation of literal words, longest first; `between` is a pattern that may part their characters."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "|".join(between.join(map(re.escape, word)) for word in ordered)


def boxed(words: Iterable[str]) -> str:
    """Pattern of literal words in square brackets, with a number where there are several: 【同期声2】."""
    return rf"[【〖\[［](?:{alternatives(words)})[0-9一二三四五六]?[】〗\]］]"


def _spread(words: Iterable[str]) -> str:
    """Alternation of words; those of two characters also spread by spaces, as staff boxes have them."""
    return "|".join(
        re.escape(w) if len(w) != 2 else rf"{re.escape(w[0])}{SPACE}{{0,2}}{re.escape(w[1])}"
        for w in sorted(set(words), key=lambda w: (-len(w), w))
    )


def loose(words: Iterable[str]) -> str:
    """Alternation of words, longest first, that stray spaces may cut."""
    return "|".join(f"{SPACE}?".join(w) for w in sorted(set(words), key=lambda w: (-len(w), w)))


class FurnitureVocabulary:
    """Compiled patterns over single lines that belong to the page, not to a story.

    Args:
        page: Parsed `page.yml`.

    Raises:
        KeyError: `page` lacks a list.
    """

    def __init__(self, page: Mapping[str, Any]) -> None:
        marks = "".join(re.escape(m) for m in page["byline_marks"])
        staff = rf"(?:{alternatives(page['staff_prefixes'])})?(?:{_spread(page['staff_roles'])})"
        contact = rf"{_spread(page['contact_words'])}|[{CJK}]{{2}}(?:热线|电话)"
        folio = _spread([*page["folio_words"], *page["contact_words"]])
        roles = rf"(?:{staff})(?:{SPACE}*[/／、·&]?{SPACE}*(?:{staff}))*"
        names = rf"{NAME}(?:{SEPARATOR}+{NAME})*"
        # A page's number ends the line, or another label stands behind the name.
        label = rf"[A-Z]?[0-9]{{1,3}}{SPACE}?版?(?:{SPACE}+[{CJK}]{{2,6}})?$|[{CJK}]{{2,4}}[:：]"
        staff_names = rf"{STAFF_NAME}(?:{SEPARATOR}+{STAFF_NAME})*"
        by = loose(page["byline_roles"])
        weak = rf"(?<![{CJK}])(?:{alternatives(page['weak_byline_roles'])})(?![{CJK}])"
        suffix = alternatives(s for s in page["masthead_suffixes"] if len(s) > 1)
        number = "[0-9]{1,3}|[一二三四五六七八九十]{1,3}"
        self.marks = frozenset(page["byline_marks"])
        self.mark = re.compile(rf"^[{marks}]{SPACE}*")
        self.staff_roles = frozenset(page["staff_roles"])
        self.credit_pair = re.compile(
            rf"({roles}){SPACE}*[:：/／|｜]?{SPACE}*({staff_names}?)(?=(?:{SEPARATOR}|[{marks}])*(?:(?:{staff})|(?:{contact})|{label}|[）)】\]］]?$)|(?:{SPACE}{{2,}}|\u3000)[{CJK}]{{4}})"
        )
        self.role = re.compile(staff)
        self._open_credit = re.compile(rf"(?:^|{SPACE})(?:{staff}){SPACE}*[:：/／|｜]?{SPACE}*[{CJK}]?$")
        self.page_authors = re.compile(
            rf"本[版组期](?:文图|图文|文字|图片|照片|稿件)[^，。]{{0,8}}?(?:本报)?(?:{by}){SPACE}*[:：]?{SPACE}*"
            rf"(?P<names>[{CJK} \u3000、·]{{2,60}}?){SPACE}*(?:采写|采访|撰写|拍摄|摄影|摄|提供)+"
            r"(?=$|[ \u3000）)。])"
        )
        self.full_date = re.compile(FULL_DATE)
        self.weekday = re.compile(WEEKDAY)
        self.page_label = re.compile(
            rf"(?<![期日共0-9])(?:第{SPACE}*)?(?P<label>[A-Z]?{SPACE}?[0-9]{{1,3}}|[一二三四五六七八九十]{{1,3}})"
            rf"(?:[-—~至][A-Z]?[0-9]{{1,3}})?{SPACE}*(?:版|叠)"
        )
        self.page_count = re.compile(rf"(?:本期|今日|共){SPACE}*(?:{number}){SPACE}*版")
        self.bare_label = re.compile(r"^(?:[—·\-\s\u3000]*)([A-Z]?[0-9]{1,3})(?:[—·\-\s\u3000]*)$")
        self.leading_label = re.compile(r"^[—·\-\s\u3000]*([A-Z]? ?[0-9]{1,2})(?![0-9.年月日:：/-])")
        self.token_label = re.compile(r"(?<!\S)([A-Z][0-9]{1,2})(?!\S)")
        self.trailing_label = re.compile(rf"(?<=[{CJK}]){SPACE}+([0-9]{{1,2}})$")
        self.month_line = re.compile(rf"^((?:19|20)[0-9]{{2}}){SPACE}?年{SPACE}?([0-9]{{1,2}}){SPACE}?月$")
        self.issue_number = re.compile(rf"^(?:总{SPACE}*)?第?{SPACE}*[0-9]{{2,6}}{SPACE}*[期号]$")
        self.section_label = re.compile(
            rf"^[A-Z]?[0-9]{{1,3}}{SPACE}+[{CJK}·]{{2,6}}$|^[{CJK}·]{{2,6}}{SPACE}+[A-Z]?[0-9]{{1,2}}$"
        )
        self.web_source = re.compile(r"(?:来源|发布时间|发布日期)[:：]")
        self.printed_by = re.compile(rf"(?:{by}|{weak}|{staff}){SPACE}*[:：]{SPACE}*{names}")
        self.masthead = re.compile(
            rf"(?<![{CJK}])([{CJK}]{{1,12}}(?:{suffix})|中国[{CJK}]{{2,4}}报)(?![{CJK}])"
        )
        # A paper beside the parts of a folio; 天气预报 and 今日关注 are none.
        self.paper = re.compile(
            rf"(?<![{CJK}])(?!(?:{alternatives(page['no_papers'])})(?![{CJK}]))"
            rf"(?:[{CJK}]{{2,12}}(?<!(?:{alternatives(page['no_paper_ends'])}))(?:报|导刊|乡讯)|今日[{CJK}]{{2,4}}(?<!版))(?![{CJK}])"
        )
        self.masthead_section = re.compile(rf"^{self.masthead.pattern}{SPACE}*[·•|｜]{SPACE}*[{CJK}]{{2,6}}$")
        self.folio_piece = re.compile(
            rf"{FULL_DATE}|{MONTH}|{WEEKDAY}|(?<!\S){MONTH_DAY}(?!\S)|农历[{CJK}]{{2,14}}|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年[{CJK}]{{2,8}}|"
            rf"(?:第{SPACE}*)?(?:[A-Z]?[0-9]{{1,6}}|[一二三四五六七八九十百]{{1,5}}){SPACE}*(?:版|期|号|叠|页)|"
            rf"(?:{folio})[:：]?|[A-Z]{{0,4}}[0-9][0-9\-—–+.×*]*|[\w.+-]+@[\w.-]+|(?:https?://|www\.)[\w./?=&%-]+"
        )
        self.contact = re.compile(rf"(?:{contact}){SPACE}*[:：0-9]")
        self.column_names = frozenset(page["column_names"])

    def is_credit(self, line: str) -> bool:
        """Whether a line names staff with their roles and nothing else but folio parts."""
        if len(line) > 200 or not self.role.search(line):
            return self.page_authors.fullmatch(line) is not None
        rest, pairs = self.credit_pair.subn(" ", self.page_authors.sub(" ", line))
        left = len(re.findall(f"[{CJK}]", self._without_folio(_HOTLINE_RE.sub("", rest)))) if pairs else 0
        if left and self._is_page_head(line):
            return pairs > 0 and left <= _STRANGE_CHARS
        if left <= _SECTION_CHARS and self.masthead.search(line):
            return pairs > 0
        is_marked = pairs > 1 and left <= _STRANGE_CHARS and _STAFF_MARK_RE.search(line) is not None
        is_row = pairs > 1 and left <= _SECTION_CHARS and not _RUNNING_RE.search(line)
        return pairs > 0 and (not left or is_marked or is_row)

    def _is_page_head(self, line: str) -> bool:
        """Whether a line has a day and a weekday or page, as the head of a page has; both without a year."""
        if _RUNNING_RE.search(line):
            return False
        has_page = any(p.search(line) for p in (self.page_label, self.token_label, self.page_count))
        if self.full_date.search(line):
            return has_page or self.weekday.search(line) is not None
        return has_page and _DAY_AND_WEEKDAY_RE.search(line) is not None

    def cuts_credit(self, line: str, following: str) -> bool:
        """Whether a printed line of staff ends behind a role or inside a name that the next one completes."""
        if len(line) > 80 or len(following) > 40 or (found := self._open_credit.search(line)) is None:
            return False
        whole = line + following
        return self.is_credit(whole) or (self.is_folio(line) and self.is_credit(whole[found.start() :]))

    def is_column_name(self, line: str) -> bool:
        """Whether a line is the name of a column or section, spread by spaces or marked."""
        return len(line) < 20 and "".join(self.mark.sub("", line).split()) in self.column_names

    def is_folio(self, line: str) -> bool:
        """Whether a line is page furniture: date, weekday, page label, contact lines, a column's name."""
        if len(line) > 120 or _RUNNING_RE.search(line):
            return False
        alone = (self.bare_label, self.section_label, self.issue_number, self.month_line)
        if any(pattern.match(line) for pattern in alone) or _PAGE_NUMBER_RE.fullmatch("".join(line.split())):
            return True
        if len(line) <= FOLIO_CHARS and self.page_label.search(line) and self.weekday.search(line):
            return True
        if _PUBLISHED_RE.search(line) and re.search("主[办管]|编印", line) and len(line) <= FOLIO_CHARS:
            return True
        if self.is_column_name(line):
            return True
        line = self.mark.sub("", line)
        day = _ALONE_DAY_RE.search(line)
        if day and (len(line) <= FOLIO_CHARS or self.web_source.search(line)):
            # A running head whose day stands apart may name anybody; so may the source of a web page.
            rest = self._without_folio(self.printed_by.sub(" ", line))
            if len(re.findall(f"[{CJK}A-Za-z]", rest)) <= (
                _STRANGE_CHARS if self._is_page_head(line) or self.web_source.search(line) else 8
            ):
                return True
        pieces = [(token, self._without_folio(token)) for token in self._masthead_out(line).split()]
        if any(rest and rest != " ".join(token.translate(_FOLIO_MARKS).split()) for token, rest in pieces):
            return False
        rest = "".join(rest for _, rest in pieces)
        if rest == line.strip():
            return False
        left = len(re.findall(f"[{CJK}A-Za-z]", rest))
        # A masthead and a day make a folio even without the year.
        if self.masthead.search(line) and re.search(MONTH_DAY, line):
            return left <= 8
        marks = (self.full_date, self.weekday, self.page_label, self.page_count)
        if any(mark.search(line) for mark in marks):
            return left <= (_STRANGE_CHARS if self._is_page_head(line) else 8)
        if self.contact.search(line):
            return left <= 12
        if self.masthead.search(line):
            # A paper prints its name in letters too, or the page's number and section beside it.
            return not re.search(f"[{CJK}]", rest) or (
                left <= _SECTION_CHARS and _PAGE_RE.search(line) is not None
            )
        return not left and any(name in line for name in self.column_names)

    def _without_folio(self, line: str) -> str:
        rest = self.folio_piece.sub(" ", self._masthead_out(line)).translate(_FOLIO_MARKS)
        return " ".join(w for w in rest.split() if w not in self.column_names)

    def _masthead_out(self, line: str) -> str:
        return self.masthead.sub(" ", line)

    def read_credits(self, line: str) -> list[tuple[str, str, int, int]]:
        """Role, name and the span of the name for every member of staff in a line."""
        found: list[tuple[str, str, int, int]] = []
        line = self.masthead.sub(lambda m: " " * len(m.group()), line)
        if authors := self.page_authors.search(line):
            names = split_names(authors["names"], authors.start("names"))
            found.extend(("记者", *name) for name in names)
            line = line[: authors.start()] + " " * len(authors.group()) + line[authors.end() :]
        for match in self.credit_pair.finditer(line):
            roles = ["".join(m.group().split()) for m in self.role.finditer(match.group(1))]
            for name, start, end in split_names(match.group(2), match.start(2), STAFF_NAME):
                found.extend((role, name, start, end) for role in roles)
        return found
