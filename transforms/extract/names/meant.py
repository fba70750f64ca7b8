"""Which of the divisions that a name may mean an article means."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from transforms.extract.names.forms import forms

# Cities that are provinces: their districts are named beside them.
_CITIES = ("11", "12", "31", "50", "81", "82")


@dataclass(frozen=True)
class Division:
    """A row of the divisions table that a name may mean."""

    adcode: str
    level: str
    province: str
    name: str

    @property
    def has_code(self) -> bool:
        """Whether the code is its own: those of Taiwan have the province's."""
        return self.level == "province" or not self.adcode.endswith("0000")


def index(
    rows: Sequence[Mapping[str, str]], aliases: Mapping[str, str]
) -> tuple[dict[str, list[Division]], dict[str, list[Division]]]:
    """What each name of the divisions table may mean; former divisions only where no present one does.

    Returns:
        Divisions by name, and the former ones of all names.
    """
    provinces = {row["adcode"][:2]: row["name"] for row in rows if row["level"] == "province"}
    found: dict[str, list[Division]] = {}
    former: dict[str, list[Division]] = {}
    for row in rows:
        province = provinces.get(row["adcode"][:2], "")
        division = Division(row["adcode"], row["level"], province, row["name"])
        target = found if row["is_current"] == "1" else former
        for name in forms(row["name"]):
            target.setdefault(name, []).append(division)
    for name, divisions in former.items():
        found.setdefault(name, divisions)
    for alias, name in aliases.items():
        if name in found:
            found[alias] = found[name]
    return found, former


def narrow(
    name: str,
    found: Sequence[Division],
    prefixes: Collection[str],
    told: Collection[str],
    is_wide: bool,
    is_word: bool,
) -> list[Division]:
    """Those of several divisions that an article means; none where the name is rather another word.

    A province's name is the province's (海南, not the district that is called so) unless the article has
    the other one in full. A city goes before districts and counties of which the article does not name the
    city.

    Args:
        name: The name as the article has it.
        found: What the name may mean; one, where it may be no division at all.
        prefixes: First digits of the codes of the provinces (two) and cities (four) that the article names.
        told: Names of its places.
        is_wide: Whether the name is that of a sea or a part of the country as well: 东海, 江南.
        is_word: Whether it is a word as well: 资源.
    """
    full = [d for d in found if any(form != name and form in told for form in forms(d.name))]
    provinces = [division for division in found if division.level == "province"]
    if len(provinces) == 1 and (not full or provinces[0] in full):
        return provinces
    # 朝阳市 and the 朝阳区 of another city: the short form is the city's.
    named = [division for division in full if division.level == "city"]
    if len(named) == 1:
        return named
    near = full or [division for division in found if _is_near(division, prefixes, is_wide)]
    if len(near) == 1:
        # The area of a name rather than its seat: 喀什地区 and 喀什市.
        areas = [d for d in found if d.level == "city" and d.adcode[:4] == near[0].adcode[:4]]
        return areas or near
    if is_wide:
        return near
    # Of a name such as 朝阳 in two provinces, the city is meant where no city of a district is named.
    cities = [division for division in (near or found) if division.level == "city"]
    if len(cities) == 1 and (not near or len({division.province for division in near}) == 1):
        return cities
    return near if near or is_word else list(found)


def _is_near(division: Division, prefixes: Collection[str], is_wide: bool) -> bool:
    """Whether the article names the city, for a county or city that is no word the province."""
    province = division.adcode[:2]
    if division.adcode[:4] in prefixes or (province in _CITIES and province in prefixes):
        return True
    return province in prefixes and not is_wide and not division.name.endswith("区")
