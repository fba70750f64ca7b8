import random

import pytest

from tests.unit.ingest.pdf_writer import PageWriter, write_pdf
from transforms.ingest.model import RawPage, Refusal
from transforms.ingest.pdf import read_pdf, render_page

LEFT = ["　　新区昨日公布了", "年度建设安排，全年", "计划开工项目二十个", "总投资四十亿元，其"]
RIGHT = ["中先进制造业占比超", "过六成。", "　　负责人还表示，", "各项准备已经就绪。"]


def read_one(page: PageWriter) -> RawPage:
    (result,) = read_pdf(write_pdf(page))
    assert isinstance(result, RawPage)
    return result


def block_texts(page: RawPage) -> list[str]:
    blocks: dict[int, str] = {}
    for line in page.lines:
        blocks[line.block] = blocks.get(line.block, "") + page.raw_text[line.raw_start : line.raw_end]
    return list(blocks.values())


def two_columns() -> PageWriter:
    page = PageWriter()
    page.text(105, 60, "海港新区项目集中开工", 20)
    return page.column(100, 100, LEFT).column(215, 100, RIGHT)


@pytest.mark.parametrize("seed", range(4))
def test_read_pdf_orders_by_place_not_by_stream(seed):
    page = two_columns()
    random.Random(seed).shuffle(page.content)
    assert block_texts(read_one(page)) == [
        "海港新区项目集中开工",
        "新区昨日公布了年度建设安排，全年计划开工项目二十个总投资四十亿元，其中先进制造业占比超过六成。",
        "负责人还表示，各项准备已经就绪。",
    ]


def test_read_pdf_lines_slice_back_to_raw_text():
    page = read_one(two_columns())
    for line in page.lines:
        assert page.raw_text[line.raw_start : line.raw_end].strip()
        assert line.x0 < line.x1
        assert line.y0 < line.y1
    joined = "".join(page.raw_text[line.raw_start : line.raw_end] for line in page.lines)
    assert joined == page.raw_text.replace("\n", "")


def test_read_pdf_gives_boxes_from_the_top_left():
    head = read_one(two_columns()).lines[0]
    assert (head.hint, head.font_size) == ("headline", 20)
    assert head.x0 == pytest.approx(105, abs=0.5)
    assert head.y1 == pytest.approx(60, abs=4)


def test_read_pdf_drops_copies_of_fake_bold():
    page = two_columns()
    for shift in (0.3, 0.6):
        page.text(105 + shift, 60, "海港新区项目集中开工", 20)
    assert block_texts(read_one(page))[0] == "海港新区项目集中开工"


def test_read_pdf_marks_running_heads_as_furniture():
    page = two_columns().text(100, 30, "A03").text(400, 30, "2031年4月5日 星期六", 9)
    furniture = [line for line in read_one(page).lines if line.hint == "furniture"]
    assert len(furniture) == 2


def test_read_pdf_keeps_a_framed_article_together():
    page = PageWriter()
    page.text(100, 60, "东城老街改造完成", 20).column(60, 100, LEFT + RIGHT)
    page.rect(180, 85, 215, 200).text(200, 110, "图书馆延长开放", 16)
    page.column(190, 130, ["　　即日起市图书馆", "每晚开放到九点整，", "周末照常开放，市民"]).column(
        300, 130, ["和学生可以凭身份证", "件入馆阅览，也可以", "自习到闭馆前一刻。"]
    )
    page.column(420, 100, ["中山路沿线的店铺也", "将在月底恢复营业。"])
    texts = block_texts(read_one(page))
    boxed = texts.index("图书馆延长开放")
    assert texts[boxed + 1] == (
        "即日起市图书馆每晚开放到九点整，周末照常开放，市民"
        "和学生可以凭身份证件入馆阅览，也可以自习到闭馆前一刻。"
    )


def test_read_pdf_reads_vertical_text_from_the_right():
    page = PageWriter()
    page.vertical(400, 100, "清晨的港口已经热闹起来渔船陆续")
    page.vertical(385, 100, "靠岸商贩们忙着挑选新鲜的海货一")
    page.vertical(370, 100, "直到日上三竿才渐渐散去。")
    assert "".join(read_one(page).raw_text.split()) == (
        "清晨的港口已经热闹起来渔船陆续靠岸商贩们忙着挑选新鲜的海货一直到日上三竿才渐渐散去。"
    )


def test_read_pdf_without_text_layer_names_the_extra():
    page = PageWriter().rect(100, 100, 300, 300, fill=True)
    (result,) = read_pdf(write_pdf(page), uri="a.pdf")
    assert isinstance(result, Refusal)
    assert (result.uri, result.reason_code) == ("a.pdf#page 1", "extra_missing")
    assert "pip install 'baocang[ocr]'" in result.message


def test_read_pdf_refuses_one_bad_page_alone():
    results = list(read_pdf(write_pdf(two_columns(), PageWriter(), two_columns())))
    assert [type(r).__name__ for r in results] == ["RawPage", "Refusal", "RawPage"]
    assert [r.page_number for r in results if isinstance(r, RawPage)] == [1, 3]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "pdf_corrupt"),
        (b"%PDF-1.4\nnonsense", "pdf_corrupt"),
        (write_pdf(PageWriter())[:300], "pdf_corrupt"),
    ],
)
def test_read_pdf_refuses_what_does_not_open(data, reason):
    (result,) = read_pdf(data)
    assert result.reason_code == reason


def test_read_pdf_refuses_too_many_pages():
    (result,) = read_pdf(write_pdf(two_columns(), two_columns()), max_pages=1)
    assert result.reason_code == "too_many_pages"


def test_read_pdf_refuses_a_page_beyond_any_paper():
    (result,) = read_pdf(write_pdf(PageWriter(width=200_000, height=200_000)))
    assert result.reason_code == "page_too_large"


def test_render_page_returns_png():
    assert render_page(write_pdf(two_columns()), 1, dpi=72).startswith(b"\x89PNG")


def test_render_page_names_the_pages_there_are():
    with pytest.raises(ValueError, match="pages 1 to 1, not 2"):
        render_page(write_pdf(two_columns()), 2)


def test_read_pdf_reads_the_pages_that_survive_a_lost_catalogue():
    data = write_pdf(two_columns(), two_columns()).replace(b"/Type /Catalog", b"/Type /Scatter")
    data = data[: data.rindex(b"xref")]
    pages = list(read_pdf(data[: data.rindex(b"BT")]))  # the content of the last page breaks off
    assert isinstance(pages[0], RawPage)
    assert pages[0].raw_text.startswith("海港新区项目集中开工")
    assert isinstance(pages[1], Refusal)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_read_pdf_turns_a_page_that_is_shown_on_its_side(rotation):
    upright = read_one(two_columns())
    data = write_pdf(two_columns()).replace(b"/MediaBox", b"/Rotate %d /MediaBox" % rotation)
    (page,) = read_pdf(data)
    assert isinstance(page, RawPage)
    assert page == upright
    assert render_page(data, 1, dpi=30) == render_page(write_pdf(two_columns()), 1, dpi=30)
