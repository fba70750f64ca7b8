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
        ("增长5.2亿元.3月14日,占51%.公司", "增长5.2亿元。3月14日，占51%。公司"),
        ("下降20%,10月起", "下降20%，10月起"),
        ("他来了．他走了．", "他来了。他走了。"),
        ("蔡远．高林。李茹．孟庭。", "蔡远．高林。李茹．孟庭。"),
        ("一.概况\n二．情况\n见图.1", "一.概况\n二．情况\n见图.1"),
        ("汉斯∙穆勒、维拉‧罗斯", "汉斯·穆勒、维拉·罗斯"),
        ("〝好〞、≪云溪志≫", "“好”、《云溪志》"),
        ("投资62。5亿元，43,79万元，每斤4，2元", "投资62.5亿元，43.79万元，每斤4.2元"),
        ("产量1，360亩、12，430，720万股", "产量1,360亩、12,430,720万股"),
        ("985，211院校，2014，1亿人", "985，211院校，2014，1亿人"),
        ("第3，5万元", "第3，5万元"),
        ("2O23年l2月2l日，1OO亿元，增长1O%，3l5家", "2023年12月21日，100亿元，增长10%，315家"),
        ("H2O含量、O2O平台、O3日最大8小时、5G", "H2O含量、O2O平台、O3日最大8小时、5G"),
        ("他说：''好。''又说：``来。''", '他说："好。"又说："来。"'),
        ("他说：'好。'", '他说："好。"'),
        ("他说：“看'云溪'。”it's", "他说：“看'云溪'。”it's"),
        ("““双减””以来，““好””", "“双减”以来，“好”"),
        ('"双招""双引"的"好"', '"双招""双引"的"好"'),
        ("<<云溪日报>>与<云溪志>", "《云溪日报》与《云溪志》"),
        ("我要投票>>，1<2，3>2", "我要投票>>，1<2，3>2"),
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
