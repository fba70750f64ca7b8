"""Rules written by hand, one module a subject."""

from expectations.derive import Rule
from expectations.rules import counts, facts, offsets

RULES: tuple[Rule, ...] = (*offsets.RULES, *facts.RULES, *counts.RULES)
