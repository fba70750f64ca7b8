"""Whose works a title tells of: 某公司年产三万吨某项目, 甲与乙合作的某项目."""

from __future__ import annotations

import re
from dataclasses import replace

from transforms.extract.context import ArticleContext, Mention, last_match
from transforms.extract.deals.kinds import names_works
from transforms.extract.deals.model import Party
from transforms.extract.deals.parties import PartyReader

# 某地某某纺纱项目一期: what was taken for a body is the name of the work.
_NAMES_WORK = re.compile(r"(?:项目|工程)第?[一二三四五六]期")
# 甲与乙合作的, 甲投资6亿元的: whose project it is, and what it has to do with it.
_DEED = re.compile(
    r"(?:现?已|正在?|拟|将|计划|联合|共同|对口|[0-9]{1,4}[年月]|去年|今年|年初|年底)*"
    r"(?P<verb>(?:投资|出资|斥资|捐资|投(?![产用运]))[^的，]{0,20}|捐建|援建|帮建|代建|独资|全资|建(?=的)|总?承建|总承包|总包|施工|建设|兴建|新建|扩建|开发|打造|实施"
    r"|合作(?:建设|开发)?|中标(?:承建)?|承[接揽]|布局|投建|筹建|负责(?:建设|实施|施工)|承担|援助|签约(?:共建|落户)?|签订|洽谈|共建|合建|引进|引入|规划建设"
    r"|(?:设在|位于|建在|坐落于?|落户于?)[^的，]{2,20})的"
)
_ROLES = (
    *(("承", "contractor"), ("施工", "contractor"), ("中标", "contractor")),
    *((word, "investor") for word in ("投", "出资", "斥资", "引", "布局")),
)
# 该公司二期节能改造竣工
_OWNER = re.compile(r"(?P<who>(?:该|本)?(?:公司|集团|企业|校|院))的?(?=[^，。；]{4})")
# 某公司（某某）三期项目
_SHORT_FOR = re.compile(r"[（(](?:以?下?简称)?[“\"]?\w{2,10}[”\"]?[)）]")
_BESIDE = re.compile(r"[与和同跟]")
# A firm that was not recognised still owns the project that its name opens.
_FIRM = re.compile(r"[\w()（）]{2,24}?(?:有限责任公司|股份有限公司|有限公司|集团公司|公司)")
_IS_FIRM, _PHASE = re.compile("公司$"), re.compile("第?[二三四五六]期")
# 在某地的某厂: where it stands is no part of its name.
_STANDS_AT = re.compile(
    r"(?:在|位于|坐落于|坐落在|地处)(?![^的]{0,12}年产)[^，。；的在]{2,16}?(?:投资|投建|布局|建设|新建|兴建|建成|设立|打造|落子|建起)?的"
)
# 某某在某地的某工厂, of which the firm was not recognised
_WHO_AT = re.compile(
    r"(?!选址|坐落|落户|位|设|建)(?P<who>[\u4e00-\u9fff]{2,8})在(?P<at>[^，。；的在]{2,12}?)(?:投资|投建|布局|建设|新建|兴建|建成|设立|打造)?的"
)
_HERE = re.compile("这里|此地|当地|[我本该][省市县区镇乡]")
_ZONE = re.compile("[区园城]$")
_MIN_TITLE_CHARS = 4
# 我们这座某厂, 公司的某项目: who speaks is no name.
_SPEAKS = re.compile(
    r"(?:我们|他们|咱们?|我司|我公司|公司(?=在))(?:公司|集团|企业|厂|县|市|区|镇|村)?(?:在[^，。；的]{2,12})?的?"
)
_REST = re.compile(r"(?:共同|联合|合作)*(?:投资建设|共建|合建|投资|建设|兴建|承建|牵头)的")
# 某某有意在某地: who acts, by a short name
ACTS = re.compile(
    r"(?P<who>[\u4e00-\u9fff]{2,6}?)(?:有意|打算|准备|拟|将|计划|还|也|已|又|正)*(?:在|于|投|追加|出资|斥资)"
)
_SHORT_NAME = re.compile(
    "(?!公司|集团|企业|中心|学校|医院|银行|大学|学院|双方|政府|科技|有限)[\u4e00-\u9fff]{2,6}"
)
_SHORT_OF = re.compile("(?P<who>[\u4e00-\u9fff]{2,6})的")
_WITH_WHOM = re.compile(
    r"[与和同跟](?P<who>[^，。；的]{2,20}?)(?:合资|合作|合办|共建|合建|联合)(?:建设|开办|投资|办)?的"
)
_POINTS = re.compile(r"[这那]?[一]?[座个条家处项]")


def named_short(context: ArticleContext, start: int, end: int) -> Mention | None:
    """The body of the article whose name holds the words, which were not recognised by themselves."""
    words = context.text[start:end]
    if not _SHORT_NAME.fullmatch(words) or context.mentions_in(start, end):
        return None
    bodies = context.mentions_in(0, start, "organization")
    return next((m for m in bodies if words in m.text and m.text != words), None)


_ONCE = re.compile("(?:原来?|此前|曾|本来)(?:计划|拟|定|打算|准备|想)(?:[在于到赴][^，。；]*)?$")


class OwnerReader:
    """Splits the words in front of a verb of works into who owns them and their name."""

    def __init__(self, parties: PartyReader) -> None:
        self._parties = parties

    def split(self, context: ArticleContext, left: int, end: int) -> tuple[tuple[int, int], list[Party]]:
        """Splits 某公司年产三万吨X项目 into its owner and its title."""
        text = context.text
        start, _ = self._parties.trim(context, left, end)
        speaks = _SPEAKS.match(text, start, end)
        if speaks:
            beside = _WITH_WHOM.match(text, speaks.end(), end)
            points = _POINTS.match(text, speaks.end(), end)
            return (points.end() if points else speaks.end(), end), []
        deed = last_match(_DEED, text, start, end - 1)
        # 本公司原计划在某市设立的某厂: the plan is no part of who has it.
        plan = _ONCE.search(text, start, deed.start()) if deed else None
        stop = plan.start() if plan else deed.start() if deed else start
        sides = (
            self._parties.coordination(context, start, stop, is_anchored=text[start - 1] == "由")
            if deed and deed.start() > start
            else []
        )
        if deed and any(p.mention for p in sides):
            beside = _BESIDE.fullmatch(text, max(0, sides[0].start - 1), sides[0].start)
            role = "partner" if len(sides) > 1 or beside else "owner"
            role = next((role for words, role in _ROLES if words in deed["verb"]), role)
            return (deed.end(), end), [p if p.role == "host" else replace(p, role=role) for p in sides]
        points = _OWNER.match(text, start, end)
        if points and (sides := self._parties.coordination(context, start, points.end("who"), "owner")):
            return (points.end(), end), sides
        places = context.mentions_in(start, end - 1, "place")
        stop, where = start, None
        for place in places:
            if place.start == stop:
                stop, where = place.end, place
        if where and text[stop] == "的" and end - stop > _MIN_TITLE_CHARS:
            # 某区的某工厂: where it stands takes it in.
            return (stop + 1, end), [Party(where.start, stop, where, "host")] if _ZONE.search(
                where.text
            ) else []
        stands = _WHO_AT.match(text, start, end)
        if (
            stands
            and (_HERE.fullmatch(stands["at"]) or any(p.start == stands.end("who") + 1 for p in places))
            and not context.mentions_in(*stands.span("who"), "organization", "person")
        ):
            return (stands.end(), end), [Party(*stands.span("who"), None, "owner")]
        names = [
            m
            for m in context.mentions_in(start, end - 1, "organization")
            if m.start <= start + 1 and not m.text.startswith("本报")
        ]
        if not names:
            whole = next(
                (m for m in context.mentions_in(start, end) if (m.start, m.end) == (start, end)), None
            )
            inside = context.nested_from(start, start + 1) if whole and names_works(whole.text) else []
            if inside and inside[0].entity_type == "organization":
                # 某集团某地生产基地 is one name, of which the first is the owner's.
                return (start, end), [Party.of(inside[0], "owner")]
            firm = _FIRM.match(text, start, end)
            if firm and end - firm.end() >= 4:
                rest = _REST.match(text, firm.end(), end)
                named = [m for m in context.mentions_in(start, end, "organization") if m.end == firm.end()]
                whose = Party.of(named[0], "owner") if named else Party(start, firm.end(), None, "owner")
                return (rest.end() if rest else firm.end(), end), [whose]
            of_short = _SHORT_OF.match(text, start, end)
            if of_short and (called := named_short(context, *of_short.span("who"))):
                return (of_short.end(), end), [Party(*of_short.span("who"), called, "owner")]
            stands = _STANDS_AT.match(text, start, end) if text[start] == "在" else None
            return (stands.end() if stands else start, end), []
        owner = names[0]
        if _NAMES_WORK.match(text, owner.end):
            return (start, end), []
        short = _SHORT_FOR.match(text, owner.end)
        begin = short.end() if short else owner.end
        begin += 2 * text.startswith(("旗下", "所属"), begin)
        begin += text[begin] == "的"
        rest = _REST.match(text, begin, end)
        begin = rest.end() if rest else begin
        stands = _STANDS_AT.match(text, begin, end)
        begin = stands.end() if stands else begin
        # 某公司二期工程: a firm's name is none of works; 某医院新院区 is.
        is_firm = _IS_FIRM.search(owner.text) is not None
        fewest = 3 if text[begin - 1] == "的" else 4 if is_firm else 5
        if end - begin < fewest and not (is_firm and _PHASE.fullmatch(text, begin, end)):
            return (start, end), []
        return (begin, end), [Party.of(owner, "owner")]
