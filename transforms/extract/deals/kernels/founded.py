"""Bodies that are founded, by their kernel: a verb of founding, who stands around it and a noun."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from transforms.extract.context import ArticleContext
from transforms.extract.deals.clauses import CLAUSE, clause_start, skip_article, unfilled
from transforms.extract.deals.kernels.base import Readers
from transforms.extract.deals.kernels.bodies import FIRM, FUND, WITH, BodyReader, unquoted
from transforms.extract.deals.kinds import is_tie, names_works
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.owners import ACTS, named_short
from transforms.extract.deals.scene import is_at_signing
from transforms.extract.deals.topic import is_within
from transforms.extract.deals.works import bare
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

# 某中心由甲与乙共建
_BUILT_BY = re.compile(
    r"(?P<name>[^，。；：由]{4,40}?)[”\"]?(?:是|系)?(?:经[^，。；]{2,20}(?:批准|同意|批复)[，,])?[，,]?(?:[于在]?[12][0-9]{3}年(?:[0-9]{1,2}月)?起?)?(?:则|将)?由"
)
# 某公司（下称某某），由甲与乙分别出资组建
_NAME_BEFORE = re.compile(r"(?P<name>[^，。；：]{4,40}?公司)(?:[（(][^（）()]{1,20}[）)])?，$")
# 某基金是经市政府批准，由甲与乙共同发起成立的
_APPROVED = re.compile(r"经[^，。；]{2,20}(?:批准|同意|批复)[，,]$")
_OPENS_NAME = re.compile(
    r"(?:了|起|一[个家所座]|首[个家]|(?:总|首期)*(?:规模|首期)[为达约超逾]*[0-9.]+[万亿]+元的|[“\"])*"
)
# 共同出资1200万欧元，在某地设立某仓: what they pay and where stand in front of what they build.
_SUM_FIRST = re.compile(
    r"[约近逾超]?[0-9.,]+[余多]?[十百千万亿]*(?:美|港|欧|日|韩|澳门)?元[，,]?(?:(?:拟|将|计划)?[在于][^，。；在]{2,20}?)?"
    r"(?:共同|合作|联合|投资)?(?:建设|设立|兴建|新建|投建|打造|建立|开设|建(?![成起]))"
)
# 甲和乙合作，在某镇成立某大院; 甲与乙商定，建一所某学院; 甲、乙各出资60%和40%，组建某公司
_TEAMED = re.compile(
    "(?:(?P<unveiled>(?:合作|联合|携手|联手|牵手)|(?:各|分别|共同|按照?[^，。；]{2,10}比例)(?:出资|占|持股)[^，。；]{0,16})|(?P<signed>商定|约定|议定|说定|谈妥|敲定|达成(?:一致|共识|约定))"
    "|(?P<negotiating>商谈|洽谈|接洽|磋商|协商|商量|对接|谈判)(?:过|中)?)[，,]$"
)
# 由商人某某与某基金共同出资，要在此建设某基地
_TEAMED_BY = re.compile(
    "由(?P<who>[^，。；由]{4,60}?)(?:按[^，。；]{2,10}比例)?(?:共同|联合|各|分别)(?:按[^，。；]{2,10}比例)?(?:出资|投资)[^，。；]{0,12}[，,]$"
)
# 拟与甲、乙共同出资20亿元设立某公司
_PAID = re.compile(r"(?:共同|联合|合资|合作|分别|各)(?:现金)?(?:出资|投资|认缴)[^，。；]{0,16}$")
# 甲与乙就设立某基地达成意向, 甲与乙洽谈建设某中心: talks, whose kernel says what it is
_ABOUT = re.compile("(?:就|关于|围绕)[^，。；]{0,10}$|(?:洽谈|商谈|磋商|协商|接洽|对接|谈判)$")
_DONE = re.compile("了")
# 甲、乙共同投资建设的某产业园项目
_WORKS_BEHIND = re.compile("(?:建设)?(?:项目|工程)")
# 某工程由甲与乙共同投资建设: works, not a body
_OF_WORKS = re.compile("(?:项目|工程|公路|铁路|高速|大桥|电站|水库)$")
# 该项目是甲与乙合作建设经营的农业项目
_RUNS = re.compile("(?:经营|运营|管理)的")
# 全力打造某某副中心
_WISH = re.compile("(?:全力|着力|奋力|倾力|努力|合力|聚力|大力|积极|精心|致力于?|加快)$")
# 随后又与某大学合建: who acts stands in an earlier clause.
_OPENS_WITH = re.compile(
    "(?:随后|之后|此后|后来|同年|同时|还|又|也|并|再|则|将|拟|计划|有意|先后|[0-9]+[年月日]|今年|去年|年初|年底)*[与和同跟]"
)
# In whose name what is founded stands somewhere; offices of a state are no deals.
_AT = re.compile(r"(?:在|于)[^，。；在]{2,20}?$")
# 设一个“某实验室”，由甲与乙共建
_BY_OTHERS = re.compile(r"[，,]由[^，。；]{4,40}?(?:共建|合建|合办|共同|联合)")
# 由甲发起，共同发起人包括乙、丙
_CO_FOUNDERS = re.compile(
    r"[^，。；]{0,6}[，,](?:其他|共同|联合)?(?:发起|出资|合作)(?:人|方)(?:还)?(?:包括|有|为|是)(?P<who>[^。；]{2,120}?)(?:等(?=[^、]{0,8}(?:[，。；]|$))|[，。；]|$)"
)
# 共同发起人 is who founds, 共建人工智能实验室 founds.
_FOUNDER = re.compile("人(?![工才文民力类居形造体])")
# 甲、乙等12家单位发起成立某联盟
_MANY = re.compile("等[0-9一二两三四五六七八九十百]+[余多]?[家所个名]")
# 由甲牵头，乙、丙等28家单位共同组建的某联合体
_LED_BY = re.compile("(?:^|[，。；：由])(?P<who>[^，。；：由]{2,30})牵头[，,]$")
_PLANS = re.compile("拟|将|有意|计划|准备|打算|考虑|还要|要")
# 配套的研发中心将和某大学合建: with whom the firm told of founds it.
_FOUNDED_WITH = DEALS.compile(
    r"(?P<name>[^，。；：]{2,30}?)(?:则|也|还|将|拟|计划|打算|准备)*(?:和|与|同|跟)(?P<who>[^，。；：和与同跟]{3,30}?)"
    r"(?:共同|联合|合作|一起)*(?P<verb>合建|共建|合办|共办|联办)(?=[，。；]|$)"
)
_TOGETHER = DEALS.compile("[合共]建|[合共联]办")
# 公司由甲与乙按7∶3的比例共同出资，2023年5月注册成立
_TOGETHER_PAID = (
    "(?:共同|联合|合资|合股|合作|分别|各)+(?:出资|投资|持股|持有)?(?:一半|[0-9.]+[万亿]+[^，。；的]{1,4})?"
)
_BUILT = re.compile("(?:基地|园区?|厂|仓|库|港)$")
_SET_UP = "(?:(?:设立|组建|成立|兴办|创办|注册)+(?:而成)?)"
_WHO = "(?P<who>[^，。；]{4,80}?)"
_OWNED_BY = tuple(
    DEALS.compile(pattern)
    for pattern in (
        r"(?:^|(?<=[，。；：\n]))(?P<firm>(?:该|这家)?(?:公司|企业)|[^，。；：由]{4,30}?公司)(?:是|系|则)?由"
        rf"{_WHO}(?:按照?[^，。；]{{2,20}}?(?:比例|股比))?(?P<verb>{_TOGETHER_PAID}){_SET_UP}?(?=[，。；])",
        # 某公司是甲与乙的合资企业, 某公司是甲和乙各出资一半成立的
        rf"(?:^|(?<=[，。；：\n]))(?P<firm>(?:该|这家)(?:公司|企业)|[^，。；：是由]{{2,30}}?公司)(?:就|则)?[是系]{_WHO}"
        rf"(?P<verb>的合资(?:公司|企业)|{_TOGETHER_PAID}{_SET_UP}?的(?:(?:合资)?(?:公司|企业))?)(?=[，。；]|$)",
        # 甲与乙共同出资1.5亿元成立这家公司
        rf"(?:^|(?<=[，。；：\n])){_WHO}(?P<verb>{_TOGETHER_PAID}[，,]?{_SET_UP})了?(?P<firm>(?:该|这家)(?:公司|企业))",
        # 甲与乙共同出资的某公司领到了执照
        rf"(?:^|(?<=[，。；：\n])){_WHO}(?P<verb>{_TOGETHER_PAID})的(?P<firm>[^，。；的]{{2,30}}?公司)",
    )
)
_THE_FIRM = re.compile("(?:该|这家)?(?:公司|企业)")
# 某某有限公司（简称“某某”）在某县设立
_CLOSED = re.compile('[”"]?[)）]')
_IS_JOINT = DEALS.compile("共同|联合|合资|合股|合作|分别|各[出投持占]")
_OFFICE = re.compile("委员会|小组|指挥部|工作组|专班")
# 某办公室举行发布会，某局介绍，已会同某会设立某中心: who calls the press together founds nothing.
_HOLDS = re.compile(r"[^，。；]{0,8}(?:举行|召开|举办)[^，。；]{0,16}会(?=[，。；])")
# 会上宣布成立某联盟
_ANNOUNCED = re.compile(
    r"(?:宣布|宣告|现场|正式|当场|当天|当日|同日|会上|仪式上)(?:还|又|也|已|将|了|正式|同时|同步|共同|[0-9]+家\w{2,6})*$"
)
_AD_HOC = re.compile(r"联合体|调查|工作(?!站)|领导|指挥|专案|专项|筹备|临时|筹委|组委|评审")
_FOUNDERS = frozenset({"university", "school", "hospital", "research", "association", "bank", "company"})
_QUOTED = re.compile('[“"](?P<name>[^“”"]{4,40})[”"]')
_MIN_NAME_CHARS, _MIN_BRANCH_CHARS, _MAX_SIDES, _MAX_VERBS, _MAX_LED_CHARS = 6, 3, 3, 3, 40


class FoundedKernels(BodyReader):
    """Each method reads one list item [start, end) of a sentence; compiled once from the lookups."""

    def __init__(self, readers: Readers) -> None:
        super().__init__(readers)
        words = readers.lookups["deal_types"]
        heads = any_of(words["institutions"])
        self._object = re.compile(
            # 合办的某学院在某地成立, 共建的某实验室获批重点实验室: the sentence goes on behind the name.
            rf"(?P<name>[^，。；：、]{{2,40}}?(?:{heads})(?=在[^线]|被|获[批评得]|荣获|入选|列入|纳入|晋?升[级格为]|通过)|[^，。；：、]{{0,40}}(?:{heads}))"
        )
        self._works = re.compile(
            rf"(?P<name>[^，。；：]{{2,40}}?(?:{any_of(words['projects'])}|港|仓|新区|园|厂|民宿|景区|度假区|度假村|营地|街区|酒庄|冷库))(?:(?!\w)|(?=尚未|已|正|将|现|昨|今))"
        )
        self._found_alone = DEALS.compile("设立|成立|组建|建立|开设|创办|开办|设|开[了办]")
        found = any_of(words["found"])
        self._found = DEALS.compile(f'{found}|[设办建](?=了|起|一[个家所座]|[“"])')
        founds = any_of(set(words["found"]) - {"打造", "建设", "发起"})
        # 甲联合乙组建某中心
        self._with_other = DEALS.compile(
            rf"(?:联合|携手|联手|会同|牵手)(?P<other>[^，。；的]{{2,24}}?)(?:共同)?(?:{founds})(?![\u4e00-\u9fff]{{0,2}}[，。；])"
        )
        self._alone = re.compile(
            rf"(?P<who>[^，。；：]*?)(?P<how>(?:正式|注册|揭牌|挂牌|率先|首次|先后|已经?|去年|今年|又|还|也|便|就|刚刚?|[0-9年月日])*)"
            rf"(?P<verb>设立|成立|组建|建立|开设|创办|开办|设|开(?![区发工展]))(?P<done>了|起)?(?:全[国省市]首[个家]|一[个所家])?"
            rf"(?P<name>[“\"]?[^，。；：、“”\"]{{0,40}}?(?:{heads})(?:[（(][^（）()]{{1,12}}[)）])?[”\"]?)(?![\u4e00-\u9fff])"
        )

    def jointly(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """Two bodies, a word of founding together and what they found."""
        text = context.text
        for pattern in (self._joint, self._with_other, self._found):
            verbs = (v for v in pattern.finditer(text, start, end) if not _FOUNDER.match(text, v.end()))
            if pattern is self._found:
                # 中国建设银行 founds nothing by its name.
                verbs = (v for v in verbs if not context.is_inside(v.start()))
            bodies = (self._of_two(context, start, end, verb) for verb in islice(verbs, _MAX_VERBS))
            if body := next((b for b in bodies if b), None):
                return _each_quoted(text, body)
        return []

    def founded_with(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A body in front of with whom it is founded: 研发中心将和某大学合建."""
        is_told = _TOGETHER.search(context.text, start, end)
        found = _FOUNDED_WITH.search(context.text, start, end) if is_told else None
        body = self._object.match(context.text, *found.span("name")) if found else None
        others = context.mentions_in(*found.span("who"), "organization") if found else []
        if found is None or body is None or body.end("name") != found.end("name") or not others:
            return None
        actor = self._topic.acting(context, found.start(), others[0])
        if actor is None or context.mentions_in(*found.span("name"), "organization")[:1] == [actor]:
            return None
        begin, end_of_name = bare(context.text, found.span("name"))
        title = (max(begin, context.text.rfind("的", begin, end_of_name) + 1), end_of_name)
        sides = [Party.of(actor, "builder"), *(Party.of(m, "builder") for m in others)]
        return self._body(context, (start, end), found.span("verb"), title, sides, is_joint=True)

    def owned(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A firm that is there, by who pays for it together: 公司由甲与乙共同出资."""
        patterns = _OWNED_BY if _IS_JOINT.search(context.text, start, end) else ()
        found = next((m for p in patterns if (m := p.search(context.text, start, end))), None)
        sides = self._parties.coordination(context, *found.span("who")) if found else []
        if found is None or len(sides) < 2 or not all(p.mention for p in sides):
            return None
        if self._stages.is_planned(context.text[sides[-1].end : found.start("verb")]):
            return None
        named = [
            m for m in context.mentions_in(*found.span("firm"), "organization") if m.end == found.end("firm")
        ]
        known = [p.mention for p in sides if p.mention]
        if not named and not _THE_FIRM.fullmatch(found["firm"]):
            return None
        firm = named[0] if named else self._topic.firm(context, found.start("firm"), known)
        if firm is None or any(is_within(m, firm) or m.text == firm.text for m in known):
            return None
        return Candidate(
            found.start(),
            found.end(),
            found.span("verb"),
            stage="operating",
            hint="joint_venture",
            title=(firm.start, firm.end) if named else None,
            parties=[*sides, Party.of(firm, "target")],
        )

    def _of_two(self, context: ArticleContext, start: int, end: int, verb: re.Match[str]) -> Candidate | None:
        text = context.text
        left, floor, ceiling = clause_start(context, start, verb.start()), start, verb.start()
        ahead = _TEAMED.search(text, start, left)
        is_joint = verb.re is not self._found.compiled or bool(
            ahead or _PAID.search(text, left, verb.start())
        )
        if not is_joint and _ABOUT.search(text, left, verb.start()):
            return None
        if _WISH.search(text, left, verb.start()):
            return None
        if verb.re is self._with_other.compiled:
            ceiling = verb.end("other")
        summed = _SUM_FIRST.match(text, verb.end(), end) if is_joint else None
        opens = _OPENS_NAME.match(text, skip_article(text, summed.end() if summed else verb.end()), end)
        found = self._object.match(text, opens.end(), end) if opens else None
        works = self._works.match(text, opens.end(), end) if opens and is_joint and not found else None
        found = found or works
        if found is None or (FUND.search(found["name"]) and text.startswith("的", verb.end())):
            of = clause_start(context, start, left - 1) if _APPROVED.search(text, start, left) else left
            built = _BUILT_BY.match(text, of, verb.start())
            is_by = built is not None and (found is None or built.end() > left)
            found, floor = (built, built.end()) if built and is_by else (found, start)
        if found is None and text.startswith("由", left):
            # 业主是新成立的某公司，由甲与乙分别出资组建
            bodies = context.mentions_in(start, left, "organization")
            found = next((m for b in bodies if (m := _NAME_BEFORE.match(text, b.start, left))), None)
            floor = left + 1
        if (
            found is None
            or _RUNS.match(found["name"])
            or _OF_WORKS.search(found["name"])
            or is_tie(found["name"])
        ):
            return None
        if self._words["hopes"].search(context.without_names(start, max(verb.end(), found.end()))):
            return None
        sides = self._founders(context, left, (floor, ceiling), is_joint=is_joint)
        others = _CO_FOUNDERS.match(text, verb.end(), end)
        if others is not None:
            sides += self._parties.coordination(context, *others.span("who"))
        is_joint |= len(sides) > 1 and _MANY.search(text, sides[-1].end, verb.start()) is not None
        both = len(sides) < 2 and self._parties.is_both(text[left : verb.start()])
        is_joint |= others is not None
        if (len(sides) < 2 and not both) or not (is_joint or both or WITH.search(text, left, verb.start())):
            return None
        role = "investor" if FUND.search(found["name"]) else "builder"
        builders = [replace(p, role=role) for p in sides]
        body = self._body(context, (start, end), verb.span(), found.span("name"), builders, is_joint=is_joint)
        if body is None:
            return None
        behind = _WORKS_BEHIND.match(text, found.end("name"))
        paid = summed or (ahead and "出资" in ahead[0])
        is_works = works or behind or (paid and _BUILT.search(found["name"]))
        if behind and body.title and "投资" in text[left : verb.end()]:
            body.title, paid = (body.title[0], behind.end()), True
        if is_works:
            body.parties = [replace(p, role="investor") for p in body.parties] if paid else body.parties
            body.hint = "project"
            body.base = "building"
            if body.stage == "unveiled":
                body.stage = "signed" if is_at_signing(context, start, end) else "building"
        if not self._opened.search(text, start, end):
            body.rule = "founded"
        if both:
            body.parties, body.takes_both = [], True
        if "合资" in text[left : body.end] or FIRM.search(found["name"]):
            body.hint = "joint_venture"
            body.parties = [replace(p, role="partner") for p in body.parties]
        if ahead and body.stage == "unveiled" and not _DONE.match(text, verb.end()):
            body.stage = str(ahead.lastgroup)
        return body

    def _founders(
        self, context: ArticleContext, left: int, within: tuple[int, int], *, is_joint: bool
    ) -> list[Party]:
        """Who founds: those that the clause joins, else the bodies in front and the firm told of."""
        begin = max(left, within[0])
        joined = self._parties.coordination(context, begin, within[1], is_anchored=is_joint)
        if len(joined) > 1 and any(p.mention for p in joined):
            ahead, other = _OPENS_WITH.match(context.text, begin, joined[0].start), joined[0].mention
            is_told = ahead and ahead.end() == joined[0].start
            # 甲公告，拟与乙、丙共同出资设立某公司: who announces it is the first.
            announcer = self._topic.acting(context, begin, other) if is_told and other else None
            led = _LED_BY.search(context.text, max(0, left - _MAX_LED_CHARS), left)
            leader = self._parties.coordination(context, *led.span("who")) if led and not announcer else []
            return [Party.of(announcer), *joined] if announcer else [*leader, *joined]
        teamed = _TEAMED_BY.search(context.text, within[0], left)
        paid = self._parties.coordination(context, *teamed.span("who")) if teamed else []
        if len(paid) > 1 and all(p.mention for p in paid):
            return paid
        named = context.mentions_in(*within, "organization")
        named = [m for m in named if not _HOLDS.match(context.text, m.end, left)]
        sides = [m for n, m in enumerate(named) if not any(is_within(m, o) for o in named[:n])][-_MAX_SIDES:]
        here = [m for m in sides if m.start >= begin]
        opens = bool(here) and _OPENS_WITH.match(context.text, begin, here[0].start)
        if is_joint and (len(sides) == 1 or (len(here) == 1 and opens)):
            # 公司获得某基金的投资，又与某大学共建某实验室: who did it stands in an earlier clause.
            other = here[0] if here else sides[0]
            clause = clause_start(context, 0, other.start)
            actor = self._topic.acting(context, clause, other) or self._topic.firm(context, left, sides)
            actor = actor or self._topic.subject(context, 0, left)
            sides = [actor, other] if actor and actor.text != other.text else [other]
        return [Party.of(m) for m in sides]

    def alone(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A school, firm, society or bank in front of a verb of founding, and what it founds somewhere."""
        text = context.text
        if not self._found_alone.search(text, start, end):
            return None
        for left, right in _clauses(text, start, end):
            found = self._alone.match(text, left, right)
            name = unquoted(text, bare(text, found.span("name"))) if found else (0, 0)
            if found is None or _OFFICE.search(text, *name):
                continue
            at = _AT.search(text, *found.span("who"))
            if name[1] - name[0] < (_MIN_BRANCH_CHARS if at else _MIN_NAME_CHARS):
                continue
            before = found["who"] + found["how"]
            is_told = (
                found["done"]
                or found["how"].endswith("牌")
                or _PLANS.search(before)
                or _ANNOUNCED.search(before)
            )
            if not (at or is_told) or self._words["hopes"].search(text, left, right):
                continue
            stop = at.start() if at else found.end("who")
            actor = self._founder(context, left, stop)
            is_news = _ANNOUNCED.search(text, left, found.start("verb")) and not _AD_HOC.search(text, *name)
            if actor is None and not is_news and not _BY_OTHERS.match(text, right, end):
                continue
            places = context.mentions_in(at.start(), found.end("who"), "place", "organization") if at else []
            sides = [Party.of(m, "host") for m in places[-1:]]
            sides = [replace(actor, role="builder"), *sides] if actor else []
            body = self._body(context, (start, end), found.span("verb"), name, sides)
            if body is not None:
                if body.stage == "unveiled" and before.endswith("建") and names_works(text[slice(*name)]):
                    # 在某县投资5亿元建 + 设某生产基地: works have no plate.
                    body.base = body.stage = "building"
                return body
        return None

    def _founder(self, context: ArticleContext, left: int, stop: int) -> Party | None:
        """The body in front, with nothing but adverbs behind it, or whom 公司 or a short name stands for."""
        text, named = context.text, context.mentions_in(left, stop, "organization")
        if named:
            last = named[-1]
            closed = _CLOSED.match(text, last.end, stop)
            behind = closed.end() if closed else last.end
            is_near = not unfilled(context, behind, stop) or _PLANS.search(text, behind, stop)
            is_founder = last.subtype in _FOUNDERS or self._topic.is_house(last)
            return Party.of(last) if is_near and is_founder else None
        acts = ACTS.match(text, left, stop + 1)
        if acts and (called := named_short(context, *acts.span("who"))):
            return Party(*acts.span("who"), called)
        own = self._topic.own(context, left, stop)
        return Party.of(own) if own else None


def _each_quoted(text: str, body: Candidate) -> list[Candidate]:
    """共建“甲分院”“乙中心”: each of the bodies that marks hold one by one."""
    begin, stop = body.title or (0, 0)
    names = [m.span("name") for m in _QUOTED.finditer(text, max(0, begin - 1), stop + 1)]
    return [replace(body, title=name, is_each=True) for name in names] if len(names) > 1 else [body]


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    marks = [m.start() for m in CLAUSE.finditer(text, start, end)]
    yield from zip([start, *(m + 1 for m in marks)], [*marks, end], strict=True)
