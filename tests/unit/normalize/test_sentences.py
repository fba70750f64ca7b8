import pytest

from transforms.normalize.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("会议召开。代表发言！", ["会议召开。", "代表发言！"]),
        ("“好！”他说。", ["“好！”他说。"]),
        ("他说：“先签约。再开工。”会议结束。", ["他说：“先签约。再开工。”", "会议结束。"]),
        ("“价格低。”摊主江一帆表示，生意好。", ["“价格低。”摊主江一帆表示，生意好。"]),
        ("读《走吧！少年》一书。完", ["读《走吧！少年》一书。", "完"]),
        ("（会议由林某主持。）随后签约。", ["（会议由林某主持。）", "随后签约。"]),
        ("占地约300亩……还在扩大。", ["占地约300亩……", "还在扩大。"]),
        ("小标题\n正文开始。", ["小标题", "正文开始。"]),
        ("增长9.5%。v2.0发布。", ["增长9.5%。", "v2.0发布。"]),
        ("他问：“真的？”“真的。”", ["他问：“真的？”", "“真的。”"]),
        ("未闭合“引语。下一句。", ["未闭合“引语。", "下一句。"]),
        ("详见https://a.b/c?x=1。会议结束。", ["详见https://a.b/c?x=1。", "会议结束。"]),
        ("（签约……。）随后参观。", ["（签约……。）", "随后参观。"]),
        ("「快！」「走吧？」他喊。", ["「快！」", "「走吧？」他喊。"]),
        ("", []),
        ("\n\n", []),
    ],
)
def test_split_sentences(text: str, sentences: list[str]) -> None:
    assert [text[a:b] for a, b in split_sentences(text)] == sentences


def test_split_sentences_cuts_a_long_quotation_at_its_inner_ends() -> None:
    text = "“" + "这是一个句子。" * 40 + "”"
    assert len(split_sentences(text)) == 40
