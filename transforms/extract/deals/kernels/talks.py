"""Talks and ends by their kernel: with whom, a word of talking, and what is talked about."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from transforms.extract.context import ArticleContext
from transforms.extract.deals.clauses import MAX_CUES, clause_end, clause_start
from transforms.extract.deals.kernels.base import KernelReader, Readers
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

_WITH = r"(?:与|和|同|跟)(?:来自[^，。；的]{2,12}的)?(?P<who>[^，。；：]{2,30}?)"
_ADVERBS = (
    r"(?:充分|友好|坦诚|目前|正在?|还在|仍在|也在?|已经?|日前|近日|[上本]周|进行|开展|展开|了|过|深入|多次|反复|初步|密切|保持|有了?"
    r"|继续|共同|刚刚?)*"
)
_TALK = (
    r"(?P<cue>洽谈(?!会)|商谈|磋商|商量|协商|接洽|谈判|商讨|接触|对接(?=建|共|合)"
    r"|谈(?=一[个家条座所项]|的是|得|了[0-9一二两三四五半几])"
    # 就某项目深入交流，达成初步共识
    r"|(?:交流|沟通|会谈|座谈|讨论)(?=[^。；]{0,12}达成[^，。；]{0,6}(?:共识|意向|一致)))"
)
_TO_DO = r"(?:想|打算|拟|计划|准备|希望|考虑|有意)"
_HOW = (
    r"(?:合资|合作|联合|共同|联手)*"
    r"(?:共建|合办|合建|联办|建设|设立|成立|组建|开设|兴办|开办|打造|引进|建|办|设)?"
)
# 终止与某集团的合资计划
_STOPS = re.compile(
    rf"(?P<cue>终止|解除|取消|中止|放弃|停止)了?{_WITH}(?:之间)?(?:[0-9年月日去今前]*(?:签订|签署|达成)?的|(?=合资|合作|合营))"
    r"(?P<title>[^，。；与和的]{0,16}?(?:(?:合资|合作|合营|并购|重组|收购|托管|联营|代工)(?:[办建设]厂|建设)?(?:计划|项目|事项|谈判)?|协议|合同|备忘录|(?:友好|姊妹|友城)[^，。；与和的]{0,6}关系))(?!\w)"
)
# 与其签订的委托运营合同已于6月提前终止
_STOPPED = re.compile(
    rf"{_WITH}(?:之间)?(?:[0-9年月日去今前]*(?:签订|签署|达成|订立)的|的|就)《?(?P<title>[^，。；《》]{{0,24}}?(?:协议|合同|合作|备忘录|意向书|谈判|磋商|洽谈|关系))》?"
    r"(?:目前|同时|已经?|于|则|在|[去今前]年|年[初中底]|底|[0-9年月日]|[本上]月|日前|近日|正式|提前|宣告|最终|被|遭到?|也|均|自行|期满后?|到期后?|[，,]|双方|因[^，。；]{1,16})*"
    r"(?P<cue>搁浅|搁置|流产|失败|终止|解除|作废|失效|告吹|中止|取消|破裂|暂停|叫停|[未无]果|谈崩|(?:没有?|未能?)谈[成拢妥]|(?:不再|没有?|未)再?续[签约])"
)
# 与某公司解除合作关系
_QUITS = re.compile(
    rf"{_WITH}(?:目前|已经?|于|[0-9年月日]|日前|近日|正式|提前|双方|友好|协商)*(?P<cue>终止|解除|取消|中止|结束)了?"
    r"(?P<title>[^，。；]{0,16}?(?:协议|合同|合作|关系|谈判))(?!\w)"
)
# 曾与某大学有过三年合作，到期后没有续约
_LAPSED = re.compile(
    rf"{_WITH}(?:有过?|开展过?|进行过|签有|签订过)[^，。；]{{0,10}}?(?P<title>合作|协议|合同)[^。；]{{0,20}}?"
    r"(?P<cue>没有续约|未续约|不再续约|没再续|未再续签|没有续签|散伙|不了了之|终止|无疾而终)"
)
_THEN_SIGNED = re.compile(r"[^。；]{0,30}?(?:终于|最终|随后|昨[天日])[^。；]{0,10}?签")
_DENIED = re.compile("未|没有?|否认|并非|不存在")
_HOUSE_END = re.compile("(?:企业|公司|集团|大学|学院|院所|研究[院所]|医院|[\u4e00-\u9fff]企|厂|商会|协会)$")


class TalkKernels(KernelReader):
    """Compiled once from `lookups["deal_types"]`."""

    def __init__(self, readers: Readers) -> None:
        super().__init__(readers)
        words = readers.lookups["deal_types"]
        things = any_of([*words["institutions"], *words["projects"], *words["works"]])
        # 海洋牧场研究中心 ends with its last noun.
        last = rf"(?:{things}|车队|航线|专业)(?![^，。；：、与和的建到在]{{0,5}}(?:{things}))"
        name = rf"[“\"]?(?P<title>(?!的)[^，。；：、与和]{{0,24}}?{last})[”\"]?"
        about = rf"(?:就|围绕)(?P<how>{_HOW}){name}(?:一事|等?事宜|等?事项|项目)?"
        one = "(?:一[个家条座所项])?"
        self._thing = re.compile(f"(?:{things})$")
        self._together = re.compile(
            rf"(?<![与和同跟]){_TALK}(?:中|着|了)?(?:共同|联合)*(?:共建|合建|合办|共办|联办|合资建设|合作建设){one}{name}(?![\u4e00-\u9fff])"
        )
        self._patterns = (
            # 和某大学谈一个联合育种中心; 与某企业商谈共建试车场
            re.compile(
                rf"{_WITH}{_ADVERBS}{_TALK}(?:中|着|了)?(?P<how>{_HOW}){one}{name}(?![\u4e00-\u9fff])"
            ),
            # 就某项目与某公司进行洽谈; 与某公司就某项目洽谈
            re.compile(rf"{about}{_WITH}{_ADVERBS}{_TALK}"),
            re.compile(rf"{_WITH}{about}{_ADVERBS}{_TALK}"),
            # 和某大学商量，打算把某实验室建到车间隔壁
            re.compile(
                rf"{_WITH}{_ADVERBS}{_TALK}(?:中|着|过)?[，,](?:双方)?{_TO_DO}(?:在[^，。；]{{2,14}}?)?"
                rf"(?P<how>把|将|{_HOW}){one}{name}"
            ),
            # 与某公司谈了两年的灯展; 与某公司谈了三轮
            re.compile(
                rf"{_WITH}{_ADVERBS}(?P<cue>谈|协商|磋商|商谈|洽谈|商量)了[0-9一二两三四五六七八九十半几多余个]+[轮年月次天周回]多?的?(?P<how>)(?P<title>[^，。；]{{0,16}})"
            ),
        )

    def _among(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """我们正在洽谈共建一个中试基地: with whom is not told."""
        found = self._together.search(context.text, start, end)
        if found is None:
            return None
        left = clause_start(context, start, found.start())
        actor = self._topic.own(context, left, found.start())
        if actor is None or self._words["hopes"].search(context.without_names(left, found.start("cue"))):
            return None
        title = found.span("title")
        hint = self._kinds.thing_kind(context.text, title)
        return _told(left, found.end(), found, [Party.of(actor)], hint, title, "negotiating")

    def talked(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """Somebody talks with a body about works or a body that they would found."""
        text = context.text
        if not self._words["talks"].search(text, start, end) and not _TALK_CUE.search(text, start, end):
            return None
        for pattern in self._patterns:
            for found in islice(pattern.finditer(text, start, end), MAX_CUES):
                right = clause_end(text, found.end(), end)
                left = clause_start(context, start, found.start("cue"))
                is_bad = context.is_inside(found.start()) or _THEN_SIGNED.match(text, found.end(), end)
                if is_bad or self._words["hopes"].search(context.without_names(left, found.start("cue"))):
                    continue
                sides = self._talkers(context, left, found)
                if not sides:
                    continue
                title = found.span("title") if found["title"] else None
                hint = "joint_venture" if "合资" in found["how"] else self._kind(text, title)
                # 洽谈建设某分拨中心: works, whatever their name ends in
                hint = "project" if hint == "institution" and "建设" in found["how"] else hint
                is_over = any(
                    self._words[kind].search(text, found.end(), end) for kind in ("ends", "gives_up")
                )
                return _told(
                    left,
                    max(right, found.end()),
                    found,
                    sides,
                    hint,
                    title,
                    "ended" if is_over else "negotiating",
                )
        return self._among(context, start, end)

    def _kind(self, text: str, title: tuple[int, int] | None) -> str:
        """What two talk about: works, a body, or to work together at something."""
        is_thing = title and self._thing.search(text, *title)
        return self._kinds.thing_kind(text, title) if title and is_thing else "cooperation_agreement"

    def stopped(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A pact with a body that comes to an end."""
        text = context.text
        if not _ENDS.search(text, start, end):
            return None
        for pattern in (_STOPS, _STOPPED, _QUITS, _LAPSED):
            found = pattern.search(text, start, end)
            if found is None or context.is_inside(found.start()):
                continue
            left = clause_start(context, start, found.start("cue"))
            left = min(left, clause_start(context, start, found.start()))
            sides = self._talkers(
                context, left, found, are_towns=_OF_TOWNS.search(found["title"]) is not None
            )
            if not sides or _DENIED.search(text, found.start("cue") - 3, found.start("cue")):
                continue
            title = found.span("title")
            joint = "合资" in found["title"]
            hint = "joint_venture" if joint else "cooperation_agreement"
            hint = "acquisition" if _MERGES.search(found["title"]) else hint
            return _told(
                left,
                found.end(),
                found,
                sides,
                hint,
                title if _PAPER.search(found["title"]) else None,
                "ended",
            )
        return None

    def _talkers(
        self, context: ArticleContext, left: int, found: re.Match[str], *, are_towns: bool = False
    ) -> list[Party]:
        """Who is named behind 与, and who in front or in an earlier clause; towns too if these have ties."""
        text = context.text
        others = [p for p in self._parties.coordination(context, *found.span("who")) if not _is_person(p)]
        others = others or [Party(*found.span("who"), None)]
        others = [p for p in others if p.mention or _HOUSE_END.search(text, p.start, p.end)]
        if not others:
            return []
        ahead = self._parties.coordination(context, left, found.start(), is_anchored=False)
        ahead = [p for p in ahead if p.mention and not _is_person(p)]
        other = next((p.mention for p in others if p.mention), None)
        if not ahead and other is not None:
            actor = self._topic.acting(context, left, other)
            ahead = [Party.of(actor)] if actor else []
        elif not ahead:
            actor = self._topic.own(context, left, found.start()) or self._topic.teller(context, left)
            ahead = [Party.of(actor)] if actor else []
        sides = [*ahead[-2:], *others]
        houses = [bool(p.mention and self._topic.is_house(p.mention)) for p in sides]
        named = [p for p in sides if p.mention and p.mention.entity_type == "organization"]
        are_two = len(sides) > 1 and all(p.mention for p in sides)
        if are_towns and are_two and all(p.mention and p.mention.subtype != "country" for p in sides):
            return sides
        return sides if len(named) > 1 or ((any(houses) or are_two) and named) else []


_TALK_CUE = DEALS.compile("谈|交流|沟通|讨论|商量|接触|协商|商讨")
_MERGES = re.compile("收购|合并|重组|并购")
_OF_TOWNS = re.compile("友好|友城|姊妹|协议|备忘录|意向书")
_PAPER = re.compile(r".+(?:协议|合同|备忘录|意向书|计划|项目)$")
_ENDS = DEALS.compile(
    "搁浅|搁置|流产|失败|终止|解除|取消|中止|放弃|停止|暂停|作废|失效|告吹|破裂|续[约签]|散伙|不了了之|无疾而终|叫停|[未无]果|谈[崩成拢妥]"
)


def _is_person(party: Party) -> bool:
    return party.mention is not None and party.mention.entity_type == "person"


def _told(
    left: int,
    end: int,
    found: re.Match[str],
    sides: list[Party],
    hint: str,
    title: tuple[int, int] | None,
    stage: str,
) -> Candidate:
    role = "builder" if hint in {"joint_laboratory", "institution"} else "partner"
    return Candidate(
        left,
        end,
        found.span("cue"),
        stage=stage,
        hint=hint,
        title=title,
        parties=[replace(p, role=role) for p in sides],
    )
