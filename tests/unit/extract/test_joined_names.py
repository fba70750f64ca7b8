"""Two bodies that the engine took for one name."""

import pytest

from transforms.extract.names.joined import part_joined
from transforms.extract.names.spans import Span


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("东洲银行青川分行给海棠科技有限公司", ["东洲银行青川分行", "海棠科技有限公司"]),
        ("云岭集团向石桥机械有限公司", ["云岭集团", "石桥机械有限公司"]),
        ("北岭医院托管青川县医院", ["北岭医院", "青川县医院"]),
        ("青川物流园由云岭集团", ["青川物流园", "云岭集团"]),
        ("云岭集团 与石桥科技", ["云岭集团", "石桥科技"]),
        ("云岭集团近日向石桥机械有限公司", ["云岭集团", "石桥机械有限公司"]),
        ("澜沃农业向石桥科技", ["澜沃农业", "石桥科技"]),
        ("现代农业与食品科技", ["现代农业与食品科技"]),
        ("中国对外贸易公司", ["中国对外贸易公司"]),
        ("青川为民食品有限公司", ["青川为民食品有限公司"]),
    ],
)
def test_part_joined_parts_bodies_at_a_word_that_is_in_no_name(text: str, parts: list[str]) -> None:
    spans = part_joined(text, [Span(0, len(text), "organization", "engine")])
    assert [text[span.start : span.end] for span in spans] == parts
