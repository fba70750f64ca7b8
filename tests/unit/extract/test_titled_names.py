"""Names behind a title that the engine missed."""

import pytest

from flows.resources import load_lookups
from transforms.extract.names.spans import Span
from transforms.extract.names.titled import TitledNames

NAMES = TitledNames(load_lookups())


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("青川公司总经理卫鹤东说。", [Span(0, 4, "organization", "lac", 0.9)], ["卫鹤东"]),
        ("市委书记、市长华长亭等参加。", [], ["华长亭"]),
        ("青川公司总经理韩磊说：", [Span(0, 4, "organization", "lac", 0.9)], ["韩磊"]),
        ("青川县副县长仁增才让说。", [Span(0, 3, "place", "lac", 0.9)], ["仁增才让"]),
        ("青川县副县长走访慰问困难户。", [Span(0, 3, "place", "lac", 0.9)], []),
        ("青川公司总经理高度重视。", [Span(0, 4, "organization", "lac", 0.9)], []),
        ("副市长应当在场。", [], []),
        ("感谢青川市长期以来的支持。", [], []),
        ("代表团成员边走边看、边听边问。", [], []),
        ("农户种的多。", [], []),
        ("总理和总统，都来了。", [], []),
        ("丁一凡主席贺信并致辞。", [Span(0, 3, "person", "lac", 0.9)], []),
        ("青川公司总经理卫鹤东说。", [Span(7, 10, "person", "lac", 0.9)], []),
        ("青川公司总经理卫鹤之应邀出席。", [Span(7, 9, "person", "lac", 0.9)], ["卫鹤之"]),
        ("市长卫清和与会长交谈。", [Span(2, 4, "person", "lac", 0.9)], ["卫清和"]),
        ("青川县副县长古风、县委书记卫东出席。", [Span(0, 3, "place", "lac", 0.9)], ["古风", "卫东"]),
        ("市领导时针、于江出席。", [], ["时针", "于江"]),
        ("市委书记后 建山表示。", [Span(6, 8, "person", "lac", 0.9)], ["后 建山"]),
        ("市委书记江一 帆说。", [Span(4, 6, "person", "lac", 0.9)], ["江一 帆"]),
        ("市领导时针、", [], ["时针"]),
        ("副会长单位、理事单位参加。", [], []),
        ("青川公司总经理江山与县长江帆签字。", [Span(0, 4, "organization", "lac", 0.9)], ["江山", "江帆"]),
        ("青川县县长严谨在会上表示。", [Span(0, 3, "place", "lac", 0.9)], ["严谨"]),
        ("青川公司总经理成功告诉记者。", [Span(0, 4, "organization", "lac", 0.9)], ["成功"]),
        ("青川公司总经理成功签约。", [Span(0, 4, "organization", "lac", 0.9)], []),
        ("青川局副局长应有道说。", [Span(0, 3, "organization", "lac", 0.9)], ["应有道"]),
        ("青川局局长全方位介绍了情况。", [Span(0, 3, "organization", "lac", 0.9)], []),
        ("聘请青川商会会长严良为“大使”。", [Span(2, 6, "organization", "lac", 0.9)], ["严良"]),
        ("组织企业家来青考察。", [], []),
        ("县长江晓称，还在谈。", [], ["江晓"]),
        ("总经理江雁边走边介绍。", [], ["江雁"]),
        ("局长于近日表示，市长明确表示。", [], []),
        ("董事长和总裁，书记向记者介绍。", [], []),
        ("市长全程陪同，主任应邀出席。", [], []),
        ("副县长江帆陪同。", [], ["江帆"]),
        ("副县长江帆陪同。", [Span(3, 6, "person", "lac", 0.9)], ["江帆"]),
        ("青川公司总经理时针也来了。", [Span(0, 4, "organization", "lac", 0.9)], ["时针"]),
        ("博士生郗云正在给茶树修枝。", [Span(3, 6, "person", "lac", 0.9)], ["郗云"]),
        ("厂长古卫正在会上发言。", [Span(2, 5, "person", "lac", 0.9)], []),
        ("副局长展望，市长华长亭出席。", [], ["展望", "华长亭"]),
        ("副局长郑重宣布。", [], []),
        ("江一帆的女儿古风目前在读书。", [], ["古风"]),
        ("江一帆的儿子来省城找他。", [], []),
        ("商务领事颂巴·维拉,市长等出席。", [], ["颂巴·维拉"]),
        ("亚太区总裁伊莎· 马尔说。", [], ["伊莎· 马尔"]),
        ("代表团领导人阿里·巴达已到。", [], ["阿里·巴达"]),
        ("职工代表给厂长写信，干部带头。", [], []),
        ("实验室主任由时针担任。", [], ["时针"]),
        ("青川工程院院士尉迟敬川以视频作报告。", [Span(0, 5, "organization", "lac", 0.9)], ["尉迟敬川"]),
        ("青川县副县长屈原野、局长鱼水川出席。", [Span(0, 3, "place", "lac", 0.9)], ["屈原野", "鱼水川"]),
        ("返乡青年岩温扁把直播间搬进茶园。", [], ["岩温扁"]),
        ("姑娘多人在场，青年时代的梦想。", [], []),
        ("副市长占秋实率队，司机步一鸣说。", [], ["占秋实", "步一鸣"]),
        ("青川县县长史料长陪同，院长江北舟表示。", [Span(0, 3, "place", "lac", 0.9)], ["史料长", "江北舟"]),
        (
            "青川公司总经理石榴花与镇长田野等出席。",
            [Span(0, 4, "organization", "lac", 0.9)],
            ["石榴花", "田野"],
        ),
        ("市长苗圃致欢迎辞，秘书长古井分析。", [], ["苗圃", "古井"]),
        ("编织技艺传承人杜鹃获评工匠。", [], ["杜鹃"]),
        ("副主任郦清10月8日签字。", [], ["郦清"]),
        ("董事长高兴地表示，部长期与他来往。", [], []),
        ("总统江一尔巴会谈。", [Span(3, 6, "person", "lac", 0.9)], []),
        ("由青川工程院院士尚    衡担任。", [Span(1, 6, "organization", "lac", 0.9)], ["尚    衡"]),
        ("北岭担任轮值主席国期间作了努力。", [], []),
        ("各行业主管部门、运动员和教练员都来了。", [], []),
        ("主席台正中悬挂着画像，会员卡售票也开始了。", [], []),
    ],
)
def test_find_adds_what_is_spelled_like_a_name(text: str, spans: list[Span], expected: list[str]) -> None:
    found = NAMES.find(text, spans)
    assert [text[s.start : s.end] for s in found if s.rule == "after_title"] == expected


def test_find_looks_for_names_of_the_heads() -> None:
    text = "时针：去年开的工。\n时针不停地转。"
    found = NAMES.find(text, [], ["——访青川公司总经理时针"])
    assert [(s.start, s.end) for s in found] == [(0, 2)]


def test_a_name_that_is_a_word_is_meant_where_somebody_speaks() -> None:
    text = "这个时代变了。时代说，好。"
    assert [NAMES.is_named(text, start, start + 2) for start in (2, 7)] == [False, True]


def test_find_stays_linear_on_one_repeated_character() -> None:
    assert NAMES.find("长王" * 50_000, []) == []
