import pytest

from transforms.normalize.characters import repair_characters


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("１２月３１日ＡＢ", "12月31日AB"),
        ("增长９．５％", "增长9.5%"),
        ("⻓江⽔电", "长江水电"),
        ("她说,好;对!", "她说，好；对！"),
        ("年产1,200吨,共(一期)", "年产1,200吨，共（一期）"),
        ("比分3:2,见http://a.cn/b", "比分3:2，见http://a.cn/b"),
        ("第(1)项", "第（1）项"),
        ("see (a), b", "see (a), b"),
        ("会议结束.下午", "会议结束。下午"),
        ("web3.0平台", "web3.0平台"),
        ("︽日报︾", "《日报》"),
        ("中\u200b国\x00人\ufeff", "中国人"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("坏\ud800字", "坏\ufffd字"),
    ],
)
def test_repair_characters_gives_the_text_a_reader_means(raw: str, text: str) -> None:
    assert repair_characters(raw).text == text


@pytest.mark.parametrize("raw", ["“好，”他说。", "GDP增长5.2%", "王　涛", "A-B、C·D", "3～5万", "", "\n \n"])
def test_repair_characters_leaves_clean_text(raw: str) -> None:
    repaired = repair_characters(raw)
    assert repaired.text is raw
    assert not repaired.changed
    assert not repaired.removed


def test_raw_offset_steps_over_removed_characters() -> None:
    repaired = repair_characters("\ufeff中\u200b\u200b国")
    assert [repaired.raw_offset(i) for i in range(2)] == [1, 4]
    assert repaired.raw_end(2) == 5
    assert [repaired.text_offset(i) for i in (1, 2, 4, 5)] == [0, 1, 1, 2]
