"""What is no part of a name is left out of titles and sides."""

import pytest

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.same import title_text
from transforms.extract.deals.wording import is_doer, trim_sides, trim_titles


def context_of(text: str, *names: str) -> ArticleContext:
    mentions = [
        Mention(index, text.index(name), text.index(name) + len(name), "organization", "company", name)
        for index, name in enumerate(names)
    ]
    return ArticleContext("a", text, None, None, [(0, len(text))], mentions)


def candidate_of(text: str, title: tuple[int, int] | None, *parties: Party) -> Candidate:
    return Candidate(0, len(text), (0, 1), "signed", title=title, hint="project", parties=list(parties))


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("▲云岭污水处理厂扩建项目", "云岭污水处理厂扩建项目"),
        ("○两地政务服务专窗25日在云岭市民中心", "两地政务服务专窗"),
        ("讯 云岭二期项目", "云岭二期项目"),
        ("快讯\u3000云岭二期项目", "云岭二期项目"),
        ("云岭\u3000首座智能工厂", "首座智能工厂"),
        ("云岭市｜云岭产业联盟", "云岭产业联盟"),
        ("至于此前备受关注的储能项目", "储能项目"),
        ("标志着这一总投资3亿元的项目", "总投资3亿元的项目"),
        ("的“乡村”专项公司债", "“乡村”专项公司债"),
        ("与云岭大学的联合实验室", "云岭大学的联合实验室"),
        ("本报1月2日3版《云岭大桥", "云岭大桥"),
        ("部分签约项目1.云岭药业基地项目", "云岭药业基地项目"),
        ("云岭公路一标段日前完成招标", "云岭公路一标段"),
        ("云岭水源工程因汛期冲毁管线", "云岭水源工程"),
        ("云岭水厂施工标段中标结果公示", "云岭水厂施工标段"),
        ("口岸投资2亿元实施了换装场改造", "换装场改造"),
        ("拿到了某行5400万元的项目", None),
        ("才能让更多项目", None),
        ("将在年内共同开展的通道", None),
        ("主要建设标准化厂房", "标准化厂房"),
        ("已在园区租下5000平方米厂房", None),
        ("同步推进的输变电工程", "同步推进的输变电工程"),
        ("这套生产线", "生产线"),
        ("云岭大桥在建段", "云岭大桥在建段"),
        ("3.5万吨仓储项目", "3.5万吨仓储项目"),
        ("《云岭合作协议》", "《云岭合作协议》"),
        ("2、云岭乙烯工程", "云岭乙烯工程"),
        ("就云岭生产基地项目", "云岭生产基地项目"),
        ("就业服务中心项目", "就业服务中心项目"),
        ("拟取消云岭", None),
        ("之间的合作协定", "合作协定"),
        ("首次解析水稻基因”、“云岭水库工程", "“云岭水库工程"),
        ("一家五层宾馆在云岭镇", "一家五层宾馆"),
        ("云岭存在主义博物馆", "云岭存在主义博物馆"),
        ("在云岭制药厂", None),
        ("一座座新建的厂房", None),
        ("陶立民拿出3万元修建校舍", None),
        ("陶立民带领团队设计的云岭街区", "云岭街区"),
        ("为期三年的茶叶供货协议", "茶叶供货协议"),
        ("规模10亿元的云岭产业基金", "云岭产业基金"),
        ("云岭委员会核准的海棠一期工程", "海棠一期工程"),
        ("经云岭委员会批准海棠认证指导中心", "海棠认证指导中心"),
        ("10年期国债", "10年期国债"),
        ("准备建海外工厂", "海外工厂"),
        ("由青禾职业学院", None),
        ("用这笔钱的大头", None),
        ("选的是青禾滨江园区", None),
        ("高新区正在与恒岚商讨的生产线", None),
    ],
)
def test_titles_keep_what_the_deal_is_called(words: str, title: str | None) -> None:
    candidate = candidate_of(words, (0, len(words)))
    trim_titles(context_of(words), [candidate])
    assert (words[slice(*candidate.title)] if candidate.title else None) == title


@pytest.mark.parametrize(
    ("words", "names", "side"),
    [
        ("位于云岭园区的海棠科技公司", ["海棠科技公司"], "海棠科技公司"),
        ("排在第一位的是海棠科技公司", ["海棠科技公司"], "海棠科技公司"),
        ("由海棠牵头", [], "海棠"),
        ("第二次我们", [], "我们"),
        ("海棠去年", [], "海棠"),
        ("研究院便", [], "研究院"),
        ("云岭镇的6家合作社", [], "云岭镇的6家合作社"),
        ("提出", [], None),
        ("将把原先设", [], None),
        ("若顺利", [], None),
        ("宣布", [], None),
        ("海棠是云岭县", [], None),
        ("截至目前已累计", [], None),
        ("海棠近日", [], "海棠"),
        ("海棠市正与", ["海棠市"], "海棠市"),
        ("两架客机", [], None),
        ("四成", [], None),
        ("民营企业", [], None),
        ("破产和", [], None),
    ],
)
def test_sides_keep_what_they_are_called(words: str, names: list[str], side: str | None) -> None:
    candidate = candidate_of(words, (0, 1), Party(0, len(words), None))
    trim_sides(context_of(words, *names), [candidate])
    assert [words[p.start : p.end] for p in candidate.parties] == ([side] if side else [])
    assert [p.mention.text for p in candidate.parties if p.mention] == names


def test_the_last_of_a_chain_of_names_is_a_side() -> None:
    words = "与云岭省海棠市的海棠大学签约，国务院批准"
    context = context_of(words, "云岭省", "海棠市", "海棠大学", "国务院")
    for place in context.mentions[:2]:
        object.__setattr__(place, "entity_type", "place")
    candidate = candidate_of(words, (0, 1), *(Party.of(m) for m in context.mentions))
    trim_sides(context, [candidate])
    assert [p.mention.text for p in candidate.parties if p.mention] == ["海棠大学"]


def test_sides_leave_out_where_they_met() -> None:
    text = "市长在云岭与来访的长河公司会谈。"
    place = Mention(0, 3, 5, "place", "city", "云岭")
    firm = Mention(1, 9, 13, "organization", "company", "长河公司")
    context = ArticleContext("a", text, None, None, [(0, len(text))], [place, firm])
    candidate = candidate_of(text, None, Party.of(place, "partner"), Party.of(firm, "partner"))
    trim_sides(context, [candidate])
    assert [text[p.start : p.end] for p in candidate.parties] == ["长河公司"]


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("云岭小学取消了百分制。", "取消", True),
        ("云岭农场投入生产费用48亿元。", "投入生产", True),
        ("云岭二期项目取消了。", "取消", False),
        ("云岭二期项目投入生产。", "投入生产", False),
    ],
)
def test_works_that_do_something_to_others_are_no_deal(text: str, cue: str, expected: bool) -> None:
    start = text.index(cue)
    candidate = candidate_of(text, (0, start))
    candidate.cue = (start, start + len(cue))
    assert is_doer(context_of(text), candidate) is expected


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("云岭多式 联运有限公司", "云岭多式联运有限公司"),
        ("云岭传动公司 80%的股权", "云岭传动公司80%的股权"),
        ("Mini LED云岭基地", "Mini LED云岭基地"),
    ],
)
def test_a_title_has_no_stray_spaces(words: str, title: str) -> None:
    assert title_text(context_of(words), candidate_of(words, (0, len(words)))) == title
