"""Deals told in words that no rule has an order for, found and read by counted weights.

What the rules leave of a sentence is weighed by its runs of up to three characters, names blanked by their
kind, and by how much of it was told before. Where the sum says that a deal is told, weights also say of which
type it is, how far, and what the names around do in it. All weights are log odds that
`tests/benchmarks/fit_deals.py` counts on pages with a reader's rows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation
from rjieba import tag

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.kernels.base import KernelReader, Readers
from transforms.extract.deals.kernels.works import SIGNS, WorksKernels
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.unlikely import is_no_deal

Span = tuple[int, int]
Weights = Mapping[str, float]

RULE, NONE = "odds", "none"
WORKS = frozenset({"project", "institution", "joint_laboratory", "joint_venture"})
# Letters that normalised text does not have.
_BLANKS = {"company": "Ｃ", "bank": "Ｂ", "university": "Ｕ", "government": "Ｇ", "party": "Ｇ"}
_BLANK_OF_TYPE = {"organization": "Ｏ", "person": "Ｐ", "place": "Ｌ"}
LETTERS = frozenset((*_BLANKS.values(), *_BLANK_OF_TYPE.values()))
_NUMBER, _SPACE = re.compile(r"[0-9]+(?:\.[0-9]+)?"), re.compile(r"\s+")
_PAPER = re.compile("《[^《》]{3,40}(?:协议|合同|备忘录|协定|意向书)[^《》]{0,6}》")
# 已建立起了良好的合作关系
_ON_GOOD_TERMS = re.compile("(?:建立|结下|保持|形成)[^，。；]{0,4}?(?:良好|紧密|密切|深厚|牢固|稳固)")
# 8家银行与46户农户现场签约: of the sides nobody is named.
_COUNTED = re.compile("[0-9]+[家户名个][^，。；]{1,8}?[与和同][0-9]+[家户名个][^，。；]{1,8}?签")
# 没有以3600万元买下某厂, 承诺三年内不转让股权
_DENIED = re.compile(
    "(?:(?:没有|并未|未曾|不会|不再)[^，。；]{0,12}?|[不没未])(?:买下|收购|转让|减持|出售|入股|接手|租下|拿下)"
)
# 今年的鲜果由某公司包销
_TAKES = re.compile("(?:统一|全部|保底|全年)?(?:收购|包销|采购|买走|订走)")
# A transfer is one of rights; a plant or a house that is bought is an acquisition.
_RIGHTS = re.compile(
    "技术|专利|成果|商标|品牌|版权|著作权|[使专]用权|经营权|产权|许可|授权|配方|图纸|土地|用地|地块|指标|亩"
)
# What tells no news of a deal, whatever names and sums stand in it: notices of the stock market, what is
# known of a firm or a person, suits.
_NO_NEWS = re.compile(
    "股票代码|质押|开盘|收盘|复牌|停牌|问询函|涨幅|跌幅|原标题|来源：|中文名|创立时间|曾任|兼任|判决|上诉|起诉|诉讼"
)
_YEAR, _LONG_AGO = re.compile("(?<![0-9])(?P<year>19[0-9]{2}|20[0-9]{2})年"), 8
_FOUNDS = re.compile("(?:注册|成立|组建|设立|办起)了?$")
_WORDS = re.compile("[\u4e00-\u9fff]{2,}")
_OPENS = re.compile(r"[\s\u3000]*(?:[该此本全]|这一?[座条个项处])?")
# Who may stand for the firm that was told.
_MEANT = re.compile("公司|企业|集团|工?厂|双方|两家|对方|[我他她它]们?|其|自己|该|这家|项目|二期")
_LONGEST_RUN, _SIZE_CHARS, _LARGEST, _END_CHARS, _NOUN_CHARS = 3, 15, 6, 4, 2
# Nations, ministries and clubs have ties, loans and bodies, too.
_LEAST, _LEAST_OF_TIES, _SEVERAL = 0.6, 1.3, 2
_NEARLY = -0.5
# Before anything of an article is read, three of ten stretches tell a deal; how much their share weighs.
_DEALS_BEFORE, _ITEMS_BEFORE, _SHARE_WEIGHT = 1.5, 5, 1.2
_TIES = frozenset({"cooperation_agreement", "strategic_agreement", "partnership", "institution", "financing"})


class OddsReader(KernelReader):
    """Compiled once from the lookups; reads `deal_odds`.

    Attributes:
        works: Reads names of works and how far they are.
        types: Weights by deal type; `stages_of` by stage.
    """

    def __init__(self, readers: Readers, works: WorksKernels) -> None:
        super().__init__(readers)
        self.works = works
        odds: Mapping[str, Any] = readers.lookups["deal_odds"]
        self._deal: Weights = odds["deal"]
        self.types, self.stages_of, self._roles = odds["types"], odds["stages"], odds["roles"]
        weighed = (self._deal, *self.types.values(), *self.stages_of.values())
        # Longer names are of features that no text spells.
        runs = {name for weights in weighed for name in weights if 0 < len(name) <= _LONGEST_RUN}
        self._runs = AhoCorasick(sorted(runs), implementation=Implementation.DFA)
        self._cues = {run for run, weight in self._deal.items() if weight > 0 and _is_verb(run)}

    def find(
        self, context: ArticleContext, items: Sequence[Span], found: Sequence[Candidate]
    ) -> list[Candidate]:
        """Deals of those items that no candidate and none of its parties touches.

        Args:
            context: The article.
            items: Stretches of its sentences, see `items_of`.
            found: All deals that the rules read.
        """
        told = []
        left = list(left_over(items, found))
        runs_of = [self.runs(context, *item) for item in left]
        odds_of = [
            self.weigh(runs, self.stands(context, *item, found))
            for item, runs in zip(left, runs_of, strict=True)
        ]
        for (start, end), runs, odds in zip(left, runs_of, among_others(odds_of, len(found)), strict=True):
            if odds < _LEAST or self._is_refused(context, start, end):
                continue
            deal = self._read(context, start, end, runs)
            if deal is None or _is_told(context, deal, found) or is_no_deal(context, deal):
                continue
            if odds >= _LEAST_OF_TIES or deal.hint not in _TIES or len(found) >= _SEVERAL:
                told.append(deal)
        return told

    def runs(self, context: ArticleContext, start: int, end: int) -> set[str]:
        """The runs of characters of a stretch that have weights."""
        return set(self._runs.find_matches_as_strings(blanked(context, start, end), overlapping=True))

    def stands(
        self, context: ArticleContext, start: int, end: int, found: Sequence[Candidate]
    ) -> Iterator[str]:
        """How a stretch stands to the deals that were read, and whether it hopes: features by name."""
        yield from standing(context, start, end, found)
        if self._is_hope(context, start, end):
            yield "hopes"

    def weigh(self, runs: set[str], stands: Iterable[str]) -> float:
        """The log odds that a stretch tells a deal, by its runs and by how it stands (see `stands`)."""
        return sum_of(self._deal, runs.union(stands))

    def _is_refused(self, context: ArticleContext, start: int, end: int) -> bool:
        """Whether a rule says that no deal is told: of sums, good terms and old days."""
        return (
            self._is_sum(context, start, end)
            or _COUNTED.search(context.text, start, end) is not None
            or _DENIED.search(context.text, start, end) is not None
            or _ON_GOOD_TERMS.search(context.text, start, end) is not None
            or _NO_NEWS.search(context.text, start, end) is not None
            or _is_old(context, start, end)
        )

    def _read(self, context: ArticleContext, start: int, end: int, runs: set[str]) -> Candidate | None:
        types = self.types
        if not _RIGHTS.search(context.text, start, end):
            types = {name: weights for name, weights in types.items() if name != "transfer"}
        kind = "joint_venture" if _founds_firm(context, start, end) else _best(types, runs)
        stage = _best(self.stages_of, runs.union(self.stages(context, start, end), [f"type {kind}"]))
        title = self._title(context, start, end, kind)
        sides = [
            (mention, {role: sum_of(weights, set(features)) for role, weights in self._roles.items()})
            for mention, features in self.sides(context, start, end, kind)
            if not (title and title[0] < mention.end <= title[1])
        ]
        if kind == "supply_contract":
            sides = [
                (side, {**scores, "buyer": 1 + max(scores.values())})
                if _TAKES.match(context.text, side.end)
                else (side, scores)
                for side, scores in sides
            ]
        parties = [Party.of(mention, role) for mention, role in _in_roles(sides) if role != NONE]
        if not parties and context.quantities_in(start, end):
            parties = [Party.of(*side) for side in _likeliest(sides)]
        if not parties and kind in WORKS and (firm := self._topic.firm(context, start)):
            parties = [Party.of(firm, "owner")]
        # Works without a name that nobody talks of yet are told by what they cost or hold, or not at all.
        is_vague = kind == "project" and stage != "negotiating" and not context.quantities_in(start, end)
        if not parties or (is_vague and not title):
            return None
        cue = self._cue(context, start, end)
        return Candidate(start, end, cue, stage=stage, rule=RULE, hint=kind, title=title, parties=parties)

    def stages(self, context: ArticleContext, start: int, end: int) -> Iterator[str]:
        """What the words of works and those of papers say of how far a deal is: features by name."""
        for word in self.works.words(context, start, end):
            yield f"works {self.works.how_far(context, start, word)}"
        for word in SIGNS.finditer(context.text, start, end):
            before = context.without_names(start, word.start())
            yield f"paper {self._stages.read('signed', before, context.text[word.end() : end])}"
        for name in ("ends", "talks", "hopes"):
            if self._words[name].search(context.text, start, end):
                yield name

    def sides(
        self, context: ArticleContext, start: int, end: int, kind: str
    ) -> Iterator[tuple[Mention, list[str]]]:
        """The names of an item and the firm that it may be about, each with what may tell its role.

        Yields:
            A name and features by name.
        """
        number, seen = 0, set()
        for mention in context.mentions_in(start, end, "organization", "person", "place"):
            if mention.text in seen:
                continue
            seen.add(mention.text)
            ahead = context.text[max(start, mention.start - 3) : mention.start]
            behind = context.text[mention.end : min(end, mention.end + 4)]
            what = kind_of(mention)
            yield (
                mention,
                [
                    *(f"{ahead[-n:]}+" for n in range(1, len(ahead) + 1)),
                    *(f"+{behind[:n]}" for n in range(1, len(behind) + 1)),
                    f"{kind} {what}",
                    f"{kind} {what} {min(number, 2)}",
                    f"{kind} {ahead[-1:]}+",
                    f"{kind} +{behind[:2]}",
                    f"name {mention.text[-1]}",
                ],
            )
            number += mention.entity_type == "organization"
        bodies = context.mentions_in(start, end, "organization")
        if firm := self._topic.firm(context, start, bodies):
            words = {m[0] for m in _MEANT.finditer(context.without_names(start, end))}
            yield (
                firm,
                [
                    "topic",
                    f"topic {kind}",
                    f"topic {min(number, 2)}",
                    f"topic {kind} {min(number, 2)}",
                    *(f"topic {word}" for word in words),
                    *(f"topic {kind} {word}" for word in words),
                ],
            )

    def _cue(self, context: ArticleContext, start: int, end: int) -> Span:
        """The verb of most weight that stands outside of names; one character of no meaning if none does."""
        words = context.without_names(start, end)
        cue = max(
            (run for run in self._cues if run in words), key=lambda run: (self._deal[run], run), default=""
        )
        first = start + words.find(cue)
        return first, first + max(len(cue), 1)

    def _title(self, context: ArticleContext, start: int, end: int, kind: str) -> Span | None:
        """A paper's title between 《 and 》, or the first name of works."""
        if kind not in WORKS:
            paper = _PAPER.search(context.text, start, end)
            return paper.span() if paper else None
        heads = self.works.heads(context, start, end, self.works.words(context, start, end))
        title = self._names.named(context, start, heads)[0] if heads else None
        return title if title and self._names.is_name(context, title) else None


def among_others(odds: Sequence[float], deals: int) -> Iterator[float]:
    """Log odds of stretches, less where few others of their article tell a deal.

    The odds are counted on passages of which half tell a deal; of general news few do, of a page of
    signings most. The others' share says of which kind an article is.

    Args:
        odds: Log odds of each stretch that no rule reads.
        deals: How many deals the rules read.
    """
    likely = [1 / (1 + math.exp(-value)) for value in odds]
    told = math.fsum(likely) + deals + _DEALS_BEFORE
    items = len(odds) + deals + _ITEMS_BEFORE
    for value, own in zip(odds, likely, strict=True):
        share = (told - own) / (items - 1)
        yield value + _SHARE_WEIGHT * math.log(share / (1 - share))


def _is_old(context: ArticleContext, start: int, end: int) -> bool:
    """2001年某某成立某集团: the last year that a stretch names is long past."""
    years = [int(m["year"]) for m in _YEAR.finditer(context.text, start, end)]
    day = context.printed_by
    return bool(years and day and max(years) + _LONG_AGO <= day.year)


def _founds_firm(context: ArticleContext, start: int, end: int) -> bool:
    """甲与乙各出一半的钱，注册了某公司: a firm that two before it set up."""
    sides = context.mentions_in(start, end, "organization", "person")[2:]
    return any(m.text.endswith("公司") and _FOUNDS.search(context.text[start : m.start]) for m in sides)


def _is_verb(run: str) -> bool:
    # 亿元 and 头一 weigh as well, but say nothing of a deed.
    words = tag(run) if _WORDS.fullmatch(run) else []
    return len(words) == 1 and words[0][1].startswith("v")


def kind_of(mention: Mention | None) -> str:
    """Of a body its kind, where that is one that tells; else what it is; `words` of what is no name."""
    if mention is None:
        return "words"
    is_body = mention.entity_type == "organization"
    return mention.subtype if is_body and mention.subtype in _BLANKS else mention.entity_type


def left_over(items: Sequence[Span], found: Sequence[Candidate]) -> Iterator[Span]:
    """Items in which no candidate and none of its parties stands."""
    taken = [
        span for c in found for span in ((c.start, c.end), *c.more, *((p.start, p.end) for p in c.parties))
    ]
    for start, end in items:
        if not any(a < end and start < b for a, b in taken):
            yield start, end


def blanked(context: ArticleContext, start: int, end: int) -> str:
    """The text of an item with a letter for each name and 0 for each number, between ^ and $."""
    parts, position = ["^"], start
    for mention in context.mentions_in(start, end):
        letter = _BLANKS.get(mention.subtype or "") or _BLANK_OF_TYPE.get(mention.entity_type)
        if letter and mention.start >= position:
            parts += [context.text[position : mention.start], letter]
            position = mention.end
    words = "".join([*parts, context.text[position:end], "$"])
    return _SPACE.sub("", _NUMBER.sub("0", words))


def standing(context: ArticleContext, start: int, end: int, found: Sequence[Candidate]) -> Iterator[str]:
    """How an item stands to the deals that were read: features by name."""
    bodies = {m.text for m in context.mentions_in(start, end, "organization")}
    before = [c for c in found if c.start < start]
    known = {p.mention.text for c in found for p in c.parties if p.mention}
    earlier = {p.mention.text for c in before for p in c.parties if p.mention}
    text = context.text[start:end]
    ends = (context.text[slice(*c.title)][-_END_CHARS:] for c in found if c.title)
    yield f"bodies {min(len(bodies), 3)}"
    yield f"told bodies {min(len(bodies & earlier), 2)}"
    yield f"new bodies {min(len(bodies - known), 2)}"
    yield f"deals {min(len(before), 3)}"
    yield f"size {min((end - start) // _SIZE_CHARS, _LARGEST)}"
    if any(words in text for words in ends if len(words) == _END_CHARS):
        yield "told title"


def _is_told(context: ArticleContext, deal: Candidate, found: Sequence[Candidate]) -> bool:
    """Whether a stretch goes on about a deal that was read: it has its name, or the sides of an agreement."""
    words = context.text[deal.start : deal.end]
    titles = (context.text[slice(*c.title)] for c in found if c.title)
    if any(title in words for title in titles if len(title) >= _END_CHARS):
        return True
    sides = {p.mention.text for p in deal.parties if p.mention}
    if deal.hint in WORKS:
        # 某河大桥合龙。大桥全长2公里，由某公司承建: of the same works.
        opens = _OPENS.match(words)
        rest = words[opens.end() if opens else 0 :]
        paragraph = context.paragraph(deal.start)[0]
        near = (c.title for c in found if c.title and paragraph <= c.start < deal.start)
        return deal.title is None and any(
            rest.startswith(context.text[end - _NOUN_CHARS : end]) for _, end in near
        )
    if len(sides) < 2:
        return False
    return any(sides <= {p.mention.text for p in c.parties if p.mention} for c in found)


def sum_of(weights: Weights, features: set[str]) -> float:
    """The log odds of what has these features, the same in whatever order a set has its members."""
    return math.fsum(weights[name] for name in weights.keys() & features) + weights[""]


def _in_roles(sides: Sequence[tuple[Mention, Mapping[str, float]]]) -> list[tuple[Mention, str]]:
    """The best role of every side; of several that all buy, or all sell, one does the other."""
    roles = [max(scores, key=scores.__getitem__) for _, scores in sides]
    for role, other in (("buyer", "seller"), ("seller", "buyer")):
        alike = [number for number, taken in enumerate(roles) if taken == role]
        if len(alike) > 1 and other not in roles:
            turned = max(alike, key=lambda n: sides[n][1][other] - sides[n][1][role])
            roles[turned] = other
    return [(mention, role) for (mention, _), role in zip(sides, roles, strict=True)]


def _likeliest(sides: Sequence[tuple[Mention, Mapping[str, float]]]) -> list[tuple[Mention, str]]:
    """Of sides that are none the one that is likely one nearly as much, for a deal without others."""
    asked: list[tuple[float, int, Mention, str]] = []
    for mention, scores in sides:
        role = max(scores.keys() - {NONE}, key=lambda name: (scores[name], name))
        asked.append((scores[role] - scores[NONE], -len(asked), mention, role))
    surest = max(asked, default=None)
    return [surest[2:]] if surest and surest[0] > _NEARLY else []


def _best(classes: Mapping[str, Weights], features: Iterable[str]) -> str:
    held = set(features)
    return max(classes, key=lambda name: sum_of(classes[name], held))
