"""What a quantity measures, from the words beside it: 占地面积约300亩, 200余位嘉宾, 年产30万吨云母粉.

The order in which the places are looked at depends on the dimension: a number of things is named behind it,
money, shares and spans of time mostly before it. Vocabulary: `measures` of `units.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from transforms.extract.firsts import begun
from transforms.extract.patterns import any_of
from transforms.extract.quantities.nouns import (
    BETWEEN,
    CLAUSE_BREAK,
    MODIFIER_TAGS,
    NOUN_CHARS,
    NUMERAL,
    PERSONS,
    PHRASE_CHARS,
    TIMES,
    NounReader,
    cut_words,
)

_CLAUSE_CHARS = 28
_NATIONAL_CHARS = 4
_EACH = re.compile(
    r"每(?:[公市]?斤|吨|克|亩|公顷|平方?米|立方米?|平方公里|公里|千米|升|桶|度电?|千瓦时|[人户股件台套个只头张份家名位辆袋箱瓶盒羽枚])$"
)
_AND_SO_ON = re.compile("等(?:共|共计|合计|近|约|逾|超)?$")
# (约合人民币9亿元) says again what the amount before it says.
_AGAIN = re.compile(r"[ （(，,]*(?:约合|折合|约折合|合|约|即)(?:人民币)?约? ?$|[（(]$")
_PART = re.compile(r"[，,；;、（(][^。！？；;\n]{0,6}其中[^，。；;、\n]{0,16}|[和与及、]")
# 从1.2亿只提升到3亿只 measures at both ends the same.
_GROWN = re.compile(
    r"[\u4e00-\u9fff]{0,4}?(?:提升|提高|增加|增长|增|扩大|扩建|扩|扩展|上升|上涨|涨|升|减少|降低|下降|降|减|缩短|缩减|压缩|缩)(?:到|至|为|成)(?:了|现在的|目前的|如今的)?"
)
_MADE = ("产", "处理", "加工", "销售", "出栏")
# 18个国家, 7.3级地震: the unit says what is counted.
_UNIT_ENDS = frozenset("家区震风")
_IN_UNIT = re.compile(r"(?:[个级])(?:强烈)?(?P<noun>国家|地区|地震|强震|余震|大风|台风)$")
# 日处理垃圾500吨的发电厂 handles it.
_HANDLERS = re.compile("(?:厂|站|公司|企业|基地|中心|园|矿|井|窑|炉)$")
# 产量再创新高，达1200万吨: a clause in front that says how the measure has become.
_BECOME_ENDS = frozenset(f"{end}{mark}" for end in "高长升大加降半番一二三四五" for mark in "，,")
_HAS_BECOME = re.compile(
    r"(?P<what>[^，。；：\n]{2,20}?)(?:(?:再|又|均|屡|首次)?创[^，。；\n]{0,6}新高|(?:持续|稳步|快速|大幅|平稳|较快|逐年)(?:增长|提升|上升|攀升|扩大|下降|增加)|过半|翻了?一番|居[^，。；\n]{2,6}第[一二三四五])[，,]$"
)
_PRICED = re.compile(r"(?:以|作价|用)(?:现金|总价|合计|共)?$")


class MeasureReader:
    """Reads the measured thing from the clause around a quantity; built once per process."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        units = lookups["units"]
        words = units["measures"]
        bounds = [word for words in units["bounds_before"].values() for word in words]
        links = any_of([*words["links"], *bounds])
        self._links = re.compile(rf"(?:{links}|人民币|\s)*$")
        nouns, acts = any_of(words["nouns"]), any_of(words["acts"])
        # The longer of two readings that end where the number begins wins, so the search is from the left.
        self._act = begun(rf"(?:{any_of(words['before_acts'])})*(?P<act>{acts})$")
        self._label = re.compile(rf"(?:{nouns}|[\u4e00-\u9fff](?P<suffix>价|款|费|额|率|(?<![大少尽])量))$")
        self._money_head = re.compile(rf"(?:{any_of(words['money_heads'])})$")
        self._price_verb = begun(
            rf"(?:的(?:总?价格?|对价|报价|价款|代价))?(?:将|拟)?(?P<verb>{any_of(words['price_verbs'])})"
        )
        self._money = re.compile(rf"(?:{any_of(words['of_money'])})$")
        yearly = [word for words in units["periods"].values() for word in words if word.endswith(_MADE)]
        # 年产各类叶片将达到1500套
        self._yearly = re.compile(
            rf"(?:{any_of(yearly)})(?P<product>(?![能值量额税利]|产值|收入|[几数十百千]+[万亿])[\u4e00-\u9fff]{{2,{PHRASE_CHARS}}}?)??"
            r"(?:的?(?:能力|产能|规模))?[将可已]?(?:达到?|不少于|不低于|由|从)?$"
        )
        # 深加工 is a process of its own.
        self._carrier = re.compile(rf"(?<![深精粗细])(?:{any_of(words['carriers'])})+(?P<act>..)?$")
        self._machine = re.compile(rf"(?:{any_of(words['machines'])})$")
        rates = {word for group in units["periods"].values() for word in group if word[0] in "年月日"}
        made = any_of(word for word in rates if word[-1] not in "量能力值额入薪金营税利")
        self._rate = re.compile(rf"^(?:{made})(?![能量值额出])(?=..)")
        self._rates = frozenset(rates)
        # Without a number of its own, up to what makes it: 、云母粉生产项目.
        self._listed = re.compile(
            rf"(?P<items>(?:[、和及与](?!{NUMERAL.pattern})[^、和及与，,。；;：:！!？?\n（）()“”\"《》\d]{{2,8}}?){{1,4}})"
            rf"(?:{any_of(words['carriers'])})"
        )
        self._states = re.compile(rf"(?:{any_of(words['states'])})(?![的者])")
        # 1997年贸易顺差: the year is the date's.
        self._dated = re.compile(rf"(?!{units['not_told']})[年月日]")
        self._nouns = NounReader(words, self._label)

    def read(self, text: str, start: int, end: int, *, dimension: str) -> str | None:
        """The measured thing of the quantity at `[start, end)`, `None` where the sentence leaves it open."""
        # 收盘价：6.06元
        window = text[max(0, start - _CLAUSE_CHARS) : start].rstrip("：: ")
        # 企业负责人等二百余人
        clause = CLAUSE_BREAK.split(_AND_SO_ON.sub("", window))[-1]
        if yearly := self._yearly.search(clause):
            # The period says that it is a year's; 年产30万吨 alone measures just that.
            made = self._product_after(text, end, is_count=dimension == "count")
            is_maker = made and text[end : end + 1] == "的" and _HANDLERS.search(made)
            product = self._links.sub("", yearly["product"] or "")
            return product or (None if is_maker else made) or self._links.sub("", yearly[0])
        if text[end - 1] in _UNIT_ENDS and (named := _IN_UNIT.search(text, start, end)):
            # 46个国家中医药创新中心
            noun = None if text[end : end + 1] == "的" else self._nouns.after(text, end)
            is_national = noun and len(noun) >= _NATIONAL_CHARS and self._nouns.tag(cut_words(noun)[0]) != "v"
            return noun if is_national else str(named["noun"])
        before = self._links.sub("", clause)
        if not before and text[start - len(clause) - 2 : start - len(clause)] in _BECOME_ENDS:
            became = _HAS_BECOME.search(
                text, max(0, start - len(clause) - NOUN_CHARS * 2), start - len(clause)
            )
            before = became["what"] if became else before
        each = _EACH.search(before)
        if each:
            before = self._links.sub("", before[: each.start()])
        is_part = "占" in clause[len(before) :]

        def label() -> str | None:
            return self._label_before(before, is_time=dimension == "duration")

        if dimension == "count":
            readers: tuple[Callable[[], str | None], ...] = (
                lambda: self._nouns.after(text, end),
                lambda: self._nouns.behind_clause(text, end),
                lambda: self._state_after(text, end),
                label,
                lambda: None if self._nouns.is_act(before) else self._nouns.before(before),
                lambda: self._nouns.behind_verb(text, end),
                lambda: self._nouns.before(before),
                lambda: self._verb_before(before) if _ends_phrase(text, end) else None,
            )
        elif dimension in ("money", "rate"):
            readers = (
                label,
                lambda: self._price(clause, text, end),
                lambda: self._money_after(text, end),
                lambda: self._nouns.before(before) if each else self._verb_before(before),
            )
        elif dimension == "duration":
            readers = (
                label,
                lambda: self._nouns.after(text, end, is_linked=True),
                lambda: self._verb_before(before),
            )
        elif dimension in ("share", "percentage_points", "ratio", "number"):
            readers = (
                label,
                lambda: self._nouns.after(text, end),
                lambda: None if is_part else self._nouns.before(before) or self._verb_before(before),
            )
        elif dimension in ("age", "temperature"):
            readers = (label,)
        else:
            readers = (
                label,
                lambda: self._product_after(text, end),
                lambda: self._nouns.before(before),
                lambda: self._verb_before(before),
            )
        found = next((found for reader in readers if (found := reader())), None)
        if found and (at := text.rfind(found, 0, start)) > 0 and self._dated.match(text, at):
            found = found[1:]
        return found if not found or found in self._rates else self._rate.sub("", found, count=1)

    def _product_after(self, text: str, end: int, *, is_count: bool = False) -> str | None:
        """What is made in that amount: 30万吨石英砂、云母粉生产项目 names two things."""
        noun = self._nouns.after(text, end)
        if noun is None:
            return None
        first, carrier = noun, self._carrier.search(noun)
        is_made = is_count and self._machine.search(noun)
        if carrier and not is_made and (not carrier["act"] or self._nouns.tag(carrier["act"]) in ("v", "vn")):
            first = noun[: carrier.start()]
        after = text.find(noun, end) + len(noun)
        listed = self._listed.match(text, after) if first == noun else None
        return first + listed["items"] if listed else first or None

    def is_money(self, measured: str | None) -> bool:
        """Whether only an amount of money can be measured so: 营收, 净利润, 融资."""
        return measured is not None and self._money.search(measured) is not None

    def is_part(self, text: str, end: int, start: int) -> bool:
        """Whether an amount at `start` is a part of the one that ends at `end`: 投资9亿元，其中一期4亿元."""
        return start - end <= _CLAUSE_CHARS and _PART.fullmatch(text, end, start) is not None

    def is_grown(self, text: str, end: int, start: int) -> bool:
        """Whether an amount at `start` is what the one that ends at `end` has become."""
        return start - end <= PHRASE_CHARS and _GROWN.fullmatch(text, end, start) is not None

    def is_again(self, text: str, end: int, start: int) -> bool:
        """Whether an amount at `start` repeats the one that ends at `end` in another currency."""
        return start - end <= PHRASE_CHARS and _AGAIN.fullmatch(text, end, start) is not None

    def _label_before(self, before: str, *, is_time: bool) -> str | None:
        """A noun or act that names a measure, with the words that belong to it: 固定资产投资, 货运量."""
        noun, act = self._label.search(before), self._act.search(before)
        if noun is None or (act is not None and act.start() < noun.start()):
            # 比原计划推迟14个月: the plan is no part of the delay.
            return act["act" if is_time else 0] if act else None
        label, rest = noun[0], before[: noun.start()]
        if noun["suffix"]:
            words = [*cut_words(before)]
            label = words.pop()
            while (
                words and len(label) < 3 and len(words[-1]) < 3 and (len(label) == 1 or len(words[-1]) == 1)
            ):
                label = words.pop() + label
        else:
            words = [*cut_words(rest)]
        kept = self._nouns.modifiers(words, MODIFIER_TAGS, PHRASE_CHARS - len(label))
        while kept and self._nouns.tag(kept[0]) in ("v", "f") and (len(kept) > 1 or len(label) > 2):
            kept.pop(0)
        return "".join(kept) + label

    def _state_after(self, text: str, end: int) -> str | None:
        """150人受伤: what has become of persons."""
        found = self._states.match(text, end) if text[end - 1] in PERSONS else None
        return found[0] if found else None

    def _money_after(self, text: str, end: int) -> str | None:
        """What the money is: 3亿元固定资产贷款, 500万元的奖金."""
        between = BETWEEN.match(text, end)
        first = between.end() if between else end
        window = CLAUSE_BREAK.split(text[first : first + NOUN_CHARS], maxsplit=1)[0]
        taken, best = "", ""
        for word in cut_words(window):
            tag = self._nouns.tag(word)
            is_act = (
                tag == "v"
                and not taken
                and not self._money_head.search(word)
                and word not in self._nouns.act_modifiers
            )
            if is_act or (
                tag not in MODIFIER_TAGS and len(word) > 1 and word not in self._nouns.act_modifiers
            ):
                break
            taken += word
            if self._money_head.search(taken):
                best = taken
        return best or None

    def _price(self, clause: str, text: str, end: int) -> str | None:
        """以1.4亿元转让: the act that the money is given for."""
        if not (_PRICED.search(clause) or _PRICED.search(self._links.sub("", clause))):
            return None
        match = self._price_verb.match(text, end)
        return str(match["verb"]) if match else None

    def _verb_before(self, before: str) -> str | None:
        words = cut_words(before)[-1:]
        if not words or len(words[0]) < 2 or words[0] in self._nouns.no_verbs:
            return None
        return words[0] if self._nouns.tag(words[0]) in ("v", "vn", "vd") else None


def _ends_phrase(text: str, end: int) -> bool:
    """Whether nothing follows that could be counted, or the act itself is."""
    return text[end - 1] in TIMES or not "\u4e00" <= text[end : end + 1] <= "\u9fff"
