"""Towns and provinces of other countries: by the table alone, behind their country, and what is none."""

import polars as pl
import pytest

from flows.resources import load_lookups


def read(finder, text):
    articles = pl.DataFrame({"article_id": ["a"], "text": [text]})
    return finder.find(articles, articles.with_columns(sentence_id=pl.lit("s"), start_char=pl.lit(0)))


def test_table_is_sorted_and_holds_each_name_once():
    names = [row["name"] for row in load_lookups()["abroad"]]
    assert names == sorted(set(names))
    plain = {row["name"] for row in load_lookups()["abroad"] if row["is_plain"] == "1"}
    assert not plain & {"河南省", "北大西洋", "安城市"}


@pytest.mark.parametrize(
    ("text", "name", "subtype"),
    [
        ("公司去年在格勒诺布尔设立了海外仓。", "格勒诺布尔", "city"),
        ("来自卢本巴希的客商在展台前驻足。", "卢本巴希", "city"),
        ("代表团访问了俄罗斯鞑靼斯坦共和国。", "鞑靼斯坦共和国", "province"),
        ("我市与德国下萨克森州签署合作协议。", "下萨克森州", "province"),
        ("我市与法国里尔缔结友好城市关系。", "里尔", "city"),
        ("我市与柬埔寨西哈努克缔结友好城市关系。", "西哈努克", "province"),
        ("公司在日本福冈县久留米市设厂。", "久留米市", "city"),
        ("产品销往意大利佩鲁贾和法国圣马洛。", "圣马洛", "city"),
        ("清迈代表团昨天到我市参观考察。", "清迈", "city"),
    ],
)
def test_places_abroad_are_read_with_their_level(finder, text, name, subtype):
    rows = read(finder, text).filter(pl.col("entity_type") == "place")
    assert (name, subtype) in set(rows.select("surface_text", "entity_subtype").iter_rows())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("教授罗萨里奥介绍了研究成果。", "罗萨里奥"),
        ("总经理马丁内斯表示，公司将扩大投资。", "马丁内斯"),
        ("海防大队官兵参加演练。", "海防"),
        ("这是平安城市建设的成果。", "安城市"),
    ],
)
def test_persons_and_words_are_no_places_abroad(finder, text, name):
    rows = read(finder, text).filter(pl.col("entity_type") == "place")
    assert name not in set(rows["surface_text"])


def test_a_town_that_ends_the_text_ends_with_it(finder):
    text = "她出生于圣卢西亚卡斯特里"
    ends = {row["surface_text"]: row["end_char"] for row in read(finder, text).to_dicts()}
    assert ends["卡斯特里"] == len(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("中国驻柬埔寨大使出席活动。", {"中国", "柬埔寨"}),
        ("副总理诺维林表示，双方将加强合作。", {"诺维林"}),
        ("副总裁阿斯卡尔·努尔兰诺夫说，公司将扩产。", {"阿斯卡尔·努尔兰诺夫"}),
    ],
)
def test_what_stands_in_front_of_a_foreign_name_is_no_part_of_it(finder, text, names):
    assert set(read(finder, text)["surface_text"]) == names
