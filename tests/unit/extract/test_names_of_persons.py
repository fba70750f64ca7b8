"""Persons whose names are words: appointed, called by a title, listed with brackets; and who is none."""

import pytest

from tests.unit.extract.test_names_in_briefs import named


@pytest.mark.parametrize(
    ("text", "persons", "bodies"),
    [
        ("免去江雁县人大常委会副主任职务。", {"江雁"}, {"县人大常委会"}),
        ("会议决定免去谷大川市人民检察院检察员职务。", {"谷大川"}, {"市人民检察院"}),
        ("免去江雁县发展和改革局局长、县粮食局局长的职务。", {"江雁"}, {"县发展和改革局", "县粮食局"}),
        ("任命谷雨晴区卫生健康局局长。", {"谷雨晴"}, {"区卫生健康局"}),
        ("撤销欧阳川县水利局党组书记、局长职务。", {"欧阳川"}, {"县水利局"}),
        ("接受黄河辞去县人民法院院长职务的请求。", {"黄河"}, {"县人民法院"}),
        ("免去寿光市财政局局长职务。", set(), {"寿光市财政局"}),
        ("免去寿光市财政局局长王一山的职务。", {"王一山"}, {"寿光市财政局"}),
        ("任命江平为县教育局局长。", {"江平"}, {"县教育局"}),
        ("免去石桥镇党委书记职务。", set(), set()),
    ],
)
def test_appointed(finder, text, persons, bodies):
    assert named(finder, "person", text) == persons
    assert bodies <= named(finder, "organization", text)


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("任命平安为县文旅局局长，补选时代为县人大代表。", {"平安", "时代"}),
        ("由安宁担任组长，由常青任副组长。", {"安宁", "常青"}),
        ("高峰任县委书记，黎明任县长。", {"高峰", "黎明"}),
        ("于洋任组长，常乐任副组长。", {"于洋", "常乐"}),
        ("张大任副局长说，今年要修路。", {"张大任"}),
        ("由党员担任河长，由商户任组长，由干部担任楼长。", set()),
        ("同年任县委书记，后来任村支书，时常任裁判。", set()),
        ("选举应当为差额，聘任时间为三年。", set()),
    ],
)
def test_framed_by_an_office(finder, text, persons):
    assert named(finder, "person", text) == persons


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("常书记来了以后，村里变了样。", {"常书记"}),
        ("单法官当庭宣判。", {"单法官"}),
        ("于大姐开了一家面馆。", {"于大姐"}),
        ("时院长、成主任、权教授到场。", {"时院长", "成主任", "权教授"}),
        ("由高峰同志担任组长，和平同志说，要团结。", {"高峰", "和平"}),
        ("于和平同志任审计局局长。", {"于和平"}),
        ("向书记汇报工作，应主席邀请来访，任书记期间修了路。", set()),
        ("高校长期坚持，车队长途跋涉，全校长假不停课。", set()),
        ("连书记都来了，于老师们看来，这很难。", set()),
        ("全体同志、党员同志、那位同志、老同志都来了。", set()),
    ],
)
def test_called_by_a_title(finder, text, persons):
    assert named(finder, "person", text) == persons


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("马国强（回族）、才旦（藏族）、江雁（女）当选代表。", {"马国强", "才旦", "江雁"}),
        ("江小红（女）、妇女代表（左一）在现场。", {"江小红"}),
        ("丈夫周大成、儿子周亮、女儿周倩都是医生。", {"周大成", "周亮", "周倩"}),
        ("老人和儿子马路边卖菜，丈夫、儿子时常加班。", set()),
        ("市长王强作报告。", {"王强"}),
        ("代县长代明作政府工作报告。", {"代明"}),
        ("局长成天在外跑，镇长年年都来看望老人。", set()),
        ("老师家访时遇到大雨。", set()),
        ("他和院长商量，方案要改。", set()),
    ],
)
def test_rows_and_words(finder, text, persons):
    assert named(finder, "person", text) == persons
