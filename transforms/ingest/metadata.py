"""What file names, sidecar rows and record fields say of a source: day of issue, paper, page label."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from transforms.ingest.model import SourceMeta, UnreadableError

_FIRST_YEAR, _LAST_YEAR = 1815, 2199
"""The first modern newspaper in Chinese is of 1815; the end only keeps long numbers out."""

_DATE_TEXT = re.compile(
    r"(?P<year>\d{4})\s*(?P<sep>[-/.年_]?)\s*(?P<month>\d{1,2})\s*(?:(?P=sep)|[-/.月])\s*(?P<day>\d{1,2})\s*日?"
    r"(?![\d])"
)
_DATE_DIGITS = re.compile(r"(?<!\d)(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?!\d)")
# 2023-02-24, 20230224, 2023.2.24, folders 2023-02/24 and 2023/0224, 2023年2月24日; 2023022403 with the page.
_DATE_NAME = re.compile(
    # Neither a version, nor a longer number, nor what follows the area code of a telephone.
    r"(?<![vV\d])(?<!010-)(?<!02\d-)(?<!0[3-9]\d\d-)"
    r"(?:(?P<year>\d{4})(?:(?P<month>\d\d)(?P<day>\d\d)(?=(?:\d\d)?(?!\d))"
    r"|(?P<sep>[-_./])(?P<month2>\d{1,2})(?:(?P=sep)|/)(?P<day2>\d{1,2})(?!\d)"
    r"|/(?P<month3>\d\d)(?P<day3>\d\d)(?!\d))"
    r"|(?P<year2>\d{4})年/?(?P<month4>\d{1,2})月/?(?P<day4>\d{1,2})日)"
    # A camera or a phone adds the time of day: that is when the picture was taken, not the issue.
    r"(?![-_ T]?\d{6}(?!\d))(?![-_ T]\d\d(?P<tick>[-.:_])\d\d(?P=tick)\d\d(?!\d))"
)
# A scanner or a phone names a picture by the day on which it was made.
_DEVICE_BEFORE = re.compile(
    r"(?:^|/)(?:scan|img|image|dsc|photo|screenshot|扫描|截图|截屏|照片|图片)(?:件|全能王)?[-_ ]*$", re.I
)
_PAGE = r"([A-Ha-hTt]?\d{1,3})"
_LABEL_LETTER = re.compile(r"(?<![A-Za-z0-9])([A-Ha-hTt]\d{1,3})(?:版|(?![A-Za-z0-9]))")
_LABEL_BAN = re.compile(
    r"第?\s*([A-Za-z]?\d{1,3}|[一二三四五六七八九十]{1,3})(?:[-—~至、][A-Za-z]?\d{1,3}){0,3}\s*版"
)
_LABEL_PAPER_SITE = re.compile(
    r"(?<!\d)\d{8}_\d{1,3}-([A-Za-z]?\d{1,3})(?!\d)|^nbs\.[A-Za-z0-9]+_([A-Za-z]?\d{1,3})(?!\d)"
)
_LABEL_AFTER_DATE = re.compile(
    rf"(?:[-_ .]+[Pp]?{_PAGE}|([A-Ha-hTt]\d{{1,3}})|(?<=\d{{8}})(\d\d))(?![A-Za-z\d])"
)
_LABEL_FOLDER = re.compile(rf"^{_PAGE}$")
_PUBLICATION = re.compile(
    r"[\u4e00-\u9fff]{1,11}(?:日报|晚报|晨报|早报|时报|商报|周报|快报|导报|[\u4e00-\u9fff]报|周刊)"
)


def parse_date(value: object) -> date | None:
    """Read a full date as records, sidecars and markup spell it.

    Args:
        value: A date, a datetime, or text such as `2023-02-24T08:00:00+08:00`, `2023/2/24`, `20230224` or
            `2023年2月24日`; an integer is read as eight digits.

    Returns:
        The day; `None` where there is no full, possible date.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    text = str(value).strip()[:64]
    match = _DATE_DIGITS.match(text) or _DATE_TEXT.match(text)
    return _to_date(match["year"], match["month"], match["day"]) if match else None


def find_date(text: str) -> date | None:
    """First full date within a text that is short, such as a line of markup."""
    for match in _DATE_TEXT.finditer(text[:2_000]):
        if match["sep"] and (found := _to_date(match["year"], match["month"], match["day"])):
            return found
    return None


def find_publication_name(text: str) -> str | None:
    """First name in a text that ends as those of papers do."""
    match = _PUBLICATION.search(text)
    return match.group() if match else None


def read_file_name(name: str) -> SourceMeta:
    """Day of issue, publication and page label from a file name and the folders given with it.

    Args:
        name: Path relative to what the caller gave, with forward slashes, such as
            `2023-02/24/A03.pdf` or `某日报20230224第3版.txt`.

    Returns:
        What the name says; the day that a camera or a scanner writes is no day of issue.
    """
    stem = re.sub(r"\.[A-Za-z][A-Za-z0-9]{0,4}$", "", name.strip("/"))
    base = stem.rsplit("/", 1)[-1]
    found = _last_date(base) or _last_date(stem)  # the file's own name goes before its folders
    if found is None:
        return SourceMeta(publication=find_publication_name(stem), page_label=_find_label(base))
    issue_on, text, end = found
    label = _find_label(base)
    if label is None and text == base:
        label = _first_group(_LABEL_AFTER_DATE.match(text, end))
    elif label is None:
        # The folder nearest to that of the day is the page; what lies in it are its articles.
        folders = text[end:].split("/")[1:]
        labels = (_find_label(part) or _first_group(_LABEL_FOLDER.match(part)) for part in folders)
        label = next(filter(None, labels), None)
    return SourceMeta(
        issue_on=issue_on,
        issue_on_source="file_name",
        publication=find_publication_name(stem),
        page_label=label.upper() if label else None,
    )


def _find_label(text: str) -> str | None:
    matches = (pattern.search(text) for pattern in (_LABEL_PAPER_SITE, _LABEL_BAN, _LABEL_LETTER))
    label = next(filter(None, map(_first_group, matches)), None)
    return label.upper() if label else None


def _first_group(match: re.Match[str] | None) -> str | None:
    return next(filter(None, match.groups()), None) if match else None


def _last_date(text: str) -> tuple[date, str, int] | None:
    """The last possible date, the text it is in, and where it ends."""
    found = None
    for match in _DATE_NAME.finditer(text):
        year, month, day = (
            next(value for name, value in match.groupdict().items() if name.startswith(part) and value)
            for part in ("year", "month", "day")
        )
        is_made_on = _DEVICE_BEFORE.search(text, 0, match.start()) is not None
        if not is_made_on and (day_of_issue := _to_date(year, month, day)):
            found = day_of_issue, text, match.end()
    return found


def _to_date(year: str, month: str, day: str) -> date | None:
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_sidecar_row(row: Mapping[str, Any]) -> tuple[str, SourceMeta]:
    """Check one row of a `sources.csv` or `sources.yml`.

    Args:
        row: `file` (a name or a glob relative to the sidecar), and any of `issue_on`, `publication`,
            `page_label`.

    Returns:
        The pattern and what holds for the files that match it.

    Raises:
        UnreadableError: `invalid_sidecar`.
    """
    pattern = row.get("file")
    if not isinstance(pattern, str) or not pattern.strip():
        raise UnreadableError("invalid_sidecar", "a row has no `file`: name the file or a glob such as *.txt")
    unknown = set(row) - {"file", "issue_on", "publication", "page_label"}
    if unknown:
        raise UnreadableError(
            "invalid_sidecar",
            f"{pattern}: unknown field {sorted(map(str, unknown))[0]!r}; "
            "known are file, issue_on, publication, page_label",
        )
    issue_on = None
    if row.get("issue_on") not in (None, ""):
        issue_on = parse_date(row["issue_on"])
        if issue_on is None:
            raise UnreadableError(
                "invalid_sidecar", f"{pattern}: issue_on {row['issue_on']!r} is no date: write YYYY-MM-DD"
            )
    return pattern.strip(), SourceMeta(
        issue_on=issue_on,
        issue_on_source="sidecar" if issue_on else None,
        publication=_text_or_none(row.get("publication")),
        page_label=_text_or_none(row.get("page_label")),
    )


def match_sidecar(rows: Iterable[tuple[str, SourceMeta]], relative: str) -> SourceMeta:
    """What all matching rows say together; an earlier row goes before a later one.

    Args:
        rows: Patterns with their values.
        relative: Path of the source relative to the sidecar.
    """
    base = relative.rsplit("/", 1)[-1]
    matching = [
        meta
        for pattern, meta in rows
        if pattern in (relative, base)
        or fnmatch.fnmatchcase(relative, pattern)
        or fnmatch.fnmatchcase(base, pattern)
    ]
    return merge_meta(*matching)


def merge_meta(*metas: SourceMeta) -> SourceMeta:
    """Each value from the first that has it."""
    dated = next((meta for meta in metas if meta.issue_on), None)
    return SourceMeta(
        issue_on=dated.issue_on if dated else None,
        issue_on_source=dated.issue_on_source if dated else None,
        publication=next((meta.publication for meta in metas if meta.publication), None),
        page_label=next((meta.page_label for meta in metas if meta.page_label), None),
    )


def _text_or_none(value: object) -> str | None:
    return str(value).strip() or None if value is not None else None
