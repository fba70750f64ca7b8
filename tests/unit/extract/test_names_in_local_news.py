"""Names as local papers write them: party branches, schools, bus lines, lists of roads and of the elected."""

import polars as pl
import pytest


def named(finder, kind, text):
    articles = pl.DataFrame({"article_id": ["a"], "document_id": "d", "text": [text]})
    sentences = articles.select(sentence_id="article_id", article_id="article_id", text="text", start_char=0)
    found = finder.find(articles, sentences)
    return set(found.filter(pl.col("entity_type") == kind)["surface_text"])


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("会议任命卫国胜、田小洁为青石市副市长。", {"卫国胜", "田小洁"}),
        ("大会补选和志坚为县人大常委会副主任。", {"和志坚"}),
        ("免去买银川的职务。", {"买银川"}),
        ("市领导孙书海、张德江、任国军、刘海洋、张新川出席会议。", {"任国军"}),
        ("来自成都的游客周小毅点赞这项举措，游客周小毅还买了门票。", {"周小毅"}),
        ("民警在李某家中将其抓获。", {"李某"}),
    ],
)
def test_persons(finder, text, persons):
    assert persons <= named(finder, "person", text)


@pytest.mark.parametrize(
    "text",
    [
        "聘任专家为顾问，增补项目为重点，选举代表为主席团成员。",
        "希望这样的医生多来，谢谢他们。",
        "迎春接福贺新年，剧团下乡来。",
    ],
)
def test_words_are_no_persons(finder, text):
    assert named(finder, "person", text) == set()


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("青石镇土楼村党支部率村两委成员调研。", {"青石镇土楼村党支部"}),
        ("柳石村党总支组织党员义务劳动。", {"柳石村党总支"}),
        ("青石镇党支部领办合作社助农增收。", {"青石镇党支部"}),
        ("由东石区文体局主办，区篮协协办的比赛落幕。", {"区篮协"}),
        ("两家单位为省委、省政府的决策提供资料。", {"省委", "省政府"}),
        ("县政府办、经信局等单位负责人陪同调研。", {"经信局"}),
        ("市公安局、云石矿业、市中专分别获得前三名。", {"市中专"}),
        ("青川市文史研究馆、青川市文联主办了展览。", {"青川市文史研究馆"}),
        ("奖牌由中国青石教学研究会颁发。", {"中国青石教学研究会"}),
        ("展会吸引国家陶石行业工业设计研究院参会。", {"国家陶石行业工业设计研究院"}),
        ("东石村田禾种植合作社流转了土地。", {"东石村田禾种植合作社"}),
    ],
)
def test_bodies(finder, text, bodies):
    assert bodies <= named(finder, "organization", text)


@pytest.mark.parametrize(
    "text", ["全国行业协会、国家重点实验室纷纷响应。", "为隆重庆祝建党一百周年，村里办起了联欢会。"]
)
def test_words_are_no_bodies(finder, text):
    assert named(finder, "organization", text) == set()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("记者走进汶石县苑庄镇南石村。", {"苑庄镇", "南石村"}),
        ("南石村变了样。负责包保南石村的干部介绍。", {"南石村"}),
        ("置地大道（十三香路至天石山大道段）正在维护。", {"天石山大道"}),
        ("四方区人民一路一处小区里停满了车。", {"人民一路"}),
        ("黄石路、辽石路、运河路、南一路、北一路等部分路段维修。", {"南一路", "北一路"}),
        ("伊、洛、瀍三河在此交汇。", {"伊", "洛", "瀍"}),
        ("黄石、鄂州、潜江八城市文学艺术界联合会协办。", {"潜江"}),
    ],
)
def test_places(finder, text, places):
    assert places <= named(finder, "place", text)


@pytest.mark.parametrize(
    "text",
    [
        "为隆重庆祝建党一百周年，村里办起了联欢会。",
        "村里不断壮大村集体经济，群众增收。",
        "一名居住小区附近的群众说。",
        "市区25路公交车、901路停运。",
        "省里把高寒冷凉山区的群众搬出。",
        "四方公安分局的民警赶到。",
        "九三学社市委的专家来了。",
        "各县市区、各大景区举办了活动。",
    ],
)
def test_words_are_no_places(finder, text):
    assert named(finder, "place", text) == set()
