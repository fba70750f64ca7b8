"""Listed firms by the code behind their name: 华诺精工（300390.SZ）, 岭东海缆（股票代码：600390）."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rjieba import tag

from transforms.extract.gated import NAMES
from transforms.extract.names.spans import Span

_CODE = NAMES.compile(
    r"[（(](?:[AHB]?股?(?:股票|证券|股份)?(?:代码|代号|简称)[：:]?\s?)?"
    r"(?:[0368][0-9]{5}(?:\.?(?:SZ|SH|BJ))?|[0-9]{4,5}\.?HK|(?:NYSE|NASDAQ|SEHK|HKEX)[：:.]?\s?[0-9A-Z]{1,6})"
    r"[）)，,、；;/]"
)
_MARKS = frozenset("，。；：、！？\n“”《》（）()【】·　 ")
# What may stand in a short name: nouns, names, clippings, adjectives, words of a thing.
_IN_NAME = frozenset("njbxzeag")
# 港股某某, 邮编: what a listed firm is, and what else has six digits behind it.
_LEADS = frozenset({"港股", "股", "新股", "股票", "公司", "企业", "龙头", "母公司", "子公司", "股东", "银行"})
_OTHER = frozenset("编码号话")
_SHORTEST, _LONGEST, _SURE = 2, 8, 0.9


def find_listed(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The firms of an article that have a code behind their name.

    A name that the engine saw keeps its extent; else the words in front of the code are the name, up to a
    mark or a word that is in no name.
    """
    ends = {span.end: span for span in spans}
    for code in _CODE.finditer(text):
        seen = ends.get(code.start())
        start = seen.start if seen else _start(text, code.start())
        if start is not None and not (seen and seen.entity_type == "organization"):
            yield Span(start, code.start(), "organization", "stock_code", _SURE, subtype="company")


def _start(text: str, end: int) -> int | None:
    begin = end
    while begin > max(0, end - 2 * _LONGEST) and text[begin - 1] not in _MARKS:
        begin -= 1
    start = end
    for word, part in reversed(tag(text[begin:end])):
        is_of_name = part[0] in _IN_NAME or part == "vn"
        if word in _LEADS or not is_of_name or end - start + len(word) > _LONGEST:
            break
        start -= len(word)
    return start if end - start >= _SHORTEST and text[end - 1] not in _OTHER else None
