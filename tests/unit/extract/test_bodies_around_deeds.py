"""Bodies around what one does to the other, and firms whose name stands in quotes."""

import pytest

from tests.unit.extract.test_bodies import bodies


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“澜沃”公司与青川大学签署合作协议。", {"“澜沃”公司", "青川大学"}),
        ("海棠科技有限公司收购了“澜沃”物流，金额2亿元。", {"海棠科技有限公司", "“澜沃”物流"}),
        # A word is no firm's name, and what is counted is none.
        ("当地查处了一批“皮包”公司和“空壳”公司。", set()),
        ("推动“三资”公司发展。", set()),
    ],
)
def test_firms_whose_name_stands_in_quotes(finder, text, expected):
    assert bodies(finder, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("海棠能源集团近日向石桥机械有限公司采购设备。", {"海棠能源集团", "石桥机械有限公司"}),
        ("海棠能源集团成功中标云岭大学办公楼装修工程。", {"海棠能源集团", "云岭大学"}),
        ("海棠能源集团领投石桥机械有限公司B轮融资。", {"海棠能源集团", "石桥机械有限公司"}),
        ("海棠能源集团获得瑞城（苏州）机械有限公司5亿元订单。", {"海棠能源集团", "瑞城（苏州）机械有限公司"}),
        ("海棠能源集团以5亿元人民币收购石桥机械有限公司。", {"海棠能源集团", "石桥机械有限公司"}),
        (
            "海棠能源集团总经理江海波同石桥机械有限公司董事长李国强签署协议。",
            {"海棠能源集团", "石桥机械有限公司"},
        ),
    ],
)
def test_two_bodies_are_cut_at_what_one_does_to_the_other(finder, text, expected):
    assert bodies(finder, text) == expected
