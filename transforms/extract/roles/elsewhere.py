"""Bodies of titles that stand without one, from what the article tells elsewhere of person or sides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.roles.antecedents import FIRM_HEADS, city_of
from transforms.extract.roles.bodies import stands_alone
from transforms.extract.roles.firms import firm_about, firm_of_paragraph
from transforms.extract.roles.rows import BODY_KEYS
from transforms.extract.roles.titles import Held, level_of

_OF_FIRMS = re.compile(rf"{FIRM_HEADS.pattern}|总工程师|总设计师|总监$|厂长|首席科学家|^负责人$")
_GOVERNS = re.compile(r"(?:代|(?:常务|第一)?副)?(?P<level>[省市县区州旗])长")
# Whose titles an article about one firm leaves without it.
_IN_A_FIRM = re.compile(
    rf"{FIRM_HEADS.pattern}|总监$|总工程师$|总工$|总设计师$|^(?:副|常务副)?总(?:经理)?$|厂长$|车间主任$|^负责人$|^(?:项目|生产|技术|研发|销售|市场|财务)\w{{0,2}}(?:负责人|经理|主管)$"
)
_CLAUSE = re.compile("[\u4e00-\u9fff]{2,8}$")
_MAX_FRONT = 20
_OWN_HEADS = re.compile("([校院所局厅])(?:长|长助理)$")
_AT_WORK = re.compile(
    "(?:生产|车间|项目)?(?:经理|老板|技术员|班长|班组长|值班长|工段长|工程师|质检员|操作工|负责人)"
)
# Offices that a firm has.
_WORKSHOP = re.compile(
    r"(?:生产|技术|研发|工程|质量|品质|质检|品控|销售|市场|营销|业务|采购|供应|物流|仓储|设备|安全|安环|环保|财务|人力资源|外贸|运营|运行|工艺|储运|动力"
    r"|[\u4e00-\u9fff]{0,4}车间)(?:管理)?(?:[部科]|中心|车间)?"
)
_FOUNDS = re.compile(
    "(?P<he>[他她])?(?:一手|亲手|[0-9]{4}年|当年|后来|回乡|返乡)?(?:创办|创立|创建|成立|执掌|掌舵|带领|经营)(?:了|的|起)?"
)
_BOTH = re.compile(r"\w{0,4}(?:分别)?(?:代表)?(?:双方|两地|两校|两会|各自|签字|签约|签署)|分别")
_JOINED = re.compile(r"[和与同]\w{0,4}")
_CONGRESS = re.compile("第[一二三四五六七八九十]{1,3}届人民代表大会")


def respective(context: ArticleContext, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """甲会与乙会签约，会长某某、副会长某某代表双方签字: each title is of the side in its turn."""
    persons = {m.index: m for m in context.mentions if m.entity_type == "person"}
    for row, following in pairwise(rows):
        one, other = persons[row["person_mention_index"]], persons[following["person_mention_index"]]
        if row["organization_text"] or following["organization_text"] or one.end >= other.start:
            continue
        gap = context.text[one.end : following["start_char"]]
        sentence = context.sentences[context.sentence_at(one.start)]
        if gap not in {"、", "和", "与"} or not _BOTH.match(context.text, other.end, sentence[1]):
            continue
        sides = context.mentions_in(sentence[0], row["start_char"], "organization")
        if len(sides) != 2 or not _JOINED.fullmatch(context.text, sides[0].end, sides[1].start):
            continue
        for each, side in ((row, sides[0]), (following, sides[1])):
            each |= {"organization_mention_index": side.index, "organization_text": side.text}
    return rows


def unnamed_yet(
    context: ArticleContext, rows: list[dict[str, Any]], behind: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Titles behind lists; 甲、乙等市领导 says something of those only who have no title elsewhere."""
    names = {m.index: m.text for m in context.mentions if m.entity_type == "person"}
    titled = {names[row["person_mention_index"]] for row in rows}
    return [
        row
        for row in behind
        if not row["title"].endswith("领导") or names[row["person_mention_index"]] not in titled
    ]


def with_bodies(context: ArticleContext, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """甲大学教授某某 is 某某教授 further on: a title without a body has the one that it has elsewhere."""
    names = {m.index: m.text for m in context.mentions if m.entity_type == "person"}
    told: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if row["organization_text"] is not None and row["title"] not in row["organization_text"]:
            told.setdefault(names[row["person_mention_index"]], []).append(row)
    for row in rows:
        name = names[row["person_mention_index"]]
        # 党委书记甲 is 甲书记 further on.
        known = next((other for other in told.get(name, ()) if other["title"].endswith(row["title"])), None)
        if known and row["organization_text"] is None:
            row |= {key: known[key] for key in BODY_KEYS}
        elif row["organization_text"] is None and (before := _handed_over(context, row, rows)) is not None:
            row |= {key: before[key] for key in BODY_KEYS}
        elif row["organization_text"] is None:
            firm = _founded_by(context, name) if _OF_FIRMS.search(row["title"]) else None
            is_bare = row["rule"] == "title_before" and not _is_named(context, row["start_char"])
            if firm is None and is_bare and _IN_A_FIRM.search(row["title"]):
                firm = firm_about(context, row["start_char"])
            if firm is None and is_bare and _AT_WORK.fullmatch(row["title"]):
                firm = firm_of_paragraph(context, row["start_char"])
            if firm is not None:
                row |= {"organization_mention_index": firm.index, "organization_text": firm.text}
        elif _WORKSHOP.fullmatch(row["organization_text"]) and row["rule"] == "title_before":
            # 生产部部长甲 in a story about one firm.
            firm = firm_about(context, row["start_char"])
            if firm is not None:
                office = row["organization_text"]
                row |= {"organization_mention_index": firm.index, "organization_text": firm.text}
                row["title"] = office + row["title"]
    for row in rows:
        if row["organization_text"] is None and (ours := _ours(context, row["title"])) is not None:
            row["organization_text"] = ours
    for row in rows:
        governs = _GOVERNS.fullmatch(row["title"]) if row["organization_text"] is None else None
        if governs is not None:
            row.update(_government(context, governs["level"], row["start_char"]))
    return rows


def _handed_over(
    context: ArticleContext, row: Mapping[str, Any], rows: Iterable[dict[str, Any]]
) -> dict[str, Any] | None:
    """甲公司总经理某某辞职，由副总经理某某接任: the role of the same sentence whose firm it is."""
    start = row["start_char"]
    if context.text[start - 1 : start] != "由" or not FIRM_HEADS.search(row["title"]):
        return None
    floor = context.sentences[context.sentence_at(start)][0]
    told = [other for other in rows if floor <= other["start_char"] < start and other["organization_text"]]
    return told[-1] if told and FIRM_HEADS.search(told[-1]["title"]) else None


def _is_named(context: ArticleContext, start: int) -> bool:
    """Whether a name that was not recognised stands in front of a title: 海棠检测 of 海棠检测总经理."""
    words = _CLAUSE.search(context.text, max(0, start - _MAX_FRONT), start)
    if words is None or stands_alone(words[0]) or words[0].endswith("的"):
        return False
    return context.count(words[0]) > 1 or (len(words[0]) > 2 and context.text[words.start() - 1] in "，、；")


def _ours(context: ArticleContext, title: str) -> str | None:
    """我校 for the 副校长 of a paper that speaks of its own school."""
    head = _OWN_HEADS.search(title)
    ours = f"我{head[1]}" if head else None
    return ours if ours and context.count(ours) else None


def _government(context: ArticleContext, level: str, position: int) -> dict[str, Any]:
    """市政府 for a 市长 of whom the article tells no more, and its mention if it names one alone."""
    own = {f"{level}政府", f"{level}人民政府"}
    named = [m for m in context.mentions if m.entity_type == "organization" and m.text in own]
    city = city_of(context, position) if level == "市" and not named else None
    meant = named[0] if named else _elected(context, level, position) or city
    words = meant.text if meant else f"{level}政府"
    index = meant.index if meant else None
    return {"organization_mention_index": index, "organization_text": words, "level": level_of(words)}


def _elected(context: ArticleContext, level: str, position: int) -> Mention | None:
    """某省 of 某省第九届人民代表大会第一次会议选举甲为省长: the place whose congress elects."""
    floor = context.sentences[context.sentence_at(position)][0]
    congress = _CONGRESS.search(context.text, floor, position)
    places = [m for m in (*context.mentions, *context.nested) if m.entity_type == "place"]
    found = [m for m in places if congress and m.end == congress.start() and m.text.endswith(level)]
    return found[0] if found else None


def _founded_by(context: ArticleContext, name: str) -> Mention | None:
    """The one firm that the article calls the person's own: 甲创办的某公司, 他执掌的某公司."""
    found: list[Mention] = []
    for verb in _FOUNDS.finditer(context.text):
        people = context.mentions_in(context.paragraph(verb.start())[0], verb.start(), "person")
        is_near = bool(people) and people[-1].text == name and (verb["he"] or people[-1].end == verb.start())
        firms = context.mentions_in(verb.end(), verb.end() + 40, "organization")
        if is_near and firms and firms[0].start <= verb.end() + 1 and firms[0].subtype == "company":
            found.append(firms[0])
    return found[0] if len({m.text for m in found}) == 1 else None


def of_same_firm(rows: list[dict[str, Any]], before: Held) -> list[dict[str, Any]]:
    """“某某”创始人甲将留任总经理: of the firm whose founder 甲 is."""
    for row in rows:
        is_bare = row["organization_text"] is None and row["rule"] == "title_by_verb"
        if is_bare and FIRM_HEADS.search(row["title"]) and FIRM_HEADS.search(before.text):
            row["organization_text"] = before.organization_text
            row["organization_mention_index"] = before.organization.index if before.organization else None
    return rows


def of_same_body(rows: list[dict[str, Any]], told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """任命某某为某委副主任，并决定为代理主任: of the same body."""
    for row in rows:
        if row["is_acting"] and row["organization_text"] is None and told:
            row |= {key: told[-1][key] for key in BODY_KEYS}
    return rows


def officers_of(context: ArticleContext, rows: Iterable[Mapping[str, Any]]) -> dict[str, Mention]:
    """The first body in which each person has a title now."""
    mentions = {m.index: m for m in (*context.mentions, *context.nested)}
    officers: dict[str, Mention] = {}
    for row in rows:
        person, body = row["person_mention_index"], mentions.get(row["organization_mention_index"])
        if body is not None and body.entity_type == "organization" and not row["is_former"]:
            officers.setdefault(mentions[person].text, body)
    return officers
