# ruff: noqa: E501 (a pattern cut in two is harder to read than a long line)
"""The regular expressions of the date grammar, compiled from `calendar.yml` once per process."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from transforms.extract.firsts import begun
from transforms.extract.patterns import any_of

_CN = "零〇一二三四五六七八九"
_UNITS = "一二三四五六七八九"
_DAY = rf"(?:3[01]|[12]\d|0?[1-9]|三十一?|二十[{_UNITS}]?|十[{_UNITS}]?|廿[{_UNITS}]?|[{_UNITS}])"
_MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二]?|[{_UNITS}])"
_COUNT = r"(?:\d{1,3}|[一二两三四五六七八九十百]{1,4})"
_AGO_UNITS = r"年[半多]?|个[半多]?月|(?<=半)月|个?周|个?多?星期|个?多?礼拜|天|日"
_TO = r" ?(?:[-—~]{1,2}|至|到) ?"
_PLACES = "线楼院门馆店文机井船厅室桌房厂库岛车站坑公国省线选"
_YEAR4 = rf"(?:(?:1\d|20|21)\d\d|[一二][{_CN}]{{3}})"
_YEAR_WORD = rf"[一二两]千(?:零?[{_UNITS}十]{{1,3}}|[{_UNITS}]百[{_CN}十]{{1,4}})?"


class DateRules:
    """Compiled patterns by name; what each reads is said in `dates_grammar`.

    Attributes:
        rules: Forms that can open an expression, in the order in which they are tried.
        within: Forms that can follow a year, or stand where a year is understood.
        trigger: Finds the places where `rules` are worth trying.
    """

    def __init__(self, words: Mapping[str, Any]) -> None:
        relative, festivals = words["relative"], words["festivals"]
        self.shifts = {
            w: (kind, n) for kind, group in relative.items() for w, n in group.items() if kind != "years"
        }
        self.year_shifts: dict[str, int] = relative["years"]
        self.earlier = {w: (kind, n) for kind, group in words["anaphoric"].items() for w, n in group.items()}
        names = [n for kind in ("solar", "lunar", "weekday", "terms") for n in festivals[kind]]
        self.festival = re.compile(
            rf"(?:{_with_lookahead(names, festivals['not_before'])})(?!{any_of(festivals['said_by_one'])})"
        )
        self.quoted_festival = re.compile(rf"(?P<f>{self.festival.pattern})|[“\"](?P<q>{any_of(names)})[”\"]")
        marks = any_of(words["lunar"]["marks"])
        named_months = any_of(w for w in words["lunar"]["months"] if w != "闰")
        day_parts = any_of(words["parts_of_day"])
        clock = (
            rf"(?:\d{{1,2}}|[{_CN}十两]{{1,3}}) ?(?:点|时(?![间候代期任])|(?=:\d\d))(?:整|正(?![式在])|半|钟|[一三13]刻| \d{{1,2}} ?分"
            rf"|:\d\d(?::\d\d)?时?|零?(?:\d{{1,2}}|[{_UNITS}十]{{1,3}})分?)?(?:(?:\d{{1,2}}|[{_UNITS}十]{{1,3}})秒)?"
        )
        rules = {
            "bce": rf"公元前 ?(?:\d{{1,4}}|[{_CN}十百千]{{1,7}}) ?(?:年|世纪)",
            "years": rf"(?P<a>{_YEAR4}|\d\d)(?:年度?)?{_TO}(?P<b>{_YEAR4}|\d\d) ?(?:年度?(?!代| ?\d{{1,2}} ?月)|学年|财年|赛季)"
            rf"|(?P<c>(?:19|20)\d\d)[-—~](?P<d>(?:19|20)\d\d)(?![\d-])",
            "ym_range": r"(?P<y>(?:19|20)\d\d)\.(?P<m>1[0-2]|0?[1-9]) ?(?:[-—~]{1,2}|至) ?(?P<b>(?:19|20)\d\d)\.(?P<n>1[0-2]|0?[1-9])(?![\d.%万亿元米吨])",
            "ymd": r"(?P<y>(?:1\d|20|21)\d\d)(?P<s>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=s)(?P<d>3[01]|[12]\d|0?[1-9])(?![\d%])",
            "ym": r"(?<!编号[:：])(?P<y>(?:19|20)\d\d)[-/](?P<m>1[0-2]|0[1-9])(?![\d%/.-])",
            "dmy": r"(?P<a>3[01]|[12]\d|0?[1-9])(?P<s>[-/.])(?P<b>3[01]|[12]\d|0?[1-9])(?P=s)(?P<y>(?:19|20)\d\d)(?!\d)",
            "my": r"(?P<m>0[1-9]|1[0-2])[-/](?P<y>(?:19|20)\d\d)(?![\d%/.-])",
            "md": r"(?P<m>0[1-9]|1[0-2])/(?P<d>0[1-9]|[12]\d|3[01])(?![\d%/.-])",
            "spaced": r"(?P<y>(?:19|20)\d\d) (?P<m>0\d|1[0-2]) (?P<d>[0-2]\d|3[01])(?!\d)",
            "plan": rf"[“\"'‘「『](?P<q>十[{_UNITS}]?|[六七八九])五[”\"'’」』](?P<p>规划期?|期?间|时期|末|初|期末|中期|开局之?年|收官之?年)?"
            rf"|(?P<n>二?十[{_UNITS}]?|[{_UNITS}])五(?P<o>规划期?|计划(?!师)|期间|时期|末期?|初期?|以来|中期|后期|前期)"
            rf"|(?P<r>十[{_UNITS}])五(?![十百千万亿个年月日号人名家天岁元米公只条次倍届周%分点时])",
            "decade": rf"(?:(?P<c>\d{{1,2}}|[{_UNITS}十]{{1,3}}|[上下]个?|[上下这]一个?|本|这个)世纪)?的?(?P<e>[{_UNITS}](?=[{_UNITS}]十))?(?P<d>\d0|[{_UNITS}]十|[{_UNITS}][零〇])年代(?P<p>初|中|末|[前后](?=半?期))?半?期?",
            "century": rf"(?P<c>\d{{1,2}}|[{_UNITS}十]{{1,3}}|[上下]个?|[上下这]一个?|本|这个|新)世纪(?P<p>初|末|中叶|[上下前后]半叶)?",
            # 农历三月三 needs no 初.
            "lunar": rf"(?P<told>{marks})?(?P<leap>闰)?(?:(?P<named>{named_months})|(?P<m>{_MONTH})月)"
            rf"(?P<d>初[{_UNITS}十]|三十|二?十[{_UNITS}]?|廿[{_UNITS}]?|(?(told)[{_UNITS}]|(?!)))日?(?![个年月人名家余多])",
            "lunar_month": rf"(?:{marks})(?P<leap>闰)?(?:(?P<named>{named_months})|(?P<m>{_MONTH})月)|(?P<alone>{named_months})(?!份)|(?P<leapt>闰)(?P<n>{_MONTH})月",
            "cycle": r"(?P<s>[甲乙丙丁戊己庚辛壬癸])(?P<b>[子丑寅卯辰巳午未申酉戌亥])(?P<x>[鼠牛虎兔龙蛇马羊猴鸡狗猪])?年(?!代)|(?P<z>[鼠牛虎兔龙蛇马羊猴鸡狗猪])年(?=春|新|元|快|吉|大|[，。的])",
            "pair": r"(?P<w>今明|明后|昨今)两[天日]|(?P<s>今冬明春|今秋明春|去冬今春)",
            "years_pair": r"(?P<w>今明|去今|前去)(?:两年|(?P<more>后)三年)",
            "year_listed": rf"(?P<y>{_YEAR4})(?=(?:[、和与及]\d{{4}}){{1,4}}年)",
            "year": rf"(?P<mark>{marks})?(?:公元)?(?P<y>{_YEAR4}|{_YEAR_WORD}|\d{{3}}|[{_UNITS}][{_CN}]{{2}}|\d\d|[{_CN}]{{2}})"
            r" ?(?:年(?![代级薪轻龄画])度?|学年|财年|赛季)",
            "era": rf"(?P<e>{any_of(words['eras'])})(?P<n>元|{_COUNT}) ?年",
            "shifted_year": rf"(?P<w>{any_of(self.year_shifts)})(?![级龄轻])(?!(?<=后年)[产均加处销营纳利])",
            "earlier": rf"(?P<w>{any_of(self.earlier)})(?![级度内]|(?<=当年)[的那][头小老旧第首情场样个荒])",
            "shift": rf"(?P<w>{any_of(self.shifts)})(?!(?<=春)节)",
            "festival": self.festival.pattern,
            "yearless": r"(?=[\d一二三四五六七八九十第前头上下后QqS])",
            "around": rf"(?P<w>最近|过去|近|未来|今后|接下来|此后|往后|前|上|下|后) ?(?:的|这)?(?P<n>{_COUNT}|半) ?"
            r"(?P<u>年|个月|月|个?周|个?星期|个?礼拜|天|日|个?季度|个世纪)(?![前后初底度级份]|(?<=个周)[一二三四五六日天末])(?:来|间|内|里)?",
            "ago": rf"(?P<n>{_COUNT}|半) ?多?(?P<u>{_AGO_UNITS})(?:(?:以前|之前|前)(?![往去来三十\d后夕])|(?P<later>以后|之后|后(?![来者续期面方半]))|(?P<since>以来|来(?=[,，、的])))",
            "weekday": r"(?:星期|周|礼拜)(?P<w>[一二三四五六日天])(?![期年岁口恩游至到]|(?<=天)气)",
            "year_part": r"(?P<w>年[底末终初尾]|(?<![\d一二两三四五六七八九十几多数半百近来当])年中(?![国华])|(?<![\d一二两三四五六七八九十几多数半百近来当])年内(?!部))(?![级考会奖小大])|(?P<v>岁[末初尾])",
            "month_part": r"(?P<w>[上下]半月|[上中下]旬|月[底初末尾])(?![级考])",
            "marked": rf"[“\"](?P<q>{any_of(festivals['marked'])})[”\"](?!{any_of(festivals['marked_not_before'])})"
            rf"|(?<![二三四五六七八九百千第双\d])(?P<w>{any_of(festivals['marked'])})(?={any_of(festivals['marked_after'])})",
            "day_only": rf"(?P<d>{_DAY}) ?(?:日(?!报(?!道)|[元本圆内电游]|之?内|均|产|常)|号(?=[上下中晚凌早]))"
            rf"|(?<=[于从自到至的])(?P<e>{_DAY})号(?![{_PLACES}])",
        }
        self.rules = {name: re.compile(rule) for name, rule in rules.items()}
        within = {
            "month": rf"(?:的| )?(?P<m>{_MONTH}|(?<=年)元) ?月(?!怀胎|革命|流火|围城|花号|(?<=一月)一(?![日号一二三四五六七八九十]))份?",
            "month_range": rf" ?(?P<a>{_MONTH})(?:月份?)?{_TO}(?P<b>{_MONTH})月份?(?!{_DAY}[日号])",
            "month_pair": rf" ?(?:(?P<a>{_MONTH})、(?P<b>{_MONTH})|(?P<c>[{_UNITS}])(?P<d>[{_UNITS}]))月份?(?!{_DAY}[日号])",
            "nth_weekday": r"的?(?:第(?P<n>[一二三四五1-5])个?|最后一?个的?)(?:周|星期|礼拜)(?P<w>[一二三四五六日天])(?![期年])",
            "plain_day": r"(?P<d>3[01]|[12]\d|0?[1-9])(?=$|[，。；、,;!?）)\s]| ?[-—~至到] ?\d)",
            "day": rf" ?(?P<d>{_DAY})(?: ?(?=(?:[、和及与]{_DAY}){{1,6}}[日号]) ?| ?(?:日(?![元本圆])|号(?![线楼院门馆店文机井船])))",
            "day_range": rf" ?(?P<a>{_DAY})[日号]?{_TO}(?P<b>{_DAY}) ?[日号]",
            "loose_day": r"(?P<d>二?十[一二三四五六七八九]|二十|三十)(?![个年月人名家余多万千百亿日号])",
            "month_part": rf"的?(?P<w>{any_of(words['parts_of_month'])})(?![年期级步心小学央国部东西美]|(?<=初)[一二三四五六七八九十]|(?<=中)[\u4e00-\u9fff])",
            "month_nth": rf"的?第(?P<n>[{_UNITS}十]{{1,2}}|\d{{1,2}})个月|的?首月",
            "week_nth": rf"的?第(?P<n>[{_UNITS}十]{{1,2}}|\d{{1,2}})个?(?:周|星期|礼拜)(?![岁年{_UNITS}日天])",
            "quarter": r"[的 ]?(?:第?(?P<q>[一二三四1-4])个?|首个?)季度?|[Qq](?P<r>[1-4])",
            "quarter_range": rf"[的 ]?第?(?P<a>[一二三四1-4])(?:季度)?{_TO}第?(?P<b>[一二三四1-4])季度",
            "quarters": r"[的 ]?前(?P<n>[一二两三四1-4])个?季度?",
            "months": rf"[的 ]?[前头](?P<n>\d{{1,2}}|[{_UNITS}两十]{{1,2}})个?月(?![\d{_UNITS}十]{{1,2}}[日号])",
            "half": r"[的 ]?(?P<w>[上下前后])半年",
            "year_part": rf"(?P<w>{any_of(words['parts_of_year'])})(?![级步心小学央国部端子]|期(?!间))",
            "season": r"的?(?P<w>[春夏秋冬])(?:季|天|日)?(?![晚节运耕装粮招学游令奥闱])",
            "lunar_mark": rf"的?(?:{marks})",
        }
        self.within = {name: begun(rule) for name, rule in within.items()}
        self.time = begun(
            rf" ?(?:(?:(?:{day_parts}) ?)?{clock}|(?:{day_parts})(?![年月稻]))(?:{_TO}(?:{day_parts})?{clock})?(?:左右|前后|许)?"
        )
        self.beside = re.compile(r" ?[,，(]? ?(?:星期|周|礼拜)([一二三四五六日天])(?![期年])\)?")
        self.modifier = begun(
            r" ?(?:(?P<eve>前夕|前一天)|(?P<before>[及或]?(?:以前|之前)|前(?!三(?:个?[季月周]|[年天名位甲强十大])|[往去来夕后线景期沿者\d十身所]))"
            r"|(?P<since>[及或]?(?:以后|之后|以来)|起?[至迄]今(?![天日年晚晨早后]))"
            r"|(?P<start>起(?![至来到步草源点义飞诉伏因])|开始))"
        )
        self.between = re.compile(r"之?间")
        self.joint = re.compile(rf"起?{_TO}")
        self.trigger = self._compile_trigger(words, names)

    def _compile_trigger(self, words: Mapping[str, Any], festivals: list[str]) -> re.Pattern[str]:
        vocabulary = [*self.shifts, *self.year_shifts, *self.earlier, *festivals, *words["eras"]]
        vocabulary += [
            *words["lunar"]["marks"],
            *(w for w in words["lunar"]["months"] if w != "闰"),
            *words["festivals"]["marked"],
        ]
        vocabulary += [
            a + b for a, b in zip("甲乙丙丁戊己庚辛壬癸" * 6, "子丑寅卯辰巳午未申酉戌亥" * 5, strict=True)
        ]
        vocabulary += [f"{animal}年" for animal in "鼠牛虎兔龙蛇马羊猴鸡狗猪"]
        vocabulary += [f"闰{month}" for month in _UNITS + "十123456789"]
        vocabulary += ["今冬明春", "今秋明春", "去冬今春"]
        vocabulary += ["今明两", "明后两", "昨今两", "今明后三", "去今两", "前去两"]
        vocabulary += [
            "公元",
            "年底",
            "年末",
            "年初",
            "年中",
            "年终",
            "年内",
            "年尾",
            "岁末",
            "岁尾",
            "岁初",
            "上半年",
            "下半年",
            *(f"{which}世纪" for which in ("上", "上个", "上一", "上一个", "本", "这个", "这一", "新")),
            *(f"{which}世纪" for which in ("下", "下个", "下一", "下一个")),
        ]
        heads = sorted({w[0] for w in vocabulary})
        guarded = "|".join(
            # The first character in front: where it does not stand, the engine does not look back.
            re.escape(head)
            + (f"(?<![{words['not_after'][head]}].)" if words["not_after"].get(head) else "")
            + f"(?:{any_of(w[1:] for w in vocabulary if w[0] == head)})"
            for head in heads
        )
        figures = r"\d(?<![\d.].)\d{0,3}(?= ?[年月日号季学财]|[-/.~—至到、和与及] ?[\d一二三四五六七八九十]|[世个]|0?年代| \d\d \d\d)"
        # 8.2024年 at the head of a line is the eighth item of a list.
        figures += r"|(?:(?<=\n\d\.)|(?<=\n\d\d\.))\d(?=\d{3}年|\d?月)"
        chinese = rf"[{_CN}两十廿]{{1,5}}(?= ?[年月日世]|[至到—~-][{_CN}十\d]|季度|个月[以之]?前|五[规计期时末初以中后前”\"])|[一二两]千(?=[{_CN}十年])|十(?<![百千万零第].)(?=[{_UNITS}]五)"
        # 新线上个月试产 tells of no 线上.
        around = r"[上下]个(?=月|季度|星期|周)|(?:(?<![提目以之此面比较])前|头|上|下|(?<!最)后|(?<![附靠邻接亲逼临将了达时长费耗用])近|过去|最近|未来|今后|接下来|此后|往后) ?(?:的|这)?(?=(?:\d{1,3}|[一二两三四五六七八九十百半]{1,3}) ?(?:年|个?月|个?周|个?季度|天|日|个?星期|个?礼拜|个世纪))"
        ago = rf"(?:\d{{1,3}}|[一二两三四五六七八九十百半]{{1,3}}) ?多?(?=(?:{_AGO_UNITS})(?:以[前后来]|之[前后]|[前后来]))"
        # Most characters start nothing: one look at a set spares the alternatives.
        starters = "".join(heads) + "前头上下后近过最未今接此往第星周礼QqS半“\"'‘「『中月年岁"
        return re.compile(
            rf"(?=[\d{_CN}两十百廿{starters}])(?:{figures}|{chinese}|{guarded}|{around}|{ago}|[“\"'‘「『](?=十?[一二三四五六七八九]?[五一八][”\"'’」』])"
            r"|第[一二三四1-4](?=个?季度)|(?<!个)(?:星期|周|礼拜)(?=[一二三四五六日天])|[Qq](?=[1-4])|[上下]半月|[上中下]旬|月(?<![\d一二三四五六七八九十岁蜜满个本上下当次同].)[底初末尾])"
        )


def _with_lookahead(names: Iterable[str], not_before: Mapping[str, list[str]]) -> str:
    parts = []
    for name in sorted(set(names), key=lambda n: (-len(n), n)):
        parts.append(re.escape(name) + (f"(?!{any_of(not_before[name])})" if name in not_before else ""))
    return "|".join(parts)
