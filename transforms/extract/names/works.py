"""Titles of works, set apart by the book title mark 《》."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.extract.names.spans import Span

LONGEST_TITLE = 60

# The inner mark of a title inside a title is 〈〉; a page may repeat the outer one instead.
_TITLE = re.compile(
    rf"《([^《》\n]{{1,{LONGEST_TITLE}}}(?:《[^《》\n]{{1,{LONGEST_TITLE}}}》[^《》\n]{{0,{LONGEST_TITLE}}})?)》"
)


def find_works(text: str) -> Iterator[Span]:
    """Yield the titles in 《》, without the marks."""
    for match in _TITLE.finditer(text):
        yield Span(match.start(1), match.end(1), "work", "title_marks", 1.0)
