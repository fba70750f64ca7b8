import pytest

from tests.normalizing import LOOKUPS, normalise_page, restore_page
from transforms.normalize import Normalizer


def test_traditional_characters_become_simplified_ones_as_edits() -> None:
    pytest.importorskip("opencc")
    raw = "記者從會上獲悉,總投資３億元。\n王　濤"
    page = Normalizer(LOOKUPS, simplify=True).read_page(raw)
    edits = page.edits
    assert normalise_page(raw, edits) == "记者从会上获悉，总投资3亿元。\n王　涛"
    assert {e.rule for e in edits} == {"simplified", "width", "full_width_punctuation"}
    assert restore_page(normalise_page(raw, edits), edits, [raw[e.start : e.end] for e in edits]) == raw
