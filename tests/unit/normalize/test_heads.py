"""Which of several heads is the headline, and where heads end."""

import pytest

from tests.normalizing import NORMALIZER, as_frames

REPORT = "本报讯（记者 许诺）3月17日，全市项目推进会召开，林向东出席。"
BODY = "云溪市今天召开大会，部署全年工作，林向东出席并讲话。"


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        # Lines that no empty line parts are one head.
        (
            "云溪市茶产业招商大会在海原举行\n\n12个项目签约\n计划投资总额8亿元",
            ("云溪市茶产业招商大会在海原举行", "12个项目签约计划投资总额8亿元", None),
        ),
        (
            "两地签署三份文件\n\n海原省青石市代表团\n访问云溪市",
            ("两地签署三份文件", "海原省青石市代表团访问云溪市", None),
        ),
        ("人物\n\n许诺：厂子开到了海原，\n根还在云溪", ("人物", "许诺：厂子开到了海原，根还在云溪", None)),
        ("云溪山采茶文化节\n下周三开幕", (None, "云溪山采茶文化节 下周三开幕", None)),
        ("截至5月底，云溪\n这些大项目走到哪一步", (None, "截至5月底，云溪这些大项目走到哪一步", None)),
        # What is built, and how far it is.
        ("云溪江特大桥\n北锚碇浇完最后一方混凝土", (None, "云溪江特大桥 北锚碇浇完最后一方混凝土", None)),
        ("海原长途客运站\n站房钢构吊装过半", (None, "海原长途客运站 站房钢构吊装过半", None)),
        # A slogan with an image stands above the event, what a thing is like does not.
        (
            "茶业“链”上话合作\n云溪市举行茶产业招商推介活动",
            ("茶业“链”上话合作", "云溪市举行茶产业招商推介活动", None),
        ),
        (
            "青石新添“链上”成员\n海原复合材料项目全面竣工投产",
            ("青石新添“链上”成员", "海原复合材料项目全面竣工投产", None),
        ),
        (
            "湖边的“充电宝”\n青石抽水蓄能电站首台机组投产",
            (None, "湖边的“充电宝”", "青石抽水蓄能电站首台机组投产"),
        ),
        (
            "青石县：皱椒变成“金豆”\n辣椒加工项目落地两个月即开工",
            (None, "青石县：皱椒变成“金豆”", "辣椒加工项目落地两个月即开工"),
        ),
        # How many signed stands below the event, with the sum or without.
        (
            "我县在京举行产业推介会\n11个项目现场签约 总投资43.6亿元",
            (None, "我县在京举行产业推介会", "11个项目现场签约 总投资43.6亿元"),
        ),
        # The name of a column stands above.
        (
            "对话企业家\n把一根钢丝“拉”到极致\n——访云溪新材总经理",
            ("对话企业家", "把一根钢丝“拉”到极致", "——访云溪新材总经理"),
        ),
        ("海原大家谈\n以茶为媒深化两地合作", ("海原大家谈", "以茶为媒深化两地合作", None)),
        ("开放前沿看口岸\n青石：班列开往海原", ("开放前沿看口岸", "青石：班列开往海原", None)),
        (
            "推进新型工业化在行动\n白石县：一块竹板“闯”海原",
            ("推进新型工业化在行动", "白石县：一块竹板“闯”海原", None),
        ),
        ("这笔钱，谁来出\n市住建局：每台补贴20万元", (None, "这笔钱，谁来出", "市住建局：每台补贴20万元")),
    ],
)  # fmt: skip
def test_kicker_headline_and_subtitle(
    heads: str, expected: tuple[str | None, str | None, str | None]
) -> None:
    articles = as_frames(f"新船坞开进货轮\n{REPORT}\n\n{heads}\n\n{REPORT}")["articles"]
    assert articles.select("kicker", "headline", "subtitle").row(1) == expected


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        # A headline in large type is wrapped where its column ends.
        ("海原首座抽水蓄能电站\n主体工程全面开工", ("", "海原首座抽水蓄能电站主体工程全面开工", "")),
        ("青石农商行发放全市首笔\n林业碳汇质押贷款", ("", "青石农商行发放全市首笔林业碳汇质押贷款", "")),
        ("云溪市政府与海原集团\n签署战略合作协议", ("", "云溪市政府与海原集团签署战略合作协议", "")),
        ("党建引领促发展\n产业兴旺惠民生", ("", "党建引领促发展产业兴旺惠民生", "")),
        ("海原这家老厂，把\n毛衫卖到了东国", ("", "海原这家老厂，把毛衫卖到了东国", "")),
        ("新车间盖起来了，\n工人从哪里来？", ("", "新车间盖起来了，工人从哪里来？", "")),
        ("东国商会代表团\n昨日到访\n岳溪", ("", "东国商会代表团昨日到访岳溪", "")),
        ("青石保税物流\n中心昨日正式\n封关运营", ("", "青石保税物流中心昨日正式封关运营", "")),
        ("海原高新区再添\n一家国家级\n企业技术中心", ("", "海原高新区再添一家国家级企业技术中心", "")),
        # Beside it stand a kicker and a subtitle of one line.
        (
            "林向东在青石经开区调研时强调\n加快培育先进制造业\n推动产业转型升级",
            ("林向东在青石经开区调研时强调", "加快培育先进制造业推动产业转型升级", ""),
        ),
        (
            "青石重大项目\n集中开工\n28个项目总投资166亿元，年度计划投资52亿元",
            ("", "青石重大项目集中开工", "28个项目总投资166亿元，年度计划投资52亿元"),
        ),
        (
            "昔日荒山坡\n今朝花果山\n——青石县生态修复见闻",
            ("", "昔日荒山坡今朝花果山", "——青石县生态修复见闻"),
        ),
        (
            "从签约到投产只用了七个月\n海原新能源产业园\n首个项目建成投产",
            ("从签约到投产只用了七个月", "海原新能源产业园首个项目建成投产", ""),
        ),
    ],
)
def test_a_wrapped_headline_is_one(heads: str, expected: tuple[str, str, str]) -> None:
    articles = as_frames(f"新船坞开进货轮\n{REPORT}\n\n{heads}\n{REPORT}")["articles"]
    found = articles.select("kicker", "headline", "subtitle").row(1)
    assert tuple((head or "").replace(" ", "") for head in found) == expected


def test_a_reporter_in_brackets_opens_a_story() -> None:
    raw = f"把项目建设抓紧抓实\n{REPORT}\n云谷里的新工种\n（记者 苏青）{BODY}"
    assert as_frames(raw)["articles"]["headline"].to_list() == ["把项目建设抓紧抓实", "云谷里的新工种"]


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("商报讯　", None),
        ("云溪晚报讯（记者 苏青）", None),
        ("云溪市融媒体中心讯　", None),
        ("海东经济报青石4月6日讯（记者 苏青）", "青石"),
    ],
)
def test_a_paper_in_a_dateline_is_no_place(dateline: str, place: str | None) -> None:
    article = as_frames(f"新船坞开进货轮\n\n{dateline}{BODY}")["articles"].row(0, named=True)
    assert article["dateline_place"] == place
    assert article["dateline_text"] == dateline.strip()


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2016-11-08 14:55:49 来源:云溪新闻网", "2016-11-08"),
        ("发布时间：2017-03-02 浏览次数：120", "2017-03-02"),
        ("2018年5月6日 10:20", "2018-05-06"),
    ],
)
def test_a_day_below_the_headline_is_that_of_its_article(stamp: str, day: str) -> None:
    raw = f"新船坞开进货轮\n2020-01-05\n\n{BODY}\n\n云谷里的新工种\n{stamp}\n\n{BODY}"
    articles = as_frames(raw)["articles"]
    assert articles["published_on"].cast(str).to_list() == ["2020-01-05", day]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("责任编辑 许诺　视觉设计 苏 青　监督热线 021-5697××××", ["许诺", "苏青"]),
        ("未来之城看云溪 ▏责任编辑 许诺 ▏视觉设计 苏青", ["许诺", "苏青"]),
        ("统筹：许诺　　本版文图除署名外均由本报记者苏青、林凯采写拍摄", ["苏青", "林凯", "许诺"]),
    ],
)
def test_staff_lines_of_other_papers(line: str, names: list[str]) -> None:
    frames = as_frames(f"{line}\n\n新船坞开进货轮\n{REPORT}")
    assert frames["credits"]["name"].to_list()[: len(names)] == names
    assert frames["articles"]["headline"].to_list() == ["新船坞开进货轮"]


@pytest.mark.parametrize(
    "line",
    [
        "YUNXI DAILY 云溪日报   综合新闻   3",
        "云 溪 晨 刊　开放专版　第七版　星期三",
        "云溪县融媒体中心主办　第1287期　综合 3",
        "云西新闻　　12月6日　星期三　　自贸港前沿　A06",
        "A3 开放经济周刊 三月十八日 星期一 云溪新报",
    ],
)
def test_running_heads_of_other_papers(line: str) -> None:
    assert NORMALIZER.vocabulary.is_folio(line)


def test_a_text_wrapped_inside_numbers_is_put_together() -> None:
    told = "渔港二期总投资3.6亿元，新增泊位2\n8个，由东海航务局承建，工期20\n0天，月底前可以停靠渔船"
    raw = f"渔港二期\n月底完工\n\n记者昨日从云溪市海洋局获悉，\n{told}"
    assert NORMALIZER.read_page(raw).paragraphs[-1].block_type == "body"


@pytest.mark.parametrize(
    "opening",
    [
        "近日，市政府办公室印发《云溪市茶叶发展办法》，从土地",
        "云溪出台措施当天，市政府办公室就印发了问答，从土地",
    ],
)
def test_a_head_above_a_text_without_an_indent(opening: str) -> None:
    rest = (
        "、资金、人才三方面提出十二条措施，力争三年内茶园扩大一倍，"
        "让山里的茶农多一份收入，也让更多的年轻人愿意留在山里种茶。"
    )
    text = opening + rest * 3
    wrapped = "\n".join(text[i : i + 18] for i in range(0, len(text), 18))
    blocks = NORMALIZER.read_page(f"云溪出台措施支持山里茶农增收\n{wrapped}").paragraphs
    assert [b.block_type for b in blocks] == ["headline", "body"]


def test_a_head_inside_a_sentence_is_the_kicker_of_the_story_below() -> None:
    raw = (
        f"把项目建设抓紧抓实\n\n{REPORT}\n会前，与会人员还实地\n\n两地协作结硕果\n\n察看了边贸市场和隧道运行情况。\n\n"
        f"一根藤上结出山海果\n——海原云溪协作综述\n\n{BODY}"
    )
    articles = as_frames(raw)["articles"]
    assert articles.select("kicker", "headline").rows()[1:] == [("两地协作结硕果", "一根藤上结出山海果")]
    assert articles["text"][0].endswith("与会人员还实地察看了边贸市场和隧道运行情况。")


@pytest.mark.parametrize(
    ("folio", "paper"),
    [
        ("青石经济技术开发区报　第3版　2031年4月8日", "青石经济技术开发区报"),
        ("2 综合新闻 2031.4.8 星期二 海原团结报", "海原团结报"),
        ("02 要闻　　　海 原 晚 报　　　2031年4月8日　星期二", "海原晚报"),
        ("今日云溪　2031年4月8日　星期二　第2版　责任编辑 许诺", "今日云溪"),
        ("开发区时讯　　A2　　青石经济技术开发区报　2031年4月8日", "青石经济技术开发区报"),
        ("今日关注　2031年4月8日　星期二　第2版", None),
        ("天气预报　2031年4月8日　星期二　第2版", None),
    ],
)
def test_the_whole_name_of_the_paper_is_read(folio: str, paper: str | None) -> None:
    assert as_frames(f"{folio}\n\n把项目建设抓紧抓实\n{REPORT}")["pages_meta"]["publication"].to_list() == [
        paper
    ]
