"""Formulas that every party paper prints: appointments, obituaries, bodies named by law, bylines."""

import polars as pl
import pytest

from flows.resources import load_lookups, load_recognizer
from transforms.extract.context import iter_articles
from transforms.extract.mentions import MentionFinder
from transforms.extract.quotations.finder import QuotationFinder
from transforms.extract.roles.finder import RoleFinder
from transforms.normalize.sentences import split_sentences


@pytest.fixture(scope="module")
def read():
    lookups = load_lookups()
    names = MentionFinder(load_recognizer("lac"), lookups)
    roles, quotations = RoleFinder(lookups), QuotationFinder(lookups)

    def read_text(text):
        articles = pl.DataFrame({"article_id": ["a"], "text": [text]})
        spans = split_sentences(text)
        sentences = pl.DataFrame(
            {
                "sentence_id": [str(number) for number in range(len(spans))],
                "article_id": "a",
                "text": [text[start:end] for start, end in spans],
                "start_char": [start for start, _ in spans],
                "end_char": [end for _, end in spans],
            }
        )
        mentions = names.find(articles, sentences)
        contexts = list(iter_articles(articles, sentences, mentions))
        return mentions, roles.find_in(contexts), quotations.find_in(contexts)

    return read_text


def bodies(mentions, kind="organization"):
    return set(mentions.filter(pl.col("entity_type") == kind)["surface_text"])


def held(mentions, roles):
    names = dict(mentions.select("mention_index", "surface_text").iter_rows())
    columns = ("person_mention_index", "organization_text", "title", "is_former")
    return {(names[who], body, title, past) for who, body, title, past in roles.select(columns).iter_rows()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "免去郑国安同志的清江省委书记职务。",
            {("郑国安", "清江省委", "省委书记", True)},
        ),
        (
            "免去：刘德华同志的省商务厅副厅长职务；王玉梅同志的清江省卫生健康委员会一级巡视员职务。",
            {
                ("刘德华", "省商务厅", "副厅长", True),
                ("王玉梅", "清江省卫生健康委员会", "一级巡视员", True),
            },
        ),
        (
            "任命王卫东为市教育局副局长（试用期一年）；免去李秀兰的市卫生健康委员会副主任职务，退休。",
            {
                ("王卫东", "市教育局", "副局长", False),
                ("李秀兰", "市卫生健康委员会", "副主任", True),
            },
        ),
        (
            "清江省政协原党组成员、副主席卢文忠被开除党籍和公职。",
            {
                ("卢文忠", "清江省政协", "原党组成员", True),
                ("卢文忠", "清江省政协", "副主席", True),
            },
        ),
        (
            "原县林业局局长、现任分院院长王大海说。",
            {("王大海", "县林业局", "局长", True), ("王大海", "分院", "院长", False)},
        ),
        ("赛后，主教练蔡斌表示，队员们顶住了压力。", {("蔡斌", None, "主教练", False)}),
        (
            "农业农村部总畜牧师王乐君出席。",
            {("王乐君", "农业农村部", "总畜牧师", False)},
        ),
    ],
)
def test_offices_given_and_taken(read, text, expected) -> None:
    mentions, roles, _ = read(text)
    assert expected <= held(mentions, roles)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "省自然资源厅、省生态环境厅、市住房和城乡建设局负责人参加。",
            {"省自然资源厅", "省生态环境厅", "市住房和城乡建设局"},
        ),
        ("行长龙海与省农业农村厅党组书记、厅长江枫林签署协议。", {"省农业农村厅"}),
        ("民盟省委会主委林若华出席会议。", {"民盟省委会"}),
        ("经市第十六届人大常委会第二十一次会议表决通过。", {"市第十六届人大常委会"}),
        ("清江省第十四届人民代表大会常务委员会公告", {"清江省第十四届人民代表大会常务委员会"}),
        ("中国共产党临江市第六届委员会第八次全体会议在临江举行。", {"中国共产党临江市第六届委员会"}),
        ("中国人民解放军东部战区新闻发言人李熹表示，演习已经结束。", {"中国人民解放军东部战区"}),
        ("新城街道办事处、幸福里社区居委会联合开展志愿服务。", {"新城街道办事处", "幸福里社区居委会"}),
        ("市委常委、军分区政委袁刚参加。", {"军分区"}),
        ("镇长万春，派出所所长李卫国第一时间赶到现场。", {"派出所"}),
        ("赵凯同志任总经理；免去其市住建局副局长职务。", {"市住建局"}),
        ("政协第一次会议听取汇报，市十六届人大四次会议以来，代表满意率达九成。", {"市十六届人大"}),
        ("据新华社电 国务院任免国家工作人员。", {"国务院"}),
    ],
)
def test_bodies_named_by_law(read, text, expected) -> None:
    assert expected <= bodies(read(text)[0])


def test_no_branch_of_a_party_in_other_words(read) -> None:
    names = bodies(read("有居民建议市委会同街道办理，一些市民进市委大院反映情况。")[0])
    assert not {name for name in names if name[:2] in ("民建", "民进")}


def test_places_of_a_committee_and_of_a_zone(read) -> None:
    mentions, *_ = read("钟立新同志任中共云山县委办公室主任。平潭综合实验区、横琴粤澳深度合作区派员参加。")
    places = bodies(mentions, "place")
    assert {"云山县", "平潭综合实验区", "横琴粤澳深度合作区"} <= places
    assert "中共云山县" not in places


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("本报讯（记者 陈立言 通讯员 周敏华）昨日，会议召开。", {"陈立言", "周敏华"}),
        ("本报讯（记者 和志远　实习记者 岩温香）昨日，会议召开。", {"和志远", "岩温香"}),
        ("本报讯（全媒体记者 高明 通讯员 胡小琴）昨日，会议召开。", {"高明", "胡小琴"}),
    ],
)
def test_reporters_whose_names_are_words(read, text, people) -> None:
    assert bodies(read(text)[0], "person") == people


@pytest.mark.parametrize(
    ("text", "mode", "speaker"),
    [
        ("何晓玲倡议，全县新闻工作者要走基层、转作风。", "indirect", "何晓玲"),
        ("网友留言：“家门口的公园终于修好了，点赞！”", "direct", "网友"),
        ("李大山接过话茬：“可不是嘛，以前一下雨，出门全是泥。”", "direct", "李大山"),
    ],
)
def test_words_that_open_speech(read, text, mode, speaker) -> None:
    *_, quotations = read(text)
    assert quotations.select("mode", "speaker_text").rows() == [(mode, speaker)]


def test_a_firm_that_the_text_has_named_says_it_as_the_firm(read) -> None:
    mentions, _, quotations = read("清江电力股份有限公司昨日复产。公司公告称，控股股东拟在六个月内增持股份。")
    speaker = mentions.filter(pl.col("mention_index") == quotations["speaker_mention_index"].item())
    assert speaker["surface_text"].item() == "清江电力股份有限公司"


def test_no_person_in_the_presidium_and_on_a_number_plate(read) -> None:
    assert bodies(read("会议主席团常务主席名单：朱建华。")[0], "person") == {"朱建华"}
    assert bodies(read("一辆牌号为浙J·58K21的货车侧翻。")[0], "person") == set()
