import io
import zipfile

import pytest

from transforms.ingest.docx import read_docx
from transforms.ingest.model import SourceMeta, UnreadableError

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = f"""<w:styles xmlns:w="{NAMESPACE}"><w:style w:styleId="a1"><w:name w:val="heading 1"/>
<w:rPr><w:sz w:val="44"/></w:rPr></w:style></w:styles>"""


def package(body: str, prefix: str = "", **parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        document = f'{prefix}<w:document xmlns:w="{NAMESPACE}"><w:body>{body}</w:body></w:document>'
        archive.writestr("word/document.xml", document)
        archive.writestr("word/styles.xml", STYLES)
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return buffer.getvalue()


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def lines(data: bytes) -> list[tuple[str | None, float | None, str]]:
    page = read_docx(data, uri="x", meta=SourceMeta()).pages[0]
    return [(line.hint, line.font_size, page.raw_text[line.raw_start : line.raw_end]) for line in page.lines]


def test_read_docx_takes_style_and_size() -> None:
    body = paragraph("春到海州", '<w:pStyle w:val="a1"/>') + paragraph("第一段。", run='<w:sz w:val="21"/>')
    assert lines(package(body)) == [("headline", 22.0, "春到海州"), (None, 10.5, "第一段。")]


def test_read_docx_leaves_out_deleted_and_hidden() -> None:
    deleted = "<w:p><w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:r><w:t>留</w:t></w:r></w:p>"
    assert lines(package(deleted + paragraph("藏", run="<w:vanish/>"))) == [(None, None, "留")]


def test_read_docx_splits_lines_and_takes_text_boxes_once() -> None:
    box = (
        '<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
        f'markup-compatibility/2006"><mc:Choice>{paragraph("框")}</mc:Choice><mc:Fallback>{paragraph("框")}'
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    broken = "<w:p><w:r><w:t>上</w:t><w:br/><w:t>下</w:t></w:r></w:p>"
    document = read_docx(package(box + broken), uri="x", meta=SourceMeta())
    assert document.pages[0].raw_text == "前\n\n框\n\n上\n下"


def test_read_docx_takes_running_heads_as_furniture() -> None:
    header = f'<w:hdr xmlns:w="{NAMESPACE}">{paragraph("海州日报")}</w:hdr>'
    assert lines(package(paragraph("正文。"), header1=header))[0] == ("furniture", None, "海州日报")


LAUGHS = '<!DOCTYPE z [<!ENTITY a "哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (package(paragraph("&b;"), LAUGHS), "entity_declaration"),
        (package("<w:p>" * 400), "markup_too_deep"),
        (package("<w:p>"), "docx_corrupt"),
        (package(""), "no_text"),
        (package(paragraph("a" * 9_000_000)), "archive_ratio"),
        (b"PK\x03\x04rubbish", "archive_corrupt"),
    ],
)
def test_read_docx_refuses(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_docx(data, uri="x", meta=SourceMeta())
    assert caught.value.reason_code == reason
