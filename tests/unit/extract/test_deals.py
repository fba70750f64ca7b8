"""Deals: parties, stage, title and links, with names of our own making."""

from datetime import date

import polars as pl
import pytest

from flows.resources import load_lookups
from tests.unit.extract.spans import deal_rows, frames
from transforms.extract.deals.finder import DEAL_SCHEMA, PARTY_SCHEMA, DealFinder

FINDER = DealFinder(load_lookups())
MARKS = {
    **dict.fromkeys(["北岭大学", "云岭集团", "青川师范学院", "海棠科技有限公司"], "organization"),
    **dict.fromkeys(["青川市科技局", "云岭制药", "石桥资本"], "organization"),
    **dict.fromkeys(["青川市", "东洲省", "南屿"], "place"),
    **dict.fromkeys(["丁一凡"], "person"),
}  # fmt: skip


def read(text: str) -> list[tuple[str, str, str | None, tuple[str, ...]]]:
    deals, parties, _ = FINDER.find(*frames(text, MARKS))
    assert dict(deals.schema) == DEAL_SCHEMA
    assert dict(parties.schema) == PARTY_SCHEMA
    for row in [*deals.iter_rows(named=True), *parties.iter_rows(named=True)]:
        assert text[row["start_char"] : row["end_char"]] == row["surface_text"]
    return deal_rows(deals, parties)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "北岭大学与青川师范学院线上签订《光谱成像研究》合作协议。",
            ("cooperation_agreement", "signed", "光谱成像研究", ("北岭大学", "青川师范学院")),
        ),
        (
            "云岭集团在2019年与青川市签署战略合作协议。",
            ("strategic_agreement", "signed", "战略合作协议", ("云岭集团", "青川市")),
        ),
        (
            "云岭集团拟与北岭大学签署战略合作协议。",
            ("strategic_agreement", "proposed", "战略合作协议", ("云岭集团", "北岭大学")),
        ),
        (
            "云岭集团与北岭大学合作成立的高分子联合实验室揭牌。",
            ("joint_laboratory", "unveiled", "高分子联合实验室", ("云岭集团", "北岭大学")),
        ),
        (
            "海棠科技有限公司年产3万吨乳酸项目已在云岭制药落地。",
            ("project", "landed", "年产3万吨乳酸项目", ("海棠科技有限公司", "云岭制药")),
        ),
        (
            "云岭集团以3亿元收购海棠科技有限公司60%股权。",
            ("acquisition", "signed", "海棠科技有限公司60%股权", ("云岭集团", "海棠科技有限公司")),
        ),
        (
            "海棠科技有限公司被云岭集团收购。",
            ("acquisition", "signed", "海棠科技有限公司", ("云岭集团", "海棠科技有限公司")),
        ),
        (
            "海棠科技有限公司完成2亿元B轮融资，由石桥资本领投。",
            ("equity_investment", "operating", "B轮融资", ("石桥资本", "海棠科技有限公司")),
        ),
        (
            "海棠科技有限公司中标青川市智慧水务项目，中标金额2亿元。",
            ("won_bid", "signed", "青川市智慧水务项目", ("海棠科技有限公司",)),
        ),
        (
            "云岭集团终止收购海棠科技有限公司的交易。",
            ("acquisition", "ended", "海棠科技有限公司", ("云岭集团", "海棠科技有限公司")),
        ),
    ],
)  # fmt: skip
def test_find_reads_one_deal(text: str, expected: tuple[str, str, str | None, tuple[str, ...]]) -> None:
    assert expected in read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "云岭集团与北岭大学签署协议，共建“高分子联合实验室”。",
            ("joint_laboratory", "signed", "高分子联合实验室", ("云岭集团", "北岭大学")),
        ),
        (
            "云岭集团与青川市签订的乳酸总装项目并未终止。",
            ("project", "signed", "乳酸总装项目", ("云岭集团", "青川市")),
        ),
        (
            "云岭集团与海棠科技有限公司签署股权转让协议，以3亿元受让后者持有的云岭制药60%股权。",
            ("equity_transfer", "signed", "云岭制药60%股权", ("云岭集团", "云岭制药", "海棠科技有限公司")),
        ),
        (
            "云岭集团以3亿元收购江岭精密60%股权。",
            ("acquisition", "signed", "江岭精密60%股权", ("云岭集团", "江岭精密")),
        ),
        (
            "云岭集团去年曾计划出资3亿元参与二期，后因调整投资计划而搁置。",
            ("project", "ended", "二期", ("云岭集团",)),
        ),
        (
            "云岭制药此前曾与北岭大学有过三年合作，到期后没有续约。",
            ("cooperation_agreement", "ended", None, ("云岭制药", "北岭大学")),
        ),
        (
            "云岭集团与北岭大学举行会谈。双方在青川市签署合资协议。",
            ("joint_venture", "signed", "合资协议", ("云岭集团", "北岭大学")),
        ),
    ],
)  # fmt: skip
def test_find_reads_what_stands_around_a_deal(
    text: str, expected: tuple[str, str, str | None, tuple[str, ...]]
) -> None:
    assert read(text) == [expected]


def test_find_gives_whole_and_phase_of_a_project_told_in_passing() -> None:
    text = "青川乳酸产业园一期工程开工。项目由云岭集团投资，总投资12亿元，其中一期投资3亿元，预计2031年投产。"
    deals, parties, _ = FINDER.find(*frames(text, MARKS))
    assert deals["title"].to_list() == ["青川乳酸产业园一期工程", "青川乳酸产业园"]
    assert deals["parent_deal_index"].to_list() == [1, None]
    assert parties["surface_text"].to_list() == ["云岭集团", "云岭集团"]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("云岭集团与海棠科技有限公司签订大豆进口合同。", ["buyer", "seller"]),
        ("云岭集团与海棠科技有限公司签订设备供货合同。", ["seller", "buyer"]),
        ("云岭集团与海棠科技有限公司签订设备采购合同。", ["buyer", "seller"]),
        ("云岭集团与海棠科技有限公司签订集中采购合同。", ["partner", "partner"]),
    ],
)
def test_find_tells_buyer_from_seller_where_the_contract_says_it(text: str, roles: list[str]) -> None:
    _, parties, _ = FINDER.find(*frames(text, MARKS))
    assert parties["party_role"].to_list() == roles


@pytest.mark.parametrize(
    "text",
    [
        "今年云岭集团投资规模同比增长25%。",
        "机构维持云岭集团“增持”评级。",
        "减持期间内，丁一凡未通过任何方式减持云岭制药股份。",
        "云岭集团表示，此次中标对公司有积极影响。",
        "多个合作项目进行了签约。",
        "希望更多优质项目落地青川市。",
        "云岭集团成立于2001年。",
        "总统签署行政法令。",
        "夏粮收购圆满收官。",
        "要加快推进重点项目建设，推动一批项目开工。",
        "各方加强合作。",
        "云岭集团董事长贺一舟出席签约仪式并见证签约。",
    ],
)
def test_find_takes_no_wish_or_summary_for_a_deal(text: str) -> None:
    assert read(text) == []


def test_find_gives_one_row_per_list_item_and_keeps_unread_parties() -> None:
    text = (
        "多个项目进行了签约。包括北岭大学与青川师范学院签订《光谱研究》合作协议；"
        "云岭集团与监察时《储能中心》共建协议；"
        "海棠科技有限公司与青川市科技局丁一凡签订《全面合作战略框架协议》。"
    )
    deals, parties, _ = FINDER.find(*frames(text, MARKS))
    assert deals["title"].to_list() == ["光谱研究", "储能中心", "全面合作战略框架协议"]
    unread = parties.filter(pl.col("mention_index").is_null())
    assert unread["surface_text"].to_list() == ["监察时"]
    assert unread["is_damaged"].to_list() == [False]
    assert parties.filter(pl.col("signatory_mention_index").is_not_null())["surface_text"].to_list() == [
        "青川市科技局"
    ]


def test_find_makes_phases_children_and_ties_amounts_and_dates() -> None:
    text = (
        "海棠科技有限公司年产30万吨乳酸项目已在云岭制药落地，总投资12亿元，"
        "一期10万吨乳酸项目预计于2031年底投入生产运营。"
    )
    articles, sentences, mentions = frames(text, MARKS)
    day = text.index("2031年底")
    dates = pl.DataFrame(
        {"article_id": ["a1"], "start_char": [day], "end_char": [day + 6],
         "start_on": [date(2031, 12, 1)], "end_on": [date(2031, 12, 31)]}
    )  # fmt: skip
    money = text.index("12亿元")
    quantities = pl.DataFrame(
        {"quantity_index": [7], "article_id": ["a1"], "start_char": [money], "end_char": [money + 4],
         "dimension": ["money"], "currency": ["CNY"], "base_value": [1.2e9]}
    )  # fmt: skip
    deals, _, links = FINDER.find(articles, sentences, mentions, dates=dates, quantities=quantities)
    assert deals["parent_deal_index"].to_list() == [None, 0]
    assert deals["stage"].to_list() == ["landed", "landed"]
    assert deals["expected_on"].to_list() == [None, date(2031, 12, 31)]
    assert deals["investment_cny"].to_list() == [1.2e9, None]
    assert links.rows() == [(7, 0)]


def test_find_stays_linear_on_one_repeated_word() -> None:
    FINDER.find(*frames("签约" * 5_000, {}))


def test_find_does_not_take_a_statistic_for_a_deal() -> None:
    text = "记者从海棠集团了解到，今年前10个月该集团完成固定资产投资3.2万亿元，同比增长4.3%。"
    deals, _, _ = FINDER.find(*frames(text, {"海棠集团": "organization"}))
    assert deals.is_empty()


def stages(text: str) -> list[tuple[str | None, str, tuple[str, ...]]]:
    return [(title, stage, names) for _, stage, title, names in read(text)]


def test_find_gives_one_deal_with_each_of_several_signed_with_separately() -> None:
    assert stages("北岭大学与云岭集团、海棠科技有限公司分别签署校企合作协议。") == [
        ("校企合作协议", "signed", ("北岭大学", "云岭集团")),
        ("校企合作协议", "signed", ("北岭大学", "海棠科技有限公司")),
    ]


def test_find_reads_phases_told_behind_their_project() -> None:
    text = "云岭集团年产3万吨乳酸项目开工，其中一期投资30亿元，计划明年建成投产，二期将于后年开工。"
    assert [(title, stage) for title, stage, _ in stages(text)] == [
        ("年产3万吨乳酸项目", "building"),
        ("一期", "building"),
        ("二期", "proposed"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云岭集团否认与海棠科技有限公司达成股权转让协议。", []),
        ("原定于2月举行的邮轮母港项目签约仪式推迟到4月。", [("邮轮母港项目", "proposed", ())]),
        (
            "云岭集团与海棠科技有限公司就合并事项的谈判已经破裂。",
            [(None, "ended", ("云岭集团", "海棠科技有限公司"))],
        ),
        ("城东热电厂改造项目因投标人不足流标。", [("城东热电厂改造项目", "ended", ())]),
    ],
)
def test_find_says_what_was_denied_put_off_or_failed(
    text: str, expected: list[tuple[str | None, str, tuple[str, ...]]]
) -> None:
    assert stages(text) == expected


def test_find_names_both_sides_of_what_a_purchase_leads_to() -> None:
    text = "本次收购完成后，云岭集团将持有海棠科技有限公司51%的股权。"
    assert read(text) == [("acquisition", "unknown", None, ("云岭集团", "海棠科技有限公司"))]


def test_find_dates_a_deal_by_the_event_only_where_the_scene_is_set() -> None:
    text = (
        "大会在青川市举行。\n会上，北岭大学与云岭集团签署合作协议。此前，青川师范学院与云岭集团签署合作协议。"
    )
    articles, sentences, mentions = frames(text, MARKS)
    day = date(2031, 5, 6)
    told = articles.with_columns(dateline_on=pl.lit(day))
    deals, _, _ = FINDER.find(told, sentences, mentions)
    assert deals.select("dated_on", "dated_by").rows() == [(day, "event"), (None, None)]


def test_find_gives_papers_signed_with_each_of_several_a_span_of_their_own() -> None:
    text = "云岭集团与北岭大学、青川师范学院分别签署战略合作协议。"
    deals, parties, _ = FINDER.find(*frames(text, MARKS))
    assert deals.select("start_char", "end_char", "title", "deal_type").is_unique().to_list() == [True, True]
    assert parties["surface_text"].to_list() == ["云岭集团", "北岭大学", "云岭集团", "青川师范学院"]


def test_find_takes_from_the_head_of_a_list_that_its_items_were_signed() -> None:
    text = (
        "当天签约的四个项目是：海棠科技有限公司投资的乳酸项目；云岭集团与青川市科技局的数据共享协议；"
        "青川市科技局与云岭制药签约的胶囊生产线项目，为视频签约；北岭大学与云岭集团签订膜材料项目。"
    )
    assert [(kind, stage, title, set(parties)) for kind, stage, title, parties in read(text)] == [
        ("project", "signed", "乳酸项目", {"海棠科技有限公司"}),
        ("cooperation_agreement", "signed", "数据共享协议", {"云岭集团", "青川市科技局"}),
        ("project", "signed", "胶囊生产线", {"青川市科技局", "云岭制药"}),
        ("project", "signed", "膜材料项目", {"北岭大学", "云岭集团"}),
    ]


def test_find_takes_nothing_from_a_list_that_is_only_talked_about() -> None:
    assert read("丁一凡在签约项目座谈会上说：“云岭集团与北岭大学的合作协议很好。”") == []
