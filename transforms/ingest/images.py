"""Page images (PNG, JPEG, TIFF and the like) through OCR, with the rules and pictures in their pixels."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from transforms.ingest.art import frames_of, sort_art
from transforms.ingest.assemble import assemble_page
from transforms.ingest.geometry import Art, Line, Rect
from transforms.ingest.model import RawPage, Refusal
from transforms.ingest.ocr import OCR_INSTALL, OcrBox, OcrEngine, find_slope, lines_from_boxes

MAX_PIXELS = 100_000_000
MAX_FRAMES = 500
DEFAULT_DPI = 200.0
RULE_POINTS = 60.0  # shorter strokes are parts of characters or of tables


def read_image(
    data: bytes, *, uri: str = "", ocr: OcrEngine | None = None, max_pixels: int = MAX_PIXELS
) -> Iterator[RawPage | Refusal]:
    """Read a page image; each frame of a TIFF is a page.

    Args:
        data: Bytes of the file.
        uri: Name of the file in refusals; a page is `uri#page N`.
        ocr: Engine; without one the image is refused with the command that installs it.
        max_pixels: Larger images are refused before they are decoded.

    Yields:
        One `RawPage` or `Refusal` a frame, or one `Refusal` for the file: `image_corrupt`, `page_too_large`,
        `too_many_pages`, `extra_missing`; a frame: `page_unreadable`, `page_too_large`, `image_corrupt`.
    """
    if ocr is None:
        yield Refusal(uri, "extra_missing", f"The image needs OCR: {OCR_INSTALL}")
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data))
            frames = getattr(image, "n_frames", 1)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        yield Refusal(uri, "page_too_large", f"{error} Scale the image down.")
        return
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        yield Refusal(uri, "image_corrupt", f"The image cannot be opened ({error}). Export it again.")
        return
    if frames > MAX_FRAMES:
        yield Refusal(uri, "too_many_pages", f"{frames} frames, the limit is {MAX_FRAMES}. Split the image.")
        return
    for number in range(1, frames + 1):
        yield _read_frame(image, number, f"{uri}#page {number}", ocr, max_pixels)


def _read_frame(
    image: Image.Image, number: int, place: str, ocr: OcrEngine, max_pixels: int
) -> RawPage | Refusal:
    try:
        image.seek(number - 1)
        width, height = image.size
        if width * height > max_pixels:
            message = f"{width} x {height} pixels, the limit is {max_pixels}. Scale the image down."
            return Refusal(place, "page_too_large", message)
        dpi = _dpi(image)
        pixels = np.asarray(_flatten(ImageOps.exif_transpose(image)))
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        return Refusal(place, "image_corrupt", f"The image cannot be decoded ({error}). Export it again.")
    read = recognize_page(pixels, 72 / dpi, number, ocr)
    if read is None:
        return Refusal(place, "page_unreadable", "OCR found no text in the image. Check the scan.")
    return read


def _dpi(image: Image.Image) -> float:
    """Resolution that the file states, where it is one that a scanner would have used."""
    try:
        dpi = float(image.info.get("dpi", (DEFAULT_DPI,))[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return DEFAULT_DPI
    return dpi if 100 <= dpi <= 1200 else DEFAULT_DPI


def _flatten(image: Image.Image) -> Image.Image:
    """RGB on white."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layered = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered).convert("RGB")
    if image.mode in {"I;16", "I", "F"}:
        values = np.asarray(image, dtype=np.float32)
        span = float(values.max() - values.min()) or 1.0
        return Image.fromarray(((values - values.min()) / span * 255).astype(np.uint8)).convert("RGB")
    return image.convert("RGB")


def recognize_page(image: np.ndarray, scale: float, page_number: int, ocr: OcrEngine) -> RawPage | None:
    """Read an RGB image as one page; `scale` is points per pixel. `None` if there is no text on it."""
    boxes = ocr.recognize(image)
    lines = lines_from_boxes(boxes, scale)
    if not lines:
        return None
    height, width = image.shape[0] * scale, image.shape[1] * scale
    art = find_art(image, scale, boxes, lines)
    return assemble_page(lines, art, page_number=page_number, width=width, height=height, method="ocr")


def find_art(image: np.ndarray, scale: float, boxes: Sequence[OcrBox], lines: Sequence[Line]) -> Art:
    """Find ruled lines, frames and pictures in the pixels of a page, straightened like its lines."""
    import cv2

    gray = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    slope = find_slope(boxes)
    if abs(slope) > 0.001:
        turned = cv2.getRotationMatrix2D((0, 0), math.degrees(slope), 1.0)
        gray = cv2.warpAffine(gray, turned, (gray.shape[1], gray.shape[0]), borderValue=255)
    paper = float(np.percentile(gray[::4, ::4], 80))
    dark = (gray < paper - 60).astype(np.uint8)
    rules = _rules(cv2, dark, scale)
    pictures = _pictures(cv2, gray, paper, scale, lines)
    width, height = gray.shape[1] * scale, gray.shape[0] * scale
    middles = [((line.x0 + line.x1) / 2, line.middle) for line in lines]
    return sort_art([*rules, *frames_of(rules)], pictures, middles, width, height)


def _rules(cv2: Any, dark: np.ndarray, scale: float) -> list[Rect]:
    """Straight strokes in either direction, joined over small gaps."""
    found: list[Rect] = []
    length = max(10, int(RULE_POINTS / scale))
    for shape in ((length, 1), (1, length)):
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, shape)
        strokes = cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel)
        bridge = cv2.getStructuringElement(cv2.MORPH_RECT, (max(3, shape[0] // 4), max(3, shape[1] // 4)))
        strokes = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, bridge)
        count, _, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
        for x, y, w, h, _area in stats[1 : min(count, 2000)]:
            if min(w, h) * scale <= 5 and max(w, h) * scale >= RULE_POINTS:
                found.append(_rect(x, y, w, h, scale, thin=True))
    return found


def _rect(x: int, y: int, w: int, h: int, scale: float, *, thin: bool = False) -> Rect:
    rect = Rect(x * scale, y * scale, (x + w) * scale, (y + h) * scale)
    if thin and rect.width > rect.height:
        middle = (rect.y0 + rect.y1) / 2
        return Rect(rect.x0, middle - 0.5, rect.x1, middle + 0.5)
    if thin:
        middle = (rect.x0 + rect.x1) / 2
        return Rect(middle - 0.5, rect.y0, middle + 0.5, rect.y1)
    return rect


def _pictures(cv2: Any, gray: np.ndarray, paper: float, scale: float, lines: Sequence[Line]) -> list[Rect]:
    """Large areas of ink once the recognised lines are taken out, seen at 36 dots an inch."""
    factor = scale * 0.5
    size = (max(1, int(gray.shape[1] * factor)), max(1, int(gray.shape[0] * factor)))
    small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    for line in lines:
        if line.size < 40:
            x0, y0, x1, y1 = (int(v * 0.5) for v in (line.x0 - 2, line.y0 - 2, line.x1 + 4, line.y1 + 4))
            small[max(y0, 0) : max(y1, 0), max(x0, 0) : max(x1, 0)] = int(paper)
    ink = (small < paper - 25).astype(np.uint8)
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (5, 5))
    ink = cv2.morphologyEx(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, kernel), cv2.MORPH_OPEN, kernel)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return [
        _rect(x, y, w, h, 2.0)
        for x, y, w, h, area in stats[1 : min(count, 500)]
        if min(w, h) * 2 >= 40 and area > 0.5 * w * h
    ]
