"""What only goes on about a deal has no row of its own."""

import pytest

from tests.unit.extract.test_deals_papers import read

FIRM, BUILDER, ZONE = "海棠科技有限公司", "云岭集团", "青川经开区管委会"


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        (f"{FIRM}云岭产业园项目3月开工建设。主体厂房5月封顶。", "building"),
        (f"{FIRM}云岭产业园项目3月开工建设。整个产业园明年6月投产。", "building"),
        (f"{FIRM}云岭产业园项目3月开工建设。产业园现已建成投产。", "operating"),
        (f"{FIRM}云岭产业园项目3月开工建设。明年下半年第一条生产线投产。", "building"),
    ],
)
def test_parts_and_short_names_of_works_go_on_about_them(text: str, stage: str) -> None:
    deals = read(text)
    assert [(kind, told) for kind, told, _ in deals] == [("project", stage)]


def test_who_builds_the_works_told_before_is_their_contractor() -> None:
    [(kind, _, parties)] = read(f"{FIRM}云岭产业园项目3月开工建设。\n该工程总投资4亿元，由{BUILDER}承建。")
    assert kind == "project"
    assert parties.get(BUILDER) == "contractor"


def test_what_is_delivered_under_a_paper_is_its_content() -> None:
    text = f"{FIRM}与南屿食品公司签订供货协议。{FIRM}每年向南屿食品公司供应鲜桔600吨。"
    assert len(read(text)) == 1


def test_a_government_is_no_target_of_an_investment() -> None:
    text = f"{ZONE}、{FIRM}签署协议，由{FIRM}投资2.6亿元。"
    assert all(kind != "equity_investment" for kind, _, _ in read(text))


def test_two_works_of_their_own_names_stay_two() -> None:
    deals = read(f"{FIRM}云岭产业园项目3月开工建设。{BUILDER}南屿物流园项目5月竣工。")
    assert len(deals) == 2


def test_a_number_is_part_of_a_name() -> None:
    works = "".join(f"{FIRM}投资{n}亿元的脐橙{n}号加工项目开工。" for n in (1, 2, 10, 12))
    assert len(read(works)) == 4
