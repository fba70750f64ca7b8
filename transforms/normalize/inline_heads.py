"""Heads that stand in the first line of their text, below the head of a row of short news."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.normalize.characters import CJK
from transforms.normalize.lines import ends_sentence
from transforms.normalize.names import SPACE
from transforms.normalize.vocabulary import PageVocabulary

_LABEL_RE = re.compile(rf"[【〖\[［](?P<head>[{CJK}·“”]{{2,10}})[】〗\]］]{SPACE}*(?=[^\s。，；])")
_SPACED_RE = re.compile(rf"(?P<head>[^\s。；！？]{{4,26}}){SPACE}{{1,3}}(?=[^\s。，；])")
_MARKED_RE = re.compile(
    rf"(?P<head>[^\w\s“《（【]{SPACE}?(?:[^\s。；！？]{{4,26}}(?=\u3000)|(?:[{CJK}]{{2,6}}|[{CJK}]{SPACE}[{CJK}])(?={SPACE}))){SPACE}{{1,3}}(?=[^\s。，；])"
)
# 平川 and 海原县 say where, 获奖 what kind.
_WORD_RE = re.compile(rf"[^\w\s]{SPACE}?(?:[{CJK}]{SPACE}?[{CJK}]{{1,3}}|[{CJK}]{{2,8}}[县市区旗州盟镇乡])")
_REST_RE = re.compile(rf"(?P<head>[^\s，。；：！？]{{2,20}}){SPACE}{{1,3}}(?=[^\s。，；])")
_WIDE_RE = re.compile(r"(?P<head>[^\s，。；：！？]{4,24})\u3000+(?=[^\s。，；])")
_TEXT_CHARS, _SHORT_CHARS = 10, 7
_EVEN = 3
_NAME_CHARS, _REACH, _ROW = 10, 60, 3
_SHARE = 0.6


def find_inline_heads(texts: Sequence[str], vocabulary: PageVocabulary) -> dict[int, tuple[int, int]]:
    """Texts that begin with their own head, and where that ends and the text begins.

    Below a head of short news (简讯) nearly all of them do: 【收购】…, or a clause and a space. Spaces that
    stand where printed lines ended are all at one width.

    Args:
        texts: Lines or paragraphs of a page, in order.
        vocabulary: Of the page.
    """
    found: dict[int, tuple[int, int]] = {}
    for index, text in enumerate(texts):
        if not vocabulary.is_brief_head(text):
            if _heads_marked(texts, index, vocabulary):
                found.update(_of_one_mark(texts, index + 1))
            elif text[0] in vocabulary.marks and index not in found:
                found.update(_labels_of_mark(texts, index))
            if len(text) > _TEXT_CHARS:
                lone = vocabulary.lone_label.match(text)
                if end := lone.end() if lone else vocabulary.lone_brief(text):
                    found.setdefault(index, (end, end))
            continue
        items = _items(texts, index + 1, vocabulary)
        for read in (_label, _marked, _spaced):
            cuts = {i: cut for i in items if (cut := read(texts[i])) is not None}
            widths = [end for _, end in cuts.values()]
            longest = max(widths, default=0)
            # A stray space cuts a head too: the others of its row are much longer.
            is_cut = {i for i, (end, _) in cuts.items() if end <= _SHORT_CHARS and 2 * end < longest}
            cuts = {i: _whole(texts[i], cut) if i in is_cut else cut for i, cut in cuts.items()}
            is_even = not widths or max(widths) - min(widths) < _EVEN
            is_head = len(cuts) == len(items) if read is _marked else read is _label or not is_even
            if len(cuts) > 1 and len(cuts) >= _SHARE * len(items) and is_head:
                found.update(cuts)
                break
    # ▶本报香港电　… and 【同期声】…: a dateline is no head, nor is what a script says of its lines.
    return {
        i: cut
        for i, cut in found.items()
        if not (vocabulary.is_lead(texts[i][1 : cut[0]].lstrip()) or vocabulary.script_label.match(texts[i]))
    }


def _heads_marked(texts: Sequence[str], index: int, vocabulary: PageVocabulary) -> bool:
    """Whether a short line of any name stands above a marked head with its text behind a wide space."""
    text, below = texts[index], texts[index + 1] if index + 1 < len(texts) else ""
    is_name = len(text) <= _NAME_CHARS and not re.search(r"[，。；：\s]", text) and text[0] != below[:1]
    return is_name and below[:1] in vocabulary.marks and "\u3000" in below and _marked(below) is not None


def _of_one_mark(texts: Sequence[str], start: int) -> dict[int, tuple[int, int]]:
    """The heads with the mark of the first one, where there are several."""
    mark, cuts = texts[start][0], {}
    for index in range(start, min(start + _REACH, len(texts))):
        cut = _marked(texts[index]) if texts[index].startswith(mark) else None
        if cut and "\u3000" in texts[index][: cut[1]]:
            cuts[index] = cut
        elif texts[index].startswith(mark):
            return {}
    return cuts if len(cuts) > 1 else {}


def _labels_of_mark(texts: Sequence[str], start: int) -> dict[int, tuple[int, int]]:
    """▲云溪 某校挂牌: labels of all texts with a mark, each parted by a space, whatever is above."""
    mark, cuts = texts[start][0], {}
    for index in range(start, min(start + _REACH, len(texts))):
        if not texts[index].startswith(mark):
            continue
        cut = _marked(texts[index])
        if cut is None or not is_word(texts[index][: cut[0]]):
            return {}
        cuts[index] = cut
    return cuts if len(cuts) >= _ROW else {}


def is_word(head: str) -> bool:
    """Whether a marked head is only a word or the name of a place: it says where or what, no more."""
    return _WORD_RE.fullmatch(head) is not None


def _items(texts: Sequence[str], start: int, vocabulary: PageVocabulary) -> list[int]:
    """Texts below a head that begin anew: what is above them ends a sentence."""
    items = []
    for index in range(start, len(texts)):
        text = texts[index]
        is_new = index == start or ends_sentence(texts[index - 1]) or texts[index - 1][-1] in "）)"
        if vocabulary.is_byline(text) or (is_new and not re.search("[，。]", text)):
            break
        if is_new:
            items.append(index)
    return items


def _whole(text: str, cut: tuple[int, int]) -> tuple[int, int]:
    """The cut behind the next space, where what stands before that has no mark."""
    rest = _REST_RE.match(text, cut[1])
    return (rest.end("head"), rest.end()) if rest else cut


def _label(text: str) -> tuple[int, int] | None:
    match = _LABEL_RE.match(text)
    # 【某公司】增资扩股引入战投　11月6日: the head goes on behind its label.
    rest = _WIDE_RE.match(text, match.end()) if match else None
    if rest and len(text) - rest.end() >= _TEXT_CHARS:
        return rest.end("head"), rest.end()
    return (len(match.group().rstrip()), match.end()) if match and len(text) > _TEXT_CHARS else None


def _spaced(text: str) -> tuple[int, int] | None:
    match = _SPACED_RE.match(text)
    if match is None or len(text) - match.end() < _TEXT_CHARS:
        return None
    return match.end("head"), match.end()


def _marked(text: str) -> tuple[int, int] | None:
    """A head behind a mark: a wide space or, behind a label, any space ends no printed line."""
    match = _MARKED_RE.match(text)
    return (match.end("head"), match.end()) if match and len(text) - match.end() >= _TEXT_CHARS else None
