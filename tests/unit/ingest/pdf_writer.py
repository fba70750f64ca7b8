"""A minimal PDF writer for tests: text runs in an unembedded CID font, rectangles, an optional page size."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class PageWriter:
    width: float = 600
    height: float = 800
    content: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 10) -> PageWriter:
        """Write `text` with its baseline at `y` points from the top."""
        encoded = text.encode("utf-16-be").hex()
        self.content.append(f"BT /F1 {size} Tf 1 0 0 1 {x} {self.height - y} Tm <{encoded}> Tj ET")
        return self

    def column(
        self, x: float, y: float, lines: list[str], size: float = 10, leading: float = 1.5
    ) -> PageWriter:
        """Write lines under each other; a leading full-width space is an indent."""
        for i, line in enumerate(lines):
            indent = len(line) - len(line.lstrip("　"))
            self.text(x + indent * size, y + i * size * leading, line.lstrip("　"), size)
        return self

    def vertical(self, x: float, y: float, text: str, size: float = 10) -> PageWriter:
        """Write characters below each other."""
        for i, character in enumerate(text):
            self.text(x, y + i * size, character, size)
        return self

    def rect(self, x: float, y: float, width: float, height: float, *, fill: bool = False) -> PageWriter:
        """Draw a rectangle given by its upper left corner."""
        self.content.append(f"{x} {self.height - y - height} {width} {height} re {'f' if fill else 'S'}")
        return self


def write_pdf(*pages: PageWriter) -> bytes:
    """Serialise pages; UniGB-UTF16-H maps the codes to characters without an embedded font."""
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H "
        "/DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
        "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    for i, page in enumerate(pages):
        stream = "\n".join(page.content)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {7 + 2 * i} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    body, offsets = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{item}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    xref = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return body + f"{xref}startxref\n{len(body)}\n%%EOF\n".encode()
