"""Scans: an offline OCR engine gives lines with boxes; the layout code orders them like any others.

The engine is rapidocr (extra `ocr`), whose wheel holds its models, so nothing is downloaded. It runs on one
thread: a run parallelises over pages.
"""

from __future__ import annotations

import math
import statistics
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from transforms.ingest.geometry import Line, turn, turn_back
from transforms.ingest.ocr_gutters import EDGE_SLACK, character_ems, split_at_gutters
from transforms.ingest.text_lines import join_fragments
from transforms.ingest.upright import add_letters, cut_tiers, lay_flat

OCR_INSTALL = "pip install 'baocang[ocr]'"
MIN_CONFIDENCE = 0.5
UPRIGHT_MARKS = {ord("’"): "，", ord("'"): "，"}  # engines turn vertical lines, and with them the comma
MAX_SIDE_PIXELS = 12_000  # never scale a strip down: that costs characters
STRIP_PIXELS = 4_500_000  # the engine takes some 200 bytes a pixel
OPENING, CLOSING = "“‘《（【「『(", "”’》）】」』)"
OVERLAP = 320  # pixels; lines and heads up to this height are whole in one of two strips


@dataclass(frozen=True, slots=True)
class OcrBox:
    """One recognised line in pixels.

    Attributes:
        text: What was read.
        corners: Clockwise from the start of the text.
        confidence: 0 to 1.
        starts: Left edge of each character of a horizontal line; empty where the engine does not say.
    """

    text: str
    corners: tuple[tuple[float, float], ...]
    confidence: float
    starts: tuple[float, ...] = ()

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        xs, ys = [x for x, _ in self.corners], [y for _, y in self.corners]
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def tall(self) -> bool:
        """Whether the line runs downwards."""
        x0, y0, x1, y1 = self.bounds
        return y1 - y0 > 1.6 * (x1 - x0) and len(self.text) > 1


class OcrEngine(Protocol):
    """What a reader needs of an OCR engine."""

    def recognize(self, image: np.ndarray) -> list[OcrBox]:
        """Recognise the lines of an RGB image (height, width, 3) of bytes."""


class RapidOcrEngine:
    """rapidocr with the models of its wheel.

    A page is read in overlapping strips, which bounds memory at some 1.5 GB whatever the size of the page.
    The engine's classifier of upside-down lines is off: it turns upright lines and loses them.

    Raises:
        ImportError: The extra `ocr` is not installed.
    """

    def __init__(self, threads: int = 1) -> None:
        from rapidocr import RapidOCR

        self._engine = RapidOCR(
            params={
                "Global.log_level": "error",
                "Global.use_cls": False,
                "Global.max_side_len": MAX_SIDE_PIXELS,
                "Global.text_score": MIN_CONFIDENCE,
                "Global.return_word_box": True,
                "Global.return_single_char_box": True,
                "Det.limit_side_len": MAX_SIDE_PIXELS,
                "Det.limit_type": "max",
                "Det.max_candidates": 6000,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def recognize(self, image: np.ndarray) -> list[OcrBox]:
        """Recognise the lines of an RGB image."""
        boxes = self._strips(image, across=True)
        tall = sum(len(box.text) for box in boxes if box.tall)
        if image.size > 3 * STRIP_PIXELS and 2 * tall > sum(len(box.text) for box in boxes):
            # Vertical text is cut between its columns, not through them.
            boxes = self._strips(image, across=False)
        return [
            piece
            for box in boxes
            for piece in (
                self._stand_up(image, box) if box.tall else (widen_to_mark(image, box, self._read_line),)
            )
        ]

    def _stand_up(self, image: np.ndarray, box: OcrBox) -> list[OcrBox]:
        """Read a vertical line again, its characters upright in a strip; as it was where that reads worse."""
        x0, y0, x1, y1 = (max(0, int(v)) for v in box.bounds)
        top, left = max(0, y0 - 3), max(0, x0 - 2)
        column = image[top : y1 + 3, left : x1 + 2].mean(axis=2).astype(np.uint8)
        tiers = cut_tiers(column)
        texts: list[str] = []
        scores: list[float] = []
        for start, end in tiers:
            strip = lay_flat(column[start:end])
            text, score = self._read_line(np.repeat(strip[:, :, None], 3, axis=2))
            texts.append(text)
            scores.append(score)
        length = sum(map(len, texts))
        if length < 0.7 * len(box.text) or sum(scores) < 0.85 * box.confidence * len(scores):
            return [box]
        return [
            OcrBox(text, ((x0, a), (x1, a), (x1, b), (x0, b)), round(score, 4))
            for text, score, (a, b) in zip(
                add_letters(texts, box.text),
                scores,
                [(top + start, top + end) for start, end in tiers],
                strict=True,
            )
            if text
        ]

    def _read_line(self, strip: np.ndarray) -> tuple[str, float]:
        result: Any = self._engine(strip, use_det=False, use_cls=False, use_rec=True)
        return (result.txts[0], float(result.scores[0])) if result.txts else ("", 0.0)

    def _strips(self, image: np.ndarray, *, across: bool) -> list[OcrBox]:
        """Read strips of the full width (`across`) or height, keeping from each what the cut leaves whole."""
        height, width = image.shape[:2]
        length, side = (height, width) if across else (width, height)
        count = max(1, math.ceil((length - OVERLAP) / max(STRIP_PIXELS // side - OVERLAP, OVERLAP)))
        step = math.ceil((length - OVERLAP) / count) if count > 1 else length
        kept: list[OcrBox] = []
        broken: list[OcrBox] = []
        for i in range(count):
            start, end = i * step, min(length, (i + 1) * step + OVERLAP)
            strip = image[start:end] if across else image[:, start:end]
            shift = (0, start) if across else (start, 0)
            axis = 1 if across else 0
            for box in self._read(strip, shift):
                low, high = min(c[axis] for c in box.corners), max(c[axis] for c in box.corners)
                cut = (i > 0 and low < start + 6) or (i < count - 1 and high > end - 6)
                twins = [other for other in kept if _overlap(box, other) > 0.4]
                if cut and high - low >= OVERLAP:
                    broken.append(box)
                    continue
                if cut:
                    continue  # the neighbouring strip has it whole
                kept = [other for other in kept if other not in twins] + [box]
        return kept + self._mend(image, broken, across=across)

    def _mend(self, image: np.ndarray, broken: list[OcrBox], *, across: bool) -> list[OcrBox]:
        """Read again, in one piece, what every strip cut through: a vertical head, or a broad one."""
        result: list[OcrBox] = []
        while broken:
            first = broken.pop()
            x0, y0, x1, y1 = first.bounds
            for other in list(broken):
                a0, b0, a1, b1 = other.bounds
                beside = min(x1, a1) - max(x0, a0) if across else min(y1, b1) - max(y0, b0)
                if beside > 0.5 * ((x1 - x0) if across else (y1 - y0)):
                    x0, y0, x1, y1 = min(x0, a0), min(y0, b0), max(x1, a1), max(y1, b1)
                    broken.remove(other)
            left, top = max(0, int(x0) - 12), max(0, int(y0) - 12)
            region = image[top : int(y1) + 12, left : int(x1) + 12]
            result += self._read(region, (left, top)) or [first]
        return result

    def _read(self, image: np.ndarray, shift: tuple[int, int]) -> list[OcrBox]:
        # The engine keeps what the last call asked for.
        picture = np.ascontiguousarray(image[:, :, ::-1])
        result: Any = self._engine(picture, use_det=True, use_cls=False, use_rec=True)
        if result is None or getattr(result, "boxes", None) is None or result.txts is None:
            return []
        words = result.word_results or ()
        found = []
        for i, (corners, text, score) in enumerate(
            zip(result.boxes, result.txts, result.scores, strict=True)
        ):
            points = tuple((float(x) + shift[0], float(y) + shift[1]) for x, y in corners)
            cells = words[i] if i < len(words) and words[i] and len(words[i]) == len(text) else ()
            starts = tuple(float(cell[2][0][0]) + shift[0] for cell in cells if cell[2])
            found.append(
                OcrBox(text, points, round(float(score), 4), starts if len(starts) == len(text) else ())
            )
        return found


def widen_to_mark(
    image: np.ndarray, box: OcrBox, read_line: Callable[[np.ndarray], tuple[str, float]]
) -> OcrBox:
    """Read a line again where the other one of its quotation marks or brackets seems to lie outside its box.

    Args:
        image: The page, RGB.
        box: A line that runs across.
        read_line: Text and confidence of the one line of a BGR image.

    Returns:
        The box with the mark; the same box where nothing but paper is beside it or more than a mark is read.
    """
    opened = sum(c in OPENING for c in box.text) - sum(c in CLOSING for c in box.text)
    if not opened:
        return box
    x0, y0, x1, y1 = (max(0, int(v)) for v in box.bounds)
    em = y1 - y0
    left, right = (max(0, x0 - em), x1) if opened < 0 else (x0, x1 + em)
    beyond = image[y0:y1, left:x0] if opened < 0 else image[y0:y1, x1:right]
    if beyond.size == 0 or beyond.min() > 0.5 * image[y0:y1, x0:x1].max():
        return box
    text, _ = read_line(np.ascontiguousarray(image[y0:y1, left:right, ::-1]))
    added = text.removesuffix(box.text) if opened < 0 else text.removeprefix(box.text)
    if len(added) != 1 or added not in (OPENING if opened < 0 else CLOSING):
        return box
    (a, b, c, d), reach = box.corners, 0.5 * em
    starts = box.starts
    if opened < 0:
        corners = ((a[0] - reach, a[1]), b, c, (d[0] - reach, d[1]))
        starts = (corners[0][0], *starts) if starts else ()
    else:
        corners = (a, (b[0] + reach, b[1]), (c[0] + reach, c[1]), d)
        starts = (*starts, b[0]) if starts else ()
    return OcrBox(text, corners, box.confidence, starts)


def _overlap(a: OcrBox, b: OcrBox) -> float:
    """Share of the smaller box that both cover."""
    (ax0, ay0, ax1, ay1), (bx0, by0, bx1, by1) = a.bounds, b.bounds
    shared = max(0.0, min(ax1, bx1) - max(ax0, bx0)) * max(0.0, min(ay1, by1) - max(ay0, by0))
    return shared / max(1.0, min((ax1 - ax0) * (ay1 - ay0), (bx1 - bx0) * (by1 - by0)))


def lines_from_boxes(boxes: Sequence[OcrBox], scale: float) -> list[Line]:
    """Lines in points from recognised boxes; `scale` is points per pixel.

    The page is straightened by the median slope of its lines; boxes lose the padding that the engine adds.
    """
    slope = find_slope(boxes)
    boxes = [box for box in boxes if box.text.strip()]
    lines = [replace(_line(box, slope, scale), index=i) for i, box in enumerate(boxes)]
    _settle_sizes(lines)
    starts = {i: tuple(x * scale for x in box.starts) for i, box in enumerate(boxes)}
    flat = split_at_gutters([x for x in lines if not x.vertical], starts)
    upright = split_at_gutters([turn(x) for x in lines if x.vertical], {})
    return join_fragments(flat, slack=EDGE_SLACK) + [
        replace(turn_back(x), vertical=True) for x in join_fragments(upright, slack=EDGE_SLACK)
    ]


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
        text = text.translate(UPRIGHT_MARKS)
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
    ems = sum(map(character_ems, text))
    by_height = 0.74 * thickness
    if ems < 4:
        return max(by_height, 1.0)
    pitch = length / (ems + 0.3)
    return max(min(pitch, 1.25 * by_height), 0.75 * by_height, 1.0)


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
