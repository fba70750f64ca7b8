"""Loans, deliveries, licences, talks, bids and papers: which sides they have and what each of them is."""

import re

import polars as pl
import pytest

from flows.resources import load_lookups
from tests.unit.extract.spans import frames
from transforms.extract.deals.finder import DealFinder

FINDER = DealFinder(load_lookups())
MARKS = {
    **dict.fromkeys(["北岭大学", "云岭集团", "海棠科技有限公司", "南屿食品公司"], "organization"),
    **dict.fromkeys(["东洲银行青川分行", "青川经开区管委会", "石桥资本", "青川市交通局"], "organization"),
    **dict.fromkeys(["青川市", "南屿市", "柏溪街道", "松坪街道"], "place"),
    **dict.fromkeys(["丁一凡"], "person"),
}  # fmt: skip


def read(text: str, **more: str) -> list[tuple[str, str, dict[str, str]]]:
    """Type, stage, and role by party; `more` names and their types."""
    articles, sentences, mentions = frames(text, MARKS | more)
    amounts = [
        (number, "a1", found.start(), found.end(), "money", "CNY", 1.0)
        for number, found in enumerate(re.finditer(r"[0-9.]+[万亿]元", text))
    ]
    quantities = pl.DataFrame(
        amounts,
        schema=[
            "quantity_index",
            "article_id",
            "start_char",
            "end_char",
            "dimension",
            "currency",
            "base_value",
        ],
        orient="row",
    )
    deals, parties, _ = FINDER.find(articles, sentences, mentions, quantities=quantities if amounts else None)
    return [
        (
            row["deal_type"],
            row["stage"],
            dict(
                parties.filter(pl.col("deal_index") == row["deal_index"])
                .select("surface_text", "party_role")
                .iter_rows()
            ),
        )
        for row in deals.iter_rows(named=True)
    ]


BANK = "东洲银行青川分行"


@pytest.mark.parametrize(
    ("text", "stage", "borrower"),
    [
        (f"{BANK}向云岭集团授信2亿元。", "signed", "云岭集团"),
        (f"{BANK}日前为海棠科技有限公司发放技改贷款800万元。", "operating", "海棠科技有限公司"),
        (f"海棠科技有限公司近日获得{BANK}3亿元授信。", "signed", "海棠科技有限公司"),
        (f"{BANK}与云岭集团当场敲定意向性授信6亿元。", "negotiating", "云岭集团"),
        (f"{BANK}拟向云岭集团授信8亿元。", "proposed", "云岭集团"),
        (f"{BANK}与云岭集团签订授信协议。", "signed", "云岭集团"),
        (f"云岭集团与{BANK}签署协议，后者三年内提供5亿元贷款。", "signed", "云岭集团"),
        (f"{BANK}副行长介绍了新产品。当天，云岭集团拿到了首笔1500万元的渔货贷。", "signed", "云岭集团"),
        (f"{BANK}为云岭集团办理了出口订单融资6500万元。", "signed", "云岭集团"),
        (f"云岭集团正在扩产。为此，{BANK}去年底向企业发放了专项贷款5000万元。", "operating", "云岭集团"),
        (f"云岭集团公告收购事项。收购款中，有6亿元来自{BANK}牵头的并购贷款。", "signed", "云岭集团"),
    ],
)
def test_find_tells_lender_from_borrower(text: str, stage: str, borrower: str) -> None:
    assert read(text) == [("financing", stage, {BANK: "investor", borrower: "partner"})]


@pytest.mark.parametrize(
    ("text", "kind", "roles"),
    [
        (
            "云岭集团与青川经开区管委会签约，投资5亿元建设智能锁生产基地。",
            "project",
            {"云岭集团": "investor", "青川经开区管委会": "host"},
        ),
        (
            "青川经开区管委会与云岭集团签约年产3万吨乳酸项目。",
            "project",
            {"青川经开区管委会": "host", "云岭集团": "investor"},
        ),
        (
            "青川经开区管委会与云岭集团签署协议，云岭集团华东总部将落户青川市。",
            "project",
            {"青川经开区管委会": "host", "云岭集团": "investor"},
        ),
        (
            "云岭集团与北岭大学共建光谱联合实验室签约仪式举行。",
            "joint_laboratory",
            {"云岭集团": "builder", "北岭大学": "builder"},
        ),
        (
            "云岭集团与南屿食品公司签约，合资建设果汁加工基地。",
            "joint_venture",
            {"云岭集团": "partner", "南屿食品公司": "partner"},
        ),
        (
            "云岭集团与南屿食品公司签约，三年供应鲜果900吨。",
            "supply_contract",
            {"云岭集团": "seller", "南屿食品公司": "buyer"},
        ),
        (
            "云岭集团与青川市、海棠科技有限公司签订增资扩股协议。",
            "equity_investment",
            {"云岭集团": "investor", "青川市": "signatory", "海棠科技有限公司": "target"},
        ),
    ],
)
def test_find_tells_the_sides_of_a_signature_by_what_it_is_about(
    text: str, kind: str, roles: dict[str, str]
) -> None:
    assert read(text) == [(kind, "signed", roles)]


@pytest.mark.parametrize(
    ("text", "kind", "roles"),
    [
        (
            "云岭集团以850万元受让北岭大学的“低温烧结”发明专利。",
            "transfer",
            {"云岭集团": "buyer", "北岭大学": "seller"},
        ),
        (
            "北岭大学将一项育秧专利许可给了云岭集团。",
            "transfer",
            {"北岭大学": "seller", "云岭集团": "buyer"},
        ),
        (
            "双方签下合同：云岭集团向南屿食品公司供应鲜果2400吨。",
            "supply_contract",
            {"云岭集团": "seller", "南屿食品公司": "buyer"},
        ),
        (
            "云岭集团与南屿食品公司订下冷冻榴莲2万吨。",
            "supply_contract",
            {"云岭集团": "buyer", "南屿食品公司": "seller"},
        ),
    ],
)
def test_find_tells_seller_from_buyer(text: str, kind: str, roles: dict[str, str]) -> None:
    assert read(text) == [(kind, "signed", roles)]


@pytest.mark.parametrize(
    ("text", "kind", "stage"),
    [
        ("云岭集团正与南屿食品公司洽谈冷链物流园项目。", "project", "negotiating"),
        ("云岭集团与南屿食品公司谈了三轮，股比还没有谈拢。", "cooperation_agreement", "negotiating"),
        ("云岭集团与南屿食品公司谈了两年的灯展，上月黄了。", "cooperation_agreement", "ended"),
        ("云岭集团与南屿食品公司就股权转让进行洽谈。", "equity_transfer", "negotiating"),
    ],
)
def test_find_reads_talks_with_both_sides(text: str, kind: str, stage: str) -> None:
    ((found, how_far, roles),) = read(text)
    assert (found, how_far, set(roles)) == (kind, stage, {"云岭集团", "南屿食品公司"})


def test_find_ties_towns_and_streets() -> None:
    assert read("柏溪街道与松坪街道结为友好街道。") == [
        ("cooperation_agreement", "signed", {"柏溪街道": "partner", "松坪街道": "partner"})
    ]


@pytest.mark.parametrize(
    "text",
    [
        "云岭集团终止收购海棠科技有限公司60%股权。",
        "云岭集团决定终止以现金收购海棠科技有限公司60%股权。",
    ],
)
def test_find_gives_the_sides_of_a_purchase_that_ended(text: str) -> None:
    assert read(text) == [("acquisition", "ended", {"云岭集团": "buyer", "海棠科技有限公司": "target"})]


def test_find_takes_purchase_and_later_paper_for_one_deal() -> None:
    text = "云岭集团以2亿元收购海棠科技有限公司67%股权。转让方为石桥资本。双方签订股权转让合同。"
    assert read(text) == [
        ("acquisition", "signed", {"云岭集团": "buyer", "海棠科技有限公司": "target", "石桥资本": "seller"})
    ]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "青川市交通局公布中标结果：云岭集团以2亿元中标滨河路改造工程施工一标段。",
            {"云岭集团": "contractor", "青川市交通局": "owner"},
        ),
        ("滨河大桥健康监测系统：由云岭集团中标，中标价900万元。", {"云岭集团": "contractor"}),
    ],
)
def test_find_reads_holder_and_winner_of_a_bid(text: str, roles: dict[str, str]) -> None:
    assert read(text) == [("won_bid", "signed", roles)]


@pytest.mark.parametrize(
    "text",
    [
        f"截至6月末，{BANK}累计向云岭集团发放贷款30亿元。",
        f"{BANK}将为该项目提供10亿元贷款。",
        "去年云岭集团向南屿市出口鲜果3000吨。",
        "下一步云岭集团将与南屿食品公司洽谈新项目。",
        "丁一凡与张三结为好友。",
        "云岭集团董事长表示，这次签约是水到渠成。",
        "签约仪式2月28日在青川市举行，云岭集团董事长出席。",
    ],
)
def test_find_takes_no_sum_or_plan_for_a_deal(text: str) -> None:
    assert read(text) == []


def test_bonds_have_their_name_and_the_label_of_a_brief_issues_none() -> None:
    text = "■债券 11月8日，云岭集团2023年度第一期绿色中期票据成功发行，募集资金5亿元。"
    assert read(text) == [("financing", "signed", {"云岭集团": "partner"})]


@pytest.mark.parametrize(
    "text",
    [
        "北岭大学来到海棠科技有限公司。两家单位去年11月签订了共建协议。",
        "海棠科技有限公司与北岭大学的合作运营协议则在去年底到期，双方没有续签。",
        "东洲银行青川分行与海棠科技有限公司签署银企合作协议。",
    ],
)
def test_two_sides_of_a_paper_need_no_word_beside_them(text: str) -> None:
    assert [len(sides) for _, _, sides in read(text)] == [2]


def test_a_bid_behind_another_deal_of_its_sentence_is_won_by_who_opens_it() -> None:
    text = (
        "海棠科技有限公司与云岭集团签订了三年期的供货协议；"
        "2月底，又在滨海淡化工程的膜组件采购招标中一举中标，中标金额3160万元。"
    )
    assert ("won_bid", "signed", {"海棠科技有限公司": "contractor"}) in read(text)
