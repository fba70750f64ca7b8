"""Everyday forms of the names of divisions."""

from __future__ import annotations

import re

from transforms.extract.patterns import starts_of

_ETHNIC = re.compile(
    r"(?:壮族|回族|维吾尔|藏族|羌族|彝族|苗族|侗族|布依族|土家族|傣族|景颇族|傈僳族|白族|哈尼族|蒙古族|(?<!内)蒙古|哈萨克|朝鲜族|"
    r"柯尔克孜|满族|黎族|瑶族|畲族|土族|撒拉族|东乡族|保安族|裕固族|仡佬族|水族|纳西族|拉祜族|佤族|布朗族|独龙族|怒族|"
    r"普米族|锡伯|塔吉克|鄂温克族|达斡尔族|鄂伦春族|毛南族|仫佬族|各族|回)*(?:自治区|自治州|自治县|自治旗)$"
)

_TOWN_ENDING = re.compile("市(?![场民值面况价集])|县|镇(?!定)")
_MET = re.compile("[局委厅办院会府部处队所]会同县")


def short_form(name: str) -> str:
    """Everyday form of a division's name: 海原市 is 海原; two characters stay whole.

    >>> short_form("内蒙古自治区"), short_form("淄博市"), short_form("忠县")
    ('内蒙古', '淄博', '忠县')
    """
    stripped = name.removesuffix("特别行政区")
    if stripped == name:
        stripped = _ETHNIC.sub("", name)
    if stripped == name:
        stripped = re.sub(r"(?:地区|林区|[省市县区盟旗])$", "", name)
    return stripped if len(stripped) > 1 else name


def common_form(name: str) -> str:
    """Form of an autonomous division without its peoples: 大理白族自治州 is 大理州.

    >>> common_form("大理白族自治州"), common_form("淄博市")
    ('大理州', '淄博市')
    """
    match = re.search("自治([州县旗])$", name)
    return short_form(name) + match[1] if match else name


def forms(name: str) -> set[str]:
    """All forms of a division's name; an autonomous county without its peoples is common as well.

    >>> sorted(forms("长阳土家族自治县"))
    ['长阳', '长阳县', '长阳土家族自治县', '长阳自治县']
    """
    match = re.search("自治[县旗]$", name)
    return {name, short_form(name), common_form(name), *([short_form(name) + match[0]] if match else [])}


def is_town(text: str, name: str) -> bool:
    """Whether the text calls a name a city, county or town: 云川市 is no 云 and 川."""
    return any(_TOWN_ENDING.match(text, at + len(name)) for at in starts_of(name, text))


def is_met(text: str, start: int) -> bool:
    """Whether 会同 in front of 县 is no county but 'together with': 县财政局会同县水利局."""
    return start > 0 and _MET.match(text, start - 1) is not None
