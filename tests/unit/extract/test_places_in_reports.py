"""Places as reports on roads, ports, sites and halls name them."""

import polars as pl
import pytest


def read(finder, text):
    articles = pl.DataFrame({"article_id": ["a"], "text": [text]})
    sentences = articles.select(sentence_id="article_id", article_id="article_id", text="text", start_char=0)
    return finder.find(articles, sentences).filter(pl.col("entity_type") == "place")


def named(finder, text, *, nested=False):
    places = read(finder, text)
    return set((places if nested else places.filter(pl.col("parent_index").is_null()))["surface_text"])


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("青石大道海原段项目正式开工。", {"青石大道", "海原"}),
        ("与它相连的疏港公路海角互通尚未完工。", {"疏港公路", "海角互通"}),
        ("其中在建新港大道南延2.2公里。", {"新港大道"}),
        ("青光大道西延西起石岭大道。", {"青光大道", "石岭大道"}),
        ("北关的水门桥和县前街完成了亮化。", {"北关", "水门桥", "县前街"}),
        ("青石路（海角路—野渚大桥）提档升级。", {"青石路", "海角路", "野渚大桥"}),
        ("茶园就坐落在海角河河畔。", {"海角河"}),
        ("茶溪村坐落在天屏山腹地。", {"茶溪村", "天屏山"}),
        ("南渚国际邮轮母港接待旅客40万人次。", {"南渚国际邮轮母港"}),
        ("水堡古镇始建于雍正十年。", {"水堡古镇"}),
        ("走进位于海原市的新能源汽车科技城，塔吊林立。", {"海原市", "新能源汽车科技城"}),
        ("第十二届运动会在区体育场开幕。", {"区体育场"}),
        ("两地在天汉大剧院旁的丝路会议厅举行联席会。", {"天汉大剧院", "丝路会议厅"}),
    ],
)
def test_places_of_works_and_sites_are_whole(finder, text, places):
    assert named(finder, text) == places


@pytest.mark.parametrize(
    ("text", "nested"),
    [
        ("海原至古江高速公路昨日通车。", {"海原", "古江"}),
        ("海原至郑万高铁联络线获批。", {"海原"}),
    ],
)
def test_a_way_between_two_towns_names_them(finder, text, nested):
    found = named(finder, text, nested=True)
    assert nested <= found
    assert "郑万" not in found


@pytest.mark.parametrize(
    "text",
    [
        "新公司由德方占六成，法方出技术，日方每年采购一百吨。",
        "“海丰阳光”轮昨日首航。",
    ],
)
def test_parties_and_ships_are_no_places(finder, text):
    assert named(finder, text) == set()
