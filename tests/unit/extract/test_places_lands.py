"""Countries by one character: which one is meant, and where two of them stand together."""

import pytest

from flows.resources import load_lookups
from transforms.extract.names.divisions import Divisions
from transforms.extract.names.rules import NameRules
from transforms.extract.names.spans import Span
from transforms.resolve.official import official_names

LOOKUPS = load_lookups()
DIVISIONS = Divisions(LOOKUPS)
RULES = NameRules(LOOKUPS, is_flat=False)


def meant(text: str, letter: str, *names: str, heads: tuple[str, ...] = ()) -> str | None:
    """What a letter stands for at its last place in the text, which names these places."""
    spans = [Span(at := text.index(n), at + len(n), "place", "lac", 0.9) for n in names]
    last = Span(at := text.rindex(letter), at + 1, "place", "short_form", 0.9)
    DIVISIONS.resolve(text, [*spans, last], heads=heads)
    return last.canonical


@pytest.mark.parametrize(
    ("text", "letter", "names", "country"),
    [
        ("巴以冲突", "巴", (), "巴勒斯坦"),
        ("巴基斯坦代表呼吁停止巴以冲突", "巴", ("巴基斯坦",), "巴勒斯坦"),
        ("巴西客商到会，中巴关系", "巴", ("巴西",), "巴西"),
        ("以色列政府说，巴方同意", "巴", ("以色列",), "巴勒斯坦"),
        ("巴方同意", "巴", (), "巴基斯坦"),
        ("阿根廷总统说，中阿关系", "阿", ("阿根廷",), "阿根廷"),
        ("伊拉克要求对伊解除制裁", "伊", ("伊拉克",), "伊拉克"),
        ("贝宁总统说，中贝关系", "贝", ("贝宁",), "贝宁"),
        ("沙特客商到会，中沙关系", "沙", ("沙特",), "沙特阿拉伯"),
        ("中非共和国客商到会，中方", "中", ("中非共和国",), "中国"),
        ("亚美尼亚客商到会，欧亚", "亚", ("亚美尼亚",), "亚洲"),
    ],
)
def test_a_letter_means_the_country_that_the_article_names(
    text: str, letter: str, names: tuple[str, ...], country: str
) -> None:
    assert meant(text, letter, *names) == country


def test_a_headline_tells_the_country() -> None:
    assert meant("中马两国签约", "马", heads=("马耳他客商到会",)) == "马耳他"


def places(text: str) -> list[str]:
    """Places of a text of which the engine sees nothing."""
    return [text[s.start : s.end] for s in RULES.refine(text, []) if s.entity_type == "place"]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("贝宁客商到会。中贝友谊长存", "中贝"),
        ("古巴客商到会。中古双方签约", "中古"),
        ("南非客商到会。中南建交", "中南"),
        ("哥伦比亚与厄瓜多尔。哥厄两国签约", "哥厄"),
    ],
)
def test_two_letters_of_named_countries_are_two_places(text: str, row: str) -> None:
    assert places(text)[-2:] == [*row]


@pytest.mark.parametrize(
    "text", ["工作中关系顺畅", "中贝关系顺畅", "东帝汶客商谈中东关系", "在中华人民共和国，中国"]
)
def test_others_are_none(text: str) -> None:
    assert not any(len(name) == 1 for name in places(text))


def split(text: str, name: str) -> list[str]:
    """Places made of one that the engine reads."""
    at = text.index(name)
    spans = RULES.refine(text, [Span(at, at + len(name), "place", "lac", 0.5)])
    return [text[s.start : s.end] for s in spans if at <= s.start < at + len(name)]


def test_a_city_is_two_countries_where_the_article_names_them() -> None:
    assert split("巴基斯坦总统说，巴中友好", "巴中") == ["巴", "中"]
    assert split("巴基斯坦客商到了四川，在巴中签约", "巴中") == ["巴中"]
    assert split("俄罗斯说，乌克兰同意。俄乌换人", "俄乌") == ["俄", "乌"]


def test_what_lies_abroad_is_in_no_province() -> None:
    text = "北京英国使馆，上海江南，苏南"
    spans = [
        Span(at := text.index(n), at + 2, "place", "lac", 0.9)
        for n in ("北京", "英国", "上海", "江南", "苏南")
    ]
    DIVISIONS.resolve(text, spans)
    assert [span.province for span in spans] == ["北京市", None, "上海市", None, "江苏省"]


def read(text: str, name: str) -> list[str]:
    """Places of a text of which the engine takes one name, wherever it stands, for a place."""
    starts = [at for at in range(len(text)) if text.startswith(name, at)]
    found = RULES.refine(text, [Span(at, at + len(name), "place", "lac", 0.4) for at in starts])
    return [text[span.start : span.end] for span in found if span.entity_type == "place"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("采用GSMR系统，GSMR不同", "GSMR"),
        ("绿水青山就是金山银山", "金山银山"),
        ("走上康庄大道", "康庄大道"),
        ("世界反法西斯战争", "法西斯"),
        ("在贫困乡、特困村推广", "特困村"),
        ("巴勒斯坦伊斯兰抵抗运动", "伊斯兰"),
    ],
)
def test_words_and_systems_are_no_places(text: str, name: str) -> None:
    assert name not in read(text, name)


@pytest.mark.parametrize("text", ["推动中西部发展", "许多国家特别重视", "这里的珍珠市场"])
def test_a_place_abroad_whose_name_is_words_needs_its_country(text: str) -> None:
    assert places(text) == []


def test_a_state_is_named_in_full() -> None:
    text = "应伊朗伊斯兰共和国总统邀请"
    spans = [Span(1, 3, "place", "lac", 0.9), Span(3, 9, "place", "lac", 0.9)]
    top = [s for s in RULES.refine(text, spans) if s.parent is None and s.entity_type == "place"]
    assert [(text[s.start : s.end], s.subtype) for s in top] == [("伊朗伊斯兰共和国", "country")]


def test_a_preposition_in_front_of_a_row_is_no_country() -> None:
    assert places("愿同欧盟一道，以中欧建立伙伴关系为契机")[:2] == ["中", "欧"]


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("解放区的军民", "解放区", None),
        ("老城区的巷子", "老城区", None),
        ("洛阳市老城区", "老城区", "410302"),
    ],
)
def test_a_district_that_is_a_word_needs_its_city(text: str, name: str, code: str | None) -> None:
    spans = [
        Span(at := text.index(n), at + len(n), "place", "lac", 0.9) for n in ("洛阳市", name) if n in text
    ]
    DIVISIONS.resolve(text, spans)
    assert spans[-1].adcode == code


@pytest.mark.parametrize(("name", "official"), [("俄国", "俄罗斯"), ("汉城", "首尔"), ("中华", "中国")])
def test_former_and_solemn_names_are_those_of_the_land(name: str, official: str) -> None:
    assert official_names(LOOKUPS)[name] == official
