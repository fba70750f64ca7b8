"""Names on pages of regional papers: where persons and bodies begin and end, and what is none."""

import polars as pl
import pytest


def read(finder, *texts):
    articles = pl.DataFrame(
        {"article_id": [f"a{i}" for i in range(len(texts))], "document_id": "d", "text": texts}
    )
    sentences = articles.select(sentence_id="article_id", article_id="article_id", text="text", start_char=0)
    return finder.find(articles, sentences)


def named(finder, kind, *texts):
    return set(read(finder, *texts).filter(pl.col("entity_type") == kind)["surface_text"])


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("会上，市科技局局长边疆以“链上发力”为题作了推介。", {"边疆"}),
        ("记者见到东湾耐火材料公司总经理冷月时，她刚从车间出来。", {"冷月"}),
        ("市商务局副局长米兰全程陪同。", {"米兰"}),
        ("项目经理边疆搓着冻红的手说，明年就能试车。", {"边疆"}),
        ("省联社党委委员、副主任问志远致辞。", {"问志远"}),
        ("“机器要耐得住低温。”额尔敦·布和说。", {"额尔敦·布和"}),
        ("管委会副主任闻人杰率投资二局、科技人才局负责人赴深圳开展招商活动。", {"闻人杰"}),
        ("东湾县副县长马达率考察团来访。", {"马达"}),
        ("东湾市农贸股份有限公司采购部部长楼望江同云溪市绿源果业农民专业合作社签下合同。", {"楼望江"}),
        ("厂长古丽汗·买买提边走边介绍。", {"古丽汗·买买提"}),
        ("合作社理事长艾山江·热合曼乐得合不拢嘴。", {"艾山江·热合曼"}),
        ("公司与贝克顿签下一份供货合同。", set()),
        ("苏陕协作对接会上，两地企业签约。", set()),
        ("省科技厅厅长仪 修文到会祝贺。", {"仪 修文"}),
        ("技术总监华　青正盯着屏幕。", {"华　青"}),
        ("集团亚太区总裁伊莎贝尔· 马丁出席。", {"伊莎贝尔· 马丁"}),
        ("副州长艾力江·买买提会见了客人。", {"艾力江·买买提"}),
        ("总工程师计长远任常务副主任。", {"计长远"}),
        ("金沙湾跨海通道年底通车。", set()),
        ("青岭学会理事长孙清远说。", {"孙清远"}),
        ("县委常委、副县长卡尔马约陪同考察。", {"卡尔马约"}),
        ("副州长沙吾列·肯杰别克在致辞中说。", {"沙吾列·肯杰别克"}),
        ("市长艾山江·阿扎提出席。", {"艾山江·阿扎提"}),
        ("海原大学党委书记贡保才让一行来访。", {"贡保才让"}),
        ("县长马库尔日说。采访马库尔日时，天已黑。", {"马库尔日"}),
        ("海原区党工委书记龚清与卡尔·约翰松共同揭牌。", {"龚清", "卡尔·约翰松"}),
        ("教授努尔江·买买提任主任。", {"努尔江·买买提"}),
        ("青岭学院院长梅尔克特等参加活动。", {"梅尔克特"}),
        ("海原电子首席执行官司徒清堂接受采访时说，公司已经投产。", {"司徒清堂"}),
        ("海原中学学生邱清华获全国青少年科技创新大赛一等奖。", {"邱清华"}),
        ("海原实业董事长孟清笑称：“等了三年。”", {"孟清"}),
        ("种植大户江远既期待又担心。", {"江远"}),
        ("艾尔江·司马义笑道。", {"艾尔江·司马义"}),
        ("商务局局长那时雨出席。那时雨表示，要快。", {"那时雨"}),
        ("园区主任应收成出席。应收成表示，要快。", {"应收成"}),
        ("外商考察团走进海原。考察团先后参观。", set()),
        ("记者从会上获悉，2300余户椒农增收。", set()),
        ("看到总书记来了，正在植树的群众很高兴。", set()),
        ("中方愿同埃方扩大合作。埃方很高兴有这样的朋友。", set()),
        ("海原市副市长王清泉与青岭市人民委员会副主席出席。", {"王清泉"}),
    ],
)
def test_find_reads_persons_of_pages(finder, text, persons) -> None:
    assert named(finder, "person", text) == persons


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("万里星公司与该校机械与电子工程学院同步签约。", {"机械与电子工程学院"}),
        ("此外，两市农业农村局还续签了交流协议。", {"两市农业农村局"}),
        ("海原银行（东湾分行）发放了1500万元贷款。", {"海原银行（东湾分行）"}),
        ("签约仪式前，颍上县驻香港招商联络处揭牌。", {"颍上县驻香港招商联络处"}),
        ("双方约定，由青岭市外事办与该州投资贸易厅继续磋商。", {"青岭市外事办", "该州投资贸易厅"}),
        ("来自大湾区的商协会代表参加。", set()),
        ("苏州市吴中区文体和旅游局局长一行来访。", {"苏州市吴中区文体和旅游局"}),
        ("天津第三职业中专帮建的实训基地投用。", {"天津第三职业中专"}),
        ("【云湖晚报】讯（记者 高山）", set()),
        ("昨晚，上市公司云岭建材发布公告。", {"云岭建材"}),
        ("15所院校发起的中国—东盟跨境农业教育联盟成立。", {"中国—东盟跨境农业教育联盟"}),
        ("香料公司的在华子公司维塔尔森（海南）香料有限公司签约。", {"维塔尔森（海南）香料有限公司"}),
        ("园区主任由铁西区委派。", set()),
        ("公司收购了南靖县一家乌龙茶精制厂。", set()),
        ("市工业和信息化局与区工商联办的恳谈会开幕。", {"区工商联"}),
        ("云湖晚报讯（记者 高山）昨天下午，路演开幕。", {"云湖晚报"}),
        ("云溪　云溪县中医院迁建工程封顶。", {"云溪县中医院"}),
        ("导报讯 新工厂已经投产。", set()),
    ],
)
def test_find_reads_bodies_of_pages(finder, text, bodies) -> None:
    assert bodies <= named(finder, "organization", text)
    assert bool(bodies) or not named(finder, "organization", text) - {"云湖晚报"}


def test_what_the_page_names_in_full_is_no_person(finder) -> None:
    texts = (
        "璧岚高新技术产业开发区年内新增企业12家。青川泓澜精密有限公司落户。",
        "公司把总部从江城搬到璧岚，也是为了离整车厂近。泓澜的研发总监江雁算过账。",
    )
    assert named(finder, "person", *texts) == {"江雁"}


def test_a_place_that_the_page_names_with_its_level_is_no_person(finder) -> None:
    texts = (
        "近日，莱宁市与束草市签署备忘录。莱宁市副市长陪同考察。",
        "他指出，莱宁因海而生、因海而兴。",
        "公司入股莱宁铸锻有限责任公司，持股22%。",
    )
    assert named(finder, "person", *texts) == set()
    assert "莱宁铸锻有限责任公司" in named(finder, "organization", *texts)


def test_places_of_a_weather_column_are_no_persons(finder) -> None:
    rows = read(finder, "天气：东京雨26℃／35℃ 巴黎晴15℃／29℃ 悉尼晴11℃／19℃")
    assert rows.filter(pl.col("entity_type") == "person").is_empty()
    assert {"巴黎", "悉尼"} <= set(rows.filter(pl.col("entity_type") == "place")["surface_text"])


def test_a_city_at_the_front_of_its_bodies_is_no_body(finder) -> None:
    text = "会上，宁海湾市贸促会与商会签约。宁海湾市商务局作推介。宁海湾市将支持企业发展。"
    assert "宁海湾市" not in named(finder, "organization", text)


def test_institutes_in_marks_are_bodies_and_papers_are_works(finder) -> None:
    text = "现场签订了《双碳储能电池研发中心》《鸢都博士协会海原 分会》和《全面合作协议》，《研究所》上映。"
    rows = read(finder, text).filter(pl.col("rule").is_in(["marked_body", "title_marks"]))
    assert rows.select("entity_type", "surface_text").rows() == [
        ("organization", "双碳储能电池研发中心"),
        ("organization", "鸢都博士协会海原 分会"),
        ("work", "全面合作协议"),
        ("work", "研究所"),
    ]


def test_what_lost_to_an_event_is_not_repeated(finder) -> None:
    text = "鲁港科技创新合作大会在济南举行。与会者共同探讨鲁港科技创新和人才合作的新路径。"
    found = read(finder, text)
    assert not set(found.filter(pl.col("rule") == "same_surface")["surface_text"]) & {"鲁港科技"}


@pytest.mark.parametrize("text", ["三市医保局在青川召开第三次联席会议。", "两市教育局签约。"])
def test_a_body_of_several_areas_may_open_a_text(finder, text) -> None:
    assert named(finder, "organization", text) == {text[: text.index("局") + 1]}
