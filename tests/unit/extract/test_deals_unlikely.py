"""Words of deals that tell none: talks of offices, sums of what a branch built."""

import pytest

from tests.unit.extract.test_deals_papers import FINDER, frames

NAMES = {"水利部": "organization", "能源部": "organization", "甲岭国": "place", "乙川国": "place"}


@pytest.mark.parametrize(
    "text",
    [
        "甲岭国与乙川国盟友就此积极磋商。",
        "他说，这次访问期间他同水利部和能源部进行了富有成效的商谈。",
        "去年新线铺轨674公里，投产821公里；电气化铁路投产980公里。",
    ],
)
def test_talks_of_offices_and_sums_are_no_deals(text: str) -> None:
    assert FINDER.find(*frames(text, NAMES))[0].is_empty()


def test_talks_of_offices_that_agree_on_something_are_a_deal() -> None:
    text = "水利部、能源部还就共建调度平台进行了磋商，达成初步共识。"
    assert FINDER.find(*frames(text, NAMES))[0]["stage"].to_list() == ["negotiating"]
