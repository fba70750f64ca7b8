"""本公司 of a notice is the firm that its headline or its signature names."""

import polars as pl
import pytest

FIRM = "青禾石业股份有限公司"


def announced(finder, headline, text):
    articles = pl.DataFrame({"article_id": ["a"], "document_id": "d", "text": [text], "headline": [headline]})
    sentences = articles.select(sentence_id="article_id", article_id="article_id", text="text", start_char=0)
    found = finder.find(articles, sentences).filter(pl.col("rule") == "announcer")
    return found.select("surface_text", "canonical_name").rows()


@pytest.mark.parametrize(
    ("headline", "text", "words"),
    [
        (f"{FIRM}公告", "本公司拟收购一家酒厂。本公司提醒投资者注意风险。", ["本公司", "本公司"]),
        (f"{FIRM}关于终止项目的提示性公告", "公司另以自有资金扩建冷库。", ["公司"]),
        ("来函照登", f"文中称我公司在外地建厂，与事实不符。\n{FIRM}　9月17日", ["我公司"]),
    ],
)
def test_words_for_the_firm_have_its_name(finder, headline, text, words):
    assert announced(finder, headline, text) == [(word, FIRM) for word in words]


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        (f"{FIRM}新厂开工", "公司拟扩建冷库，本公司员工都来了。"),
        (f"{FIRM}发布公告", "公司拟收购一家酒厂。"),
        ("县里开会", "会上说，本公司要守信用。"),
    ],
)
def test_other_texts_have_no_announcer(finder, headline, text):
    assert announced(finder, headline, text) == []
