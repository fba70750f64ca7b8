"""Whether what stands behind a title is a name: by its surname, the words in it and what follows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rjieba import tag

from transforms.extract.names import titled_slots as near_titles
from transforms.extract.names.titled_slots import Slot
from transforms.extract.patterns import any_of, one_of_firsts
from transforms.extract.roles.titles import TitleGrammar
from transforms.normalize.words import Words

RANKS = frozenset({"chief", "deputy"})
DOTS = re.compile("[·•・‧]")
_REACH = 24
# A word as frequent as this in jieba's dictionary is no name; names in it are rarer.
_WORD, _WORD_INSIDE, _OFTEN = 30, 60, 1000
_NO_WORDS = frozenset("cdprtfuq")
_MARK = r"[，、。；：！？“”（）,;:!?\"()《》\s]|$"
_KINDS = ("mark", "says", "acts", "opens")
_PREPOSITIONS = frozenset("和于向从由")
_NAMES = frozenset({"nr", "ns", "nz"})
_FUNCTIONS = frozenset("cdpruv")
# 高峰 and 时代 before a comma may be names, 明天 and 谈到 are none.
_NAMELIKE = frozenset({"nr", "n", "ns", "nz"})
_GOES_ON, _DEEDS = frozenset("cdmpr"), frozenset({"v", "vd", "d"})
_NOUNS = frozenset({"nr", "n", "ns", "nz", "s", "t", "b", "i", "j"})
_QUALITIES = frozenset({"a", "an", "m", "v", "vn"})
_COUNTED = frozenset("余多名人元吨亩个家项")
_PARTICLES = frozenset(
    "的了在是和与及都也还就将已被把给对向从为以因等说称表示们过着兼任由之或一不有这那其各该并同共大小上下中率请"
)
_NO_END = _PARTICLES.union("里地得着于")
# What a name in a list of titled persons may be as a word: 庄严, 高兴, 宣扬.
_DONE = tuple("过了着起上下开")
_ROW = frozenset({"a", "an", "b", "v", "vn", "n", "nr", "ns", "nz", "i"})
_ROW_GOES_ON = re.compile("[、，][\u4e00-\u9fff]{0,16}")
_ROW_NAME = re.compile("[\u4e00-\u9fff]{2,3}?(?=[、，。]|等|参加|出席|陪同|分别|一同|共同)")
_ROW_LAST = re.compile("(?P<mark>[、，])[\u4e00-\u9fff]{0,16}$")
_CLAUSE = frozenset("的了在是中叫")
# 轮值主席|国, 教练|员, 大公|司
_ACROSS = frozenset({"席国", "练员", "公司"})
_PRONOUNS = frozenset("他她它我你们")
_NEVER_LAST = frozenset("摄称以在过着说等率签并的了已将还也就都不则却便仍曾又是把给被讲获赴抵像这那其该此")
_TOGETHER = frozenset("与和同等")
_WHAT, _LED = frozenset({"n", "v", "vn"}), frozenset("向和与跟同找请让对给替")
# 总经理成功告诉记者: no adverb stands before these.
_TELLS = re.compile(
    "[，、]|则|作了?[^，。；]{0,6}(?:推介|演讲|报告)|介绍|告诉记者|坦言|透露|回应|补充|出席|陪同|致辞"
)
_REPORTER = re.compile("记者|通讯员|实习生")
_NO_NAME = frozenset("的了在是不对向跟给把被地得着过")
# 聘请会长江雁为“顾问”
_NAMED = re.compile('[“"「《]')
_SOMEBODY = re.compile("[\u4e00-\u9fff]某[^某甲乙丙丁戊]")
_WHEN, _LONGEST = re.compile("时[，,]"), 4
_VERB_ENDS = frozenset("了着过说")
_SELDOM_LAST = frozenset("与和对向为同及时")
TAILS = _NEVER_LAST | _SELDOM_LAST
# Surnames that mostly begin a phrase behind a title: 局长于近日, 董事长和总裁.
PHRASE = frozenset("和于都应全能从向后由时当过令任曾成连常来多")
# 市长期以来, 农户种的多, 成员边走边看
_TAKES = ("任", "担任", "出任", "兼任", "主持")
# 成员省经信委
_OFFICE = re.compile("[省市县区].{1,3}[委局厅办]")
# 应邀作为主席特别代表来法出席
_VISITS = re.compile("来[京沪港澳台美俄英法德日韩朝印巴泰越]")
_PHRASES = re.compile("以来|的|边.边")
_AT = re.compile("在[^，。；]{0,8}(?:[会场]上|现场|时[，候]|仪式)")


class NameShapes:
    """Built once from `persons.yml`.

    Args:
        lookups: Parsed seed files by stem; reads `persons`.
        grammar: Of titles.
        words: Frequencies of words.
    """

    def __init__(self, lookups: Mapping[str, Any], grammar: TitleGrammar, words: Words) -> None:
        persons = lookups["persons"]
        self._grammar, self._words = grammar, words
        self._surnames = frozenset(persons["surnames"] + persons["rare_surnames"])
        self._rare = frozenset(persons["rare_surnames"])
        self._compound = frozenset(persons["compound_surnames"])
        self._foreign = frozenset(persons["transliteration"])
        self._sounds = self._foreign.union(persons["dotted"])
        self._never = frozenset([*persons["not_behind_titles"], *persons["says"], *persons["acts"]])
        self._listed = frozenset(persons["names_in_lists"])
        self._given = frozenset(persons["words_as_names"])
        says, acts, opens = (any_of(persons[kind]) for kind in _KINDS[1:])
        said = f"的(?:{any_of(persons['of_speakers'])})"
        firsts = one_of_firsts(
            [*persons["says"], *persons["acts"], *persons["opens"], *"称边与和在对向为等同及的作以"]
        )
        self.behind = re.compile(
            # One look spares most places the words.
            rf"(?:{firsts}|(?={_MARK}|[0-9])|(?=\w{{2,3}}地))(?:(?P<mark>{_MARK})|(?P<says>{says}|{said}|称(?=[，：“])|(?:\w\w|\w(?P<twice>\w)(?P=twice))地(?:说|讲|告诉|介绍))"
            rf"|(?P<acts>{acts}|边[^，。；]{{1,4}}?边|作了?(?=[^，。；]{{0,6}}(?:推介|演讲|报告|致辞|讲话|发言|点评|分享|动员|介绍))|为(?=[^，。；]{{0,10}}(?:顾问|大使|客座教授|名誉[院会]长)))|(?P<opens>{opens})|[与和在对向为等同及的作以]|[0-9]{{1,2}}[月日])"
        )
        """What ends a name; the group tells what it is."""

    def is_never(self, name: str) -> bool:
        """Whether it is a word of the vocabulary that names nobody."""
        return name in self._never

    def _is_idiom(self, words: str) -> bool:
        """Whether four characters are a saying: 外商纷至沓来, 职工能进能出."""
        if len(words) < 4 or not self._words.frequency(words):
            return False
        return tag(words)[0][1] in ("i", "l") or words[0] == words[2]

    def takes_office(self, text: str, at: int) -> bool:
        """Whether 为 or 任 leads to an office: 以县长江雁为组长, 副县长谷雨任副组长."""
        if text[at : at + 1] not in {"为", "任"} or text.startswith(_TAKES, at + 1):
            return False
        office = self._grammar.match_start(text, at + 1)
        return office is not None and office.rank in RANKS

    def is_framed(self, frame: re.Match[str]) -> bool:
        """Whether what stands in the frame of an appointment may be a name: no 后来任, 由党员担任."""
        name, is_made = frame["name"], frame["made"] is not None
        if name[0] not in self._surnames and name[:2] not in self._compound:
            return False
        words = tag(name)
        if self.is_never(name) or name[-1] in _PRONOUNS or any(kind in _NO_WORDS for _, kind in words):
            return False
        return is_made or not (name[0] in self._rare or words[0][1] in ("n", "v", "m"))

    def fits(self, text: str, slot: Slot) -> bool:
        """Whether what stands behind a title is a name."""
        start, end, title = slot.start, slot.end, slot.title
        name = text[start:end]
        if text[start - 1 : start + 1] in _ACROSS or self._is_idiom(text[start : start + 4]):
            return False
        if _VISITS.fullmatch(name) is not None:
            return False
        if _SOMEBODY.match(name) is not None:
            # 江某诉, but 江某某 and 江某甲
            return False
        behind = self.behind.match(text, end)
        if name[0].isascii():
            return True
        if dotted := DOTS.search(name):
            rest = name[dotted.start() :]
            seen = DOTS.search(text, start, slot.engine_end or start)
            return (
                self._sounds.issuperset(DOTS.sub("", rest))
                and seen is None
                and _REPORTER.search(name) is None
                and _CLAUSE.isdisjoint(name[: dotted.start()])
                and self._grammar.search(name[: dotted.start()]) is None
            )
        is_chief = title.rank in RANKS
        marked, speaks, acts, opens = (behind is not None and behind[kind] is not None for kind in _KINDS)
        is_told = speaks or (is_chief and _TELLS.match(text, end) is not None)
        if name in self._given and slot.anchored and (is_chief or len(title.head) > 2) and is_told:
            return True
        if name in self._never and not (name in self._listed and text.startswith("、", end)):
            return False
        if (
            _OFFICE.fullmatch(name)
            or _PHRASES.search(name)
            or (name[0] == "边" and text.startswith("边", end))
        ):
            return False
        acts = acts or _AT.match(text, end) is not None
        marked = marked or (slot.anchored and is_chief and self._meets(text, end))
        is_sure = marked or speaks or acts or opens
        if _WHEN.match(text, end - (name[-1] == "时")) and near_titles.MET.search(
            text, max(0, start - _REACH), start
        ):
            # 见到总经理江雁时，她刚到。
            return name[-1] != "时" and name[0] in self._surnames and len(name) < _LONGEST
        if name[-1] in _PRONOUNS or (name[-1] in _NEVER_LAST and (len(name) > 2 or name[-1] in _VERB_ENDS)):
            return False
        if name[-1] == "为" and _NAMED.match(text, end) is not None:
            return False
        if len(name) > 2 and name[-1] in _SELDOM_LAST:
            is_joined = is_sure or text[end : end + 1] in tuple("与和同")
            if text.startswith("代表", end) or not is_joined:
                return False
        if slot.padded and len(name) == 2 and slot.anchored:
            return True
        if title is near_titles.APPOINTED and len(name) > 2 and name[0] in self._surnames:
            return behind is not None and _PARTICLES.isdisjoint(name[1:])
        # 批发商续了约, 工人从海州来
        is_led = len(name) == 3 and name[0] in _PREPOSITIONS and tag(name[1:]) == [(name[1:], "ns")]
        if name[1] == "了" or is_led:
            return False
        surname = 2 if len(name) > 2 and name[:2] in self._compound else 1
        if len(name) > surname + 1 and self._runs_over(text, end):
            return False
        if surname == 1 and (name[0] not in self._surnames or len(name) > 3):
            return is_sure and slot.anchored and self._is_strange(text, slot)
        is_long = len(title.head) > 2
        if not slot.anchored and title.end - title.start < 3 and self._crosses(text, start):
            return False
        if not (slot.anchored or is_chief):
            is_clear = is_sure and is_long and not self._crosses(text, start)
            if not (is_clear or (is_sure and self._is_seen_as_name(text, slot))):
                return False
        is_loose = behind is None or opens
        if is_loose and slot.engine_end == end - 1 and self._goes_on(text, end - 1):
            return False
        if behind is None:
            is_seen = self._is_seen_as_name(text, slot) or self.is_before_verb(text, slot)
            return is_seen or self.takes_office(text, end)
        if surname == 2 or (slot.parted and name[0] not in _PREPOSITIONS):
            return True
        frequency = self._words.frequency(name)
        if len(name) > 2:
            begun = name[0] in PHRASE and name[0] not in _PREPOSITIONS
            if (
                begun
                and speaks
                and is_chief
                and slot.anchored
                and not frequency
                and _NO_NAME.isdisjoint(name)
            ):
                # 副局长全有信说
                return True
            is_joined = behind[0] in _TOGETHER
            is_firm = (is_chief or is_long or speaks or acts) and slot.anchored and (is_sure or is_joined)
            return self._is_long_name(
                name, frequency, acting=speaks or acts or (opens and is_chief), firm=is_firm
            )
        if frequency <= _WORD:
            longer = (text[start : end + size] for size in (1, 2))
            if name[0] in self._rare and any(map(self._words.frequency, longer)):
                # 信誓旦旦
                return False
            is_begun = name[0] in PHRASE and (opens or (acts and title.rank == "profession"))
            if name[0] == name[1] and (name[0] in self._rare or name[0] in PHRASE):
                # 镇长年年都来
                return False
            return (is_sure and not is_begun) or (name[0] not in PHRASE and behind[0] != "的")
        words = tag(name)
        if len(words) > 1 or not (slot.anchored or speaks or acts or (opens and (is_chief or is_long))):
            return False
        kind = words[0][1]
        if marked and is_chief and kind in _ROW and name[0] not in PHRASE and self._is_in_row(text, slot):
            return True
        if name[0] in self._rare and kind not in _NAMELIKE and not (acts and kind == "t"):
            return False
        if (
            slot.anchored
            and is_chief
            and name[0] not in PHRASE
            and (kind == "nr" or (kind == "m" and (acts or speaks)))
        ):
            return True
        if frequency >= _OFTEN and kind not in _NAMELIKE and not (speaks or acts or opens):
            return False
        if not is_chief and not (speaks or acts or (is_sure and (is_long or not title.head))):
            return False
        begin = start - (title.end - title.start)
        if kind in _WHAT and not speaks and text[begin - 1 : begin] in _LED:
            # 和院长商量，
            return False
        if kind in _NOUNS:
            # 局长成天在外
            return is_sure and (kind != "t" or name[0] not in PHRASE or speaks or acts)
        is_verb = kind in ("v", "vn", "a", "ad", "an")
        tells = acts or (opens and behind is not None and behind[0].endswith(_DONE))
        meant = ((speaks or (tells and is_chief)) and is_verb) or (
            marked and (is_chief or (is_long and is_verb))
        )
        return meant and name[0] not in PHRASE

    def _meets(self, text: str, at: int) -> bool:
        """Whether who stands there meets another with a title: 总经理江山|与县长江雁签字."""
        if text[at : at + 1] not in tuple("与和同"):
            return False
        title = self._grammar.search(text, at + 1, at + _REACH)
        return title is not None and re.search("[，。；]", text[at + 1 : title.start]) is None

    def _is_in_row(self, text: str, slot: Slot) -> bool:
        """Whether the next of a list, or the one before, has a title: 副市长江雁、秘书长|庄严，."""
        title = self._grammar.search(text, slot.end + 1, slot.end + _REACH)
        if title is not None and _ROW_GOES_ON.fullmatch(text, slot.end, title.start) is not None:
            following = _ROW_NAME.match(text, title.end)
            if following is not None and following[0][0] in self._surnames:
                return True
        begin = slot.start - (slot.title.end - slot.title.start)
        last = _ROW_LAST.search(text, max(0, begin - _REACH), begin)
        starts = (last.start("mark") - size for size in (3, 2)) if last is not None else ()
        return any(
            text[at] in self._surnames and self._grammar.match_end(text[max(0, at - _REACH) : at]) is not None
            for at in starts
            if at > 0
        )

    def _runs_over(self, text: str, end: int) -> bool:
        """Whether the last character begins what the person does: 陪|同, 正|在给, 作|报告, not 正|在会上."""
        behind = self.behind.match(text, end - 1)
        if behind is not None and behind.lastgroup == "acts" and behind.end() == end:
            return True
        if behind is None or behind.lastgroup not in ("says", "acts", "opens") or behind.end() <= end:
            return False
        return _AT.match(text, end) is None

    def _goes_on(self, text: str, at: int) -> bool:
        """Whether the sentence goes on there, with a word of its own: 既 in 江雁|既期待."""
        word, kind = tag(text[at : at + 5])[0]
        if len(word) > 1:
            return kind in _DEEDS and self._words.frequency(word) > 0
        return kind in _GOES_ON

    def _is_long_name(self, name: str, frequency: int, *, acting: bool, firm: bool) -> bool:
        """Whether three characters are a surname and what somebody is called, though they hold words."""
        kind = tag(name)[0][1]
        if frequency > _WORD and kind != "nr":
            # 副主任马鞍山介绍: what speaks behind a title is a person, whatever else it is called.
            return acting and kind in _NOUNS
        front, rest = self._words.frequency(name[:2]), self._words.frequency(name[1:])
        kind_of_rest = tag(name[1:])[0][1]
        if front > _WORD_INSIDE and (kind := tag(name[:2])[0][1]) != "nr":
            begun = name[0] in PHRASE and not (acting and kind in _NAMELIKE)
            inside = begun or name[:2] in self._never or name[-1] in _NO_END
            if inside or not firm or not _PARTICLES.isdisjoint(name[1:]):
                return False
            is_number = kind == "m" and name[1] not in _COUNTED
            return kind in _NOUNS or is_number or rest > front or (acting and kind in _QUALITIES)
        if name[0] not in PHRASE:
            is_word = rest > _WORD and kind_of_rest in _FUNCTIONS
            return name[0] not in self._rare or firm or not is_word
        is_named = (
            rest <= _WORD
            or kind_of_rest in _NAMES
            or (acting and kind_of_rest == "n" and name[0] not in _PREPOSITIONS)
        )
        return is_named and _PARTICLES.isdisjoint(name[1:])

    def _is_seen_as_name(self, text: str, slot: Slot) -> bool:
        """Whether a tagger cuts the name out of what follows, and it is no common word."""
        start, end = slot.start, slot.end
        word, kind = tag(text[start : end + 6])[0]
        return (
            word == text[start:end]
            and kind == "nr"
            and word[0] not in PHRASE
            and not (len(word) == 2 and word[0] in self._rare)
            and word[-1] not in _NO_END
            and self._words.frequency(word) <= _WORD
        )

    def is_before_verb(self, text: str, slot: Slot) -> bool:
        """Whether any other verb stands behind a name with no word in it or over its end."""
        start, end = slot.start, slot.end
        name, is_short = text[start:end], end - start == 2 and not slot.parted
        if is_short and (name[0] in self._rare or self._crosses(text, start)):
            return False
        word, kind = tag(text[end : end + 6])[0] if end < len(text) else ("", "")
        if len(word) < 2 or kind not in ("v", "vn", "d") or (name[0] in PHRASE and slot.title.head):
            return False
        is_office = slot.title.rank in RANKS or len(slot.title.head) > 2
        if is_short and is_office and tag(name) == [(name, "nr")]:
            # 秘书长齐全分析: the tagger knows it as a name.
            return True
        across = (text[end - 1 : end + ahead] for ahead in (1, 2, 3))
        return (
            not any(map(self._words.frequency, across))
            and self._words.frequency(name) <= _WORD
            and self._words.frequency(name[:2]) <= _WORD_INSIDE
        )

    def _is_strange(self, text: str, slot: Slot) -> bool:
        """Names of peoples without surnames and foreign ones: no common word in them or over their front."""
        # 健一, whose first part the engine saw.
        last = slot.end - 1 if slot.engine_end == slot.end - 1 else slot.end
        name = text[slot.start : last]
        if not _PARTICLES.isdisjoint(name) or (len(name) == 2 and not self._foreign.issuperset(name)):
            return False
        inside = (name[i : i + n] for n in (2, 3) for i in range(len(name) - n + 1))
        return not any(map(self._words.frequency, inside)) and not self._crosses(text, slot.start)

    def _crosses(self, text: str, start: int) -> bool:
        """Whether a word reaches over the beginning: 社会长治久安 has no title."""
        across = (text[start - back : start + ahead] for back in (1, 2) for ahead in (1, 2, 3))
        return any(self._words.frequency(word) > _WORD for word in across)
