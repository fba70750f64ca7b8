"""The day on which a deal is due, where its own words do not tell it."""

from datetime import date

import pytest

from tests.unit.extract.test_deals_attributes import read


@pytest.mark.parametrize(
    ("text", "due"),
    [
        # The sentence names the works, a party, or the man of a party.
        (
            "云岭集团投资3亿元的电池壳工厂开工。\n仪式很短。投产要等到2032年6月，工厂的门才会打开。",
            date(2032, 6, 30),
        ),
        ("云岭集团投资3亿元的电池壳项目开工。\n“不算快。”云岭集团坦言，明年6月才能投产。", date(2032, 6, 30)),
        (
            "云岭集团总经理苏晓棠来到青川市。云岭集团投资3亿元的电池壳项目开工。\n苏晓棠说，争取明年6月投产。",
            date(2032, 6, 30),
        ),
        ("电池壳项目封顶，预计明年6月交付使用。该项目由云岭集团投资建设。", date(2032, 6, 30)),
        # What belongs to somebody else does not.
        ("云岭集团投资3亿元的电池壳项目开工。\n北岭大学的新校区明年6月投入使用。", None),
        ("云岭集团投资3亿元的电池壳项目投产。\n北岭大学表示，明年6月项目竣工。", None),
        # A part that has no party of its own.
        (
            "云岭集团投资3亿元的电池壳项目开工。项目主要建设厂房和检测中心，预计今年年底交付使用。",
            date(2031, 12, 31),
        ),
        # A term counts from the day of the beginning.
        ("5月18日，云岭集团投资3亿元的电池壳项目开工，计划用18个月建成。", date(2032, 11, 18)),
        ("5月18日，云岭集团投资3亿元的电池壳项目开工，总工期300天。", date(2032, 3, 13)),
        ("云岭集团中标松岩路改造工程，工期300天。", None),
        # Any day ahead in its own words, but not the end of a share of the money.
        ("北岭大学与云岭集团签订合作协议，今年秋天互派专家组。", date(2031, 11, 30)),
        ("云岭集团投资3亿元的电池壳项目开工，年内完成投资1亿元。", None),
        ("云岭集团与海棠科技有限公司签订供货合同，二期项目明年春天动工。", None),
        # A part of works that stands is not their end, what it produces may be.
        (
            "5月20日，云岭集团投资3亿元的电池壳项目开工，今年年底前完成主体结构封顶，明年6月投产。",
            date(2032, 6, 30),
        ),
        ("云岭集团投资3亿元的电池壳项目进入装修阶段，2号车间月底封顶，12月投产。", date(2031, 12, 31)),
        ("云岭集团投资3亿元的电池壳项目正在施工，1号车间预计今年10月试生产。", date(2031, 10, 31)),
        ("云岭集团投资3亿元的电池壳项目正在建设，预定9月底启用。", date(2031, 9, 30)),
        # All of it, and not its first phase.
        (
            "5月18日，云岭集团投资3亿元的电池壳项目开工，预计明年二季度一期建成，2033年底全部建成投产。",
            date(2033, 12, 31),
        ),
        ("云岭集团投资3亿元的电池壳项目开工，力争年内首批产线投产，明年6月投产。", date(2032, 6, 30)),
        # 完成 of what comes before the works is not their end.
        (
            "云岭集团与青川市政府签订投资协议。该项目将于今年9月完成征地并开工建设，争取明年3月投产。",
            date(2032, 3, 31),
        ),
        # What shall only begin, or be signed, is not due then, unless it was put off.
        ("云岭集团与青川市政府签约建设电池壳项目，明年二季度动工。", None),
        ("云岭集团拟在青川市建设电池壳项目，目前环评手续正在办理，力争9月开工。", None),
        ("云岭集团电池壳项目主体已封顶，设备10月进场。", None),
        ("云岭集团电池壳项目因设计变更，推迟至明年3月动工。", date(2032, 3, 31)),
        # The next item of a list is none of its parts.
        (
            "松岩路改造工程，已完成路基填筑，确保9月底建成；县道大修工程，已完成六成，确保10月底建成通车。",
            date(2031, 9, 30),
        ),
        (
            "5月20日，青川市12个项目集中开工。其中，云岭集团电池壳项目，总投资3亿元；松岩市的海棠仓储基地项目，总投资2亿元，计划2032年底投产。",
            None,
        ),
        # Of what is bought only the handing over is due.
        ("云岭集团收购海棠科技有限公司60%股权，预计今年9月完成交割。", date(2031, 9, 30)),
        ("云岭集团收购海棠科技有限公司60%股权，新车间明年6月投产。", None),
    ],
)
def test_find_gives_each_day_ahead_to_its_deal(text: str, due: date | None) -> None:
    assert read(text)[0]["expected_on"] == due


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2031年5月9日，北岭大学与青川市政府商定合办海棠学院，2031年9月招收首届学生。", date(2031, 9, 30)),
        ("2031年5月9日，北岭大学与青川市政府商定合办海棠学院，2031年5月12日招收首届学生。", None),
    ],
)
def test_find_counts_from_the_day_that_an_opening_tells_where_none_is_printed(
    text: str, due: date | None
) -> None:
    assert read(text, None)[0]["expected_on"] == due


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("截至5月10日，云岭集团投资建设的松岩路大桥主体封顶。", None),
        ("记者5月10日从青川市政府获悉，云岭集团投资3亿元的电池壳项目封顶。", None),
        (
            "5月10日，青川市在松岩市举行的产业推介会开得热闹。\n苏晓棠说得很多。\n分量最重的是，北岭大学与云岭集团签署合作协议。",
            date(2031, 5, 10),
        ),
        ("北岭银行给了云岭集团3亿元贷款，首笔4月已经到账。", date(2031, 4, 1)),
        # Each of the works that a report of a ceremony goes through was begun there.
        (
            "5月20日，青川市二季度重大项目集中开工仪式举行。此次集中开工项目12个。其中，松岩市的海棠仓储基地项目，总投资2亿元，占地80亩。",
            date(2031, 5, 20),
        ),
        ("1月8日，青川市2031年度首个重点项目——云岭集团电池壳项目开工。", date(2031, 1, 8)),
        ("这家由青川市政府与北岭大学于2029年共建的研究院，如今已有科研人员140人。", date(2029, 1, 1)),
        ("海棠木业由云岭集团与海棠科技有限公司合资组建，2028年6月成立，注册资本1亿元。", date(2028, 6, 1)),
        ("2029年3月，北岭大学与青川市政府签订协议共建海棠学院，次年9月正式招生。", date(2030, 9, 1)),
        # Who looks on at a site says nothing of when it was begun.
        (
            "2月18日，在云岭集团电池壳项目建设现场，工人正在紧张施工。该项目于去年10月开工建设。",
            date(2030, 10, 1),
        ),
        # The scene of works is no event, and no day ahead is that of one.
        (
            "在云岭集团电池壳项目建设现场，工人正在安装设备。项目预计10月底试生产。",
            None,
        ),
        ("云岭集团投资建设的码头主体完工。\n该码头于2029年5月开工，总投资18亿元。", date(2029, 5, 1)),
    ],
)
def test_find_dates_a_deal_by_its_deed_and_not_by_the_report(text: str, day: date | None) -> None:
    assert read(text)[0]["dated_on"] == day


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("松岩市援建青川市医院：投资9000万元，主体完工。", "青川市"),
        ("青川市锣鼓喧天，云岭集团电池壳项目在此破土动工。", "青川市"),
    ],
)
def test_find_puts_works_where_they_are_and_not_where_the_money_is_from(text: str, place: str) -> None:
    assert read(text)[0]["place"] == place


def test_find_takes_the_quarter_of_a_round_for_no_due_day() -> None:
    text = "青川市二季度重大项目集中开工。云岭集团投资3亿元的电池壳项目开工。"
    assert [deal["expected_on"] for deal in read(text)] == [None]


def test_find_reads_when_works_that_are_built_shall_run() -> None:
    text = "云岭集团电池壳项目通过竣工验收。项目总投资3亿元，预计明年6月投入使用。"
    assert [deal["expected_on"] for deal in read(text)] == [date(2032, 6, 30)]
    text = "云岭集团电池壳项目投产。云岭集团坦言，明年6月的新产品才能下线。"
    assert [deal["expected_on"] for deal in read(text)] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "北岭大学与云岭集团签订供货合同，自2032年1月起分三批交付。",
        "北岭大学与云岭集团签订直供协议，今后三年每年供货不少于5000吨。",
        "云岭集团与北岭大学续签了供货合同，订单已经排到后年。",
        "云岭集团与北岭大学结成战略合作伙伴，首场联合拍卖将于9月举行。",
    ],
)
def test_what_tells_of_no_end_is_no_due_day(text: str) -> None:
    assert [deal["expected_on"] for deal in read(text)] == [None]


def test_what_is_handed_over_in_parts_by_a_day_is_due_then() -> None:
    text = "北岭大学与云岭集团签订采购合同，全部设备明年8月前分两批交付。"
    assert read(text)[0]["expected_on"] == date(2032, 8, 31)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        # The day opens the sentence, and what is done by then stands at its end.
        ("2033年底前，由云岭集团投资9亿元的电池壳工厂将在青川市建成投产。", date(2033, 12, 31)),
        ("预计到明年6月，云岭集团投资3亿元的电池壳项目将全部完工。", date(2032, 6, 30)),
        ("今年年底，云岭集团在青川市建设的电池壳生产线可投产。", date(2031, 12, 31)),
        ("云岭集团投资3亿元的电池壳项目落户青川市。明年底，项目将建成投产。", date(2032, 12, 31)),
        # What only begins then, or is done by others, is not due.
        ("明年6月，云岭集团将动工建设电池壳项目和供水工程，投资3亿元。", None),
        ("明年6月，已建成的电池壳项目将启动二期扩建，由云岭集团投资3亿元。", None),
        ("云岭大桥上月动工，由云岭集团承建。到明年底，全市将建成大桥12座。", None),
        # The end of the years in which works are carried out.
        ("云岭集团投资3亿元的电池壳项目开工，建设周期为3年（2031年至2033年）。", date(2033, 12, 31)),
        ("由云岭集团投资3亿元的电池壳项目，占地约500亩，2031至2033年分期实施。", date(2033, 12, 31)),
        # Ships and flats are done when they are handed over.
        ("云岭集团投资3亿元的安置房项目封顶，预计明年6月交房。", date(2032, 6, 30)),
    ],
)
def test_a_day_that_opens_a_sentence_is_that_of_what_is_done_by_then(text: str, due: date | None) -> None:
    assert read(text)[0]["expected_on"] == due


def test_a_plan_in_front_of_the_noun_makes_no_plan_of_the_day() -> None:
    deal = read("计划投资3亿元的云岭集团电池壳项目5月6日正式开工。")[0]
    assert (deal["dated_on"], deal["expected_on"]) == (date(2031, 5, 6), None)


@pytest.mark.parametrize(
    ("text", "dated", "due"),
    [
        # A day that was given up is none of the deed.
        ("该桥原计划去年底通车，现推迟到今年7月，由云岭集团投资3亿元建设。", None, date(2031, 7, 31)),
        ("原定去年10月投产的云岭集团电池壳项目上月投产。", date(2031, 4, 1), None),
        # Machines that stand are not yet works that run; what begins behind a season is not due.
        (
            "云岭集团投资3亿元的电池壳项目，计划于7月中旬前完成设备安装，8月上旬投入试生产。",
            None,
            date(2031, 8, 10),
        ),
        ("云岭集团投资3亿元的电池壳项目，今年秋收后动工。", None, None),
    ],
)
def test_neither_what_was_given_up_nor_a_step_is_the_day(
    text: str, dated: date | None, due: date | None
) -> None:
    deal = read(text)[0]
    assert (deal["dated_on"], deal["expected_on"]) == (dated, due)
