from datetime import date

import pytest

from tests.normalizing import NORMALIZER
from transforms.normalize.printed_dates import read_date, read_number

V = NORMALIZER.vocabulary


@pytest.mark.parametrize(
    "line",
    [
        "编辑 王任之 美编 王涛 校对 孙双",
        "责任编辑：李　敏　版式：周文博　校对：吴　静",
        "责编/方青 美编/唐小舟 校对/齐悦",
        "责编 张三 | 视觉 李四 | 校对 王五",
        "总编辑：张三 编委：李四",
        "A06 都市新闻 2024.03.18 星期一 责编/方青 校对/齐悦",
        "编辑：秦 晓 | 邮箱：fukan@example.com",
    ],
)
def test_is_credit(line: str) -> None:
    assert V.is_credit(line)


@pytest.mark.parametrize(
    "line",
    [
        "□ 本报记者 张三 通讯员 李四",
        "本报记者　陈　默　实习生　何晓雨",
        "■ 张三",
        "文/图 记者 李四",
        "张三/文 李四/图",
        "（记者 张三 通讯员 李四）",
        "云溪晚报全媒体记者 张三 文/图",
        "新华社记者 刘一 摄",
        "本报评论员",
        "（晓王）",
    ],
)
def test_is_byline(line: str) -> None:
    assert V.is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "03",
        "第03版　要闻",
        "2024年3月18日 星期一",
        "云溪时报 2024年3月18日 星期一 第03版",
        "A03 综合新闻",
        "2019.4.18　　新区时讯　　A2　　云溪高新技术产业开发区报",
        "2 0 1 9 年 4 月 1 8 日 星期四",
        "新闻热线：0599-8888888",
    ],
)
def test_is_folio(line: str) -> None:
    assert V.is_folio(line)


@pytest.mark.parametrize(
    "line",
    [
        "淄博是一个城市",
        "编辑部召开会议",
        "保护传承弘扬黄河文化的重要",
        "参加十四次航展的摄影师周闽",
        "今天（11月2日），执行任务",
        "展将于2024年11月12日至",
        "今年新增用户3亿",
        "招商推介会 12月6日 星期三 在云溪宾馆三楼会议厅",
    ],
)
def test_words_of_a_story_are_no_page_part(line: str) -> None:
    assert not V.is_credit(line)
    assert not V.is_byline(line)
    assert not V.is_folio(line)


@pytest.mark.parametrize(
    ("text", "place", "day"),
    [
        ("淄博2月23日讯 今天", "淄博", "2月23日"),
        ("新华社北京2月8日电（记者张三、李四）今天", "北京", "2月8日"),
        ("本报讯（记者　林　夏）3月15日", "", None),
        ("据新华社东京1月3日电 日本", "东京", "1月3日"),
        ("本报济南十二月三十一日讯 记者", "济南", "十二月三十一日"),
        ("央视网消息（新闻联播）：今天", "", None),
        ("中新网2月3日电 (记者 林夏)", "", "2月3日"),
    ],
)
def test_find_dateline(text: str, place: str, day: str | None) -> None:
    found = V.find_dateline(text)
    assert found is not None
    assert found["place"] == place
    assert found["date"] == day


@pytest.mark.parametrize("text", ["宝马百亿元动力电池项目落地沈阳", "两国元首互致贺电", "今天下午，会议召开"])
def test_find_dateline_refuses(text: str) -> None:
    assert V.find_dateline(text) is None


@pytest.mark.parametrize(
    ("text", "reference", "found"),
    [
        ("2024年2月3日", None, date(2024, 2, 3)),
        ("2 0 1 9 年 4 月 1 8 日 星期四", None, date(2019, 4, 18)),
        ("2月23日", None, None),
        ("2月23日", date(2024, 2, 24), date(2024, 2, 23)),
        ("12月31日", date(2024, 1, 1), date(2023, 12, 31)),
        ("十二月三十一日", date(2024, 1, 1), date(2023, 12, 31)),
        ("2月30日", date(2024, 3, 1), None),
    ],
)
def test_read_date(text: str, reference: date | None, found: date | None) -> None:
    assert read_date(text, reference) == found


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("十", 10), ("二十三", 23), ("三十", 30), ("一九", 19), ("甲", None)]
)
def test_read_number(text: str, number: int | None) -> None:
    assert read_number(text) == number
