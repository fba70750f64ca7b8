import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.unit.ingest.pdf_writer import PageWriter, write_pdf
from transforms.ingest.images import find_art, read_image
from transforms.ingest.model import RawPage, Refusal
from transforms.ingest.ocr import OcrBox, lines_from_boxes, widen_to_mark
from transforms.ingest.pdf import read_pdf


class FixedEngine:
    """An engine for tests that returns given boxes whatever the image."""

    def __init__(self, boxes: list[OcrBox]) -> None:
        self.boxes = boxes

    def recognize(self, image: np.ndarray) -> list[OcrBox]:
        return self.boxes


def box(text: str, x: float, y: float, size: float = 28, confidence: float = 0.97) -> OcrBox:
    """A box as engines draw it, with padding around the ink."""
    width = len(text) * size
    corners = ((x - 4, y - 4), (x + width + 4, y - 4), (x + width + 4, y + size + 6), (x - 4, y + size + 6))
    return OcrBox(text, corners, confidence, tuple(x + i * size for i in range(len(text))))


def png(width: int = 1000, height: int = 800) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(buffer, "PNG", dpi=(200, 200))
    return buffer.getvalue()


def test_lines_from_boxes_settles_sizes_of_one_type():
    boxes = [box("长江两岸的灯火次第亮起", 0, i * 40, 28 + (i % 2)) for i in range(6)] + [
        box("了。", 0, 240, 25)
    ]
    assert len({line.size for line in lines_from_boxes(boxes, 0.36)}) == 1


def test_lines_from_boxes_straightens_a_skewed_page():
    boxes = [
        OcrBox("远山近水皆是画", ((0, y), (200, y + 4), (200, y + 32), (0, y + 28)), 0.9) for y in (0, 40, 80)
    ]
    for line in lines_from_boxes(boxes, 1.0):
        assert line.y1 - line.y0 < 30


def test_lines_from_boxes_cuts_a_box_that_runs_over_a_gutter():
    rows = [
        "晨雾散去江面开阔",
        "两岸青山如同画屏",
        "船队缓缓驶过峡口",
        "汽笛声在谷中回响",
        "岸边有人挥手致意",
    ]
    boxes = [box(row, x, i * 42) for i, row in enumerate(rows) for x in (0, 262) if i != 2]
    both = rows[2] + rows[2]
    starts = tuple([k * 28.0 for k in range(8)] + [262 + k * 28.0 for k in range(8)])
    boxes.append(OcrBox(both, ((-4, 80), (490, 80), (490, 118), (-4, 118)), 0.9, starts))
    assert sorted(line.text for line in lines_from_boxes(boxes, 0.36)) == sorted(rows * 2)


def test_read_image_keeps_order_and_confidence():
    boxes = [box("第二行在下面", 100, 160, confidence=0.8), box("第一行在上面", 100, 120)]
    (page,) = read_image(png(), uri="a.png", ocr=FixedEngine(boxes))
    assert isinstance(page, RawPage)
    assert page.raw_text == "第一行在上面\n第二行在下面"
    assert [line.confidence_share for line in page.lines] == [0.97, 0.8]
    assert (page.method, page.width) == ("ocr", 360)


def test_read_image_reads_each_frame_of_a_tiff():
    buffer = io.BytesIO()
    frames = [Image.new("L", (300, 200), "white") for _ in range(3)]
    frames[0].save(buffer, "TIFF", save_all=True, append_images=frames[1:])
    pages = list(read_image(buffer.getvalue(), ocr=FixedEngine([box("一页文字", 20, 20)])))
    assert [p.page_number for p in pages if isinstance(p, RawPage)] == [1, 2, 3]


def test_read_image_without_engine_names_the_extra():
    (refusal,) = read_image(png(), uri="a.png")
    assert isinstance(refusal, Refusal)
    assert refusal.reason_code == "extra_missing"
    assert "pip install 'baocang[ocr]'" in refusal.message


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "image_corrupt"), (b"\x89PNG\r\n\x1a\nrubbish", "image_corrupt"), (png()[:60], "image_corrupt")],
)
def test_read_image_refuses_what_does_not_decode(data, reason):
    (refusal,) = read_image(data, ocr=FixedEngine([]))
    assert refusal.reason_code == reason


def test_read_image_refuses_too_many_pixels_before_decoding():
    (refusal,) = read_image(png(2000, 2000), ocr=FixedEngine([]), max_pixels=1_000_000)
    assert refusal.reason_code == "page_too_large"


def test_read_image_refuses_a_page_without_text():
    (refusal,) = read_image(png(), ocr=FixedEngine([]))
    assert refusal.reason_code == "page_unreadable"


def test_find_art_finds_rules_frames_and_pictures():
    pytest.importorskip("cv2")
    image = Image.new("RGB", (1000, 800), "white")
    draw = ImageDraw.Draw(image)
    draw.line((50, 60, 950, 60), fill="black", width=3)
    draw.rectangle((100, 150, 500, 450), outline="black", width=3)
    draw.rectangle((600, 200, 900, 400), fill="gray")
    boxes = [box("框里的第一行文字", 150, 200), box("框里的第二行文字", 150, 240)]
    art = find_art(np.asarray(image), 0.36, boxes, lines_from_boxes(boxes, 0.36))
    assert any(r.width > 300 for r in art.rules)
    assert [round(f.x0) for f in art.frames] == [36]
    assert [round(p.x0 / 10) for p in art.pictures] == [22]


@pytest.mark.parametrize(
    ("picture", "mode", "said"),
    [
        (
            "600 0 0 800 0 0",
            3,
            "扫描件的文字",
        ),  # as scanners write their own reading
        ("600 0 0 800 0 0", 0, "页面的文字层"),  # print over a background
        ("60 0 0 80 0 0", 3, "页面的文字层"),  # type drawn as outlines, with its text for searching
    ],
)
def test_scan_with_the_reading_of_another_engine_is_read_anew(picture: str, mode: int, said: str) -> None:
    page = PageWriter()
    page.content.append(f"q {picture} cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q {mode} Tr")
    page.text(100, 100, "页面的文字层", 20)
    (read,) = read_pdf(write_pdf(page), ocr=FixedEngine([box("扫描件的文字", 100, 100)]))
    assert isinstance(read, RawPage)
    assert read.raw_text == said
    for engine in (None, FixedEngine([])):  # without an engine, or where it finds nothing, the layer is all
        (read,) = read_pdf(write_pdf(page), ocr=engine)
        assert isinstance(read, RawPage)
        assert (read.method, read.raw_text) == ("pdf", "页面的文字层")


@pytest.mark.parametrize(
    ("cut", "whole", "ink", "found"),
    [
        ("渡口的“早班船", "渡口的“早班船”", 210, "渡口的“早班船”"),
        ("早班船”开了", "“早班船”开了", 14, "“早班船”开了"),
        ("渡口的“早班船", "渡口的“早班船”", None, "渡口的“早班船"),
        ("渡口的“早班船", "渡口的“早班船说", 210, "渡口的“早班船"),
        ("渡口的早班船", "渡口的早班船”", 210, "渡口的早班船"),
    ],
    ids=["closing", "opening", "nothing beside it", "no mark beside it", "balanced"],
)
def test_widen_to_mark_reads_what_the_box_cuts_off(cut: str, whole: str, ink: int | None, found: str) -> None:
    image = np.full((40, 300, 3), 255, np.uint8)
    if ink is not None:
        image[5:12, ink : ink + 4] = 0
    line = OcrBox(cut, ((30, 4), (200, 4), (200, 34), (30, 34)), 0.97, tuple(range(30, 30 + len(cut))))
    widened = widen_to_mark(image, line, lambda strip: (whole, 0.9))
    assert widened.text == found
    assert len(widened.starts) == len(found)
    assert (widened is line) == (found == cut)
