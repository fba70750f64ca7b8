"""Deals in words that no rule has an order for: counted weights find and read them."""

from datetime import date

import pytest

from tests.unit.extract.test_deals_papers import FINDER, frames
from transforms.extract.context import iter_articles
from transforms.extract.deals import odds
from transforms.extract.deals.model import Candidate
from transforms.extract.deals.odds import RULE, among_others, blanked, left_over, standing

MAKER, PARTNER, PLANT, BUILDER = "洛川轴研精工", "金岭动力", "丹江手表厂", "丹江城市更新建设公司"
NAMES = dict.fromkeys([MAKER, PARTNER, PLANT, BUILDER, "岭川精密轴承有限公司"], "organization")


def read(text: str) -> list[tuple[str, str, dict[str, str]]]:
    """Type, stage, and role by party of the rows that the weights give."""
    deals, parties, _ = FINDER.find(*frames(text, NAMES))
    sides: dict[int, dict[str, str]] = {}
    for row in parties.iter_rows(named=True):
        sides.setdefault(row["deal_index"], {})[row["surface_text"]] = row["party_role"]
    return [
        (row["deal_type"], row["stage"], sides[row["deal_index"]])
        for row in deals.iter_rows(named=True)
        if row["rule"] == RULE
    ]


def test_find_reads_an_auction_that_no_rule_has_an_order_for() -> None:
    text = f"经拍卖，停产三年的{PLANT}老厂房由{BUILDER}以4300万元夺得，将改造为文创园。"
    [(kind, stage, sides)] = read(text)
    assert (kind, stage, sides[BUILDER]) == ("acquisition", "signed", "buyer")


def test_find_reads_a_firm_that_two_pay_half_of() -> None:
    text = f"做轴承的{MAKER}与{PARTNER}各出一半的钱，注册了岭川精密轴承有限公司，首批产品本月下线。"
    [(kind, stage, sides)] = read(text)
    assert (kind, stage) == ("joint_venture", "operating")
    assert {MAKER, PARTNER} <= sides.keys()


def test_a_row_of_the_weights_leads_to_its_words_and_says_how_sure_it_is() -> None:
    text = f"经拍卖，停产三年的{PLANT}老厂房由{BUILDER}以4300万元夺得，将改造为文创园。"
    [row] = FINDER.find(*frames(text, NAMES))[0].to_dicts()
    assert text[row["start_char"] : row["end_char"]] == row["surface_text"]
    assert row["cue_text"] in row["surface_text"]
    assert row["confidence_share"] == pytest.approx(0.65)


@pytest.mark.parametrize(("year", "count"), [(2023, 1), (1998, 0)])
def test_what_is_long_past_is_no_news(year: int, count: int) -> None:
    text = f"{year}年，做轴承的{MAKER}与{PARTNER}各出一半的钱，注册了岭川精密轴承有限公司。"
    articles, sentences, mentions = frames(text, NAMES)
    articles = articles.with_columns(issue_on=date(2024, 5, 20))
    assert len(FINDER.find(articles, sentences, mentions)[0]) == count


@pytest.mark.parametrize(
    "text",
    [
        f"{MAKER}董事长说，愿同{PARTNER}一道加强沟通，携手发展。",
        f"{MAKER}与{PARTNER}建立了良好的合作关系，优势互补。",
        f"{MAKER}去年累计拿下{PARTNER}2亿元的订单。",
        f"{MAKER}成立于2008年，占地120亩，员工460人。",
        f"有消息称{MAKER}将收购{PARTNER}，两家公司均未回应。",
        f"本次收购完成后，{MAKER}达到年产5500吨的能力，为{PARTNER}扩产奠定基础，迈出关键一步。",
        f"经拍卖，停产的{PLANT}老厂房由{BUILDER}以4300万元夺得，{MAKER}不服，提起诉讼。",
        f"会议观看了宣传片，听取了{MAKER}、{PARTNER}的情况介绍。",
    ],
)
def test_find_takes_no_hope_sum_or_portrait_for_a_deal(text: str) -> None:
    assert read(text) == []


def test_what_two_agreed_on_is_not_told_twice() -> None:
    text = f"{MAKER}与{PARTNER}签订了供货协议。此次{MAKER}与{PARTNER}走到一起，协议金额9000万元，意义深远。"
    assert len(FINDER.find(*frames(text, NAMES))[0]) == 1


def test_blanked_shows_kinds_of_names_and_no_figures() -> None:
    text = f"{MAKER} 出资4.5亿元"
    [context] = iter_articles(*frames(text, NAMES))
    assert blanked(context, 0, len(text)) == "^Ｏ出资0亿元$"


def test_left_over_leaves_out_what_a_deal_or_a_party_of_it_touches() -> None:
    deal = Candidate(4, 8, (5, 6), stage="signed", more=[(20, 22)])
    assert list(left_over([(0, 5), (8, 12), (15, 21), (22, 30)], [deal])) == [(8, 12), (22, 30)]


def test_standing_counts_who_was_told_before() -> None:
    text = f"{MAKER}与{PARTNER}签约。{MAKER}又来了。"
    [context] = iter_articles(*frames(text, NAMES))
    features = set(standing(context, 0, len(text), []))
    assert {"bodies 2", "told bodies 0", "new bodies 2", "deals 0"} <= features


def test_what_goes_on_about_works_told_before_adds_to_them() -> None:
    names = {"山海路桥三公司": "organization"}
    text = "7月8日，青石河大桥主跨合龙。大桥全长1.26公里，总造价5.1亿元，由山海路桥三公司承建。"
    deals, parties, _ = FINDER.find(*frames(text, names))
    assert deals["title"].to_list() == ["青石河大桥"]
    assert parties.select("surface_text", "party_role").rows() == [("山海路桥三公司", "contractor")]


def test_the_weights_read_more_where_an_article_tells_other_deals(monkeypatch: pytest.MonkeyPatch) -> None:
    lone = f"经拍卖，停产三年的{PLANT}老厂房由{BUILDER}以4300万元夺得，将改造为文创园。"
    others = f"{MAKER}与{PARTNER}签订供货协议，金额2亿元。{PARTNER}中标江海电厂改造工程，中标价3000万元。"
    [context] = iter_articles(*frames(lone, NAMES))
    reader = FINDER.odds
    own = reader.weigh(reader.runs(context, 0, len(lone)), reader.stands(context, 0, len(lone), []))
    monkeypatch.setattr(odds, "_LEAST", next(among_others([own], 0)) + 0.1)
    assert read(lone) == []
    assert len(read(others + lone)) == 1


def test_odds_rise_with_the_deals_beside_them() -> None:
    [alone], [told_beside] = among_others([1.0], 0), among_others([1.0], 2)
    few, *_ = among_others([1.0, -3.0, -3.0], 0)
    many, *_ = among_others([1.0, 3.0, 3.0], 0)
    assert alone < told_beside
    assert few < many


def test_the_odds_of_a_stretch_do_not_tell_for_themselves() -> None:
    [low], [high] = among_others([0.0], 0), among_others([4.0], 0)
    assert high - low == pytest.approx(4.0)


def test_who_gives_an_order_buys_and_the_other_sells() -> None:
    text = f"{MAKER}与{PARTNER}说好，今后三年的滚子轴承都从那里进，每年1.1万套，3700万元。"
    [(kind, stage, sides)] = read(text)
    assert (kind, stage) == ("supply_contract", "signed")
    assert set(sides.values()) == {"buyer", "seller"}


def test_haste_is_no_denial() -> None:
    text = f"经拍卖，停产三年的{PLANT}老厂房不到半小时就被{BUILDER}以4300万元拿下，将改造为文创园。"
    assert [(stage, sides[BUILDER]) for _, stage, sides in read(text)] == [("signed", "buyer")]


def test_a_stretch_without_a_side_is_no_deal_even_if_works_are_named() -> None:
    assert read("新建成的跨江大桥今天通车，全长2.4公里，总投资7.9亿元，比合同工期提前了四十天。") == []


@pytest.mark.parametrize(
    "text",
    [
        f"{MAKER}没有以3600万元买下{PLANT}的厂房。",
        f"{MAKER}承诺三年内不转让{PARTNER}股权。",
        f"对接会由{MAKER}、{PARTNER}联合举办，8家银行与46户农户现场签约，授信总额27.5亿元。",
    ],
)
def test_what_was_not_done_or_names_nobody_is_no_deal(text: str) -> None:
    assert read(text) == []
