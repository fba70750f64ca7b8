"""Names under which divisions, countries and bodies are known, whatever an article calls them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def place_aliases(lookups: Mapping[str, Any]) -> dict[str, str]:
    """Countries and cities abroad under the name that they share: 南非共和国 is 南非, 渥太华市 渥太华."""
    places, aliases = lookups["places"], lookups["aliases"]
    cities = (*(row["name"] for row in lookups["abroad"]), *places["cities"])
    return {
        **{f"{land}{state}": land for land in places["countries"] for state in aliases["states"]},
        **{f"{city}市": city for city in cities},
        **aliases["countries"],
    }


def official_names(lookups: Mapping[str, Any]) -> dict[str, str]:
    """Official name of each code of the divisions table and of what goes by several names.

    Of a renamed division it is the present name. The cities of Taiwan have no codes of their own and stand
    under that of the province.
    """
    rows = sorted(lookups["divisions"], key=lambda row: (row["is_current"], row["level"] == "province"))
    codes = {row["adcode"]: row["name"] for row in rows}
    return {**place_aliases(lookups), **lookups["aliases"]["names"], **codes}
