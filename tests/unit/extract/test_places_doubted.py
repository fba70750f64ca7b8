"""Places of the engine that are none, known ones that it misses, and what they are named with."""

import polars as pl
import pytest

from flows.resources import load_lookups
from transforms.extract.names.divisions import Divisions
from transforms.extract.names.doubted import DoubtedPlaces
from transforms.extract.names.spans import Span


@pytest.fixture(scope="module")
def doubted():
    lookups = load_lookups()
    return DoubtedPlaces(lookups, Divisions(lookups))


def named(finder, text, kind="place"):
    articles = pl.DataFrame({"article_id": ["a"], "text": [text]})
    sentences = articles.select(sentence_id="article_id", article_id="article_id", text="text", start_char=0)
    found = finder.find(articles, sentences).filter(pl.col("entity_type") == kind)
    return set(found["surface_text"])


def refined(doubted, text, name, kind="place", known=(), confidence=0.3):
    spans = [Span(text.index(name), text.index(name) + len(name), kind, "lac", confidence)]
    shorts = [Span(text.index(n), text.index(n) + len(n), "place", "short_form", 0.9) for n in known]
    return [(text[s.start : s.end], s.entity_type) for s in doubted.refine(text, spans, shorts)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("公司打造“云溪古渡”旅游品牌。", "云溪古渡"),
        ("这里是有名的“竹海之县”。", "竹海之县"),
        ("镇里的参业大户围坐一起。", "镇里"),
        ("三港之间每周对开班轮。", "三港"),
        ("新桥昨日通车。（祁连）\n下一条", "祁连"),
    ],
)
def test_no_places(doubted, text, name):
    assert refined(doubted, text, name) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“云溪新天地”商业综合体停工。", "云溪新天地"),
        ("收回“云溪山庄”地块的土地。", "云溪山庄"),
        ("货物从大连港装船。", "大连港"),
    ],
)
def test_places_that_stay(doubted, text, name):
    assert refined(doubted, text, name) == [(name, "place")]


@pytest.mark.parametrize(
    ("text", "name", "known", "places"),
    [
        ("早日建成绍兴康养基地。", "绍兴康", (), ["绍兴"]),
        ("他与在深吉安老乡座谈。", "深吉安", (), ["吉安"]),
        ("支持企业赴港上市。", "港上市", ("港",), ["港"]),
        ("资金来自鲁渝协作项目。", "鲁渝协作", ("鲁渝",), ["鲁渝"]),
    ],
)
def test_cut_places(doubted, text, name, known, places):
    assert [found for found, _ in refined(doubted, text, name, known=known)] == places


@pytest.mark.parametrize(
    ("text", "name", "places"),
    [
        ("云南昭通的一家种业公司来买种。", "云南昭通", ["云南", "昭通"]),
        ("公司在德国施韦因富特与伙伴签约。", "德国施韦", ["德国", "施韦因富特"]),
        ("阿斯利康是英国阿斯利康与伙伴办的。", "英国阿斯利康", None),
    ],
)
def test_bodies_made_of_places(doubted, text, name, places):
    found = refined(doubted, text, name, kind="organization")
    assert found == ([(name, "organization")] if places is None else [(place, "place") for place in places])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("农场此前曾与哈尔滨一家科研院所合作。", "哈尔滨"),
        ("八月的柴达木，天蓝得像洗过一样。", "柴达木"),
        ("游客看了葛洲坝船闸。", "葛洲坝"),
        ("距北京大兴国际机场只有四十公里。", "北京大兴国际机场"),
        ("党员来到富民社区开展服务。", "富民社区"),
        ("总部设在德国多特蒙德。", "多特蒙德"),
        ("市长在塔克宾馆分别会见了客人。", "塔克宾馆"),
        ("●黄石渔港二期因台风停工。", "黄石渔港"),
        ("◆高新区清溪街道新时代文明实践所举办活动。", "清溪街道"),
        ("晋江市东石商会来访。", "东石"),
        ("工厂位于凤鸣路以东、朝阳大道南侧。", "朝阳大道"),
        ("公司拿下的杭温高铁备件采购合同已签。", "杭温高铁"),
        ("上党区青川工业园区管委会与公司签约。", "青川工业园区"),
        ("沿线碱滩镇的村民开上了新路。", "碱滩镇"),
    ],
)
def test_found_places(finder, text, place):
    assert place in named(finder, text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("这位蒙古族干部开了口。", "蒙古"),
        ("来的是香港明德国际能源有限公司。", "德国"),
        ("货物从天津港装船。", "天津"),
        ("海原区自然资源分局发布公告。", "资源"),
        ("港区通用码头二期完工。", "通用码头"),
        ("学校建成国家大学科技园。", "国家大学科技园"),
        ("志愿者走进各社区服务。", "各社区"),
        ("刚下了高铁，他就赶到工地。", "下了高铁"),
        ("县人民医院医技楼项目开工。", "医技楼"),
    ],
)
def test_not_found_places(finder, text, place):
    assert place not in named(finder, text)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("会议由海原市物流与采购协会主办。", "海原市物流与采购协会"),
        ("研究所在海原县中等职业学校设立了实训室。", "海原县中等职业学校"),
        ("记者从炎陵县融媒体中心获悉，大桥通车。", "炎陵县融媒体中心"),
        ("江苏省对口支援伊犁州前方指挥部总指挥李明出席。", "江苏省对口支援伊犁州前方指挥部"),
        ("公司引入杭州海原股权投资合伙企业（有限合伙）的投资。", "杭州海原股权投资合伙企业（有限合伙）"),
        ("新加坡驻成都总领事馆商务领事来访。", "新加坡驻成都总领事馆"),
        ("记者从市重点工程建设管理中心获悉，大桥通车。", "市重点工程建设管理中心"),
        ("福建五宝钢铁中标大桥工程。", "福建五宝钢铁"),
    ],
)
def test_bodies(finder, text, body):
    assert body in named(finder, text, "organization")


def test_bank_of_a_branch_is_not_named(finder):
    assert named(finder, "农业银行驻马店分行与公司签约。", "organization") == {"农业银行驻马店分行"}
