"""When, where, how and by whom: what is tied to a deal beside its parties."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from flows.resources import load_lookups
from tests.unit.extract.spans import frames
from transforms.extract.dates.finder import DateFinder
from transforms.extract.deals.finder import DealFinder
from transforms.extract.quantities.finder import QuantityFinder

LOOKUPS = load_lookups()
DEALS, DATES, AMOUNTS = DealFinder(LOOKUPS), DateFinder(LOOKUPS), QuantityFinder(LOOKUPS)
MARKS = {
    **dict.fromkeys(["北岭大学", "北岭银行", "云岭集团", "海棠科技有限公司", "青川市政府"], "organization"),
    **dict.fromkeys(["云港新区", "松岩路", "松岩市", "青川市", "甲滩电站"], "place"),
    **dict.fromkeys(["丁一凡", "苏晓棠", "叶向东"], "person"),
}  # fmt: skip


def read(text: str, issue_on: date | None = date(2031, 5, 20)) -> list[dict[str, Any]]:
    articles, sentences, mentions = frames(text, MARKS)
    articles = articles.with_columns(dateline_on=pl.lit(None, pl.Date), issue_on=pl.lit(issue_on, pl.Date))
    dates = DATES.find(articles)
    quantities = AMOUNTS.find(articles).with_row_index("quantity_index")
    deals, parties, links = DEALS.find(articles, sentences, mentions, dates=dates, quantities=quantities)
    names = dict(mentions.select("mention_index", "surface_text").iter_rows())
    amounts = dict(quantities.select("quantity_index", "surface_text").iter_rows())
    return [
        deal
        | {
            "place": names.get(deal["place_mention_index"]),
            "signed_by": {
                party["surface_text"]: names.get(party["signatory_mention_index"])
                for party in parties.filter(pl.col("deal_index") == deal["deal_index"]).to_dicts()
            },
            "roles": {
                party["surface_text"]: party["party_role"]
                for party in parties.filter(pl.col("deal_index") == deal["deal_index"]).to_dicts()
            },
            "amounts": [amounts[q] for q, d in links.iter_rows() if d == deal["deal_index"]],
        }
        for deal in deals.to_dicts()
    ]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("海棠科技有限公司投资3亿元的电池壳项目开工，明年6月投产。", date(2032, 6, 30)),
        ("海棠科技有限公司投资3亿元的电池壳项目开工。项目占地90亩，2032年底前建成。", date(2032, 12, 31)),
        ("海棠科技有限公司电池壳项目封顶，原定今年9月投产，现推迟至明年3月。", date(2032, 3, 31)),
        ("受征地影响，原计划本月通车的松岩路改造工程推迟至明年3月完工。", date(2032, 3, 31)),
        ("海棠科技有限公司投资3亿元的电池壳项目已于今年3月投产。", None),
        ("北岭大学与云岭集团签订采购合同，全部设备明年8月前交付。", date(2032, 8, 31)),
        ("北岭大学与云岭集团签订采购合同，15台设备明年6月底前交清。", date(2032, 6, 30)),
        ("海棠科技有限公司投资3亿元建设电池壳项目，明年3月开工，争取当年投产。", date(2032, 12, 31)),
    ],
)
def test_find_reads_the_day_by_which_a_deal_is_due(text: str, due: date | None) -> None:
    assert read(text)[0]["expected_on"] == due


@pytest.mark.parametrize("issue_on", [date(2031, 5, 20), None])
def test_find_says_whose_day_it_is_where_the_year_is_open(issue_on: date | None) -> None:
    text = (
        "青川市5月18日讯 今天，合作大会在青川市举行。\n会上，北岭大学与云岭集团签署合作协议。"
        "此前，北岭银行与云岭集团签署合作协议。\n5月16日，海棠科技有限公司与云岭集团签订采购合同。"
    )
    told = [(deal["dated_on"], deal["dated_by"]) for deal in read(text, issue_on)]
    days = [date(2031, 5, 18), None, date(2031, 5, 16)] if issue_on else [None] * 3
    assert told == list(zip(days, ["event", None, "own"], strict=True))


def test_find_takes_the_day_that_opens_the_sentence_before_an_item() -> None:
    text = (
        "5月10日至12日，代表团来访。\n11日上午，双方签订两份协议：北岭大学与云岭集团签订育种合作协议；"
        "青川市政府与海棠科技有限公司签订陶瓷产业园投资协议。"
    )
    assert [deal["dated_on"] for deal in read(text)] == [date(2031, 5, 11), date(2031, 5, 11)]


@pytest.mark.parametrize(
    ("text", "signed_by"),
    [
        (
            "北岭大学与云岭集团签署战略合作协议。北岭大学副校长丁一凡与云岭集团总经理苏晓棠分别代表双方签字。",
            {"北岭大学": "丁一凡", "云岭集团": "苏晓棠"},
        ),
        (
            "北岭大学与云岭集团签署战略合作协议。云岭集团总经理苏晓棠、北岭大学副校长丁一凡在协议上签字。",
            {"北岭大学": "丁一凡", "云岭集团": "苏晓棠"},
        ),
        (
            "北岭大学与云岭集团签署合作协议；海棠科技有限公司与青川市政府签署供货协议。"
            "北岭大学副校长丁一凡与云岭集团总经理苏晓棠分别代表双方签字。",
            {"北岭大学": "丁一凡", "云岭集团": "苏晓棠"},
        ),
        (
            "北岭大学与云岭集团建立合作关系。北岭大学副校长丁一凡、云岭集团总经理苏晓棠在线上交流，并签署合作备忘录。",
            {"北岭大学": "丁一凡", "云岭集团": "苏晓棠"},
        ),
        (
            "北岭大学与云岭集团签署战略合作协议。青川市副市长叶向东见证签约。",
            {"北岭大学": None, "云岭集团": None},
        ),
    ],
)
def test_find_tells_who_signed_for_which_side(text: str, signed_by: dict[str, str | None]) -> None:
    assert read(text)[0]["signed_by"] == signed_by


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("北岭大学与云岭集团线上签订合作协议。", "online"),
        ("推介会以视频连线方式举行。会上，北岭大学与云岭集团签订合作协议。", "online"),
        ("推介会昨日举行。会上，北岭大学与云岭集团签订合作协议。", "on_site"),
        ("北岭大学与云岭集团签订合作协议。", None),
        ("此前，北岭大学在一次座谈会上与云岭集团签订合作协议。", None),
    ],
)
def test_find_reads_how_people_met(text: str, mode: str | None) -> None:
    assert read(text)[0]["mode"] == mode


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("海棠科技有限公司投资3亿元在云港新区建设电池壳项目。", "云港新区"),
        ("位于松岩路的海棠科技有限公司电池壳项目开工。", "松岩路"),
        ("北岭大学与云岭集团在青川市签约，双方将在云港新区共建蚕桑实验室。", "云港新区"),
    ],
)
def test_find_reads_where_it_is(text: str, place: str) -> None:
    assert place in [deal["place"] for deal in read(text)]


def test_find_ties_money_of_sentences_about_a_deal_and_leaves_that_of_books() -> None:
    text = "北岭大学与云岭集团签署战略合作协议。根据协议，云岭集团投入6000万元。云岭集团去年营业收入90亿元。"
    assert read(text)[0]["amounts"] == ["6000万元"]


def test_find_reads_a_list_under_a_line_of_its_own() -> None:
    text = (
        "5月18日，推介会在青川市举行，现场签约3个项目。\n签约项目一览\n"
        "◆云港新区 电池壳生产项目，投资方海棠科技有限公司，总投资5亿元\n"
        "◆青川市 育种产业园二期项目，由云岭集团投资建设，总投资3亿元"
    )
    deals = read(text)
    assert [(d["title"], d["stage"], d["dated_on"], [*d["signed_by"]]) for d in deals] == [
        ("电池壳生产项目", "signed", date(2031, 5, 18), ["海棠科技有限公司", "云港新区"]),
        ("育种产业园二期项目", "signed", date(2031, 5, 18), ["云岭集团", "青川市"]),
    ]


def test_find_keeps_a_day_that_was_expected_and_has_passed() -> None:
    text = "海棠科技有限公司投资3亿元的电池壳项目开工，预计于2030年底投产。"
    assert read(text)[0]["expected_on"] == date(2030, 12, 31)


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("5月18日，北岭大学与云岭集团在青川市签订合作协议。", "on_site"),
        ("会见后，北岭大学与云岭集团签署合作备忘录。", "on_site"),
        ("访问期间，北岭大学与云岭集团签署合作备忘录。", "on_site"),
        ("5月18日，北岭大学与云岭集团签订合作协议。丁一凡、苏晓棠分别代表双方签字。", "on_site"),
        (
            "合作大会5月18日在青川市闭幕，共达成协议12项。\n十二项协议中，最重的是北岭大学与云岭集团签订的合作协议。",
            "on_site",
        ),
        ("去年，北岭大学与云岭集团签订合作协议。", None),
        ("海棠科技有限公司中标松岩路改造工程。", None),
    ],
)
def test_find_reads_that_people_met_to_sign(text: str, mode: str | None) -> None:
    assert read(text)[0]["mode"] == mode


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("云岭集团承建的云港新区热力管网项目封顶。", "云港新区"),
        ("在青川市的老街上，工人正忙。由云岭集团投资的河灯文创园项目开工。", "青川市"),
        ("海棠科技有限公司投资3亿元的电池壳项目开工。项目选址云港新区，占地90亩。", "云港新区"),
        ("北岭银行向青川市云岭集团授信3000万元。", "青川市"),
        ("本报青川市5月18日电 当天，推介会在青川市举行。会上，青川市政府与北岭大学签订合作协议。", "青川市"),
        ("本报青川市5月18日电 当天，推介会在青川市举行。会上，北岭大学与云岭集团签订供货合同。", None),
        ("5月18日，推介会在青川市举行。会上，北岭大学与云岭集团签订供货合同。", None),
    ],
)
def test_find_reads_the_place(text: str, place: str | None) -> None:
    assert [deal["place"] for deal in read(text)][:1] == [place]


def test_find_gives_works_of_an_article_about_one_zone_that_zone() -> None:
    text = "云港新区今年忙个不停。\n海棠科技有限公司投资3亿元的电池壳项目开工。"
    assert read(text)[0]["place"] == "云港新区"


def test_find_takes_works_for_under_way_that_somebody_is_building() -> None:
    assert read("松岩路上塔吊林立。该项目由云岭集团承建，总投资3亿元。")[0]["stage"] == "building"


@pytest.mark.parametrize(
    ("text", "kind", "stage"),
    [
        ("北岭大学与云岭集团建立战略合作关系。", "strategic_agreement", "signed"),
        ("北岭大学与云岭集团缔结长期合作关系。", "cooperation_agreement", "signed"),
        ("云岭集团成为北岭大学的合作伙伴。", "partnership", "signed"),
        ("青川市与云港新区缔结友好城市事宜，已进入文本互换阶段。", "cooperation_agreement", "negotiating"),
        ("青川市政府与云岭集团签订的基地投资协议予以解除。", "project", "ended"),
    ],
)
def test_find_reads_type_and_stage_of_ties(text: str, kind: str, stage: str) -> None:
    assert [(deal["deal_type"], deal["stage"]) for deal in read(text)] == [(kind, stage)]


def test_find_reads_no_deal_in_an_anniversary() -> None:
    assert read("青川市与云港新区缔结友城十周年。") == []


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("青川市与松岩市举行线上会谈，签署友好合作备忘录。", {"青川市", "松岩市"}),
        ("松岩市市长丁一凡率代表团到访青川市。座谈会上，双方签署合作备忘录。", {"青川市", "松岩市"}),
        (
            "松岩市市长丁一凡率代表团来访，青川市领导陪同。\n座谈中，两市交换了意见，并签署《交流协议》。",
            {"青川市", "松岩市"},
        ),
        ("我市代表团赴青川市、松岩市考察。在青川市，两市签署《交流协议》。", {"青川市"}),
    ],
)
def test_find_reads_who_met_from_the_sentences_before(text: str, sides: set[str]) -> None:
    assert [set(deal["signed_by"]) for deal in read(text)] == [sides]


def test_find_takes_what_paragraphs_after_a_signing_list_for_signed_there() -> None:
    text = "5月18日的集中签约仪式开了一小时。\n共有9个项目。\n云岭集团投3亿元建设光学镜片厂。"
    deal = read(text)[0]
    assert (deal["stage"], deal["mode"], deal["dated_on"]) == ("signed", "on_site", date(2031, 5, 18))


@pytest.mark.parametrize("told", ["六个项目先后敲定", "一天办成三件大事", "谈成了四桩生意", "5个项目落笔"])
def test_find_takes_all_that_an_article_goes_through_that_counts_what_was_signed(told: str) -> None:
    between = "掌声响了很久。\n县长讲了话。\n客商喝了茶。"
    text = f"5月18日下午，招商季收官，{told}。\n{between}\n云岭集团将投3亿元建设光学镜片厂。"
    deal = read(text)[0]
    assert (deal["stage"], deal["dated_on"]) == ("signed", date(2031, 5, 18))


def test_find_leaves_a_plan_where_an_article_counts_something_else() -> None:
    between = "掌声响了很久。\n县长讲了话。\n客商喝了茶。"
    text = f"5月18日下午，6个项目开了工。\n{between}\n云岭集团将投3亿元建设光学镜片厂。"
    assert read(text)[-1]["stage"] == "proposed"


def test_find_does_not_date_an_end_by_the_day_of_signing() -> None:
    text = "云港新区5月18日公告，青川市政府与云岭集团2029年签订的基地投资协议予以解除。"
    assert read(text)[0]["dated_on"] == date(2031, 5, 18)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("海棠科技有限公司与多家客商签订了长期供货合同。", {"海棠科技有限公司": "seller"}),
        ("海棠科技有限公司的电池壳项目落户云港新区。", {"海棠科技有限公司": "investor", "云港新区": "host"}),
    ],
)
def test_find_reads_the_role_of_the_one_side_that_is_named(text: str, roles: dict[str, str]) -> None:
    articles, sentences, mentions = frames(text, MARKS)
    parties = DEALS.find(articles, sentences, mentions)[1]
    assert dict(parties.select("surface_text", "party_role").iter_rows()) == roles


def test_find_reads_what_the_next_paragraph_says_of_the_plant_or_the_joint_firm() -> None:
    text = (
        "北岭大学与云岭集团签订投资协议，投资建设电动门工厂。\n"
        "工厂位于云港新区，占地126亩，明年一季度开工，2033年10月投产。"
    )
    deal = read(text)[0]
    assert (deal["place"], deal["expected_on"], deal["amounts"]) == (
        "云港新区",
        date(2033, 10, 31),
        ["126亩"],
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("▲青川市：海棠科技有限公司电池壳项目5月12日投产。", "青川市"),
        ("云港新区一季度签约项目9个。\n海棠科技有限公司将投资2亿元在新区建设电池壳项目。", "云港新区"),
    ],
)
def test_find_reads_the_place_that_heads_an_item_or_is_named_again(text: str, place: str) -> None:
    assert read(text)[-1]["place"] == place


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "6个项目集中签约。海棠科技有限公司将投资2亿元在云港新区建设电池壳项目。",
            {"海棠科技有限公司": "investor"},
        ),
        ("海棠科技有限公司投资2亿元建设的电池壳项目投产。", {"海棠科技有限公司": "investor"}),
        ("德资企业海棠科技有限公司的电池壳项目封顶。", {"海棠科技有限公司": "investor"}),
        ("海棠科技有限公司的电池壳项目封顶。", {"海棠科技有限公司": "owner"}),
    ],
)
def test_find_tells_who_pays_for_works_and_who_takes_them_in(text: str, roles: dict[str, str]) -> None:
    assert read(text)[0]["roles"] == roles


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("青川市人民医院新院区主体封顶。", {"青川市人民医院": "owner"}),
        (
            "海棠科技有限公司电池壳项目封顶。工程由总包单位云岭集团施工。",
            {"海棠科技有限公司": "owner", "云岭集团": "contractor"},
        ),
        (
            "海棠科技有限公司一直在扩产。海棠科技有限公司有人手三百。\n二期生产线今年3月动工。",
            {"海棠科技有限公司": "owner"},
        ),
        (
            "云岭集团与海棠科技有限公司签订鲜海棠采购协议。",
            {"云岭集团": "buyer", "海棠科技有限公司": "seller"},
        ),
        (
            "海棠科技有限公司与云岭集团签订鲜海棠采购协议。",
            {"海棠科技有限公司": "seller", "云岭集团": "buyer"},
        ),
    ],
)
def test_find_tells_whose_works_are_and_who_sells(text: str, roles: dict[str, str]) -> None:
    assert read(text)[0]["roles"] == roles


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("北岭大学与云岭集团签订协议，从今年9月起每年互派学生20名。", date(2031, 9, 1)),
        ("海棠科技有限公司与云岭集团签了十年的供货协议，2032年起每年供应甲醇8万吨。", date(2032, 1, 1)),
    ],
)
def test_find_reads_from_when_on_a_paper_holds(text: str, due: date) -> None:
    assert read(text)[0]["expected_on"] == due


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5月12日，云岭集团发布公告，拟以2亿元收购海棠科技有限公司70%的股份。", date(2031, 5, 12)),
        ("云岭集团拟于6月收购海棠科技有限公司70%的股份。", None),
    ],
)
def test_find_dates_a_plan_by_the_day_on_which_it_was_announced(text: str, day: date | None) -> None:
    assert read(text)[0]["dated_on"] == day


def test_find_dates_all_that_is_signed_at_the_meeting_an_article_reports() -> None:
    text = (
        "5月16日，青川市产业投资大会在云港新区举行。\n副市长苏晓棠致辞。\n"
        "云岭集团与海棠科技有限公司签约，今后三年供应铜箔3000吨；北岭大学与北岭银行签署合作协议。\n"
        "北岭大学与青川市政府签订合作协议。\n相关链接\n北岭银行与云岭集团签署合作协议。"
    )
    day = date(2031, 5, 16)
    assert [deal["dated_on"] for deal in read(text)] == [day, day, day, None]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("云岭集团收购了青川市一家茶厂，作价800万元。", "青川市"),
        ("云岭集团与青川市一家企业商谈整体收购。", None),
        ("北岭银行为青川市两家企业发放贷款2000万元。", "青川市"),
    ],
)
def test_find_reads_where_what_is_bought_or_lent_for_is(text: str, place: str | None) -> None:
    assert {deal["place"] for deal in read(text)} <= {place}


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("北岭银行与青川市政府“云签约”，未来五年提供200亿元授信。", "online"),
        ("通过视频连线的方式，举行合作协议签约仪式。云岭集团与北岭大学签署合作协议。", "online"),
        ("由北岭大学与云岭集团共建的碳纤维研究院在青川市揭牌。", "on_site"),
        # A line of production and a thing's name say nothing.
        ("第二条生产线上个月投产，由云岭集团投资2000万元建设。", None),
        ("云岭集团援建的远程医疗会诊中心去年投入使用。", None),
    ],
)
def test_find_reads_how_two_met(text: str, mode: str | None) -> None:
    assert read(text)[-1]["mode"] == mode


def test_find_gives_works_named_out_of_a_number_their_own_money() -> None:
    text = "云港新区新引进的20个亿元以上项目中，投资15亿元的云岭集团电池壳项目已开工建设。"
    assert "15亿元" in read(text)[0]["amounts"]
