"""What a PDF page holds: its characters with their em boxes, its ruled lines, frames and pictures.

Characters come from pdfium with their origin, size and matrix; the em box is built from these, since the
box that Type 3 fonts state is that of the ink.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium_c

from transforms.ingest.art import frames_of, sort_art
from transforms.ingest.geometry import Art, Glyph, Line, Rect, turn, turn_back
from transforms.ingest.glyphs import drop_duplicates, split_directions
from transforms.ingest.text_lines import build_lines

MAX_OBJECTS = 20_000
MAX_CHARACTERS = 200_000
DIRECTION_SAMPLES = 500
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
# CJK Radicals Supplement that fonts put into ToUnicode; Kangxi radicals fold by NFKC.
# Source: Unicode Character Database, EquivalentUnifiedIdeograph.txt
RADICALS = str.maketrans(
    "⺀⺁⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺒⺓⺔⺕⺖⺗⺘⺙⺛⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬⺭⺯⺰⺱⺲⺶⺷⺸⺹⺺⺻⺼⺽⺾⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻋⻌⻎⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "冫厂乛乚亻冂几𠂊刂卜㔾小小尢𣥂巳幺彑彐忄㣺扌攵旡月歺母民氵氺灬爫爫丬牛犭王罒示礻糸纟罓罒羊羊芈耂肀聿肉臼艹艹虎衤覀西见角角讠贝车辶辶钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)


def fold_radicals(text: str) -> str:
    """Replace radical code points by the ideographs they stand for."""
    return "".join(
        unicodedata.normalize("NFKC", c) if "\u2f00" <= c <= "\u2fd5" else c for c in text.translate(RADICALS)
    )


class PageFrame:
    """Maps the user space of a page to points from the top left of the page as a reader holds it.

    A page that is shown with its text on its side or upside down is turned until the text stands upright.

    Attributes:
        turn: Degrees clockwise that the page is turned further than its file says.
        width, height: Points, after turning.
    """

    def __init__(self, page: Any, text_page: Any) -> None:
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self.turn = _turn_of(text_page, page.get_rotation())
        self.rotation = (page.get_rotation() + self.turn) % 360
        self.width, self.height = page.get_size()
        if self.turn in {90, 270}:
            self.width, self.height = self.height, self.width

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Map a point."""
        match self.rotation:
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case 270:
                return self.top - y, self.right - x
            case _:
                return x - self.left, self.top - y

    def rect(self, x0: float, y0: float, x1: float, y1: float) -> Rect:
        """Map a box."""
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return Rect(min(a, c), min(b, d), max(a, c), max(b, d))


def _turn_of(text_page: Any, rotation: int) -> int:
    """Degrees clockwise that bring most characters of a shown page upright."""
    matrix = pdfium_c.FS_MATRIX()
    count = min(pdfium_c.FPDFText_CountChars(text_page), MAX_CHARACTERS)
    angles: Counter[int] = Counter()
    for i in range(0, count, max(1, count // DIRECTION_SAMPLES)):
        if pdfium_c.FPDFText_IsGenerated(text_page, i) == 1:
            continue
        pdfium_c.FPDFText_GetMatrix(text_page, i, matrix)
        rising = round(math.degrees(math.atan2(matrix.b, matrix.a)))  # counter-clockwise, as drawn
        angles[(rising - rotation) % 360] += 1
    if not angles:
        return 0
    angle, votes = angles.most_common(1)[0]
    return angle if angle in {90, 180, 270} and votes > 0.8 * angles.total() else 0


def read_glyphs(text_page: Any, frame: PageFrame) -> tuple[list[Glyph], float, float]:
    """Read the visible characters of a page, the legible share of them and that of the worst font."""
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix, loose = pdfium_c.FS_MATRIX(), pdfium_c.FS_RECTF()
    fonts: dict[int, int] = {}
    glyphs: list[Glyph] = []
    legible: dict[int, list[int]] = {}
    before: tuple[int, tuple[float, float]] | None = None
    for i in range(min(pdfium_c.FPDFText_CountChars(text_page), MAX_CHARACTERS)):
        code = pdfium_c.FPDFText_GetUnicode(text_page, i)
        if pdfium_c.FPDFText_IsGenerated(text_page, i) == 1:
            continue
        pdfium_c.FPDFText_GetCharOrigin(text_page, i, x, y)
        pdfium_c.FPDFText_GetMatrix(text_page, i, matrix)
        pdfium_c.FPDFText_GetLooseCharBox(text_page, i, loose)
        font_size = pdfium_c.FPDFText_GetFontSize(text_page, i)
        across, up = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
        if (
            across * font_size < 0.5
            or up * font_size < 0.5
            or across * font_size > 2000
            or up * font_size > 2000
        ):
            continue
        text_object = pdfium_c.FPDFText_GetTextObject(text_page, i)
        font_handle = pdfium_c.FPDFTextObj_GetFont(text_object)
        address = ctypes.cast(text_object, ctypes.c_void_p).value or 0
        key = ctypes.cast(font_handle, ctypes.c_void_p).value or 0
        font = fonts.setdefault(key, len(fonts))
        if code in {2, 0xFFFE} and pdfium_c.FPDFText_IsHyphen(text_page, i) == 1:
            code = 0x2D
        text = (
            fold_radicals(chr(code)) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        )
        origin = (x.value, y.value)
        if glyphs and (address, origin) == before:
            _extend(glyphs[-1], text)  # one glyph for several characters
            continue
        before = (address, origin)
        shape = _Shape.of(matrix, font_size, origin)
        advance = shape.advance(text, loose)
        corners = [frame.point(*corner) for corner in shape.corners(advance)]
        xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
        glyph = Glyph(text, min(xs), min(ys), max(xs), max(ys), shape.size, font)
        if not (
            glyph.x1 > -1 and glyph.x0 < frame.width + 1 and glyph.y1 > -1 and glyph.y0 < frame.height + 1
        ):
            continue
        glyphs.append(glyph)
        if text.strip():
            wrong = pdfium_c.FPDFText_HasUnicodeMapError(text_page, i) == 1
            legible.setdefault(font, []).append(not wrong and is_legible(text, advance / shape.em))
    return glyphs, *_legible_shares(legible)


def _extend(glyph: Glyph, text: str) -> None:
    """Add a character to a ligature; a double dash is two em wide."""
    if text == "—" and glyph.text[-1:] == text:
        if glyph.y1 - glyph.y0 > 1.5 * glyph.size:
            glyph.y1 += glyph.size
        else:
            glyph.x1 = max(glyph.x1, glyph.x0 + (len(glyph.text) + 1) * glyph.size)
    glyph.text += text


@dataclass(slots=True)
class _Shape:
    """How a character stands: unit vectors along and up, em along, height, origin on the baseline."""

    along: tuple[float, float]
    up: tuple[float, float]
    em: float
    height: float
    origin: tuple[float, float]

    @classmethod
    def of(cls, matrix: Any, font_size: float, origin: tuple[float, float]) -> _Shape:
        across, up = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
        return cls(
            (matrix.a / across, matrix.b / across),
            (matrix.c / up, matrix.d / up),
            font_size * across,
            font_size * up,
            origin,
        )

    @property
    def size(self) -> float:
        """Type size; condensed type counts as what it looks like."""
        return math.sqrt(self.em * self.height)

    def advance(self, text: str, loose: Any) -> float:
        """Width along the baseline: an em for ideographs, what the font states for others."""
        if unicodedata.east_asian_width(text) in "WF":
            return self.em
        corners = [(x, y) for x in (loose.left, loose.right) for y in (loose.bottom, loose.top)]
        extent = max(
            (x - self.origin[0]) * self.along[0] + (y - self.origin[1]) * self.along[1] for x, y in corners
        )
        return extent if 0.15 * self.em < extent < 1.3 * self.em else 0.5 * self.em

    def corners(self, advance: float) -> list[tuple[float, float]]:
        """Corners of the em box; the descent of ideographs is 12 % of the em in nearly all fonts."""
        return [
            (
                self.origin[0] + self.along[0] * width + self.up[0] * rise,
                self.origin[1] + self.along[1] * width + self.up[1] * rise,
            )
            for width in (0.0, advance)
            for rise in (-0.12 * self.height, 0.88 * self.height)
        ]


def is_legible(text: str, advance_em: float) -> bool:
    """Whether a character is one that a page would really show.

    A font without ToUnicode yields control codes, rare ideographs, or Latin letters as wide as an ideograph.
    """
    code = ord(text[0])
    if code < 0x80:
        return code >= 0x20 and advance_em < 0.97
    if 0x4E00 <= code <= 0x9FFF:
        return _is_common(text)
    return (
        0x2010 <= code <= 0x22FF
        or 0x2460 <= code <= 0x27BF
        or 0x3000 <= code <= 0x33FF
        or 0xFF00 <= code <= 0xFFEE
        or 0x3400 <= code <= 0x4DBF
        or code >= 0x20000
        or text in "·×÷±°§"
        or (0xAC00 <= code <= 0xD7A3)
    )


def _is_common(text: str) -> bool:
    """In GB 2312 or in the first level of Big5, which make up nearly all of print."""
    try:
        lead = text.encode("gb2312")[0]
    except UnicodeEncodeError:
        try:
            return 0xA4 <= text.encode("big5")[0] <= 0xC6
        except UnicodeEncodeError:
            return False
    return 0xB0 <= lead <= 0xF7


def _legible_shares(legible: dict[int, list[int]]) -> tuple[float, float]:
    """Share over the page, and that of the worst font that sets a fair part of it."""
    total = sum(len(flags) for flags in legible.values())
    if not total:
        return 0.0, 0.0
    share = sum(map(sum, legible.values())) / total
    fonts = [sum(flags) / len(flags) for flags in legible.values() if len(flags) >= max(12, 0.03 * total)]
    return share, min([share, *fonts])


def read_art(page: Any, frame: PageFrame, glyphs: list[Glyph]) -> Art:
    """Read ruled lines, frames around text and pictures."""
    collector = _Collector(page.raw, frame)
    collector.collect(None, IDENTITY, 0)
    middles = [((g.x0 + g.x1) / 2, (g.y0 + g.y1) / 2) for g in glyphs]
    rects = [*collector.rects, *frames_of(collector.rects)]
    return sort_art(rects, collector.pictures, middles, frame.width, frame.height)


class _Collector:
    """Walks the drawn objects of a page and of the forms inside it."""

    def __init__(self, page: Any, frame: PageFrame) -> None:
        self.page, self.frame = page, frame
        self.rects: list[Rect] = []
        self.pictures: list[Rect] = []
        self._left = MAX_OBJECTS

    def collect(self, form: Any, at: Matrix, depth: int) -> None:
        """Add the boxes of the form's objects, or of the page's without one, in points of the page."""
        count = pdfium_c.FPDFFormObj_CountObjects(form) if form else pdfium_c.FPDFPage_CountObjects(self.page)
        bounds = [ctypes.c_float() for _ in range(4)]
        for i in range(count):
            self._left -= 1
            if self._left < 0:
                return
            item = (
                pdfium_c.FPDFFormObj_GetObject(form, i) if form else pdfium_c.FPDFPage_GetObject(self.page, i)
            )
            kind = pdfium_c.FPDFPageObj_GetType(item)
            if kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < 4:
                self.collect(item, _multiply(_matrix_of(item), at), depth + 1)
            elif kind in {
                pdfium_c.FPDF_PAGEOBJ_IMAGE,
                pdfium_c.FPDF_PAGEOBJ_PATH,
                pdfium_c.FPDF_PAGEOBJ_SHADING,
            }:
                if not pdfium_c.FPDFPageObj_GetBounds(item, *bounds):
                    continue
                left, bottom, right, top = (b.value for b in bounds)
                corners = [_apply(at, x, y) for x in (left, right) for y in (bottom, top)]
                xs, ys = [p[0] for p in corners], [p[1] for p in corners]
                rect = self.frame.rect(min(xs), min(ys), max(xs), max(ys))
                if kind != pdfium_c.FPDF_PAGEOBJ_PATH:
                    self.pictures.append(rect)
                elif pdfium_c.FPDFPath_CountSegments(item) <= 12:
                    self.rects.append(rect)
                else:
                    self.rects += _segments(item, at, self.frame)


def _segments(path: Any, at: Matrix, frame: PageFrame) -> list[Rect]:
    """Straight segments of a path that draws several lines at once."""
    at = _multiply(_matrix_of(path), at)
    x, y = ctypes.c_float(), ctypes.c_float()
    found: list[Rect] = []
    before: tuple[float, float] | None = None
    for i in range(min(pdfium_c.FPDFPath_CountSegments(path), 400)):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, i)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        point = _apply(at, x.value, y.value)
        if before and pdfium_c.FPDFPathSegment_GetType(segment) == pdfium_c.FPDF_SEGMENT_LINETO:
            found.append(frame.rect(*before, *point))
        before = point
    return found


def _matrix_of(item: Any) -> Matrix:
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(item, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _multiply(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def lines_of(glyphs: list[Glyph], rules: list[Rect]) -> list[Line]:
    """Lines of both writing directions."""
    flat, upright = split_directions(drop_duplicates(glyphs))
    lines = build_lines(flat, rules)
    turned = build_lines([turn(g) for g in upright], [turn(r) for r in rules])
    return lines + [replace(turn_back(x), vertical=True) for x in turned]
