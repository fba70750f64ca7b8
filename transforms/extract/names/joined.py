"""Two bodies that the engine took for one: 东洲银行给海棠科技有限公司, 云岭集团向石桥公司."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.extract.names.spans import Span

_JOINED = re.compile(
    r"(?P<one>.{2,}?(?:公司|集团|银行|[分支]行|农商行|信用社|联社|基金|资本|研究院|研究所|大学|学院|医院|学校|中学|小学|管委会|委员会|人民政府|[市县区]政府|协会|商会|联合会|合作社|产业园|物流园|园区|项目|工程|[^工]厂))"
    r"(?P<joint>给|向|为|由|被|将|把|与|联合(?!(?:投资|控股|开发|建设|发展|实业|产业|资产|科技|商?贸易?|运营|管理)+(?:集团)?(?:股份)?有限)|托管|收购|认购|增资|入股|并购|兼并)"
    r"(?P<other>.{2,}(?:公司|集团|银行|[分支]行|大学|学院|医院|合作社|协会|商会|[^工]厂|基金|研究院|研究所|科技|股份|重工|化工|机械|食品|药业|电力|能源))"
)


def part_joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """The bodies on both sides of a word that joins two bodies and is in no name."""
    parted: list[Span] = []
    for span in spans:
        found = _JOINED.fullmatch(text, span.start, span.end) if span.entity_type == "organization" else None
        if found is None:
            parted.append(span)
            continue
        parted.append(span.but(end=found.end("one")))
        parted.append(span.but(start=found.start("other")))
    return parted
