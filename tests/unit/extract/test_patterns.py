from __future__ import annotations

import re

from transforms.extract.patterns import WordPattern, any_of, one_of_firsts


def test_the_longest_word_wins_at_every_place() -> None:
    words = ["东", "西部", "东部", "东北部", "a.c", "a.", "东部"]
    text = "东北部和东部、东边与西部西，a.c，abc，a.b"
    plain = "|".join(map(re.escape, sorted(set(words), key=len, reverse=True)))
    assert re.findall(any_of(words), text) == re.findall(plain, text)
    assert re.findall(any_of(words), text) == ["东北部", "东部", "东", "西部", "a.c", "a."]


def test_no_words_and_one_word() -> None:
    assert any_of([]) == ""
    assert any_of(["a.c"]) == re.escape("a.c")


def test_one_look_at_the_first_character() -> None:
    assert re.findall(one_of_firsts(["东部", "西部", "["]) + "..", "东边西部[]北部") == ["东边", "西部", "[]"]


def test_a_pattern_of_words_finds_what_re_finds() -> None:
    words = ["东", "东部", "北部", "部队", "a.c"]
    pattern = f"(?:{any_of(words)})(?:(?P<sure>(?=[，。]|$))|(?=[\u4e00-\u9fff]))"
    for text in ("东部，北部队在东，a.c", "东部a北部b东，部队。", "", "abc", "东东东东"):
        found = [(m.span(), m["sure"]) for m in WordPattern(words, pattern).finditer(text)]
        assert found == [(m.span(), m["sure"]) for m in re.finditer(pattern, text)]
