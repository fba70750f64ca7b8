import time

import polars as pl
import pytest

from flows.resources import load_lookups, load_recognizer
from transforms.extract.mentions import MENTION_SCHEMA, MentionFinder
from transforms.extract.names.patches import PatchError
from transforms.extract.names.rules import NameRules
from transforms.extract.names.spans import Lexicon, find_words


def frames(*texts):
    articles = pl.DataFrame({"article_id": [f"a{i}" for i in range(len(texts))], "text": texts})
    sentences = articles.select(
        sentence_id=pl.concat_str(pl.lit("s-"), "article_id"), article_id="article_id", text="text"
    ).with_columns(start_char=0)
    return articles, sentences


def found(finder, text):
    return {(row["surface_text"], row["entity_type"]) for row in finder.find(*frames(text)).to_dicts()}


def test_find_keeps_offsets_and_sentences(finder):
    text = "李小明到海原市考察。李小明说好。"
    result = finder.find(*frames(text, ""))
    assert result.schema == pl.Schema(MENTION_SCHEMA)
    for row in result.to_dicts():
        assert text[row["start_char"] : row["end_char"]] == row["surface_text"]
        assert row["sentence_id"] == "s-a0"


def test_find_joins_brackets_inside_an_organization(finder):
    names = found(finder, "东湾大学(深圳)与海原国际(香港)有限公司签约。")
    assert ("东湾大学(深圳)", "organization") in names
    assert ("海原国际(香港)有限公司", "organization") in names


def test_find_takes_titles_without_their_marks(finder):
    assert ("山海新篇", "work") in found(finder, "他写了《山海新篇》一书。")


def test_find_does_not_depend_on_the_company_of_an_article(finder):
    texts = ["王大伟在上海说。", "海原市政府发布《海原年鉴》。", "德国总理访问北京。"]
    together = finder.find(*frames(*texts)).select("surface_text", "start_char", "entity_type")
    alone = [finder.find(*frames(t)).select("surface_text", "start_char", "entity_type") for t in texts]
    assert together.equals(pl.concat(alone))


def rows(finder, text):
    return finder.find(*frames(text)).to_dicts()


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("德国外交部昨天表示欢迎。", "德国外交部", "organization"),
        ("东湾上市联盟在香港成立。香港上市促进联盟主席李小明到会。", "香港上市促进联盟", "organization"),
        ("中国科学院上海海原材料与过程所、海原大学参加。", "中国科学院上海海原材料与过程所", "organization"),
        ("代表团上月访华，会见了李小明。", "华", "place"),
        ("泰国驻昆明总领事馆商务领事来访。", "泰国驻昆明总领事馆", "organization"),
        ("施工单位中交四航局三公司更换了项目经理。", "中交四航局三公司", "organization"),
        ("福建农业专家联谊会会长江一鸣到场。", "福建农业专家联谊会", "organization"),
        ("经县人民政府批准，项目停建。", "县人民政府", "organization"),
        ("他去年到了日本鹿儿岛县。", "鹿儿岛县", "place"),
        ("苏州恒岳新材料有限公司签了合同。恒岳与荷兰一家公司谈判。", "恒岳", "organization"),
        ("他创办苏州青云岭茶业有限公司（下文称青云岭）。青云岭有茶园。", "青云岭", "organization"),
        ("项目由海原国际(香港)有限公司投资。", "海原国际(香港)有限公司", "organization"),
        ("会长约翰·史密斯和李小明致辞。", "约翰·史密斯", "person"),
        ("据《海原日报》报道，天气转凉。", "海原日报", "organization"),
        ("第五届中国(青岛)海洋装备博览会昨天开幕。", "第五届中国(青岛)海洋装备博览会", "event"),
    ],
)
def test_find_names_the_whole_thing(finder, text, name, kind):
    assert (name, kind) in found(finder, text)


def test_find_splits_joined_short_forms_and_codes_them(finder):
    coded = {r["surface_text"]: r["adcode"] for r in rows(finder, "鲁港合作论坛前，鲁港两地企业见面。")}
    assert (coded["鲁"], coded["港"]) == ("370000", "810000")


@pytest.mark.parametrize(
    ("text", "adcode"),
    [
        ("广州代表团访问广东，随后粤澳合作启动。", "820000"),
        ("中澳两国签署协定，澳大利亚总理出席。", None),
    ],
)
def test_a_short_form_of_two_places_is_read_by_its_company(finder, text, adcode):
    assert [r["adcode"] for r in rows(finder, text) if r["surface_text"] == "澳"] == [adcode]


def test_a_name_that_several_divisions_share_stays_open_without_evidence(finder):
    assert {r["adcode"] for r in rows(finder, "鼓楼区昨天下雨。") if r["surface_text"] == "鼓楼区"} == {None}
    near = {r["surface_text"]: r["adcode"] for r in rows(finder, "南京很凉快，鼓楼区也是。")}
    assert near["鼓楼区"] == "320106"


def test_a_bracketed_body_does_not_name_the_body_without_the_bracket(finder):
    names = found(finder, "东湾大学(深圳)昨天开学。")
    assert ("东湾大学(深圳)", "organization") in names
    assert ("东湾大学", "organization") not in names


def test_nested_places_point_to_their_parent(finder):
    result = rows(finder, "山东师范大学与中华海原协会(澳门)签约。")
    by_index = {r["mention_index"]: r for r in result}
    nested = {
        (r["surface_text"], by_index[r["parent_index"]]["surface_text"])
        for r in result
        if r["parent_index"] is not None
    }
    assert ("山东", "山东师范大学") in nested


def test_no_name_is_glued_to_a_role(finder):
    names = found(finder, "编辑 王任平 美编 李海涛 校对 孙双")
    assert {"王任平", "李海涛"} <= {name for name, kind in names if kind == "person"}


def test_the_same_surface_is_found_everywhere(finder):
    text = "香港上市促进联盟主席李小明到会。随后香港上市促进联盟宣布计划。"
    spans = [r for r in rows(finder, text) if r["surface_text"] == "香港上市促进联盟"]
    assert len(spans) == 2


def test_a_word_at_the_end_of_a_text_ends_with_it():
    lexicon = Lexicon({"海原": 1, "海原市": 2})
    assert list(lexicon.find("海原市和海原")) == [(0, 3, 2), (4, 6, 1)]


@pytest.mark.parametrize("times", [1, 20_000])
def test_words_are_found_alike_one_by_one_and_all_at_once(times):
    words = {"海原": 1, "海原市": 2, "原市": 3, "市市": 4, "东湾": 5, "湾": 6}
    text = "海原市市市市，原市在东湾海原。" * times
    assert list(find_words(words, text)) == list(Lexicon(words).find(text))


def test_patches_change_results_and_say_so():
    patches = {
        "add": [{"name": "海原论剑", "entity_type": "event", "entity_subtype": "forum"}],
        "drop": [{"name": "李小明", "entity_type": "person", "when": "天气"}],
        "retype": [{"name": "上海", "from": "place", "entity_type": "organization"}],
        "merge": [{"parts": ["北京", "蓝天队友会"], "entity_type": "organization"}],
        "canonical": [{"name": "王大伟", "entity_type": "person", "canonical_name": "王大卫"}],
    }
    finder = MentionFinder(load_recognizer("lac"), {**load_lookups(), "patches": patches})
    result = rows(finder, "天气好，李小明和王大伟在上海办海原论剑，北京蓝天队友会参加。")
    rules = {r["surface_text"]: (r["entity_type"], r["rule"]) for r in result if r["parent_index"] is None}
    assert rules["海原论剑"] == ("event", "patch_add")
    assert rules["上海"] == ("organization", "patch_retype")
    assert rules["北京蓝天队友会"] == ("organization", "patch_merge")
    assert "李小明" not in rules
    assert {r["canonical_name"] for r in result if r["surface_text"] == "王大伟"} == {"王大卫"}


def test_an_unknown_patch_section_is_refused():
    with pytest.raises(PatchError, match="known: add"):
        MentionFinder(load_recognizer("lac"), {**load_lookups(), "patches": {"delete": []}})


def test_flat_profile_follows_the_other_guideline():
    finder = MentionFinder(load_recognizer("lac"), load_lookups(), profile="flat")
    names = found(finder, "德国政府昨天邀请了张晓明主席。")
    assert ("德国", "place") in names
    assert not any(name == "德国政府" for name, _ in names)
    with pytest.raises(ValueError, match="default, flat"):
        MentionFinder(load_recognizer("lac"), load_lookups(), profile="round")


@pytest.mark.parametrize(
    "text", ["中" * 200_000, "《" * 200_000, "(香港)" * 40_000, "第一届" * 60_000, "李·" * 80_000]
)
def test_hostile_text_stays_linear(text):
    start = time.perf_counter()
    NameRules(load_lookups(), is_flat=False).refine(text, [])
    assert time.perf_counter() - start < 20


def test_an_ending_inside_another_word_makes_no_event(finder):
    assert not [r for r in rows(finder, "仪式在人民大会堂举行。") if r["entity_type"] == "event"]


def test_a_town_whose_name_looks_like_short_forms_stays_whole(finder):
    names = {name for name, *_ in found(finder, "云川3月4日讯 云川市委书记到会，云川市与石桥县签约。")}
    assert not names & {"云", "川"}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("主场作战的那不勒斯两连胜，本赛季联赛不败。", "那不勒斯", "organization"),
        ("他在那不勒斯的一所大学读书。", "那不勒斯", "place"),
        ("智利与中国关系良好，中智两国元首会谈。", "智", "place"),
        ("西北地区东部有雨。", "西北", "place"),
        ("日方代表、俄方代表到场。", "俄", "place"),
        ("新任总统阿莫里德发表讲话。", "阿莫里德", "person"),
        ("委内瑞拉能矿部长到访。", "委内瑞拉能矿部", "organization"),
        ("大会在海原国际宾馆举行。", "海原国际宾馆", "place"),
        ("温得和克的冬天不冷。", "温得和克", "place"),
    ],
)
def test_find_reads_the_context_of_a_name(finder, text, name, kind):
    assert (name, kind) in found(finder, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("机器人是智能社区的帮手。", "智能社区"),
        ("省内各市科技局负责人参加。", "科技局"),
        ("各级政府要创新创业、聚力发展。", "聚力发展"),
        ("海原股份有限公司(600123)发布公告。", "海原股份有限公司(600123)"),
        ("他研究印度教。", "印度"),
    ],
)
def test_find_leaves_out_what_names_nothing(finder, text, name):
    assert name not in {surface for surface, _ in found(finder, text)}


def test_a_short_name_that_the_text_tells_is_its_body_everywhere(finder):
    text = "东江海原材料有限公司（以下简称“海原材料”或“公司”）发布公告。同日，海原材料复牌，公司总部不变。"
    told = [r for r in rows(finder, text) if r["rule"] == "told_name"]
    assert {r["surface_text"] for r in told} == {"海原材料"}
    assert {r["canonical_name"] for r in told} == {"东江海原材料有限公司"}
    assert len(told) == 2


def test_a_bare_body_is_that_of_the_only_city(finder):
    named = {r["surface_text"]: r["canonical_name"] for r in rows(finder, "苏州市委、市政府出台办法。")}
    assert named["市政府"] == "苏州市政府"
    named = {
        r["surface_text"]: r["canonical_name"]
        for r in rows(finder, "苏州市委和南京市委开会。后来市政府出台办法。")
    }
    assert named.get("市政府") is None


def test_a_front_that_bodies_share_is_named_in_them(finder):
    text = "青岛市与云帆坊科创有限公司签约。云帆坊技术转移中心成立，由国际加速器云帆坊联合打造。"
    fronts = [r for r in rows(finder, text) if r["surface_text"] == "云帆坊"]
    assert [r["parent_index"] is None for r in fronts] == [False, False, True]


def test_a_place_in_a_city_has_not_the_code_of_the_city(finder):
    coded = {r["surface_text"]: (r["adcode"], r["province"]) for r in rows(finder, "会议在苏州科学城举行。")}
    assert coded["苏州科学城"] == (None, "江苏省")


def test_flat_profile_names_what_lies_inside_words():
    finder = MentionFinder(load_recognizer("lac"), load_lookups(), profile="flat")
    names = found(finder, "学习马克思主义，备战奥运会，江淮地区有雨，地球变暖。")
    assert {("马克思", "person"), ("奥", "place"), ("淮", "place"), ("地球", "place")} <= names


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("副州长格桑次仁和平措多杰出席仪式。", "格桑次仁", "person"),
        ("副州长格桑次仁和平措多杰出席仪式。", "平措多杰", "person"),
        ("记者从海原县人力资源和社会保障局获悉，企业增多。", "海原县人力资源和社会保障局", "organization"),
        ("双方将共建“深海机器人联合实验室”，投资三千万元。", "深海机器人联合实验室", "organization"),
        ("东江果业董事长、市茶叶行业协会会长李小明说。", "市茶叶行业协会", "organization"),
        ("大理州商务局洽谈建设物流中心，时间待定。", "大理州商务局", "organization"),
        ("项目位于海原县青石镇北面山坡。", "青石镇", "place"),
        ("本报合作8月4日讯 今天上午，展会开幕。", "合作", "place"),
        ("还要看东江丰穗投资合伙企业是否同意。", "东江丰穗投资合伙企业", "organization"),
    ],
)
def test_find_reads_names_of_other_papers(finder, text, name, kind):
    assert (name, kind) in found(finder, text)


def test_the_short_form_of_a_country_is_the_country(finder):
    names = {
        row["surface_text"]: row["canonical_name"]
        for row in rows(finder, "中俄合资的公司投产。俄方愿意扩大对华出口。鲁港合作。")
        if row["entity_type"] == "place"
    }
    assert {key: names.get(key) for key in "中俄华鲁"} == {
        "中": "中国",
        "俄": "俄罗斯",
        "华": "中国",
        "鲁": None,
    }


def test_cities_of_taiwan_are_known_by_their_name_as_they_have_no_code(finder):
    found = {r["surface_text"]: r for r in rows(finder, "客商来自台湾、台北、高雄市和嘉义。")}
    assert found["台湾"]["adcode"] == "710000"
    assert {(found[n]["adcode"], found[n]["province"]) for n in ("台北", "高雄市", "嘉义")} == {
        (None, "台湾省")
    }
    assert [found[n]["canonical_name"] for n in ("台北", "高雄市", "嘉义")] == ["台北市", None, None]


def test_an_office_behind_a_title_is_of_the_province_before_it(finder):
    text = "江苏省人民政府副秘书长、省发展改革委主任李小明，云南省商务厅厅长王小红出席。"
    names = {row["surface_text"]: row["canonical_name"] for row in rows(finder, text)}
    assert names["省发展改革委"] == "江苏省发展改革委"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("海原峰会前，欧洲联盟的农业计划引起关注。", "欧洲联盟", "organization"),
        ("他去年才在万象签约。", "万象", "place"),
        ("共青团四川省委号召青年参加。", "共青团四川省委", "organization"),
        ("韩国“小海豚”艺术团昨天演出。", "韩国“小海豚”艺术团", "organization"),
        ("商务部外贸司负责人说，出口回升。", "商务部外贸司", "organization"),
        ("代表团走访了西域农机产业园。", "西域农机产业园", "place"),
        ("南昌胶鞋厂的产品畅销。", "南昌胶鞋厂", "organization"),
        ("本报讯 记者李小明、王苗地报道：天气转凉。", "王苗地", "person"),
        ("三年级学生宋文鑫怯生生地来了。", "宋文鑫", "person"),
        ("安多、聂荣两县恢复生产。", "聂荣", "place"),
        ("乡长说，张海涛担任市委书记五年。", "市委", "organization"),
        ("《海原研究》杂志主编王小红到会。", "《海原研究》杂志", "organization"),
    ],
)
def test_find_reads_whole_names_beyond_the_engine(finder, text, name, kind):
    assert (name, kind) in found(finder, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("云菜出口增长，云花也畅销。", "云菜"),
        ("港资文旅进入东湾。", "港资文旅"),
        ("中国企业去当地建组装厂。", "中国企业去当地建组装厂"),
        ("遗址从北宋延续到辽朝。", "辽朝"),
        ("发展中国家需要支持，中国代表团表示。", "发展中国家"),
        ("海陵七号项目推迟。", "海陵七号"),
        ("国家主席特别代表抵达雅加达。", "特别代"),
        ("审判长查明当事人的身份。", "查明当"),
        ("外商纷至沓来，职工能进能出。", "纷至沓来"),
        ("外商纷至沓来，职工能进能出。", "能进能出"),
        ("他作为主席特别代表来法出席仪式。", "来法"),
        ("本报评论员文章：谱写新篇章。", "文章"),
        ("阿政府宣布大选，罗警方破获一案。", "阿政府"),
        ("阿政府宣布大选，罗警方破获一案。", "罗警方"),
        ("各国足球队到齐，我国足球改革向纵深发展。", "国足"),
        ("各国足球队到齐，我国足球改革向纵深发展。", "深发展"),
        ("抗日军民开荒种地。", "日军"),
        ("据我国外交部介绍，会谈顺利。", "国外交部"),
    ],
)
def test_find_leaves_out_goods_ages_and_descriptions(finder, text, name):
    assert name not in {surface for surface, _ in found(finder, text)}


def test_a_short_form_of_two_countries_before_what_they_share(finder):
    text = "双方就美中战略关系交换意见，其中法律问题最多。"
    assert {n for n, kind in found(finder, text) if kind == "place"} == {"美", "中"}


def test_an_event_does_not_run_over_the_dateline(finder):
    names = found(finder, "本报上海5月2日电第四届东湾国际博览会今天开幕。")
    assert ("上海", "place") in names
    assert ("第四届东湾国际博览会", "event") in names


def test_a_firm_is_known_by_its_brand(finder):
    text = "上海申海海洋工程局有限公司中标。申海海工负责施工，子公司申海国际负责采购。"
    by_name = {row["surface_text"]: row for row in rows(finder, text)}
    assert by_name["申海海工"]["canonical_name"] == "上海申海海洋工程局有限公司"
    assert by_name["申海国际"]["entity_type"] == "organization"
    assert by_name["申海国际"]["canonical_name"] is None


def test_a_firm_whose_own_name_says_united_is_one_firm(finder):
    text = "海岳集团联合投资股份有限公司（下称“海岳联合集团”）昨日复工。"
    names = found(finder, text)
    assert ("海岳集团联合投资股份有限公司", "organization") in names
    assert ("海岳联合集团", "organization") in names


def test_a_full_name_need_not_hold_the_brand_of_the_short_one(finder):
    text = "上海申海海洋工程局有限公司（下称“海昌联合集团”）中标。海昌重工负责施工。"
    assert ("海昌联合集团", "organization") in found(finder, text)


@pytest.mark.parametrize("said", ["介绍", "坦言", "解释", "回忆"])
def test_what_somebody_with_a_title_does_is_no_name(finder, said):
    assert found(finder, f"据该区负责人{said}，今年新增百家。") == set()


def test_a_stage_of_a_park_is_no_part_of_its_name(finder):
    names = found(finder, "15日，普洱咖啡跨境加工园一期工程开工。")
    assert ("普洱咖啡跨境加工园", "place") in names


def test_a_place_within_a_named_one_has_its_province_and_no_code(finder):
    by_name = {row["surface_text"]: row for row in rows(finder, "项目在思茅区南屏镇开工。")}
    assert (by_name["南屏镇"]["province"], by_name["南屏镇"]["adcode"]) == ("云南省", None)


@pytest.mark.parametrize(
    ("dateline", "paper", "meant"),
    [
        ("思茅", None, "普洱市政府"),
        (None, "淄博晚报", "淄博市政府"),
        ("淄博", "淄博晚报", "淄博市政府"),
        ("北京", "淄博晚报", None),
        (None, "粤西商报", None),
    ],
)
def test_a_bare_government_is_of_the_city_of_dateline_and_paper(finder, dateline, paper, meant):
    text = "昨天，市政府召开会议。"
    articles = pl.DataFrame(
        {"article_id": ["a"], "text": [text], "dateline_place": [dateline], "publication": [paper]}
    )
    sentences = pl.DataFrame({"article_id": ["a"], "sentence_id": ["s"], "text": [text], "start_char": [0]})
    names = finder.find(articles, sentences).filter(pl.col("surface_text") == "市政府")
    assert names["canonical_name"].to_list() == [meant]


def test_find_reads_names_that_a_space_parts(finder):
    text = "海原市市长王　涛会见区委书记李　明一行。王　涛说金　额不变。副市长张伟参加，副主任江 一鸣介绍。"
    rows = finder.find(*frames(text, "王大伟在上海说。")).to_dicts()
    people = [row for row in rows if row["entity_type"] == "person"]
    assert [text[row["start_char"] : row["end_char"]] for row in people[:4]] == [
        "王　涛",
        "李　明",
        "王　涛",
        "张伟",
    ]
    assert [row["surface_text"] for row in people] == [
        "王　涛",
        "李　明",
        "王　涛",
        "张伟",
        "江 一鸣",
        "王大伟",
    ]
    assert [row["rule"] for row in people[:2]] == ["padded_name", "padded_name"]


def test_find_parts_names_at_spaces_between_the_clauses_of_a_line(finder):
    """A line that uses spaces for commas: no name reaches over one, and none is lost behind one."""
    text = "浙江省委 江西省委主要负责同志职务调整\n中国评剧家协会　中国杂文家协会选出新一届理事会"
    surfaces = {row["surface_text"] for row in rows(finder, text)}
    assert {"浙江省委", "江西省委", "中国评剧家协会", "中国杂文家协会"} <= surfaces
    damaged = "双方去年签约，东林集团与莱阳青石食品有限公 司今年建厂。"
    assert "莱阳青石食品有限公 司" in {row["surface_text"] for row in rows(finder, damaged)}


def test_find_parts_bodies_that_a_list_joins_by_a_sign(finder):
    """甲+乙: a line of a list of projects; 乙方 is the side that a body is on and no part of its name."""
    text = "海原县政府+远桥农机公司：组装线项目，投资1亿元。甲方海原县政府，乙方云岭药业公司，各执一份。"
    surfaces = {row["surface_text"] for row in rows(finder, text) if row["entity_type"] == "organization"}
    assert surfaces == {"海原县政府", "远桥农机公司", "云岭药业公司"}


def nested_in(finder, text):
    result = rows(finder, text)
    surfaces = {row["mention_index"]: row["surface_text"] for row in result}
    return {
        (row["surface_text"], surfaces[row["parent_index"]])
        for row in result
        if row["parent_index"] is not None
    }


@pytest.mark.parametrize(
    ("text", "place", "parent"),
    [
        ("浙江温岭远航鞋业有限公司今年投产。", "温岭", "浙江温岭远航鞋业有限公司"),
        ("深圳市南山区教育局组织了活动。", "南山区", "深圳市南山区教育局"),
        ("海原星火经济开发区管委会主任李小明说。", "海原星火经济开发区", "海原星火经济开发区管委会"),
        ("星火国际（香港）有限公司签约。", "香港", "星火国际（香港）有限公司"),
        ("农业银行宁波分行发放了贷款。", "宁波", "农业银行宁波分行"),
        ("青石镇党委书记李小明说。", "青石镇", "青石镇党委"),
        ("航班由长沙机场起飞。", "长沙", "长沙机场"),
        ("莱阳青石食品有限公司今年投产。", "莱阳", "莱阳青石食品有限公司"),
        ("黄麓市委常委王小明到会。", "黄麓市", "黄麓市委"),
        ("他与坝峰市高坑区人民政府签约。", "高坑区", "坝峰市高坑区人民政府"),
        ("勐岩县咖啡产业发展中心揭牌。", "勐岩县", "勐岩县咖啡产业发展中心"),
        ("江苏青石河云雾茶业有限公司中标。", "青石河", "江苏青石河云雾茶业有限公司"),
        ("坝峰市今天多云。坝峰恒远新材料有限公司投产。", "坝峰", "坝峰恒远新材料有限公司"),
        ("中交烟台水运工程有限公司中标。", "烟台", "中交烟台水运工程有限公司"),
        ("他到海原农商银行陆石支行借款。", "陆石", "海原农商银行陆石支行"),
        ("记者从东湾新区图书馆获悉，读书节今天开幕。", "东湾新区", "东湾新区图书馆"),
    ],
)
def test_places_inside_names_are_named(finder, text, place, parent):
    assert (place, parent) in nested_in(finder, text)


def test_a_rank_and_a_shorter_form_are_no_places_of_a_body(finder):
    assert nested_in(finder, "中国科学院院士到会。") == set()
    assert ("图们", "图们江水产公司") not in nested_in(finder, "他来自图们江水产公司。")
    assert nested_in(finder, "各县区政府、共青团市委、自治区政府到会。") == set()
    assert ("威海", "福建江威海产有限公司") not in nested_in(finder, "福建江威海产有限公司投产。")


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("双方决定共建智能农机联合实验室，投资三千万元。", "智能农机联合实验室", "organization"),
        ("东湾大学与星火集团合办的茶产业学院昨天揭牌。", "茶产业学院", "organization"),
        ("副市长、公安局局长李小明参加活动。", "公安局", "organization"),
        ("副校长兼材料学院院长李小明介绍，工程顺利。", "材料学院", "organization"),
        ("该区与星火食品公司、东湾大学共建海洋食品研究院，明年启用。", "东湾大学", "organization"),
        ("总投资由韩国世星精工投资1.2亿美元。", "韩国世星精工", "organization"),
        ("全资的海峡（石狮）食品有限公司拿到执照。", "海峡（石狮）食品有限公司", "organization"),
        ("会议在科创中心举行，客商到会。", "科创中心", "place"),
        ("代表团参观了云溪茶文化博物馆。", "云溪茶文化博物馆", "place"),
        ("货物由满洲里口岸出境。", "满洲里口岸", "place"),
        ("项目选址东岗片区，用地百亩。", "东岗片区", "place"),
        ("在秭归县青石坝镇，脐橙熟了。", "青石坝镇", "place"),
        ("客人来自韩国庆尚南道的企业。", "庆尚南道", "place"),
        ("中国（东湾）跨境电商产业园昨天开园。", "中国（东湾）跨境电商产业园", "place"),
    ],
)
def test_find_reads_bodies_and_places_by_their_surroundings(finder, text, name, kind):
    assert (name, kind) in found(finder, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("双方将共建联合实验室和研发中心。", "联合实验室"),
        ("要提升口岸通关效率，实施乡村振兴战略。", "提升口岸"),
        ("要提升口岸通关效率，实施乡村振兴战略。", "实施乡村"),
        ("果农说，今年的苹果价格好，果园丰收。", "苹果"),
        ("公司正与一家挪威公司商谈。", "挪威公司"),
        ("新厂日供水12万吨。", "日"),
        ("他是朝鲜族，今年五十岁。", "朝鲜"),
    ],
)
def test_find_leaves_common_words_alone(finder, text, name):
    assert name not in {surface for surface, _ in found(finder, text)}


def test_the_counties_of_the_paper_s_city_are_known_by_their_short_forms(finder):
    articles, sentences = frames("▲宣威火腿获奖。", "▲和平是福。")
    read = finder.find(articles.with_columns(publication=pl.lit("曲靖日报")), sentences)
    assert read["surface_text"].to_list() == ["宣威"]


def test_the_name_of_a_person_is_no_place_where_he_speaks(finder):
    text = "园区党工委副书记贺兰山到会。贺兰山表示，项目明年投产。他们到贺兰山踏勘。"
    kinds = [row["entity_type"] for row in rows(finder, text) if row["surface_text"] == "贺兰山"]
    assert kinds == ["person", "person", "place"]


def test_a_level_printed_twice_belongs_to_the_office(finder):
    assert ("三溪区", "place") in found(finder, "三溪区区长景浩然代表区政府致辞。")


def test_what_ends_on_a_level_is_no_person(finder):
    names = found(finder, "会上还有一个陈集市的热电项目。")
    assert ("陈集市", "place") in names


def test_the_front_of_a_firm_is_no_place(finder):
    text = "谷香源是临泉县2019年从浙江引进的，安徽谷香源食品有限公司今年投产。"
    assert ("谷香源", "organization") in found(finder, text)


def test_the_farms_of_the_corps_are_places(finder):
    assert ("一四二团", "place") in found(finder, "一四二团八连的番茄熟了。")
