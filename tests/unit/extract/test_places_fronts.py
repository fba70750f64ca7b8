"""Places that the engine begins too late or joins with their neighbours, and parts that are no names."""

import polars as pl
import pytest

from transforms.extract.names.forms import forms
from transforms.extract.names.joined import part_housed, part_inner
from transforms.extract.names.lost import LostFronts
from transforms.extract.names.parts import ProvinceParts
from transforms.extract.names.spans import Span
from transforms.extract.names.tails import PlaceTails


def named(finder, text, kind="place"):
    articles = pl.DataFrame({"article_id": ["a"], "text": [text]})
    sentences = articles.select(sentence_id="article_id", article_id="article_id", text="text", start_char=0)
    found = finder.find(articles, sentences).filter(pl.col("entity_type") == kind)
    return set(found["surface_text"])


def span_of(text, name, kind="place", rule="lac"):
    return Span(text.index(name), text.index(name) + len(name), kind, rule, 0.3)


@pytest.mark.parametrize(
    ("text", "seen", "known", "name"),
    [
        ("入冬以来，调浦村的菜农很忙。", ["浦村"], [], "调浦村"),
        ("据悉，下青河朝鲜族乡通了公路。", ["青河朝鲜族乡"], [], "下青河朝鲜族乡"),
        ("代表团来自德国不来梅港市。", ["德国", "梅港市"], ["德国", "不来梅"], "不来梅港市"),
        ("航线通往印度那瓦舍瓦港。", ["印度", "瓦港"], ["印度"], "那瓦舍瓦港"),
        ("他家在海原县青区瑶族乡。", ["海原县", "青区", "瑶族乡"], [], "青区瑶族乡"),
        ("该村位于本县。", ["本县"], [], "本县"),
        ("记者来到老青石镇。", ["青石镇"], [], "青石镇"),
        ("客人来自北京市朝阳区。", ["北京市", "朝阳区"], ["北京市", "朝阳区"], "朝阳区"),
    ],
)
def test_restore_leads_names_to_their_first_character(lookups, divisions, text, seen, known, name):
    spans = [span_of(text, part) for part in seen]
    places = [span_of(text, part, rule="gazetteer") for part in known]
    restored = LostFronts(lookups, divisions).restore(text, spans, places)
    last = restored[-1]
    assert text[last.start : last.end] == name


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("客商来自苏北、鲁西南和川东北。", ["苏北", "鲁西南", "川东北"]),
        ("皖北药材种苗研究院成立。", ["皖北"]),
        ("打造粤北康养第一站。", ["粤北"]),
        ("四川东部、银川中学和永川东站。", []),
        ("他去了湘西和陕西。", []),
    ],
)
def test_find_reads_parts_of_provinces(divisions, text, parts):
    found = ProvinceParts(divisions).find(text)
    assert [text[s.start : s.end] for s in found] == parts


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [
        ("开挖的是跨江大桥。", "江大桥", None),
        ("青石港区3号泊位开工。", "青石港区3号", "青石港区"),
        ("项目在海原县城区动工。", "城区", None),
        ("工厂在青石路9号。", "青石路9号", "青石路9号"),
        ("两镇结为友好镇。", "友好镇", None),
    ],
)
def test_trim_drops_what_is_no_part_of_a_name(lookups, divisions, text, name, whole):
    kept = PlaceTails(lookups, divisions).trim(text, [span_of(text, name)])
    assert [text[s.start : s.end] for s in kept] == ([] if whole is None else [whole])


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("青川县产业集聚区河南麦海食品有限公司", ["青川县产业集聚区", "河南麦海食品有限公司"]),
        ("海原市经济开发区黑龙江禾海生物科技有限公司", ["海原市经济开发区", "黑龙江禾海生物科技有限公司"]),
        ("青川经济开发区建设投资有限公司", ["青川经济开发区建设投资有限公司"]),
    ],
)
def test_part_housed_parts_a_zone_and_the_firm_in_it(divisions, text, parts):
    spans = part_housed(text, [Span(0, len(text), "organization", "lac")], divisions)
    assert [text[s.start : s.end] for s in spans] == parts
    assert spans[0].entity_type == ("organization" if len(parts) == 1 else "place")


@pytest.mark.parametrize(
    ("text", "seen", "parts"),
    [
        ("枣庄市中区举办", "枣庄市中区", ["枣庄", "市中区"]),
        ("内江市中区推进", "内江市", ["内江", "市中区"]),
        ("乐山市市中区签约", "乐山市市中区", ["乐山市市中区"]),
        ("济南市中区域发展", "济南市", ["济南市"]),
        ("青岛市中区举办", "青岛市", ["青岛市"]),
    ],
)
def test_part_inner_parts_a_city_and_its_district_that_share_a_character(divisions, text, seen, parts):
    spans = part_inner(text, [span_of(text, seen, "place")], divisions)
    assert [text[s.start : s.end] for s in spans] == parts


def test_forms_have_an_autonomous_county_without_its_peoples():
    assert "威宁自治县" in forms("威宁彝族回族苗族自治县")
    assert forms("海原县") == {"海原县", "海原"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("遵义至南宁铁海联运班列新增一班。", "南宁"),
        ("湖北宜昌—列日全货机航线开通。", "列日"),
        ("签约活动在青川县移民文化博物馆报告厅举行。", "青川县移民文化博物馆"),
        ("总部在科左中旗设了收购站。", "科左中旗"),
        ("中心在麦积山脚下。", "麦积山"),
        ("信阳地处鄂豫皖三省交界。", "皖"),
        ("此外，在闽宁协作板块，两市签约。", "宁"),
        ("客人来到潍坊·云岭蔬菜产业园。", "潍坊·云岭蔬菜产业园"),
        ("他们去了青石镇前湾村。", "前湾村"),
        ("公司把厂设在义乌的中国海珠城。", "中国海珠城"),
        ("班列从乌鲁木齐货运站发出。", "乌鲁木齐货运站"),
        ("项目位于经十路以南。", "经十路"),
        ("中日（大连）地方发展合作示范区签约。", "中日（大连）地方发展合作示范区"),
        ("中日（大连）地方发展合作示范区签约。", "日"),
        ("中日（大连）地方发展合作示范区签约。", "大连"),
        ("推介中韩（盐城）产业园，拜会企业。", "中韩（盐城）产业园"),
        ("中国—东盟（柳州）农机产业园开园。", "中国—东盟（柳州）农机产业园"),
        ("公司赴美国佐治亚州亚特兰大设厂。", "亚特兰大"),
        ("历下区营商环境持续优化。", "历下区"),
        ("新藏公路、滇藏公路施工。", "新藏公路"),
        ("新华社兰州5月18日电 城关区举行消防演练。", "城关区"),
        ("阿什哈巴德五城联动。", "阿什哈巴德"),
        ("辽吉黑三省一区的企业参会。", "黑"),
        ("孟中印缅经济走廊推进。", "孟中印缅"),
    ],
)
def test_found_places(finder, text, name):
    assert name in named(finder, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("位于台州湾新区的工厂投产。", "台州湾"),
        ("宁德时代与公司签约。", "宁德"),
        ("走进公司展厅，他拿起一卷钢丝。", "公司展厅"),
        ("大桥主跨合龙，记者在合龙现场看到。", "合龙"),
        ("公司与湘南机电大学签约。", "湘南"),
        ("这是确定的地方经济合作示范区。", "济合作示范区"),
        ("公司以1.05亿元收购高新区内停产的塑料厂。", "亿元收购高新区"),
        ("历下区营商环境持续优化。", "历下区营商环境"),
        ("新藏公路、滇藏公路施工。", "新"),
        ("辽吉黑三省一区的企业参会。", "辽吉黑三省一区"),
        ("公司赴美国佐治亚州亚特兰大设厂。", "佐治亚州亚特兰大设厂"),
    ],
)
def test_not_found_places(finder, text, name):
    assert name not in named(finder, text)


def test_lost_fronts_are_sought_in_linear_time(finder):
    text = "货物从印度那瓦舍瓦港运到调浦村，至南宁铁海联运班列开通。" * 700
    assert len(text) > 19_000
    assert "那瓦舍瓦港" in named(finder, text)
