"""What the rules for deals hand to each other before rows are made."""

from __future__ import annotations

from dataclasses import dataclass, field

from transforms.extract.context import Mention


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a deal as the text names it.

    Attributes:
        start: Offset of the party's words; `end` likewise.
        mention: The recognised name, None where the words could not be read as one.
        role: investor, owner, host, partner, contractor, target, seller, buyer, signatory, proposer
            or parent.
        signatory: The person who signed for it.
    """

    start: int
    end: int
    mention: Mention | None
    role: str = "partner"
    signatory: Mention | None = None

    @classmethod
    def of(cls, mention: Mention, role: str = "partner") -> Party:
        """A recognised name as a party."""
        return cls(mention.start, mention.end, mention, role)


@dataclass(slots=True)
class Candidate:
    """A deal that one rule read out of one sentence.

    Attributes:
        start: Offset of the first character of the evidence; `end` after the last.
        cue: Span of the word that tells it.
        stage: How far it is, by all that its clause says.
        base: Stage that the word itself says; `stage` unless told.
        left: Where words that modify the verb may begin (end of the subject); `start` unless told.
        rule: The rule that read it.
        confidence: Which of two readings of the same words is kept.
        title: Span of the title or description, None where there is none.
        hint: Deal type that the rule implies whatever the title says; empty where the title decides.
        kind: Deal type that the weights are sure of; empty where the rules decide.
        parties: In order of text.
        is_phase: A phase (一期) of a project.
        is_alone: A phase that is a deal even if the article does not tell its project.
        whole: The project of a phase, where the article tells it.
        more: Further stretches that tell of it, whose amounts and dates are its own.
        is_each: One of several papers that one clause tells (与乙、丙分别签署).
        about_last: Adds to the project told before it (该项目由某公司投资建设).
        is_there: Signed at the ceremony that the paragraphs before it report.
        log_odds: How sure the weights are of it; None where they were not asked.
        takes_both: The parties are 双方: those of the deal or coordination told before.
    """

    start: int
    end: int
    cue: tuple[int, int]
    stage: str
    base: str = ""
    left: int = -1
    rule: str = "kernel"
    confidence: float = 0.6
    title: tuple[int, int] | None = None
    hint: str = ""
    kind: str = ""
    parties: list[Party] = field(default_factory=list)
    is_phase: bool = False
    is_alone: bool = False
    whole: Candidate | None = None
    more: list[tuple[int, int]] = field(default_factory=list)
    takes_both: bool = False
    about_last: bool = False
    is_each: bool = False
    is_there: bool = False
    expected_only: bool = False
    log_odds: float | None = None

    def __post_init__(self) -> None:
        """Fill in what is not told apart."""
        self.base = self.base or self.stage
        self.left = self.start if self.left < 0 else self.left
