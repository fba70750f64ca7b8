"""Words that the engine takes for persons and nothing treats as one."""

import pytest

from flows.resources import load_lookups
from transforms.extract.names.spans import Span
from transforms.extract.names.titled import TitledNames

LONE = TitledNames(load_lookups()).lone
REST = "。" + "园区一期去年建成，二期还在打桩，全部投产要等到后年，眼下厂房里只有三条生产线。" * 4


def kept(text: str, name: str, confidence: float = 0.4) -> bool:
    """Whether the engine's person is still one."""
    at = text.index(name)
    return bool(LONE.drop(text, [Span(at, at + len(name), "person", "lac", confidence)]))


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("当地人说，苏澄的大豆七成是原粮外运", "苏澄"),
        ("志愿者送去了棉被和姜汤", "姜汤"),
        ("车间里开满了高支纱", "高支纱"),
        ("听说卡塔戈还想与我市结为友好城市", "卡塔戈"),
        ("通道的琼黔段昨日开通", "琼黔段"),
    ],
)
def test_words_are_dropped(sentence: str, name: str) -> None:
    assert not kept(sentence + REST, name)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("厂长苏澄搓着手", "苏澄"),
        ("苏澄说，豆子卖完了", "苏澄"),
        ("55岁的苏澄种了半辈子豆子", "苏澄"),
        ("镇上的老木匠苏澄也没闲着", "苏澄"),
        ("这是苏澄的豆子。“都卖完了。”苏澄告诉记者", "苏澄"),
        ("卡塔戈来自邻国", "卡塔戈"),
        ("站在门口的是苏澄明", "苏澄明"),
        ("接下来会和苏老师的团队一道", "苏老师"),
        ("“就这么定了。”苏澄一锤定音", "苏澄"),
        ("谈起未来，苏澄信心满满", "苏澄"),
        ("在苏澄看来，这只是开始", "苏澄"),
        ("对此，苏澄的回答是：“再等等。”", "苏澄"),
        ("苏澄今年48岁", "苏澄"),
        ("苏澄的儿子在城里上班", "苏澄"),
    ],
)
def test_persons_stay(sentence: str, name: str) -> None:
    assert kept(sentence + REST, name)


def test_a_sentence_alone_is_no_evidence() -> None:
    assert kept("苏澄的大豆七成是原粮外运。", "苏澄")
    assert not kept("志愿者送去了棉被和姜汤。", "姜汤")


def test_a_neighbour_tells() -> None:
    text = "苏澄、江一鸣的豆子都卖完了" + REST
    spans = [Span(0, 2, "person", "lac", 0.3), Span(3, 6, "person", "lac", 0.6)]
    assert LONE.drop(text, spans) == spans
