"""Who wrote an article, as its byline in brackets and the line of its date name them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.extract.gated import NAMES
from transforms.normalize.names import split_names

_BYLINE = NAMES.compile("[（(【][^（）()【】\n]{0,20}?(?:记者|通讯员|实习生)[^（）()【】\n]{0,60}[）)】]")
# 全媒体记者江雁特派记者谷雨: what stands in front of a role is no name.
_ROLE = re.compile("(?:本[报台刊]|[全融]?媒体|首席|特派|特约|见习|实习|驻站?)*(?:记者|通讯员|实习生)")
# 本报讯（江雁 谷雨）
_SIGNED = NAMES.compile(
    "[讯电][ \u3000]*[（(](?P<names>[\u4e00-\u9fff]{2,3}(?:[ \u3000、]+[\u4e00-\u9fff]{2,3}){0,4})[）)]"
)


def credited(text: str) -> Iterator[tuple[str, int, int]]:
    """Names behind the roles of a byline in brackets, each with where it stands."""
    for bracket in _BYLINE.finditer(text):
        roles = list(_ROLE.finditer(bracket[0]))
        for role, following in zip(roles, [*roles[1:], None], strict=True):
            end = following.start() if following is not None else len(bracket[0])
            # 记者江雁摄
            names = bracket[0][role.end() : end].rstrip("）)】").removesuffix("摄")
            yield from split_names(names, bracket.start() + role.end())


def signed(text: str) -> Iterator[tuple[str, int, int]]:
    """Names in brackets behind 本报讯 that no role introduces, each with where it stands."""
    for line in _SIGNED.finditer(text):
        yield from split_names(line["names"], line.start("names"))
