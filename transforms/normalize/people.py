"""Staff, authors and photographers named on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.normalize.characters import CJK
from transforms.normalize.names import NAME, SPACE, split_names
from transforms.normalize.paragraphs import Paragraph
from transforms.normalize.vocabulary import PageVocabulary

_SLASH_RE = re.compile(
    rf"(?<![{CJK}])([{CJK}]{{2,4}}|[{CJK}]{SPACE}{{1,2}}[{CJK}]{{1,2}}){SPACE}*[/／]{SPACE}*(文|图|摄|摄影|绘)(?![{CJK}])"
)
_REPORTED_RE = re.compile(
    rf"([{CJK}]{SPACE}+)(?:(?!摄影|综合)[{CJK}]{{2,8}}(?:报道|专电)|发自[{CJK}]{{2,10}})$"
)
# Inside a text too, where a caption lost its end.
_SHOT_RE = re.compile(
    rf"(?:记者|通讯员|实习生){SPACE}*[:：]?{SPACE}*{NAME}(?:[ \u3000、]+{NAME}){{0,3}}"
    rf"(?:{SPACE}+|{SPACE}*[/／]{SPACE}*)(?:摄影|摄|供图)"
)
_GLUED_ROLE_RE = re.compile(rf"(?<=[{CJK}])(?:摄|供图|(?<!摄影)(?<!综合)报道)(?=[）)。\s]|$)")
_PROVIDED_RE = re.compile(rf"(?:图片|照片)由([{CJK}]{{2,4}})提供")
_SIGNED_RE = re.compile(rf"(?<=[。！？”]){SPACE}*([（(]([^（）()\n]{{3,40}})[）)])$")
_FROM_RE = re.compile(rf"{SPACE}+[{CJK}]{{2,6}}报道$")
_SENDER_RE = re.compile(rf"(?<![{CJK}])(?:读者|网友|市民|摄影师|受访者|采访对象)(?={SPACE}|供图)")
# 本报讯 记者 岑山 3月20日, （通讯员 岑山）因…
_UNBRACKETED_RE = re.compile(
    rf"{SPACE}*(?P<names>[（(]?(?:[{CJK}]{{0,4}}记者|通讯员|实习生|特约记者){SPACE}+{NAME}"
    rf"(?:[ \u3000、]+(?:通讯员|实习生|{NAME})){{0,5}}?)"
    rf"(?:[）)]|{SPACE}+(?=[0-9]|今[天日年]|昨[天日]|近日|日前|连日来|本周|上周|由|在|从))"
)
# 记者 李 明 文/图: a spaced name before both, whose last character is none of its own.
_BOTH_RE = re.compile(
    rf"(?<=[{CJK}]{SPACE}[{CJK}]{SPACE})(?:文{SPACE}?[/／]{SPACE}?图|图{SPACE}?[/／]{SPACE}?文)(?![{CJK}])"
)
_NOBODY = frozenset(
    {
        "资料图",
        "资料片",
        "资料图片",
        "资料照片",
        "本报综合",
        "综合",
        "受访者",
        "受访单位",
        "采访对象",
        "企业",
        "公司",
        "单位",
    }
)
_BEHIND = ("摄", "供图", "绘", "制图", "图", "文", "整理", "编译", "摄影", "报道", "摄影报道", "翻译")


def read_people(paragraph: Paragraph, vocabulary: PageVocabulary) -> Iterator[tuple[str, str, int, int]]:
    """Role, name and span of the name, for everyone a block credits.

    Args:
        paragraph: A typed block; body text counts with its dateline and what signs it alone.
        vocabulary: Compiled patterns.
    """
    yield from (row for row in _read_block(paragraph, vocabulary) if row[1] not in _NOBODY)


def _read_block(paragraph: Paragraph, vocabulary: PageVocabulary) -> Iterator[tuple[str, str, int, int]]:
    text = paragraph.text
    if paragraph.block_type == "credit" or paragraph.block_subtype == "folio":
        yield from vocabulary.read_credits(text)
    elif paragraph.block_type == "byline" and not vocabulary.author_note.match(text):
        titled = vocabulary.titled_author.match(text)
        if titled:
            yield from (("作者", *name) for name in split_names(titled.group(1), titled.start(1))[:1])
        else:
            yield from _read_byline(text, 0, vocabulary)
    elif "caption" in (paragraph.block_type, paragraph.block_subtype):
        found = vocabulary.find_photo_credit(text) or _SHOT_RE.search(text)
        if found:
            yield from _read_byline(found.group().rstrip("。"), found.start(), vocabulary)
        if provided := _PROVIDED_RE.search(text):
            yield from (("供图", *name) for name in split_names(provided.group(1), provided.start(1))[:1])
    elif paragraph.block_type == "body":
        if reported := vocabulary.report.match(text):
            yield from _read_byline(reported["whole"], 0, vocabulary)
        dateline = vocabulary.find_dateline(text)
        if dateline and dateline["paren"]:
            is_signed = vocabulary.bracketed_names.match(f"（{dateline['paren']}）")
            if is_signed or _names_people(dateline["paren"], vocabulary):
                yield from _read_byline(dateline["paren"], dateline.start("paren"), vocabulary)
        elif named := _UNBRACKETED_RE.match(text, dateline.end() if dateline else 0):
            yield from _read_byline(named["names"], named.start("names"), vocabulary)
        signed = _SIGNED_RE.search(text)
        for shot in _SHOT_RE.finditer(text, 0, signed.start() if signed else len(text)):
            yield from _read_byline(shot.group(), shot.start(), vocabulary)
        signed_by = _FROM_RE.sub("", signed[2]) if signed else ""
        if signed and vocabulary.byline_role.search(signed[2]) and vocabulary.is_byline(f"（{signed_by}）"):
            yield from _read_byline(signed[2], signed.start(2), vocabulary)
        elif named := vocabulary.signed_names.search(text):
            yield from (("作者", *name) for name in split_names(named.group(1), named.start(1)))


def _names_people(paren: str, vocabulary: PageVocabulary) -> bool:
    return bool(vocabulary.byline_role.search(paren) or vocabulary.surnamed.fullmatch(paren))


def _read_byline(text: str, offset: int, vocabulary: PageVocabulary) -> Iterator[tuple[str, str, int, int]]:
    text = vocabulary.provided.sub(_blank, text)
    if vocabulary.byline_role.search(text):
        text = _BOTH_RE.sub(_blank, text)
    for match in _SLASH_RE.finditer(text):
        yield from (
            (match.group(2), *name) for name in split_names(match.group(1), offset + match.start(1))[:1]
        )
    # What is read or is no name gives way to spaces, so offsets stay.
    text = _SLASH_RE.sub(_blank, text)
    text = _REPORTED_RE.sub(lambda m: m.group(1) + " " * (len(m.group()) - len(m.group(1))), text)
    text = _SENDER_RE.sub(_blank, _GLUED_ROLE_RE.sub(_blank, text))
    roles = list(vocabulary.byline_role.finditer(text))
    if not roles:
        for name, start, end in split_names(vocabulary.mark.sub(_blank, text), offset):
            yield "作者", name, start, end
        return
    role = None
    at = 0
    for index, match in enumerate(roles):
        stretch = text[at : match.start()]
        found = "".join(match.group().split())
        owner = role if role is not None else (found if found in _BEHIND else None)
        if owner is None and stretch[-1:].isspace() and vocabulary.surnamed.fullmatch(stretch):
            owner = "作者"
        if owner is not None and re.search(r"\w", stretch):
            for name, start, end in split_names(stretch, offset + at):
                yield owner, name, start, end
        role, at = found, match.end()
        if index + 1 == len(roles):
            for name, start, end in split_names(text[at:], offset + at):
                yield role, name, start, end


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())
