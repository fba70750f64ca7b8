"""Pages that are cut, shuffled and strewn with marks are read without a fault of the program."""

from __future__ import annotations

import random
from pathlib import Path

from flows.faults import read_faults
from flows.recognition import Recognition
from flows.sources import IngestOptions, discover, read_source
from flows.work import extract_part, normalize_part, write_parts

PAGES = Path(__file__).parents[2] / "benchmarks" / "pages"
MARKS = [
    *" \u3000\n，。、：；（）()/《》“”【】▲●■—…·",
    "\n\n",
    "记者",
    "摄",
    "文/图",
    "编辑",
    "签约",
    "12亿元",
    "3月5日",
]


def mutated(page: str, chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.3:
        start = chance.randrange(len(page))
        page = page[start : start + chance.randrange(20, 700)]
    elif kind < 0.5:
        lines = page.split("\n")
        chance.shuffle(lines)
        page = "\n".join(lines[: chance.randrange(3, 40)])
    characters = list(page or "字")
    for _ in range(chance.randrange(1, max(2, len(characters) // 25))):
        place = chance.randrange(len(characters))
        if chance.random() < 0.4 and len(characters) > 1:
            del characters[place]
        else:
            characters.insert(place, chance.choice(MARKS))
    return "".join(characters)


def test_no_damage_makes_the_program_fail(tmp_path: Path) -> None:
    chance = random.Random(2026)
    pages = [path.read_text(encoding="utf-8") for path in sorted(PAGES.glob("*.txt"))]
    (tmp_path / "pages").mkdir()
    for number in range(60):
        text = mutated(chance.choice(pages), chance)
        (tmp_path / "pages" / f"{number:02}.txt").write_text(text, encoding="utf-8")
    found, _ = discover([str(tmp_path / "pages")])
    write_parts((i for s in found for i in read_source(s, IngestOptions())), tmp_path / "read", 10**9)
    [part] = (tmp_path / "read").iterdir()
    normalize_part(part, tmp_path / "normalized", simplify=False)
    extract_part(tmp_path / "normalized", tmp_path / "extracted", Recognition())
    faults = read_faults([tmp_path / "normalized", tmp_path / "extracted"])
    assert faults["message"].to_list() == [], faults["traceback"].to_list()
