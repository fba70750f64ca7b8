"""How far a deal is and of what kind, by the words of its own clause."""

import pytest

from tests.unit.extract.test_deals_attributes import read


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        # Works that are not begun are a plan; a paper that is not signed is talked of.
        ("原定今年2月动工的云岭集团电池壳项目至今尚未开工。", "proposed"),
        ("云岭集团原拟在青川市建设的电池壳项目，因论证未通过，不再推进。", "ended"),
        ("云岭集团电池壳项目一期已投产，二期正在建设。", "operating"),
        # 正式 makes no deed of what shall be.
        ("10月1日，由云岭集团投资8亿元的电池壳工厂将正式投产。", "building"),
        ("云岭集团投资8亿元的电池壳工厂将于10月1日正式投产。", "building"),
        ("计划投资3亿元的云岭集团电池壳项目5月6日正式开工。", "building"),
        ("云岭集团电池壳项目投资2亿元，目前提取塔主体已建成，设备已订购。", "building"),
        # What took how long from one stage to the next has come to the second.
        ("云岭集团电池壳项目从签约到开工仅用了58天。", "building"),
        ("云岭集团电池壳项目从开工到投产不到10个月。", "operating"),
        # Where works are signed for may stand between them and the word.
        ("云岭集团年产100万只电池壳项目在青川市签约。", "signed"),
        ("云岭集团电池壳项目成功签约青川市。", "signed"),
        ("北岭大学与云岭集团的合作协议到期后不再续签。", "ended"),
        # The name of a paper is no talk.
        ("北岭大学与云岭集团签订产销对接协议。", "signed"),
        # Where signed works will stand says nothing more of how far they are.
        ("青川市政府与云岭集团就电池壳项目签约，计划投资3亿元，落户云港新区。", "signed"),
        # What a body is called for short may open the sentence that says how far it is.
        ("北岭大学与云岭集团签订协议，合作建立电池壳研究院。2月20日，研究院挂牌。", "unveiled"),
        ("北岭大学与云岭集团签订协议，合作建立电池壳研究院。该研究院将于年底挂牌。", "signed"),
        ("去年，北岭大学与云岭集团在青川市合作设立了分中心。今年8月，分中心通过验收。", "operating"),
        ("北岭大学与云岭集团共建电池壳联合实验室，上月18日已在园区挂牌。", "unveiled"),
        # What is told as founded may still have to open.
        ("北岭大学与云岭集团共建的电池壳学院，今年秋季将首批招生60人。", "proposed"),
        ("北岭大学与云岭集团合办的电池壳实验室，下个月就挂牌。", "proposed"),
        ("北岭大学与云岭集团共建的电池壳实验室，5月18日签约，明年上半年挂牌。", "signed"),
        # Who works in a body, or is taught there, says that it is at work.
        ("由北岭大学与云岭集团共建的电池壳研究院里，研究生正在调试设备。", "operating"),
        ("北岭大学与云岭集团合办的电池壳学院迎来第二届毕业生。", "operating"),
        ("北岭大学与云岭集团合建的电池壳中试基地，藏在红砖房里，首批五个课题组上月入驻。", "operating"),
        ("北岭大学与云岭集团合办的电池壳学院成立，首批招生90人。", "unveiled"),
        # A firm that is founded is there; one of whose plate the sentence tells is unveiled.
        ("北岭集团与云岭集团合资成立的青川电池壳有限公司昨日揭牌。", "unveiled"),
        ("北岭集团与云岭集团合资成立了青川电池壳有限公司。", "operating"),
        # A loan that is paid out, goods that are handed over.
        ("北岭银行向云岭集团发放贷款2亿元。", "operating"),
        ("北岭银行与云岭集团签订贷款合同，首笔2亿元已发放。", "signed"),
        ("北岭银行将于本月底前向云岭集团发放贷款2亿元。", "proposed"),
        ("云岭集团向海棠科技有限公司交付两艘货轮，合同总价1亿元。", "operating"),
        ("云岭集团与海棠科技有限公司签订货轮建造合同，明年3月交付。", "signed"),
        # What somebody gives up, and who is shut out.
        ("海棠科技有限公司决定终止投资2亿元的云岭电池壳项目。", "ended"),
        ("云岭集团中标的海棠大道改造工程因弄虚作假被取消中标资格。", "ended"),
        ("由云岭集团投资的电池壳项目，因未按期开工，土地被青川市政府依法收回。", "ended"),
        # Works that are told by whom they house, or since when they run.
        ("云岭集团2029年投资3亿元兴建海棠电商产业园，占地90亩，现已入驻企业43家。", "operating"),
        ("云岭集团投资3亿元建设的海棠电商产业园自2029年运营以来，年年盈利。", "operating"),
        ("云岭集团电池壳项目完成可研批复，总投资2亿元。", "proposed"),
        ("2月1日，云岭集团电池壳工厂落户青川市。5月8日，工厂一次投料试车成功。", "operating"),
        ("由云岭集团与海棠科技有限公司合资设立的企业，注册资本2亿元，双方各占一半。", "operating"),
        # The first product is no part of the works.
        ("云岭集团电池壳项目于5月8日产出首批合格产品。", "operating"),
        # Works of which no more than a sum stands before their name.
        ("总投资6.5亿元的电池壳项目已完成厂房建设，业主是云岭集团，设备10月进场。", "building"),
        ("双方就投资8.2亿元的云岭电池壳项目达成意向，企业将派人实地勘测。", "negotiating"),
        ("电池壳市场的可研报告已编完，总投资9000万元，拟由云岭建工集团承建。", "proposed"),
        # 将 is 把, and what was handed over has passed.
        ("云岭集团将电池壳车间转让给海棠科技有限公司，作价9000万元，交接已完成。", "operating"),
    ],
)
def test_find_reads_how_far_a_deal_is(text: str, stage: str) -> None:
    assert read(text)[0]["stage"] == stage


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("北岭大学与云岭集团签订协议，共建电池壳中试基地。", "institution"),
        ("北岭大学与青川市政府签约，共建航运人才实训基地。", "institution"),
        ("云岭集团投资3亿元建设的电池壳中试基地封顶。", "project"),
        ("海棠科技有限公司与云岭集团签订十年期的供汽协议。", "supply_contract"),
        ("海棠科技有限公司与云岭集团签订海外代工合同。", "supply_contract"),
        # Where works come to is no winner of a bid, and a house that opens is works.
        ("云岭集团投资3亿元的电池壳项目花落青川市。", "project"),
        ("云岭集团总部大楼5月8日启用。", "project"),
        ("青川市政府与云岭集团签订招商引资合同，引资2亿元。", "project"),
        ("北岭大学与云岭集团签约共办“电池壳订单班”，首届招生80人。", "cooperation_agreement"),
        # A framework agreement about works by their name.
        ("青川市政府与云岭集团签订电池壳项目框架协议。", "project"),
        ("青川市政府与云岭集团签订战略合作框架协议。", "strategic_agreement"),
        # What is bought at an auction is works for nobody.
        ("经主持拍卖，云岭集团以6000万元竞得酒店资产。", "acquisition"),
        ("云岭集团以6000万元竞得海棠大楼建设项目施工标段。", "won_bid"),
    ],
)
def test_find_reads_of_what_kind_a_deal_is(text: str, kind: str) -> None:
    assert read(text)[0]["deal_type"] == kind


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("5月18日，在云岭集团投资3亿元的电池壳项目建设现场，工人正在紧张施工。", None),
        ("5月18日，北岭大学与云岭集团现场签订合作协议。", "on_site"),
    ],
)
def test_find_takes_no_site_of_works_for_a_meeting(text: str, mode: str | None) -> None:
    assert read(text)[0]["mode"] == mode


def test_find_tells_a_phase_once() -> None:
    text = "5月8日，云岭集团电池壳园一期竣工投产，二期项目同步开工。二期项目总投资15亿元，预计2032年建成。"
    deals = read(text)
    assert [(deal["stage"], deal["amounts"]) for deal in deals] == [
        ("operating", []),
        ("building", ["15亿元"]),
    ]


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        (
            "会上，青川市政府与海棠科技有限公司、北岭大学与云岭集团分别签约。其中，海棠科技有限公司将投资2亿元，"
            "在青川市建设电池壳基地。",
            ["signed", "signed", "signed"],
        ),
        (
            "会上，两市共签约9个合作项目。海棠科技有限公司计划投资2亿元，在青川市建设电池壳基地。",
            ["signed"],
        ),
    ],
)
def test_find_reads_what_was_signed_together(text: str, stages: list[str]) -> None:
    assert [deal["stage"] for deal in read(text)] == stages


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("5月20日，云岭集团电池壳生产线总投资2亿元，11月中旬试生产。", "building"),
        ("5月20日，云岭集团电池壳生产线总投资2亿元，3月中旬试生产。", "operating"),
        ("1月20日，云岭集团电池壳生产线总投资2亿元，12月试生产。", "operating"),
        ("5月20日，云岭集团与青川市政府签约建设电池壳项目，总投资2亿元，今年9月开工。", "signed"),
    ],
)
def test_find_knows_months_ahead_on_a_page_without_a_year(text: str, stage: str) -> None:
    assert read(text, None)[0]["stage"] == stage


@pytest.mark.parametrize(
    "text",
    [
        "云岭集团董事长丁一凡、海棠科技有限公司总经理苏晓棠作为签约代表先后发言。",
        "云岭集团、海棠科技有限公司等签约企业负责人参加活动。",
    ],
)
def test_find_reads_no_deal_of_who_is_there_to_sign(text: str) -> None:
    assert read(text) == []
