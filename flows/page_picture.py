"""Pictures of pages for the report, drawn in a process of their own: a PDF or image may be hostile."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
from contextlib import suppress

_MEMORY_BYTES = 2 << 30
_TIMEOUT_SECONDS = 60
_WIDTH_PIXELS = 1100
_QUALITY = 45


def picture_page(content: bytes, media_type: str, page_number: int) -> bytes | None:
    """A page as a small WebP picture.

    Args:
        content: Bytes of the source.
        media_type: `application/pdf` or an image type.
        page_number: From 1.

    Returns:
        None where the page cannot be drawn within the limits of memory and time.
    """
    command = [sys.executable, "-m", "flows.page_picture", media_type, str(page_number)]
    try:
        drawn = subprocess.run(
            command, input=content, capture_output=True, timeout=_TIMEOUT_SECONDS, check=False
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    is_webp = drawn.stdout[:4] == b"RIFF" and drawn.stdout[8:12] == b"WEBP"
    return drawn.stdout if drawn.returncode == 0 and is_webp else None


def draw(content: bytes, media_type: str, page_number: int) -> bytes:
    """Draw the page; runs in the process that `picture_page` starts."""
    from PIL import Image

    from transforms.ingest.pdf import render_page

    png = render_page(content, page_number, dpi=110) if media_type == "application/pdf" else content
    picture = Image.open(io.BytesIO(png)).convert("L")
    picture.thumbnail((_WIDTH_PIXELS, _WIDTH_PIXELS * 3))
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=_QUALITY)
    return out.getvalue()


def main() -> None:
    """Read the source from standard input, write the picture to standard output."""
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    media_type, page_number = sys.argv[1], int(sys.argv[2])
    sys.stdout.buffer.write(draw(sys.stdin.buffer.read(), media_type, page_number))


if __name__ == "__main__":
    main()
