"""Types and stages that the weights mend where a rule heard its own word alone."""

import pytest

from tests.unit.extract.test_deals_papers import FINDER, frames
from transforms.extract.deals.surer import _surer

NAMES = dict.fromkeys(["海棠科技公司", "北岭大学"], "organization")
STAGES = {"signed": {"": 0.0}, "operating": {"": 0.0, "投苗": 3.5}, "unknown": {"": -5.0}, "ended": {"": 6.0}}


def test_find_reads_what_two_built_as_at_work_where_it_works() -> None:
    text = "海棠科技公司与北岭大学共建的菌种基地去年投苗2亿粒。"
    assert FINDER.find(*frames(text, NAMES))[0]["stage"].to_list() == ["operating"]


@pytest.mark.parametrize(
    ("read", "features", "margin", "stage"),
    [
        ("signed", {"投苗"}, 3.0, "operating"),
        ("signed", {"投苗"}, 4.0, "signed"),
        ("signed", set(), 3.0, "signed"),
        # An unknown stage stays unknown.
        ("unknown", {"投苗"}, 3.0, "unknown"),
    ],
)
def test_the_weights_need_a_margin(read: str, features: set[str], margin: float, stage: str) -> None:
    weights = {name: held for name, held in STAGES.items() if name != "ended"}
    assert _surer(weights, features, read, {"signed": frozenset({"operating"})}, margin) == stage


def test_what_the_weights_are_most_for_must_be_one_that_is_meant() -> None:
    assert _surer(STAGES, {"投苗"}, "signed", {"signed": frozenset({"operating"})}, 3.0) == "signed"
