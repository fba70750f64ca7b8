"""The noun beside an amount: what is counted, weighed or paid, by the classes of its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import jieba
import jieba.posseg
from rjieba import cut

NOUN_CHARS = 16
PHRASE_CHARS = 8
# Word classes of jieba's dictionary that a counted noun is made of.
_NOUN_TAGS = frozenset(
    {"n", "nz", "nt", "nl", "ng", "vn", "eng", "j", "b", "an", "l", "nrt", "nr", "s", "ns"}
)
_HEAD_TAGS = frozenset({"n", "nz", "nl", "ng", "vn", "eng", "j", "nrt", "l", "nr", "nt", "ns"})
MODIFIER_TAGS = _NOUN_TAGS | {"a", "v", "f"}
CLAUSE_BREAK = re.compile(r"[，,。；;：:！!？?\n、（）()“”\"《》·▲◆■]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9\-]*")
# Behind the amount, before its noun: 5家以上科技企业, 五年期协议, 3亿元的订单.
BETWEEN = re.compile(
    r" ?(?:(?<=[万亿千百年月天时])多(?![种元边功层媒晶头普样糖肽用])|级(?![别差联数])的?"
    r"|以上|以下|以内|左右|上下|人民币|内(?![部陆地蒙外资河科燃存容需销战政阁贸衣置在])"
    r"|(?P<term>期(?!间|待)))? ?(?P<of>的)? ?(?:\d{1,2}年期)?"
)
_KIND_SUFFIXES = frozenset("级型用类")
NUMERAL = re.compile(r"[约近超逾达为有]{0,2}[\d一二两三四五六七八九十百千万]")
_PAPER = re.compile("(?:采购|供货|购销|销售|供应|进口|出口|买卖|订购)*(?:合同|协议|订单)$")
_PAPER_UNITS = frozenset("份个项笔单类种元期年月")
# 5个乡镇9个企业; 单机容量11兆瓦 is a size.
_NEXT_COUNT = re.compile(
    r"[约近超逾]?[\d一二两三四五六七八九十百千万]+[余多]?[个家名位项条座种户所件台辆批份张]"
)
_SIZES = frozenset("产量积长高宽重深径度率额")
# 3名航天员身心状态良好: of persons only the word for them is counted.
_PERSON_UNITS = frozenset("名位")
_PERSON_END = re.compile(r".*(?:[员者人生师家手兵士民军夫友客工童孩众属官长户孤部]|股东)(?:代表)?")
# 士兵调动到: the noun has ended before what it does.
_DOES = re.compile("[到了至过向往给成]")
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
TIMES = frozenset("次场趟回遍轮届人")
PERSONS = frozenset("人例户")
ORGANIZATION_ENDS = (
    "公司", "集团", "股份", "银行", "大学", "学院", "医院", "政府", "管委会", "区", "市", "县", "镇", "乡",
    "村", "省", "州", "分行", "支行", "学校", "中心", "协会", "商会", "财政", "局", "厅", "委", "办", "部",
)  # fmt: skip


class NounReader:
    """Reads the noun beside a number by the word classes of jieba's dictionary; vocabulary: `measures`."""

    def __init__(self, words: Mapping[str, Any], label: re.Pattern[str]) -> None:
        self._label = label
        self._link_words = frozenset(words["links"])
        self._heads = frozenset(words["heads"])
        self._stand_before = frozenset(words["singles"]) & frozenset(words["heads"]) | {"地"}
        self._singles, self._as_nouns = frozenset(words["singles"]), frozenset(words["as_nouns"])
        self.act_modifiers = frozenset(words["act_modifiers"])
        self._acts = frozenset(words["acts"]) - self.act_modifiers
        self._no_openers = self._acts.union(words["no_verbs"], words["no_openers"])
        self._not_last = frozenset(words["not_last"])
        self.no_verbs = frozenset(words["no_verbs"])
        self._no_heads, self._scopes = frozenset(words["no_heads"]), frozenset(words["scopes"])
        self._tags: dict[str, str] | None = None

    def modifiers(self, words: list[str], tags: frozenset[str], limit: int) -> list[str]:
        """Takes the last words that belong to a noun off `words`."""
        kept: list[str] = []
        while words and self._is_part(words[-1], tags) and len("".join(kept)) + len(words[-1]) <= limit:
            kept.insert(0, words.pop())
        return kept

    def _is_part(self, word: str, tags: frozenset[str]) -> bool:
        if len(word) == 1:
            return word in "总净新首年月日均单全原现各"
        # The dictionary calls many a 大桥 or 毛竹林 a name.
        is_name = self.tag(word) in ("nt", "ns", "nr") and word[-1] not in self._heads
        is_body = is_name or word.endswith(ORGANIZATION_ENDS)
        return self.tag(word) in tags and not is_body and word not in self._link_words

    def after(self, text: str, end: int, *, is_linked: bool = False) -> str | None:
        """The noun behind an amount; `is_linked`: only where 的 or 期 joins them (五年期协议)."""
        between = BETWEEN.match(text, end)
        first = between.end() if between else end
        if grade := _GRADE.match(text, first):
            first = grade.end()
        if is_linked and not (between and (between["of"] or between["term"])):
            return None
        window = CLAUSE_BREAK.split(text[first : first + NOUN_CHARS], maxsplit=1)[0]
        latin = _LATIN.match(window)
        taken = latin[0] if latin else ""
        best, ends, last = len(taken), [], ""
        for word in cut_words(window[best:]) if len(window) > best else ():
            tag = self.tag(word)
            if tag in ("v", "x") and _PERSON.fullmatch(word):
                tag = "n"
            tags = MODIFIER_TAGS if is_linked else _NOUN_TAGS
            is_modifier = word in self.act_modifiers or word in _PREFIXES or word in self._scopes
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
                best, last = len(taken), tag
                ends.append(best)
        if len(ends) > 1 and last == "vn" and _DOES.match(window, best):
            best = ends[-2]
        if text[end - 1] in _PERSON_UNITS:
            best = next((size for size in reversed(ends) if _PERSON_END.fullmatch(taken[:size])), best)
        noun = taken[:best]
        if noun in self.act_modifiers:
            return None
        if NUMERAL.match(window, best) and not (
            _NEXT_COUNT.match(window, best) and _is_counted(text, end, noun)
        ):
            # 40台单机容量11兆瓦的机组: what is named here is measured by the next number.
            return None
        if text[end - 1] not in _PAPER_UNITS:
            # 2万套温控阀供货合同
            noun = _PAPER.sub("", noun) or noun
        if len(noun) == 1:
            following = (*cut_words(window[1:])[:1], "，")[0]
            is_end = not "\u4e00" <= following[0] <= "\u9fff" or (
                text[end - 1] in _RELATIVE_UNITS and self.tag(following)[0] in "vdpcur"
            )
            return noun if noun in self._singles and is_end else None
        return noun or None

    def behind_verb(self, text: str, end: int) -> str | None:
        """3座加氢站, 5个突出特性: a verb opens the name of what is counted."""
        if text[end - 1] not in _RELATIVE_UNITS:
            return None
        words = [*cut_words(CLAUSE_BREAK.split(text[end : end + NOUN_CHARS], maxsplit=1)[0])[:3], ""]
        verb, noun, after = (*words, "", "")[:3]
        is_open = len(verb) > 1 and self.tag(verb) == "v" and verb not in self._no_openers
        is_noun = self.tag(noun) in ("n", "nz") or noun in self._singles or noun in self._heads
        is_whole = not after or self.tag(after) not in _NOUN_TAGS | {"m"}
        return verb + noun if is_open and is_noun and is_whole else None

    def is_act(self, before: str) -> bool:
        """Whether no more than an act stands before the number: 架设12条."""
        words = cut_words(before)[-2:]
        is_act = bool(words) and self.tag(words[-1]) in ("v", "vn")
        return is_act and (len(words) == 1 or self.tag(words[0]) not in _NOUN_TAGS)

    def behind_clause(self, text: str, end: int) -> str | None:
        """6位坐镇指挥的将军 counts 将军."""
        clause = _RELATIVE.match(text, end) if text[end - 1] in _RELATIVE_UNITS else None
        if clause is None or not any(self.tag(word)[0] in "vaprzlid" for word in cut_words(clause[0])):
            return None
        return self.after(text, clause.end())

    def before(self, before: str) -> str | None:
        """A noun right before the linking words: 通行线路达22条 measures 通行线路."""
        words = [*cut_words(before)]
        if words and words[-1] in ORGANIZATION_ENDS and len(words[-1]) > 1:
            return str(words[-1])
        # 油茶林, 水稻田: the head is a noun of one character.
        is_headed = len(words) > 1 and words[-1] in self._heads and self._is_part(words[-2], _NOUN_TAGS)
        head = words.pop() if is_headed else ""
        kept = self.modifiers(words, _NOUN_TAGS, PHRASE_CHARS)
        while len(kept) > 1 and (self.tag(kept[0]) == "vn" or kept[0] in self._acts):
            kept.pop(0)
        if not kept and words and words[-1] in self._stand_before:
            # 产煤, 设站, 危桥
            is_long = len(words) > 1 and len(words[-2]) == 1 and self.tag(words[-2]) in ("n", "a", "b")
            return "".join(words[-2:]) if is_long else words[-1]
        if not kept or (not head and self.tag(kept[-1]) not in _HEAD_TAGS) or kept[-1] in self.no_verbs:
            return None
        if not head and (kept[-1] in self._no_heads or kept[-1] in self._scopes):
            return None
        phrase = "".join(kept) + head
        return phrase if len(phrase) > 1 else None

    def tag(self, word: str) -> str:
        """The class of a word in jieba's dictionary."""
        if self._tags is None:
            tokenizer = jieba.posseg.POSTokenizer(jieba.dt)
            tokenizer.makesure_userdict_loaded()
            tokenizer.initialize()
            self._tags = tokenizer.word_tag_tab
        if word in self._as_nouns:
            return "n"
        if word.isascii():
            return "eng" if word.isalpha() else "x"
        return self._tags.get(word, "x")


def _is_counted(text: str, end: int, noun: str) -> bool:
    """Whether a noun between two numbers is what the first one counts: 5个乡镇9个企业."""
    return text[end - 1] not in PERSONS and noun[-1:] not in _SIZES


# The same few words stand around most amounts, and each is looked at by several readers.
@lru_cache(maxsize=4096)
def cut_words(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(cut(text, False))
