"""What a quantity measures, from the words beside it: 占地面积约300亩, 200余位嘉宾, 年产30万吨云母粉.

The order in which the places are looked at depends on the dimension: a number of things is named behind it,
money, shares and spans of time mostly before it. Vocabulary: `measures` of `units.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import jieba
import jieba.posseg
from rjieba import cut

from transforms.extract.firsts import begun
from transforms.extract.patterns import any_of

_CLAUSE_CHARS = 28
_NOUN_CHARS = 16
_PHRASE_CHARS = 8
# Word classes of jieba's dictionary that a counted noun is made of.
_NOUN_TAGS = frozenset(
    {"n", "nz", "nt", "nl", "ng", "vn", "eng", "j", "b", "an", "l", "nrt", "nr", "s", "ns"}
)
_HEAD_TAGS = frozenset({"n", "nz", "nl", "ng", "vn", "eng", "j", "nrt", "l", "nr", "nt", "ns"})
_MODIFIER_TAGS = _NOUN_TAGS | {"a", "v", "f"}
_CLAUSE_BREAK = re.compile(r"[，,。；;：:！!？?\n、（）()“”\"《》·▲◆■]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9\-]*")
# Behind the amount, before its noun: 5家以上科技企业, 五年期协议, 3亿元的订单.
_BETWEEN = re.compile(
    r" ?(?:以上|以下|以内|左右|上下|人民币|内(?![部陆地蒙外资河科燃存容需销战政阁贸衣置在])"
    r"|(?P<term>期(?!间|待)))? ?(?P<of>的)? ?(?:\d{1,2}年期)?"
)
_EACH = re.compile(
    r"每(?:[公市]?斤|吨|克|亩|公顷|平方?米|立方米?|平方公里|公里|千米|升|桶|度电?|千瓦时|[人户股件台套个只头张份家名位辆袋箱瓶盒羽枚])$"
)
_KIND_SUFFIXES = frozenset("级型用类")
_AND_SO_ON = re.compile("等(?:共|共计|合计|近|约|逾|超)?$")
_NUMERAL = re.compile(r"[约近超逾达为有]{0,2}[\d一二两三四五六七八九十百千万]")
# (约合人民币9亿元) says again what the amount before it says.
_AGAIN = re.compile(r"[ （(，,]*(?:约合|折合|约折合|合|约|即)(?:人民币)?约? ?$")
_PART = re.compile(r"[，,；;、（(][^。！？；;\n]{0,6}其中[^，。；;、\n]{0,16}|[和与及、]")
# 从1.2亿只提升到3亿只 measures at both ends the same.
_GROWN = re.compile(
    r"[\u4e00-\u9fff]{0,4}?(?:提升|提高|增加|增长|增|扩大|扩建|扩|扩展|上升|上涨|涨|升|减少|降低|下降|降|减|缩短|缩减|压缩|缩)(?:到|至|为|成)(?:了|现在的|目前的|如今的)?"
)
# 3个1000吨级泊位: the second number says of what grade the counted things are.
_GRADE = re.compile(r"\d[\d.]*万?[\u4e00-\u9fffA-Za-z]{1,3}级的?")
# 新产品, 前首相, 女将: they belong to the noun behind them.
_PREFIXES = frozenset("前新原老大小女男正副主旧总")
# 6位坐镇指挥的将军: what stands between the number and the counted thing, and what opens no such clause.
_RELATIVE = re.compile(
    r"(?<!国家)(?![是为被在将均都也和与及等、])[^的，,。；;：:！!？?\n、（）()“”\"《》\d]{2,14}的"
)
# The dictionary calls 选手 a verb, and does not have many a person.
_PERSON = re.compile("选手|帮手|.+[员人者]")
_RELATIVE_UNITS = frozenset("名位个家种款项部台辆架艘套座条只件张支所间幅篇")
# 三次, 两场: what is counted is the act itself, whatever follows.
_TIMES = frozenset("次场趟回遍轮届人")
_PERSONS = frozenset("人例户")
_PRICED = re.compile(r"(?:以|作价|用)(?:现金|总价|合计|共)?$")
_ORGANIZATION_ENDS = (
    "公司", "集团", "股份", "银行", "大学", "学院", "医院", "政府", "管委会", "区", "市", "县", "镇", "乡",
    "村", "省", "州", "分行", "支行", "学校", "中心", "协会", "商会", "财政", "局", "厅", "委", "办", "部",
)  # fmt: skip


class MeasureReader:
    """Reads the measured thing from the clause around a quantity; built once per process."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        units = lookups["units"]
        words = units["measures"]
        bounds = [word for words in units["bounds_before"].values() for word in words]
        links = any_of([*words["links"], *bounds])
        self._links = re.compile(rf"(?:{links}|人民币|\s)*$")
        self._link_words = frozenset(words["links"])
        nouns, acts = any_of(words["nouns"]), any_of(words["acts"])
        # The longer of two readings that end where the number begins wins, so the search is from the left.
        self._act = begun(rf"(?:{any_of(words['before_acts'])})*(?P<act>{acts})$")
        self._label = re.compile(rf"(?:{nouns}|[\u4e00-\u9fff](?P<suffix>价|款|费|额|率|(?<![大少尽])量))$")
        self._money_head = re.compile(rf"(?:{any_of(words['money_heads'])})$")
        self._price_verb = begun(
            rf"(?:的(?:总?价格?|对价|报价|价款|代价))?(?:将|拟)?(?P<verb>{any_of(words['price_verbs'])})"
        )
        self._money = re.compile(rf"(?:{any_of(words['of_money'])})$")
        yearly = [word for words in units["periods"].values() for word in words if word.endswith("产")]
        # 年产各类叶片将达到1500套
        self._yearly = re.compile(
            rf"(?:{any_of(yearly)})(?P<product>(?![能值量额])[\u4e00-\u9fff]{{2,{_PHRASE_CHARS}}}?)??"
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
            rf"(?P<items>(?:[、和及与](?!{_NUMERAL.pattern})[^、和及与，,。；;：:！!？?\n（）()“”\"《》\d]{{2,8}}?){{1,4}})"
            rf"(?:{any_of(words['carriers'])})"
        )
        self._heads = frozenset(words["heads"])
        self._not_last = frozenset(words["not_last"])
        self._act_modifiers = frozenset(words["act_modifiers"])
        self._no_verbs = frozenset(words["no_verbs"])
        self._no_heads, self._scopes = frozenset(words["no_heads"]), frozenset(words["scopes"])
        self._states = re.compile(rf"(?:{any_of(words['states'])})(?![的者])")
        # 1997年贸易顺差: the year is the date's.
        self._dated = re.compile(rf"(?!{units['not_told']})[年月日]")
        self._tags: dict[str, str] | None = None

    def read(self, text: str, start: int, end: int, *, dimension: str) -> str | None:
        """The measured thing of the quantity at `[start, end)`, `None` where the sentence leaves it open."""
        # 收盘价：6.06元
        window = text[max(0, start - _CLAUSE_CHARS) : start].rstrip("：: ")
        # 企业负责人等二百余人
        clause = _CLAUSE_BREAK.split(_AND_SO_ON.sub("", window))[-1]
        if yearly := self._yearly.search(clause):
            # The period says that it is a year's; 年产30万吨 alone measures just that.
            return (
                yearly["product"]
                or self._product_after(text, end, is_count=dimension == "count")
                or yearly[0]
            )
        before = self._links.sub("", clause)
        each = _EACH.search(before)
        if each:
            before = self._links.sub("", before[: each.start()])
        is_part = "占" in clause[len(before) :]

        def label() -> str | None:
            return self._label_before(before, is_time=dimension == "duration")

        if dimension == "count":
            readers: tuple[Callable[[], str | None], ...] = (
                lambda: self._noun_after(text, end),
                lambda: self._noun_behind_clause(text, end),
                lambda: self._state_after(text, end),
                label,
                lambda: self._noun_before(before),
                lambda: self._verb_before(before) if _ends_phrase(text, end) else None,
            )
        elif dimension in ("money", "rate"):
            readers = (
                label,
                lambda: self._price(clause, text, end),
                lambda: self._money_after(text, end),
                lambda: self._noun_before(before) if each else self._verb_before(before),
            )
        elif dimension == "duration":
            readers = (
                label,
                lambda: self._noun_after(text, end, is_linked=True),
                lambda: self._verb_before(before),
            )
        elif dimension in ("share", "percentage_points", "ratio", "number"):
            readers = (
                label,
                lambda: self._noun_after(text, end),
                lambda: None if is_part else self._noun_before(before) or self._verb_before(before),
            )
        elif dimension in ("age", "temperature"):
            readers = (label,)
        else:
            readers = (
                label,
                lambda: self._product_after(text, end),
                lambda: self._noun_before(before),
                lambda: self._verb_before(before),
            )
        found = next((found for reader in readers if (found := reader())), None)
        if found and (at := text.rfind(found, 0, start)) > 0 and self._dated.match(text, at):
            found = found[1:]
        return found if not found or found in self._rates else self._rate.sub("", found, count=1)

    def _product_after(self, text: str, end: int, *, is_count: bool = False) -> str | None:
        """What is made in that amount: 30万吨石英砂、云母粉生产项目 names two things."""
        noun = self._noun_after(text, end)
        if noun is None:
            return None
        first, carrier = noun, self._carrier.search(noun)
        is_made = is_count and self._machine.search(noun)
        if carrier and not is_made and (not carrier["act"] or self._tag(carrier["act"]) in ("v", "vn")):
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
        return start - end <= _PHRASE_CHARS and _GROWN.fullmatch(text, end, start) is not None

    def is_again(self, text: str, end: int, start: int) -> bool:
        """Whether an amount at `start` repeats the one that ends at `end` in another currency."""
        return start - end <= _PHRASE_CHARS and _AGAIN.fullmatch(text, end, start) is not None

    def _label_before(self, before: str, *, is_time: bool) -> str | None:
        """A noun or act that names a measure, with the words that belong to it: 固定资产投资, 货运量."""
        noun, act = self._label.search(before), self._act.search(before)
        if noun is None or (act is not None and act.start() < noun.start()):
            # 比原计划推迟14个月: the plan is no part of the delay.
            return act["act" if is_time else 0] if act else None
        label, rest = noun[0], before[: noun.start()]
        if noun["suffix"]:
            words = [*_cut(before)]
            label = words.pop()
            while (
                words and len(label) < 3 and len(words[-1]) < 3 and (len(label) == 1 or len(words[-1]) == 1)
            ):
                label = words.pop() + label
        else:
            words = [*_cut(rest)]
        kept = self._nouns_before(words, _MODIFIER_TAGS, _PHRASE_CHARS - len(label))
        while kept and self._tag(kept[0]) in ("v", "f") and (len(kept) > 1 or len(label) > 2):
            kept.pop(0)
        return "".join(kept) + label

    def _nouns_before(self, words: list[str], tags: frozenset[str], limit: int) -> list[str]:
        kept: list[str] = []
        while words and self._is_part(words[-1], tags) and len("".join(kept)) + len(words[-1]) <= limit:
            kept.insert(0, words.pop())
        return kept

    def _is_part(self, word: str, tags: frozenset[str]) -> bool:
        if len(word) == 1:
            return word in "总净新首年月日均单全原现各"
        # The dictionary calls many a 大桥 or 毛竹林 a name.
        is_name = self._tag(word) in ("nt", "ns", "nr") and word[-1] not in self._heads
        is_body = is_name or word.endswith(_ORGANIZATION_ENDS)
        return self._tag(word) in tags and not is_body and word not in self._link_words

    def _noun_after(self, text: str, end: int, *, is_linked: bool = False) -> str | None:
        """The noun behind an amount; `is_linked`: only where 的 or 期 joins them (五年期协议)."""
        between = _BETWEEN.match(text, end)
        first = between.end() if between else end
        if grade := _GRADE.match(text, first):
            first = grade.end()
        if is_linked and not (between and (between["of"] or between["term"])):
            return None
        window = _CLAUSE_BREAK.split(text[first : first + _NOUN_CHARS], maxsplit=1)[0]
        latin = _LATIN.match(window)
        taken = latin[0] if latin else ""
        best = len(taken)
        for word in _cut(window[best:]) if len(window) > best else ():
            tag = self._tag(word)
            if tag in ("v", "x") and _PERSON.fullmatch(word):
                tag = "n"
            tags = _MODIFIER_TAGS if is_linked else _NOUN_TAGS
            is_modifier = word in self._act_modifiers or word in _PREFIXES or word in self._scopes
            if best and not is_modifier and (word in self._no_heads or tag == "v"):
                # 鲜花竞相开放, 90年的话剧达到高潮: the noun has ended.
                break
            # Of a word that the dictionary does not have 特困 may be a part, never the head.
            is_open = tag == "a" or (tag == "x" and not best)
            is_open = is_open and len(word) > 1 and "\u4e00" <= word[0] <= "\u9fff"
            is_noun = (tag in tags or is_open) and word not in self._not_last
            # 电子级磷酸, 食品用香料
            is_suffix = bool(taken) and word in _KIND_SUFFIXES
            if not is_noun and not is_suffix and not is_modifier:
                break
            taken += word
            if tag in _HEAD_TAGS and not (
                word in self._no_heads or word in _PREFIXES or word in self._scopes
            ):
                best = len(taken)
        if _NUMERAL.match(window, best):
            # 40台单机容量11兆瓦的机组: what is named here is measured by the next number.
            return None
        noun = taken[:best]
        if noun in self._act_modifiers:
            return None
        return noun if len(noun) > 1 else None

    def _noun_behind_clause(self, text: str, end: int) -> str | None:
        """6位坐镇指挥的将军 counts 将军."""
        clause = _RELATIVE.match(text, end) if text[end - 1] in _RELATIVE_UNITS else None
        if clause is None or not any(self._tag(word)[0] in "vaprzlid" for word in _cut(clause[0])):
            return None
        return self._noun_after(text, clause.end())

    def _state_after(self, text: str, end: int) -> str | None:
        """150人受伤: what has become of persons."""
        found = self._states.match(text, end) if text[end - 1] in _PERSONS else None
        return found[0] if found else None

    def _money_after(self, text: str, end: int) -> str | None:
        """What the money is: 3亿元固定资产贷款, 500万元的奖金."""
        between = _BETWEEN.match(text, end)
        first = between.end() if between else end
        window = _CLAUSE_BREAK.split(text[first : first + _NOUN_CHARS], maxsplit=1)[0]
        taken, best = "", ""
        for word in _cut(window):
            tag = self._tag(word)
            is_act = tag == "v" and not taken and word not in self._act_modifiers
            if is_act or (tag not in _MODIFIER_TAGS and len(word) > 1 and word not in self._act_modifiers):
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
        words = _cut(before)[-1:]
        if not words or len(words[0]) < 2 or words[0] in self._no_verbs:
            return None
        return words[0] if self._tag(words[0]) in ("v", "vn", "vd") else None

    def _noun_before(self, before: str) -> str | None:
        """A noun right before the linking words: 通行线路达22条 measures 通行线路."""
        words = [*_cut(before)]
        if words and words[-1] in _ORGANIZATION_ENDS and len(words[-1]) > 1:
            return str(words[-1])
        # 油茶林, 水稻田: the head is a noun of one character.
        is_headed = len(words) > 1 and words[-1] in self._heads and self._is_part(words[-2], _NOUN_TAGS)
        head = words.pop() if is_headed else ""
        kept = self._nouns_before(words, _NOUN_TAGS, _PHRASE_CHARS)
        while len(kept) > 1 and self._tag(kept[0]) == "vn":
            kept.pop(0)
        if not kept or (not head and self._tag(kept[-1]) not in _HEAD_TAGS) or kept[-1] in self._no_verbs:
            return None
        if not head and (kept[-1] in self._no_heads or kept[-1] in self._scopes):
            return None
        phrase = "".join(kept) + head
        return phrase if len(phrase) > 1 else None

    def _tag(self, word: str) -> str:
        if self._tags is None:
            tokenizer = jieba.posseg.POSTokenizer(jieba.dt)
            tokenizer.makesure_userdict_loaded()
            tokenizer.initialize()
            self._tags = tokenizer.word_tag_tab
        if word.isascii():
            return "eng" if word.isalpha() else "x"
        return self._tags.get(word, "x")


def _ends_phrase(text: str, end: int) -> bool:
    """Whether nothing follows that could be counted, or the act itself is."""
    return text[end - 1] in _TIMES or not "\u4e00" <= text[end : end + 1] <= "\u9fff"


# The same few words stand around most amounts, and each is looked at by several readers.
@lru_cache(maxsize=4096)
def _cut(text: str) -> tuple[str, ...]:
    return tuple(cut(text, False))
