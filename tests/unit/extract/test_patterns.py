from __future__ import annotations

import re

from transforms.extract.patterns import any_of


def test_the_longest_word_wins_at_every_place() -> None:
    words = ["东", "西部", "东部", "东北部", "a.c", "a.", "东部"]
    text = "东北部和东部、东边与西部西，a.c，abc，a.b"
    plain = "|".join(map(re.escape, sorted(set(words), key=len, reverse=True)))
    assert re.findall(any_of(words), text) == re.findall(plain, text)
    assert re.findall(any_of(words), text) == ["东北部", "东部", "东", "西部", "a.c", "a."]


def test_no_words_and_one_word() -> None:
    assert any_of([]) == ""
    assert any_of(["a.c"]) == re.escape("a.c")
