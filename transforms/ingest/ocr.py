"""Scans: an offline OCR engine gives lines with boxes; the layout code orders them like any others.

The engine is rapidocr (extra `ocr`), whose wheel holds its models, so nothing is downloaded. It runs on one
thread: a run parallelises over pages.
"""

from __future__ import annotations

import math
import statistics
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from transforms.ingest.layout import HANGING, Edges, Line, join_fragments, turn, turn_back

OCR_INSTALL = "pip install 'baocang[ocr]'"
MIN_CONFIDENCE = 0.5
EDGE_SLACK = 0.6  # boxes end within this many em of the ink
MAX_SIDE_PIXELS = 6000  # a broadsheet at 200 dpi; smaller limits cost characters


@dataclass(frozen=True, slots=True)
class OcrBox:
    """One recognised line in pixels: the corners clockwise from the start of the text."""

    text: str
    corners: tuple[tuple[float, float], ...]
    confidence: float


class OcrEngine(Protocol):
    """What a reader needs of an OCR engine."""

    def recognize(self, image: np.ndarray) -> list[OcrBox]:
        """Recognise the lines of an RGB image (height, width, 3) of bytes."""


class RapidOcrEngine:
    """rapidocr with the models of its wheel.

    Raises:
        ImportError: The extra `ocr` is not installed.
    """

    def __init__(self, threads: int = 1) -> None:
        from rapidocr import RapidOCR

        self._engine = RapidOCR(
            params={
                "Global.log_level": "error",
                "Global.max_side_len": MAX_SIDE_PIXELS,
                "Global.text_score": MIN_CONFIDENCE,
                "Det.limit_side_len": MAX_SIDE_PIXELS,
                "Det.limit_type": "max",
                "Det.max_candidates": 6000,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def recognize(self, image: np.ndarray) -> list[OcrBox]:
        """Recognise the lines of an RGB image."""
        result: Any = self._engine(np.ascontiguousarray(image[:, :, ::-1]))
        if result is None or getattr(result, "boxes", None) is None or result.txts is None:
            return []
        return [
            OcrBox(text, tuple((float(x), float(y)) for x, y in box), round(float(score), 4))
            for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True)
        ]


def load_ocr_engine() -> OcrEngine | None:
    """The OCR engine, or `None` where the extra is not installed."""
    try:
        return RapidOcrEngine()
    except ImportError:
        return None


def lines_from_boxes(boxes: Sequence[OcrBox], scale: float) -> list[Line]:
    """Lines in points from recognised boxes; `scale` is points per pixel.

    The page is straightened by the median slope of its lines; boxes lose the padding that the engine adds.
    """
    slope = find_slope(boxes)
    lines = [_line(box, slope, scale) for box in boxes if box.text.strip()]
    _settle_sizes(lines)
    flat = join_fragments(split_at_gutters([x for x in lines if not x.vertical]), slack=EDGE_SLACK)
    upright = join_fragments(split_at_gutters([turn(x) for x in lines if x.vertical]), slack=EDGE_SLACK)
    return flat + [_stand(turn_back(x)) for x in upright]


def split_at_gutters(lines: Sequence[Line]) -> list[Line]:
    """Cut boxes in which the engine ran two columns together.

    A cut needs a left edge that lines above and below share, and right edges just before it.
    """
    left, right = Edges(lines, left=True), Edges(lines, left=False)
    edges = sorted(line.x0 for line in lines)
    result = []
    for line in lines:
        size = line.size
        inside = edges[bisect_right(edges, line.x0 + 3 * size) : bisect_left(edges, line.x1 - 0.8 * size)]
        cut = None
        for x in inside[:500]:
            starts = left.support(x, line.middle, size, 0.4)
            ends = max(right.support(x - gap * size, line.middle, size, 0.5) for gap in (0.8, 1.5, 2.3))
            if starts >= 3 and ends >= 3 and (cut is None or starts > cut[0]):
                cut = (starts, x)
        result += _cut(line, cut[1]) if cut else [line]
    return result


def _cut(line: Line, x: float) -> list[Line]:
    """Cut a line at the character that starts nearest to `x`, rather after a mark than before one."""
    widths = [_ems(c) for c in line.text]
    pitch = (line.x1 - line.x0) / max(sum(widths), 0.5)
    starts = [line.x0]
    for width in widths:
        starts.append(starts[-1] + width * pitch)

    def cost(i: int) -> float:
        return abs(starts[i] - x) / line.size - (0.8 if line.text[i - 1] in HANGING else 0.0)

    i = min(range(1, len(line.text)), key=cost, default=0)
    if not i:
        return [line]
    before, after = line.text[:i].rstrip(), line.text[i:].lstrip()
    if not before or not after:
        return [line]
    return [
        replace(line, text=before, x1=min(starts[i], x - 0.3 * line.size)),
        replace(line, text=after, x0=x),
    ]


def _ems(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


def find_slope(boxes: Sequence[OcrBox]) -> float:
    """Median angle of the long horizontal boxes, in radians."""
    angles = []
    for box in boxes:
        (x0, y0), (x1, y1) = box.corners[0], box.corners[1]
        if x1 - x0 > 5 * _height(box) and len(box.text) > 5:
            angles.append(math.atan2(y1 - y0, x1 - x0))
    return statistics.median(angles) if len(angles) >= 3 else 0.0


def _height(box: OcrBox) -> float:
    (x0, y0), (x3, y3) = box.corners[0], box.corners[3]
    return math.hypot(x3 - x0, y3 - y0)


def _line(box: OcrBox, slope: float, scale: float) -> Line:
    cos, sin = math.cos(-slope), math.sin(-slope)
    points = [((x * cos - y * sin) * scale, (x * sin + y * cos) * scale) for x, y in box.corners]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x0, x1 = (xs[0] + xs[3]) / 2, (xs[1] + xs[2]) / 2
    y0, y1 = (ys[0] + ys[1]) / 2, (ys[2] + ys[3]) / 2
    text = unicodedata.normalize("NFC", box.text.strip())
    vertical = y1 - y0 > 1.6 * abs(x1 - x0) and len(text) > 1
    if vertical:
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    size = _text_size(text, x0, x1, y0, y1, vertical=vertical)
    pad = 0.5 * max(0.0, ((x1 - x0) if vertical else (y1 - y0)) - size)
    pad = min(pad, 0.25 * size)
    return Line(
        text, x0 + pad, y0 + pad, x1 - pad, y1 - pad, size, vertical=vertical, confidence=box.confidence
    )


def _text_size(text: str, x0: float, x1: float, y0: float, y1: float, *, vertical: bool) -> float:
    """Size from the pitch of the characters, which is steadier than the height of a box."""
    thickness, length = (x1 - x0, y1 - y0) if vertical else (y1 - y0, x1 - x0)
    ems = sum(map(_ems, text))
    by_height = 0.74 * thickness
    if ems < 4:
        return max(by_height, 1.0)
    pitch = length / (ems + 0.3)
    return max(min(pitch, 1.25 * by_height), 0.75 * by_height, 1.0)


def _stand(line: Line) -> Line:
    line.vertical = True
    return line


def _settle_sizes(lines: Sequence[Line]) -> None:
    """Give lines of one type size the same number: boxes measure it within 10 %, short ones within 20 %."""
    left = sorted(lines, key=lambda x: x.size)
    while left:
        weights = Counter({round(math.log(x.size), 2): 0 for x in left})
        for line in left:
            weights[round(math.log(line.size), 2)] += len(line.text)
        centre = max(weights, key=lambda c: sum(w for o, w in weights.items() if abs(o - c) < 0.1))
        near = [x for x in left if abs(math.log(x.size) - centre) < (0.13 if len(x.text) >= 8 else 0.24)]
        size = statistics.median(x.size for x in near for _ in x.text)
        for line in near:
            line.size = size
        taken = {id(x) for x in near}
        left = [x for x in left if id(x) not in taken]
