"""The cells of a deal that stand in the words around it: day, end, place, sides, sector."""

from datetime import date

import pytest

from tests.unit.extract.test_deals_attributes import read


@pytest.mark.parametrize("issue_on", [date(2031, 5, 20), None])
def test_find_reads_how_people_met_whether_or_not_the_year_is_known(issue_on: date | None) -> None:
    text = (
        "5月18日下午，科技创新大会在青川市举行，二百余人参加。\n多个合作项目进行了签约。"
        "包括北岭大学与云岭集团线上签订《育种研究》合作协议；青川市政府与云岭集团签订《战略合作框架协议》。"
    )
    assert [deal["mode"] for deal in read(text, issue_on)] == ["online", "on_site"]


def test_find_tells_no_meeting_where_an_opening_names_no_day() -> None:
    assert read("北岭大学与云岭集团签订合作协议。", None)[0]["mode"] is None


@pytest.mark.parametrize("cue", ["签约", "续签合作协议", "签下供货协议"])
def test_the_evidence_of_a_signature_ends_with_a_whole_word(cue: str) -> None:
    (deal,) = read(f"5月18日，云岭集团与青川海纳食品有限公司{cue}，供应苹果。")
    assert deal["surface_text"].endswith(("签约", "签下", "续签", "协议"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("转机出现在2028年。那一年，北岭大学与云岭集团签下合作协议。", date(2028, 1, 1)),
        ("5月18日，客商来访。\n考察结束后，北岭大学与云岭集团签署合作协议。", date(2031, 5, 18)),
        ("5月18日，客商来访。\n活动最后，北岭大学还与云岭集团签订合作协议。", date(2031, 5, 18)),
    ],
)
def test_find_takes_the_day_that_other_words_point_to(text: str, day: date) -> None:
    assert read(text)[0]["dated_on"] == day


@pytest.mark.parametrize(
    ("text", "due"),
    [
        (
            "云岭集团投资3亿元的电池壳项目开工。\n云岭集团总经理苏晓棠告诉记者，项目明年6月试生产。",
            date(2032, 6, 30),
        ),
        ("云岭集团投资建设的跨江大桥合龙。\n大桥全长9公里，预计2032年8月具备通车条件。", date(2032, 8, 31)),
        ("海棠科技有限公司电池壳项目开工，年内完成投资1亿元。", None),
        ("云岭集团与海棠科技有限公司签订供货合同，首批设备明年3月装船。", date(2032, 3, 31)),
        ("北岭银行向云岭集团发放3000万元贷款，新生产线预计10月完成安装。", None),
        # Of two days in one clause each has its own deed.
        ("云岭集团与青川市政府签订电池壳项目投资协议，预计明年3月开工、2033年6月投产。", date(2033, 6, 30)),
        ("云岭集团与青川市政府签订电池壳项目投资协议，计划年内完成环评。", None),
        # Of the year of a season nothing is told.
        ("云岭集团投资3亿元的冷库项目开工，预计明年采摘季前投用。", None),
        ("云岭集团电池壳项目二期原打算今年动工，眼下先缓一缓。", None),
        ("海棠科技有限公司电池壳项目本周投产。", None),
    ],
)
def test_find_reads_the_day_by_which_it_is_due(text: str, due: date | None) -> None:
    assert read(text)[0]["expected_on"] == due


def test_find_ties_the_sums_of_a_paragraph_that_opens_with_the_works() -> None:
    text = "云岭集团投资建设的码头投入运行。\n据介绍，该码头于2029年5月开工，总投资18亿元，年吞吐量860万吨。"
    assert {"18亿元", "860万吨"} <= set(read(text)[0]["amounts"])


def test_find_leaves_the_sums_of_the_next_item_to_it() -> None:
    text = "海棠科技有限公司电池壳项目开工，总投资5亿元；云岭集团名下的铜箔产能3万吨，占地126亩。"
    assert read(text)[0]["amounts"] == ["5亿元"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("松岩市至青川市公路改建工程开工。", None),
        (
            "5月18日，北岭大学与云岭集团战略合作签约仪式在松岩市举行，北岭大学与云岭集团签署战略合作协议。",
            "松岩市",
        ),
    ],
)
def test_find_reads_a_place_and_no_end_of_a_line(text: str, place: str | None) -> None:
    assert read(text)[0]["place"] == place


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("云岭集团与海棠科技有限公司签订鱼糜采购合同。", {"云岭集团": "buyer", "海棠科技有限公司": "seller"}),
        (
            "北岭大学与云岭集团签署《共建松岩研究院合作协议》。",
            {"北岭大学": "builder", "云岭集团": "builder"},
        ),
        (
            "云岭集团与青川市政府签署投资意向书。",
            {"云岭集团": "investor", "青川市政府": "host"},
        ),
        (
            "云岭集团投资3亿元的电池壳项目封顶。海棠科技有限公司为工程总承包单位。",
            {"云岭集团": "investor", "海棠科技有限公司": "contractor"},
        ),
        (
            "青川市政府与7家企业集中签约。云岭集团投资3亿元建设电池壳项目。",
            {"云岭集团": "investor", "青川市政府": "host"},
        ),
    ],
)
def test_find_reads_what_each_side_does(text: str, roles: dict[str, str]) -> None:
    assert read(text)[0]["roles"] == roles


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("北岭大学与海棠科技有限公司签署战略合作框架协议。", None),
        ("北岭大学与北岭大学医学院签订《质谱成像研究》合作协议。", "M73"),
        ("北岭大学与海棠科技有限公司签订《电池壳研发》合作协议。", "C38"),
    ],
)
def test_find_tells_the_sector_of_a_paper_by_its_subject(text: str, code: str | None) -> None:
    assert read(text)[0]["sector_code"] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # The last word says what the thing is, those before it for what.
        ("海棠科技有限公司投资3亿元的风电铸件基地在青川市投产。", "C33"),
        ("海棠科技有限公司投资3亿元的汽车模具基地在青川市投产。", "C35"),
        ("云岭至青川高速铁路开工建设。", "G53"),
        # What is done with a thing is no trade in it.
        ("云岭集团与海棠科技有限公司签订数控机床采购合同。", "C34"),
        # Shares are of the firm's trade, not of the fund's that pays.
        ("云岭产业基金以3亿元收购青川海纳食品有限公司60%的股权。", "C14"),
        ("云岭产业基金以3亿元收购海棠科技有限公司60%的股权。", None),
        ("北岭银行向青川海纳食品有限公司发放3000万元贷款。", "J66"),
    ],
)
def test_find_tells_the_sector_of_what_is_built_bought_or_paid(text: str, code: str | None) -> None:
    assert read(text)[0]["sector_code"] == code


def test_find_reads_no_shares_where_money_goes_into_works() -> None:
    kinds = {
        d["deal_type"] for d in read("云岭集团投资5.5亿元的电池壳项目、海棠科技有限公司的镜头项目签约。")
    }
    assert "equity_investment" not in kinds


def test_find_tells_a_paper_about_shares_from_one_about_goods() -> None:
    deal = read("云岭集团与海棠科技有限公司签署股权购买协议。")[0]
    assert deal["deal_type"] == "acquisition"
    assert deal["roles"] == {"云岭集团": "buyer", "海棠科技有限公司": "seller"}


def test_find_takes_a_plant_for_standing_that_money_has_built() -> None:
    assert read("云岭集团投资1.6亿元在松岩市建起了香料加工厂。")[0]["stage"] == "operating"


def test_find_takes_what_is_agreed_to_be_founded_for_signed() -> None:
    assert read("北岭大学与云岭集团约定共建远程会诊中心。")[0]["stage"] == "signed"


@pytest.mark.parametrize(
    ("text", "signed_by"),
    [
        (
            "北岭大学与云岭集团签署合作协议。代表双方签字的，是北岭大学校长丁一凡和云岭集团总经理苏晓棠。",
            {"北岭大学": "丁一凡", "云岭集团": "苏晓棠"},
        ),
        (
            "北岭大学与云岭集团签署合作协议。北岭大学校长丁一凡、云岭集团总经理苏晓棠分 别在两地签字。",
            {"北岭大学": "丁一凡", "云岭集团": "苏晓棠"},
        ),
        (
            "北岭大学与青川市政府签署合作协议。市长叶向东出席并代表市政府签约。",
            {"北岭大学": None, "青川市政府": "叶向东"},
        ),
    ],
)
def test_find_tells_who_signed_in_other_words(text: str, signed_by: dict[str, str | None]) -> None:
    assert read(text)[0]["signed_by"] == signed_by


def test_find_takes_the_office_whose_head_signs_for_the_host() -> None:
    text = "云岭集团将投资3亿元建设电池壳项目，公司总经理苏晓棠与青川市政府秘书长叶向东代表双方在协议上签字。"
    assert read(text)[0]["roles"] == {"云岭集团": "investor", "青川市政府": "host"}


def test_find_reads_where_an_office_is_posted() -> None:
    assert read("签约仪式前，松岩市驻青川市联络处揭牌。")[0]["place"] == "青川市"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("北岭大学帮建的实训基地今年3月投用。", "实训基地"),
        ("云岭集团投资1.6亿元在松岩市建起了香料加工厂。", "香料加工厂"),
    ],
)
def test_find_leaves_out_of_a_title_what_was_done_with_it(text: str, title: str) -> None:
    assert read(text)[0]["title"] == title


def test_find_reads_no_signing_in_what_is_said_after_it() -> None:
    assert read("海棠科技有限公司总经理苏晓棠签约后表示，公司很满意。") == []


@pytest.mark.parametrize(
    "told",
    [
        "云岭集团将投资3亿元建设光学镜片厂，力争明年投产。",
        "云岭集团将整体收购海棠科技有限公司，收购价3000万元。",
        "北岭银行承诺为云岭集团提供2亿元贷款。",
    ],
)
def test_find_takes_what_a_signing_reports_as_a_plan_for_signed(told: str) -> None:
    assert read(f"5月18日，推介会上9个项目集中签约。{told}")[0]["stage"] == "signed"


def test_find_leaves_what_is_only_thought_of_at_a_signing() -> None:
    text = "5月18日，推介会上9个项目集中签约。云岭集团有意整体收购海棠科技有限公司，尽职调查下月开始。"
    assert read(text)[0]["stage"] != "signed"


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "北岭大学与云岭集团签约，云岭集团将为对方建造两艘科考船。",
            {"北岭大学": "buyer", "云岭集团": "seller"},
        ),
        (
            "北岭大学与云岭集团签约，向后者提供三套温室控制系统，合同价2000万元。",
            {"北岭大学": "seller", "云岭集团": "buyer"},
        ),
    ],
)
def test_find_tells_who_delivers_by_the_clause_behind_a_signature(text: str, roles: dict[str, str]) -> None:
    deal = read(text)[0]
    assert (deal["deal_type"], deal["roles"]) == ("supply_contract", roles)


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("研究院由北岭大学和云岭集团于2028年联合创办，目前有三个实验室。", "operating"),
        ("中心是2028年由北岭大学与云岭集团合建的，现有研究人员52名。", "operating"),
        ("研究院成立于2028年，由北岭大学和云岭集团合办。", "operating"),
        ("这家由北岭大学、云岭集团双方出资4800万元成立的研究院，刚刚过了三岁生日。", "operating"),
        ("研究院由北岭大学和云岭集团共建。", "unveiled"),
    ],
)
def test_find_tells_whose_a_body_is(text: str, stage: str) -> None:
    (deal,) = read(text)
    roles = {"北岭大学": "builder", "云岭集团": "builder"}
    assert (deal["deal_type"], deal["stage"], deal["roles"]) == ("institution", stage, roles)


def test_find_founds_nothing_that_is_only_planned() -> None:
    assert all(deal["stage"] != "operating" for deal in read("研究院拟由北岭大学和云岭集团共建。"))


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("5月18日，客商来访。\n苏晓棠在致辞中说，北岭大学在2029年与云岭集团签署合作协议。", None),
        ("5月18日，客商来访。\n苏晓棠致辞。\n北岭大学与云岭集团在青川市签署合作协议。", "on_site"),
    ],
)
def test_people_met_in_a_place_and_not_in_a_speech(text: str, mode: str | None) -> None:
    assert read(text)[-1]["mode"] == mode
