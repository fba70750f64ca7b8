"""One page on its way through the steps."""

from __future__ import annotations

from dataclasses import dataclass, field

from transforms.normalize.changes import Change, to_raw_changes
from transforms.normalize.characters import Working
from transforms.normalize.damage import Spot
from transforms.normalize.paragraphs import Paragraph


@dataclass
class ReadPage:
    """A page as read, in working offsets.

    Attributes:
        working: Its repaired characters.
        changes: Changes of length and direction, in working offsets.
        paragraphs: All its blocks in order.
        spots: Its damage.
        article_count: Articles on it.
    """

    working: Working
    changes: list[Change]
    paragraphs: list[Paragraph]
    spots: list[Spot] = field(default_factory=list)
    article_count: int = 0

    @property
    def edits(self) -> list[Change]:
        """Every change of the page in raw offsets."""
        return to_raw_changes(self.working, self.changes)
