"""Rows of short news, each piece of which is an article."""

import pytest

from tests.normalizing import as_frames

REPORT = "本报讯（记者 许诺）3月17日，全市项目推进会召开，林向东出席。"
ROAD = "东江大桥今日零时通车，市民可以通行。"
RAIN = "市气象台预计，周六全市有中雨，局部大雨。"


def rows(raw: str) -> list[tuple[str | None, str | None]]:
    return as_frames(raw)["articles"].select("kicker", "headline").rows()


@pytest.mark.parametrize("head", ["县区简讯", "●简明新闻", "◎速递", "短讯两则（摘登）"])
def test_short_news_without_marks_are_pieces(head: str) -> None:
    raw = f"把项目建设抓紧抓实\n{REPORT}\n\n{head}\n\n{ROAD}（苏青）\n\n{RAIN}"
    name = head.lstrip("●◎")
    assert rows(raw)[1:] == [(None, name), (name, None)]


def test_a_sentence_that_refers_to_a_piece_of_short_news_belongs_to_it() -> None:
    raw = f"简讯\n{ROAD}\n该桥全长九百米，工期两年。\n{RAIN}"
    assert [t.count("\n") for t in as_frames(raw)["articles"]["text"]] == [1, 0]


@pytest.mark.parametrize("head", ["连线各镇", "●多彩云溪", "□方家村里"])
def test_sentences_behind_names_of_places_stand_below_a_head_of_short_news(head: str) -> None:
    raw = f"把项目建设抓紧抓实\n{REPORT}\n\n{head}\n\n东江　{ROAD}\n\n云溪　{RAIN}"
    name = head.lstrip("●□")
    assert rows(raw)[1:] == [(None, name), (name, None)]


def test_an_author_below_a_head_stays_one() -> None:
    frames = as_frames(f"两地新事\n□方家村\n东江　{ROAD}\n云溪　{RAIN}")
    assert frames["articles"].select("headline", "byline").rows() == [("两地新事", "□方家村")]


def test_marked_heads_before_a_wide_space_are_the_headlines() -> None:
    raw = f"一周短波\n\n●东江大桥今通车\u3000{ROAD}\n\n●周末要下大雨\u3000{RAIN}"
    assert rows(raw) == [("一周短波", "东江大桥今通车"), ("一周短波", "周末要下大雨")]


def test_a_label_with_its_colon_is_a_headline() -> None:
    raw = f"把项目建设抓紧抓实\n{REPORT}\n更正：本报昨日二版《新船坞》一文中，吨位应为三千吨。"
    assert rows(raw)[1:] == [(None, "更正")]
