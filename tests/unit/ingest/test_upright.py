import numpy as np
import pytest

from transforms.ingest.upright import add_letters, cut_tiers, lay_flat


def column(*cells: str, em: int = 20) -> np.ndarray:
    """A vertical line: `x` a character, `,` a comma at the top right of its cell, ` ` a blank of an em."""
    image = np.full((em * len(cells), em), 255, dtype=np.uint8)
    for i, cell in enumerate(cells):
        if cell == "x":
            image[i * em + 1 : i * em + em - 1, 0:em] = 0
        elif cell == ",":
            image[i * em + 2 : i * em + 6, em - 6 : em - 1] = 0
    return image


def test_cut_tiers_parts_a_line_at_a_long_blank():
    assert cut_tiers(column("x", "x", " ", " ", "x")) == [(1, 39), (81, 99)]
    assert cut_tiers(np.full((50, 20), 255, dtype=np.uint8)) == []


def test_lay_flat_moves_a_comma_to_the_bottom_left():
    strip = lay_flat(column("x", ",", "x"))
    cell = strip[:, 24:48] < 100  # cells are 24 pixels apart
    rows, columns = np.flatnonzero(cell.any(axis=1)), np.flatnonzero(cell.any(axis=0))
    assert rows[0] > 0.6 * strip.shape[0]
    assert columns[-1] < 12


@pytest.mark.parametrize(
    ("flat", "turned", "expected"),
    [
        (["线路，涉及台，也"], "线路’涉及33台’也", ["线路，涉及33台，也"]),
        (["全村", "通了班车"], "全村12户通了班车", ["全村12", "通了班车"]),
        (["第3批"], "第3批", ["第3批"]),
        (["没有数字。"], "没有数字", ["没有数字。"]),
    ],
)
def test_add_letters_takes_digits_from_the_turned_line(flat, turned, expected):
    assert add_letters(flat, turned) == expected
