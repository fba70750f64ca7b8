"""Who acts and what is acted on, around a verb of buying, selling or winning."""

from __future__ import annotations

import re
from dataclasses import replace

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals_model import Party
from transforms.extract.deals_parties import PartyReader

# What stands between 收购 and the shares bought, where no name was recognised.
_BARE_TARGET = re.compile(
    r"(?:了|下)?[“\"]?(?P<name>[^，。；、和及与的%％《》“”\"]{2,20}?)[”\"]?(?:持有的|所持有?的?|旗下)?(?:的)?(?:各)?(?:约|剩余|其余|合计)?"
    r"(?:[0-9.]+[%％]|[0-9.,]+[万亿]?股|全部股权|全部股份|部分股权|部分股份|多数股权|少数股权|控股权|控制权|股权|股份(?!有限|公司))"
)
_BARE_ACTOR = re.compile(
    r"(?:^|[，。；：])(?P<name>[^，。；：、和与的了在为是其该此本被对《》“”\"0-9]{2,10}?)"
    r"(?:公告|发布公告|宣布|称|曾|已|正|现|也|又|再|还|将|拟|欲|计划|完成|成功|大幅|分别|继续|开始|合计|突然|宣布|以|[0-9.,]+[万亿]*(?:美|港|欧|日)?元|人民币|的?(?:价格|对价|总价|代价)|斥资|作价|耗资|出资|溢价|通过|获准|意向)*$"
)
_NOT_ACTOR = re.compile(
    r"^(?:午间|启动|之所|用以|借此|以此|旨在|晚间|当晚|合计|大幅|不超过|但|共|取得|已|曾|现|正|首次|目前|全资|确定|累计|筹划|用于|近期|股份|不超|所持|子公司|全资子|控股子|专用|公司|上市|标的|目标|交易|股东|控股股东|实际控制人|发行人|本次|同时|此前|通过|根据|由于|如果|随着|关于|并|因|双方|先后|近日|日前|今年|去年|拟|将|计划|以|用于|刚|一|两|这|那|每|各|多|有|据|从|至|其中|部分|相关)|完成|收购|购买|减持|增持|投资者|百分|股份$|股权$|[^\w·]|会$|季度$|操盘$|拟|终止|高管|数量|超过|发行"
)
# 甲公告, 甲宣布 where the name was not recognised.
_BARE_ANNOUNCER = re.compile(
    r"(?:^|[，。；：日讯】）)])(?P<name>[^，。；：、和与的了在为是其该此本被对《》“”\"0-9（）()]{2,8}?)(?:[（(][^（）()]{1,20}[)）])?"
    r"(?:晚间?|当晚|今日|当日)?(?:发布公告|公告|宣布|披露)(?:称|显示|披露|，|,)"
)
# 甲拟以1亿元收购: the means stand between the subject and the verb.
_MEANS_TAIL = re.compile(
    r"(?:拟|将|已|还|并|计划)*(?:以|用|按|斥资|作价|耗资|出资)[^，。；以]{0,30}(?:元|现金|方式|对价|价格|总价|资金)$"
)
_OBJECT_ENDS = re.compile(r"(?:已经?|尚需|尚未|需要?|须)(?:由|经|获得?|通过)|(?:已经?|业)获")
_SPEAKS = re.compile(
    r"[^，。；]{0,10}?(?:坦承|坦言|说|认为|指出|介绍|强调|解释|回应|透露)(?:称|道|说)?[，：]"
)
_NAME_GOES_ON = re.compile(r"(?![所持的全部控多少各合约剩其])[\u4e00-\u9fff]{1,4}(?=(?:约)?[0-9.]+[%％])")
_BY_MEANS = re.compile(r"(?:拟|将|并|已|计划)*(?:以|按|通过|经由|根据)(?!.*子公司)")
_WITH = re.compile(r"(?:拟|将|并|已|还|再次|计划)*(?:与|和|同|跟|联合|携手|会同)")


class ActorReader:
    """Subjects and objects of a verb, recognised or bare."""

    def __init__(self, parties: PartyReader) -> None:
        self._parties = parties

    def actors(self, context: ArticleContext, start: int, left: int, end: int, role: str) -> list[Party]:
        """Subject of the clause, or of an earlier clause of the sentence."""
        # 甲作为乙收购丙的顾问: who buys stands behind 作为.
        acting_as = context.text.rfind("作为", left, end)
        left = acting_as + 2 if acting_as >= 0 else left
        if _BY_MEANS.match(context.text[left:end]):
            return self.subject(context, start, left, role)
        means = _MEANS_TAIL.search(context.text[left:end])
        end = left + means.start() if means else end
        parties = self._parties.coordination(context, left, end, role, is_anchored=False)
        names = [self._named(p, start) for p in parties if p.mention is not None]
        if names:
            if _WITH.match(context.text[left:end].strip()):
                known = {p.mention.text for p in names if p.mention}
                names = [
                    p
                    for p in self.subject(context, start, left, role)
                    if p.mention is None or p.mention.text not in known
                ] + names
            return names
        bare = _BARE_ACTOR.search(context.text[left:end])
        if bare and not _NOT_ACTOR.search(bare["name"]):
            return [Party(left + bare.start("name"), left + bare.end("name"), None, role)]
        return self.subject(context, start, left, role)

    @staticmethod
    def _named(party: Party, start: int) -> Party:
        """公司 of a clause by the name that the sentence gave it before."""
        name = party.mention
        if name is None or party.start <= name.start or name.start < start or party.signatory:
            return party
        return replace(party, start=name.start, end=name.end)

    def subject(self, context: ArticleContext, start: int, left: int, role: str) -> list[Party]:
        """Subject of an earlier clause of the sentence."""
        subjects = self._parties.subjects(context, start, left)
        if not subjects:
            named = self._parties.nearest(context, start, left, "organization", "person")
            subjects = [named] if named else []
        bare = _BARE_ANNOUNCER.search(context.text, start, left)
        if bare and not _NOT_ACTOR.search(bare["name"]):
            inside = context.mentions_in(start, left, "organization", "person")
            if all(m.end <= bare.start("name") or m.start >= bare.end() for m in inside) and (
                not subjects or subjects[0].start < bare.start("name")
            ):
                return [Party(bare.start("name"), bare.end("name"), None, role)]
        # 某董事长坦言，收购…: who speaks of a deal need not do it.
        subjects = [
            m for m in subjects if m.entity_type != "person" or not _SPEAKS.match(context.text, m.end)
        ]
        return [Party(m.start, m.end, m, role) for m in subjects]

    def targets(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """Bodies named in the object, in order; places only if there is no body."""
        # 收购某公司已经由某委员会核准: the object ends where the next predicate begins.
        over = _OBJECT_ENDS.search(context.text, start, end)
        names: list[Mention] = context.mentions_in(start, over.start() if over else end, "organization")
        # 德国某公司（Some GmbH） is named once.
        names = [m for m in names if context.text[max(start, m.start - 1) : m.start] not in {"(", "（"}]
        parties = [Party(m.start, m.end, m, "target") for m in names]
        if parties:
            more = _NAME_GOES_ON.match(context.text, parties[-1].end, end)
            if more:
                # Of 深圳某某精密51%的股权 only the first words may be recognised.
                parties[-1] = replace(parties[-1], end=more.end())
        return parties

    def bare_target(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """收购某某100%股权: the words in front of the shares, where no body was recognised in them."""
        found = _BARE_TARGET.match(context.text, start, end)
        if found is None or re.match(
            r"(?:其|该|公司|上市公司|标的|目标|本公司|多家|[0-9]+家|部分|全部|相关|前|后|加大)|合计|比例|账户|手中|持有|占|总股本|期间|计划",
            found["name"],
        ):
            return []
        if (
            _NOT_ACTOR.search(found["name"])
            or not re.match(r"[\w“]{2}", found["name"])
            or found["name"][0].isdigit()
        ):
            return []
        return [Party(found.start("name"), found.end("name"), None, "target")]
