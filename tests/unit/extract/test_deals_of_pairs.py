"""Papers that one sentence tells of several pairs, plates that leaders unveil, and who signs for a city."""

import pytest

from tests.unit.extract.test_deals_attributes import read as signed
from tests.unit.extract.test_deals_papers import FINDER, MARKS, frames, read

FIRM, GROUP, SCHOOL, ZONE = "海棠科技有限公司", "云岭集团", "北岭大学", "青川经开区管委会"


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (f"{FIRM}、{GROUP}分别与{SCHOOL}签署合作协议。", [{FIRM, SCHOOL}, {GROUP, SCHOOL}]),
        (
            f"{FIRM}等一批企业代表和{GROUP}等一批外贸企业代表分别与{SCHOOL}签署合作协议。",
            [{FIRM, SCHOOL}, {GROUP, SCHOOL}],
        ),
        (
            f"会上，{ZONE}、{FIRM}分别与{SCHOOL}、南屿食品公司签订合作协议。",
            [{ZONE, SCHOOL}, {FIRM, "南屿食品公司"}],
        ),
    ],
)
def test_each_of_a_list_signs_a_paper_of_its_own(text: str, pairs: list[set[str]]) -> None:
    assert [set(parties) for _, _, parties in read(text)] == pairs


def test_each_pair_may_be_told_again_by_the_name_of_its_paper() -> None:
    told = read(
        f"{ZONE}、{SCHOOL}分别与{GROUP}签署合作协议。{ZONE}与{GROUP}签订现代种业产业项目合作协议。"
        f"{GROUP}与{SCHOOL}签订战略合作协议。"
    )
    assert told == [
        ("project", "signed", {ZONE: "host", GROUP: "investor"}),
        ("strategic_agreement", "signed", {GROUP: "partner", SCHOOL: "partner"}),
    ]


def test_a_bank_of_construction_founds_nothing_by_its_name() -> None:
    bank = "中国建设银行股份有限公司青川分行"
    text = f"{SCHOOL}与{bank}进一步支持办学合作协议签约仪式昨天举行。"
    assert all(kind != "institution" for kind, _, _ in read(text, **{bank: "organization"}))


def test_a_name_holds_no_word_of_signing() -> None:
    names = {"丁立钢": "person", "苏晓棠": "person"}
    articles, sentences, mentions = frames(
        f"{GROUP}董事长苏晓棠与{FIRM}总经理丁立钢签订战略合作协议。", MARKS | names
    )
    deals, _, _ = FINDER.find(articles, sentences, mentions)
    assert deals["title"].to_list() == ["战略合作协议"]


def test_a_mayor_who_is_of_the_committee_too_signs_for_the_government() -> None:
    text = "青川市政府昨天设宴。市委副书记、市长丁一凡与云岭集团副总裁苏晓棠签订战略合作协议。"
    assert [deal["signed_by"] for deal in signed(text)] == [{"青川市政府": "丁一凡", "云岭集团": "苏晓棠"}]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            f"县委书记丁一凡、{SCHOOL}副校长苏晓棠共同为{SCHOOL}青川技术转移中心揭牌。",
            [("institution", "unveiled", {SCHOOL: "builder"})],
        ),
        (
            f"{SCHOOL}与{GROUP}签署合作协议，并共同为“智能制造现代产业学院”揭牌。",
            [
                ("cooperation_agreement", "signed", {SCHOOL: "partner", GROUP: "partner"}),
                ("institution", "unveiled", {SCHOOL: "builder", GROUP: "builder"}),
            ],
        ),
        (
            f"{SCHOOL}与{GROUP}签署合作协议。随后，双方为“北岭云岭产业学院”“青川博士后实践基地”揭牌。",
            [
                ("cooperation_agreement", "signed", {SCHOOL: "partner", GROUP: "partner"}),
                ("institution", "unveiled", {SCHOOL: "builder", GROUP: "builder"}),
                ("institution", "unveiled", {SCHOOL: "builder", GROUP: "builder"}),
            ],
        ),
    ],
)
def test_plates_that_leaders_or_both_sides_unveil(
    text: str, told: list[tuple[str, str, dict[str, str]]]
) -> None:
    assert read(text, 苏晓棠="person") == told


def test_a_ceremony_of_signing_is_no_body() -> None:
    text = f"{SCHOOL}与{GROUP}结对联动合作签约仪式在花溪产业园举行。"
    assert all(kind != "institution" for kind, _, _ in read(text, 花溪产业园="place"))


def test_a_firm_of_sensors_is_bought_like_any_other() -> None:
    assert read(f"{GROUP}拟以6372万元收购惠盛传感器20%股权。") == [
        ("acquisition", "proposed", {GROUP: "buyer", "惠盛传感器": "target"})
    ]


def test_works_that_a_bid_is_won_to_build_are_told_by_their_name() -> None:
    articles, sentences, mentions = frames(
        f"{GROUP}中标承建的青川市滨河路快速化工程一标段，中标价8亿元。", MARKS
    )
    deals, _, _ = FINDER.find(articles, sentences, mentions)
    assert deals["title"].to_list() == ["青川市滨河路快速化工程一标段"]
