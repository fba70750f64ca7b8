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
        # Of what is bought only the handing over is due.
        ("云岭集团收购海棠科技有限公司60%股权，预计今年9月完成交割。", date(2031, 9, 30)),
        ("云岭集团收购海棠科技有限公司60%股权，新车间明年6月投产。", None),
    ],
)
def test_find_gives_each_day_ahead_to_its_deal(text: str, due: date | None) -> None:
    assert read(text)[0]["expected_on"] == due


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
        ("云岭集团投资建设的码头主体完工。\n该码头于2029年5月开工，总投资18亿元。", date(2029, 5, 1)),
    ],
)
def test_find_dates_a_deal_by_its_deed_and_not_by_the_report(text: str, day: date | None) -> None:
    assert read(text)[0]["dated_on"] == day
