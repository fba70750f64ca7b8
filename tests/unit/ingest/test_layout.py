from dataclasses import replace

import pytest

from transforms.ingest.art import find_tables, frames_of
from transforms.ingest.blocks import make_block
from transforms.ingest.geometry import Art, Glyph, Line, Rect, turn, turn_back
from transforms.ingest.glyphs import drop_duplicates, split_directions
from transforms.ingest.joins import join_initials, join_rows
from transforms.ingest.paragraphs import split_paragraphs
from transforms.ingest.reading_order import arrange, find_captions
from transforms.ingest.text_lines import build_lines, join_fragments


def glyphs(text: str, x: float, y: float, size: float = 10, pitch: float | None = None) -> list[Glyph]:
    step = pitch or size
    return [Glyph(c, x + i * step, y, x + i * step + size, y + size, size) for i, c in enumerate(text)]


def column(x: float, y: float, texts: list[str], size: float = 10, leading: float = 15) -> list[Line]:
    """Lines under each other; a leading full-width space is an indent."""
    lines = []
    for i, text in enumerate(texts):
        indent = (len(text) - len(text.lstrip("　"))) * size
        bare, top = text.lstrip("　"), y + i * leading
        lines.append(Line(bare, x + indent, top, x + indent + len(bare) * size, top + size, size))
    return lines


def ordered(lines: list[Line], art: Art | None = None) -> list[str]:
    indexed = [replace(line, index=i) for i, line in enumerate(lines)]
    return ["".join(x.text for x in p.lines) for p in split_paragraphs(arrange(indexed, art or Art()))]


def test_turn_back_undoes_turn():
    line = Line("潮", 1, 2, 3, 4, 10)
    assert turn_back(turn(line)) == line


def test_drop_duplicates_keeps_a_doubled_character():
    assert len(drop_duplicates(glyphs("哈哈", 0, 0) + glyphs("哈哈", 0.4, 0.2))) == 2


def test_build_lines_keeps_a_full_width_space_of_a_byline():
    (line,) = build_lines(glyphs("通讯员", 0, 0) + glyphs("苏叶", 40, 0))
    assert line.text == "通讯员　苏叶"


def test_build_lines_cuts_at_a_gutter_bridged_by_a_hanging_mark():
    rows = ["春潮涌动两岸", "渔船次第归港", "码头人声鼎沸", "货车排成长龙", "仓库连夜装卸", "灯火照亮海面"]
    left = [g for i, row in enumerate(rows) for g in glyphs(row, 0, i * 15)]
    right = [g for i, row in enumerate(rows) for g in glyphs(row, 72, i * 15)]
    lines = build_lines([*left, *right, *glyphs("。", 60, 30)])
    assert sorted(line.text for line in lines) == sorted([*rows, *rows[:2], rows[2] + "。", *rows[3:]])


@pytest.mark.parametrize("spacing", [10, 11])
def test_split_directions_finds_vertical_text(spacing):
    upright = [
        g for i in range(3) for g in map(turn_back, glyphs("江风渔火对愁眠", 0, -200 + i * 16, pitch=spacing))
    ]
    flat, vertical = split_directions([*upright, *glyphs("横排的标题", 300, 0)])
    assert len(vertical) == 21
    assert "".join(g.text for g in flat) == "横排的标题"


def test_join_fragments_respects_a_vertical_rule():
    a, b = Line("东岸", 0, 0, 20, 10, 10), Line("西岸", 32, 0, 52, 10, 10)
    assert len(join_fragments([a, b])) == 1
    assert len(join_fragments([a, b], [Rect(26, -5, 26.5, 15)])) == 2


def test_frames_of_finds_four_rules():
    rules = [Rect(0, 0, 100, 1), Rect(0, 80, 100, 81), Rect(0, 0, 1, 81), Rect(99, 0, 100, 81)]
    assert [(f.x0, f.y1) for f in frames_of(rules)] == [(0, 81)]
    assert frames_of(rules[:3]) == []


def test_arrange_reads_the_columns_under_a_head_past_a_picture():
    head = [Line("渡口复航", 60, 0, 160, 25, 25)]
    left = column(0, 40, ["　　渡口停航三年后", "昨日恢复通行，首班", "渡轮载着二十位乡亲"])
    lower = column(0, 185, ["驶向对岸，汽笛声里", "不少人举起了手机。", "　　船长说，水情平"])
    right = column(110, 40, ["稳，班次将逐步加密", "到半小时一班，夜间", "也会保留一趟。"])
    art = Art(pictures=[Rect(0, 90, 90, 170)])
    assert ordered([*right, *lower, *head, *left], art) == [
        "渡口复航",
        "渡口停航三年后昨日恢复通行，首班渡轮载着二十位乡亲驶向对岸，汽笛声里不少人举起了手机。",
        "船长说，水情平稳，班次将逐步加密到半小时一班，夜间也会保留一趟。",
    ]


def test_arrange_continues_the_open_article_beside_a_nested_one():
    head = [Line("山乡通了班车", 20, 0, 410, 30, 30)]
    first = column(0, 40, ["　　山路十八弯，客车", "终于开进了最后一个", "村子，老人们早早等"])
    nested = [Line("简讯一则", 10, 110, 90, 130, 18)]
    below = column(0, 140, ["　　县图书馆明日起闭", "馆修缮，两周后开放。", "还书可以投递到箱。"])
    second = column(330, 40, ["在站牌下，手里提着", "刚摘的梨，要给司机", "尝一尝。"])
    texts = ordered([*second, *below, *nested, *first, *head])
    assert texts[:2] == [
        "山乡通了班车",
        "山路十八弯，客车终于开进了最后一个村子，老人们早早等在站牌下，手里提着刚摘的梨，要给司机尝一尝。",
    ]
    assert texts[2] == "简讯一则"


def test_arrange_gives_columns_to_the_nearer_of_two_heads():
    rows = ["　　河堤加固完工，汛", "期前通过验收，沿线", "居民可以安心。"]
    lines = [x for i in range(6) for x in column(i * 110, 40, rows)]
    heads = [Line("甲村新闻", 115, 0, 195, 20, 20), Line("乙村新闻", 445, 0, 525, 20, 20)]
    texts = ordered([*lines, *heads])
    assert [i for i, t in enumerate(texts) if t.endswith("新闻")] == [0, 4]


def test_arrange_puts_every_line_in_exactly_one_block():
    lines = [
        replace(
            Line(f"第{i}行", (i * 37) % 500, (i * 53) % 700, (i * 37) % 500 + 40, (i * 53) % 700 + 10, 10),
            index=i,
        )
        for i in range(200)
    ]
    found = [x.index for p in split_paragraphs(arrange(lines, Art())) for x in p.lines]
    assert sorted(found) == list(range(200))


def test_find_captions_takes_short_text_at_the_foot_of_a_picture():
    caption = make_block([Line("雨后的茶山。", 5, 102, 53, 110, 8)], 10)
    text = make_block(column(0, 120, ["正文一行接着一行写", "下去直到写满为止。"] * 4), 10)
    assert list(find_captions([caption, text], [Rect(0, 0, 100, 100)], 10)) == [id(caption)]


def test_arrange_puts_a_quotation_in_large_type_after_the_text_that_runs_past_it():
    left = column(0, 40, ["　　渡口停航三年后终", "于恢复通行，首班渡", "轮载着二十位乡亲驶"])
    quote = [Line("比从前安", 5, 95, 65, 110, 15), Line("稳多了", 5, 115, 50, 130, 15)]
    lower = column(0, 150, ["向对岸，汽笛声里不", "少人举起了手机。"])
    right = column(110, 40, ["　　船长说，水情平稳", "班次将逐步加密到半", *["小时一班，夜间也会"] * 8])
    assert ordered([*right, *lower, *quote, *left])[0] == (
        "渡口停航三年后终于恢复通行，首班渡轮载着二十位乡亲驶向对岸，汽笛声里不少人举起了手机。"
    )


def test_arrange_takes_a_head_at_the_side_of_its_columns():
    upper = [x for i in range(3) for x in column(i * 110, 0, ["　　河堤加固完工，汛", "期前通过验收，沿线"])]
    head = [Line("山乡通", 0, 60, 60, 80, 20), Line("了班车", 0, 82, 60, 102, 20)]
    left = ["　　山路十八弯，客", "车终于开进了最后一", "个村子，老人们早早", "等在站牌下，手里提"]
    text = column(110, 60, left) + column(220, 60, ["着刚摘的梨，要给司", "机尝一尝。"])
    joined = ("".join(left) + "着刚摘的梨，要给司机尝一尝。").strip("　")
    assert ordered([*text, *head, *upper])[-2:] == ["山乡通了班车", joined]


def test_arrange_gives_a_column_to_the_head_whose_text_runs_into_it():
    columns = [
        ["　　河堤加固完工", "汛期前通过验收。"],
        ["　　沿线居民安心", "过夏天了。"],
        ["　　山路十八弯", "班车终于开进最后"],
        ["一个村子，老人们", "等在站牌下。"],
        ["　　乡亲们说进", "城方便多了。"],
    ]
    middle = ["山道上多了笑语声"]
    lines = [x for i, texts in enumerate(columns) for x in column(i * 110, 40, [texts[0], *middle, texts[1]])]
    heads = [Line("河堤完工", 60, 0, 140, 20, 20), Line("山乡班车", 335, 0, 415, 20, 20)]
    assert ordered([*lines, *heads]).index("山乡班车") == 3


def test_join_initials_puts_a_large_first_letter_before_its_line():
    initial = Line("渡", 0, 0, 30, 30, 30)
    lines = [
        *column(32, 0, ["口停航三年后", "恢复通行，首"]),
        *column(0, 30, ["班渡轮载着二十位", "乡亲驶向对岸。"]),
    ]
    joined = join_initials([*lines, initial])
    assert [(x.text, x.x0) for x in joined] == [
        ("渡口停航三年后", 0), ("恢复通行，首", 0), ("班渡轮载着二十位", 0), ("乡亲驶向对岸。", 0),
    ]  # fmt: skip


def test_find_tables_and_join_rows_make_a_line_of_each_row():
    strokes = [Rect(x, y, x + 50, y + 1) for y in (0, 15, 30) for x in (0, 50)]
    strokes += [Rect(x, y, x + 1, y + 15) for y in (0, 15) for x in (0, 50, 99)]
    (table,) = find_tables(strokes)
    cells = [Line("地区", 5, 2, 25, 12, 10), Line("数量", 55, 2, 75, 12, 10)]
    cells += [Line("云桥", 5, 17, 25, 27, 10), Line("312", 55, 17, 70, 27, 10)]
    assert [x.text for x in join_rows(cells, [table])] == ["地区　数量", "云桥　312"]
    assert not find_tables([Rect(r.x0, r.y0 * 20, r.x1, r.y1 * 20) for r in strokes])  # parts of a page


def test_join_fragments_keeps_a_centred_byline_over_a_gutter():
    rows = ["春潮涌动两岸", "渔船次第归港", "码头人声鼎沸", "货车排成长龙"]
    columns = column(0, 20, rows) + column(80, 20, rows)
    byline = [Line("本报记者", 30, 0, 70, 10, 10), Line("方晓", 80, 0, 100, 10, 10)]
    assert "本报记者　方晓" in [x.text for x in join_fragments([*columns, *byline])]
