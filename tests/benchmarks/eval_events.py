"""Deals and roles against event and relation corpora that nobody on this project wrote.

`python -m tests.benchmarks.eval_events [even|odd] [fewfc] [duee] [duee_fin] [finre] [duie] [wp]` prints
precision, recall and F1, with `even` or `odd` of that half of the lines: one is for tuning, the other is not
looked at. Types are mapped to ours below; what a corpus does not annotate is not counted.
A name counts as found if it equals the gold words (`exact`) or one holds the other (`lenient`).
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from flows.resources import load_lookups, load_recognizer
from tests.evaluation import DATA
from transforms.extract.deals.finder import DealFinder
from transforms.extract.mentions import MentionFinder
from transforms.extract.quantities.finder import QuantityFinder
from transforms.extract.quotations.finder import QuotationFinder
from transforms.extract.roles.finder import RoleFinder
from transforms.normalize.characters import repair_characters
from transforms.normalize.sentences import split_sentences

HALVES = {"even": 0, "odd": 1}
FEWFC_TYPES = {
    "收购": {"acquisition", "equity_transfer"},
    "投资": {"acquisition", "equity_investment", "equity_transfer", "project"},
    "股份股权转让": {"acquisition", "equity_transfer", "equity_investment"},
    "减持": {"equity_transfer"},
    "中标": {"won_bid"},
}
FOUR_TYPES = {"签署合同", "投资", "收购", "中标"}
FEWFC_PARTIES = {"sub-org", "obj-org", "sub", "obj", "target-company", "sub-per", "obj-per"}
FEWFC_MONEY = {"money", "amount"}
DEAL_RELATIONS = {
    "合作", "签约", "收购", "拟收购", "合资", "入股", "增持",
    "减持", "注资", "转让", "买资", "重组", "交易", "订单",
}  # fmt: skip


@dataclass
class Score:
    """Counts of matches of gold and predicted values."""

    gold: int = 0
    predicted: int = 0
    found: int = 0
    right: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, gold: set[str], predicted: set[str], same: Callable[[str, str], bool]) -> None:
        """Count one text."""
        self.gold += len(gold)
        self.predicted += len(predicted)
        self.found += sum(any(same(g, p) for p in predicted) for g in gold)
        self.right += sum(any(same(g, p) for g in gold) for p in predicted)

    def __str__(self) -> str:
        recall = self.found / max(1, self.gold)
        precision = self.right / max(1, self.predicted)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f} (gold {self.gold}, predicted {self.predicted})"


def is_exact(gold: str, predicted: str) -> bool:
    """The same words, spaces and width of brackets aside."""
    return _plain(gold) == _plain(predicted)


def is_lenient(gold: str, predicted: str) -> bool:
    """One holds the other."""
    g, p = _plain(gold), _plain(predicted)
    return len(p) > 1 and len(g) > 1 and (g in p or p in g)


def is_same_amount(gold: str, predicted: str) -> bool:
    """The same number, 约 and 人民币 aside."""
    return _amount(gold) == _amount(predicted) and bool(_amount(gold))


def _plain(text: str) -> str:
    return re.sub(r"[\s“”\"]", "", text).translate(str.maketrans("(),:;", "（），：；"))


def _amount(text: str) -> str:
    return re.sub(
        r"约|为|人民币|近|超过?|共计|合计|不超过?|不低于|逾|上限为|总额|达|共|"
        r"[\s,，左右多余]|/年",
        "",
        text,
    )


class Reader:
    """All finders over plain texts, one article each."""

    def __init__(self, half: int | None = None) -> None:
        self._half = half
        lookups = load_lookups()
        self._mentions = MentionFinder(load_recognizer(), lookups)
        self._quantities = QuantityFinder(lookups)
        self.roles = RoleFinder(lookups)
        self.quotations = QuotationFinder(lookups)
        self.deals = DealFinder(lookups)

    def lines(self, name: str) -> list[str]:
        """Lines of a file of the evaluation data: all, or one half."""
        lines = (DATA / name).read_text(encoding="utf-8").splitlines()
        return lines if self._half is None else lines[self._half :: 2]

    def items(self, name: str) -> list[dict[str, Any]]:
        """The same lines, parsed."""
        return [json.loads(line) for line in self.lines(name)]

    def frames(self, texts: list[str]) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
        """Articles, sentences and mentions of the texts, with the marks that `normalize` gives a page."""
        texts = [repair_characters(text).text for text in texts]
        articles = pl.DataFrame({"article_id": [str(i) for i in range(len(texts))], "text": texts})
        rows = [
            (str(i), f"{i}-{k}", k, text[a:b], a, b)
            for i, text in enumerate(texts)
            for k, (a, b) in enumerate(split_sentences(text))
        ]
        sentences = pl.DataFrame(
            rows,
            schema=["article_id", "sentence_id", "ordinal", "text", "start_char", "end_char"],
            orient="row",
        )
        return articles, sentences, self._mentions.find(articles, sentences)

    def read(self, texts: list[str]) -> Iterator[dict[str, Any]]:
        """Per text: party words, money words, deal types, pairs of parties."""
        articles, sentences, mentions = self.frames(texts)
        quantities = self._quantities.find(articles).with_row_index("quantity_index")
        deals, parties, links = self.deals.find(articles, sentences, mentions, quantities=quantities)
        money = (
            links.join(quantities, on="quantity_index")
            .filter(pl.col("dimension") == "money")
            .group_by("article_id")
            .agg("surface_text")
        )
        by_article = dict(money.iter_rows())
        named: dict[str, list[dict[str, Any]]] = {}
        # 公司 and the like stand for the name they refer to.
        names = mentions.select("mention_index", name="surface_text")
        parties = parties.join(names, on="mention_index", how="left").with_columns(
            pl.when(pl.col("surface_text").str.len_chars() <= 4)
            .then(pl.coalesce("name", "surface_text"))
            .otherwise("surface_text")
            .alias("surface_text")
        )
        for row in parties.join(deals.select("deal_index", "deal_type", "stage"), on="deal_index").iter_rows(
            named=True
        ):
            named.setdefault(row["article_id"], []).append(row)
        types: dict[str, set[str]] = {}
        for article_id, deal_type in deals.select("article_id", "deal_type").iter_rows():
            types.setdefault(article_id, set()).add(deal_type)
        for key in articles["article_id"]:
            yield {
                "parties": named.get(key, []),
                "money": set(by_article.get(key, [])),
                "types": types.get(key, set()),
            }


def evaluate_fewfc(reader: Reader) -> None:
    """FewFC: sentences with events of buying, selling, investing, signing and winning bids."""
    items = reader.items("event_fewfc/train.jsonl")
    wanted = {*FEWFC_TYPES, "签署合同"}
    dealt = [item for item in items if any(e["type"] in wanted for e in item["events"])]
    exact, lenient, money, typed = Score(), Score(), Score(), Score()
    four, four_money = Score(), Score()
    per_type: dict[str, Score] = {}
    for item, read in zip(dealt, reader.read([i["content"] for i in dealt]), strict=True):
        events = [e for e in item["events"] if e["type"] in wanted]
        gold = {m["word"] for e in events for m in e["mentions"] if m["role"] in FEWFC_PARTIES}
        names = {row["surface_text"] for row in read["parties"]}
        exact.add(gold, names, is_exact)
        lenient.add(gold, names, is_lenient)
        for kind in sorted({e["type"] for e in events}):
            own = {
                m["word"]
                for e in events
                if e["type"] == kind
                for m in e["mentions"]
                if m["role"] in FEWFC_PARTIES
            }
            per_type.setdefault(kind, Score()).add(own, names, is_lenient)
        money.add(
            {m["word"] for e in events for m in e["mentions"] if m["role"] in FEWFC_MONEY},
            read["money"],
            is_same_amount,
        )
        if any(e["type"] in FOUR_TYPES for e in events):
            own = {
                m["word"]
                for e in events
                if e["type"] in FOUR_TYPES
                for m in e["mentions"]
                if m["role"] in FEWFC_PARTIES
            }
            four.add(own, names, is_lenient)
            four_money.add(
                {
                    m["word"]
                    for e in events
                    if e["type"] in FOUR_TYPES
                    for m in e["mentions"]
                    if m["role"] in FEWFC_MONEY
                },
                read["money"],
                is_same_amount,
            )
        for kind in sorted({e["type"] for e in events if e["type"] in FEWFC_TYPES}):
            typed.gold += 1
            typed.found += bool(FEWFC_TYPES[kind] & read["types"])
    print(
        f"fewfc {len(dealt)} sentences\n  parties exact   {exact}\n"
        f"  parties lenient {lenient}\n  money           {money}"
    )
    print(
        f"  signing, investing, buying, bids: parties lenient {four}\n"
        f"                                    money {four_money}"
    )
    print(f"  event of a mapped type found: {typed.found / max(1, typed.gold):.3f} of {typed.gold}")
    for kind, score in per_type.items():
        print(f"  {kind}: parties lenient {score} (parties of other types count as wrong)")
    other = [item for item in items if not any(e["type"] in wanted for e in item["events"])]
    fired = sum(bool(read["types"]) for read in reader.read([i["content"] for i in other]))
    print(f"  sentences without such an event: {len(other)}, with a deal of ours: {fired}")


def evaluate_duee(reader: Reader) -> None:
    """DuEE: buying and selling, financing; and how often a deal is read where none is annotated."""
    items = reader.items("event_duee/duee_dev_half0.jsonl")
    kinds = {"财经/交易-出售/收购": {"出售方", "收购方"}, "财经/交易-融资": {"融资方", "领投方", "跟投方"}}
    _evaluate_documents(reader, "duee", items, kinds, {"出售价格", "融资金额"})


def evaluate_duee_fin(reader: Reader) -> None:
    """DuEE-fin documents: won bids, acquisitions, financing, buybacks and shareholders' trades."""
    items = reader.items("event_duee_fin/duee_fin_dev_half0.jsonl")
    kinds = {
        "中标": {"中标公司", "招标方"},
        "企业收购": {"收购方", "被收购方"},
        "企业融资": {"被投资方", "投资方", "领投方"},
    }
    _evaluate_documents(reader, "duee_fin", items, kinds, {"中标金额", "交易金额", "融资金额"})


def _evaluate_documents(
    reader: Reader, name: str, items: list[dict[str, Any]], kinds: dict[str, set[str]], money_roles: set[str]
) -> None:
    dealt = [i for i in items if any(e["event_type"] in kinds for e in i.get("event_list", []))]
    lenient, exact, money = Score(), Score(), Score()
    for item, read in zip(dealt, reader.read([i["text"] for i in dealt]), strict=True):
        events = [e for e in item["event_list"] if e["event_type"] in kinds]
        gold = {a["argument"] for e in events for a in e["arguments"] if a["role"] in kinds[e["event_type"]]}
        names = {row["surface_text"] for row in read["parties"]}
        lenient.add(gold, names, is_lenient)
        exact.add(gold, names, is_exact)
        money.add(
            {a["argument"] for e in events for a in e["arguments"] if a["role"] in money_roles},
            read["money"],
            is_same_amount,
        )
    other = [i for i in items if i not in dealt]
    fired = sum(bool(read["types"]) for read in reader.read([i["text"] for i in other]))
    print(
        f"{name} {len(dealt)} documents\n  parties exact   {exact}\n"
        f"  parties lenient {lenient}\n  money           {money}"
    )
    print(f"  documents without such an event: {len(other)}, with a deal of ours: {fired}")


def evaluate_finre(reader: Reader) -> None:
    """FinRE: is a pair whose relation is a deal read as parties of one deal, and other pairs not."""
    rows = [line.split("\t") for line in reader.lines("relation_finre/train_valid.tsv")]
    texts = list(dict.fromkeys(row[3] for row in rows if len(row) == 4))[:4000]
    reads = dict(zip(texts, reader.read(texts), strict=True))
    counts = {"deal pairs": [0, 0], "unknown pairs": [0, 0]}
    for left, right, relation, *text in rows:
        if not text or text[0] not in reads:
            continue
        kind = (
            "deal pairs" if relation in DEAL_RELATIONS else "unknown pairs" if relation == "unknown" else ""
        )
        if not kind:
            continue
        groups: dict[int, list[str]] = {}
        for row in reads[text[0]]["parties"]:
            groups.setdefault(row["deal_index"], []).append(row["surface_text"])
        hit = any(
            any(is_lenient(left, n) for n in names) and any(is_lenient(right, n) for n in names)
            for names in groups.values()
        )
        counts[kind][0] += 1
        counts[kind][1] += hit
    for kind, (total, hit) in counts.items():
        print(f"finre {kind}: {hit} of {total} read as parties of one deal ({hit / max(1, total):.3f})")


def evaluate_duie(reader: Reader) -> None:
    """DuIE: persons with their bodies for 董事长, 校长 and 创始人."""
    items = reader.items("relation_duie/sample_first3000.jsonl")
    kinds = {"董事长", "校长", "创始人"}
    dealt = [i for i in items if any(s["predicate"] in kinds for s in i["spo_list"])]
    articles, sentences, mentions = reader.frames([i["text"] for i in dealt])
    names = dict(mentions.select("mention_index", "surface_text").iter_rows())
    roles = reader.roles.find(articles, sentences, mentions)
    found: dict[str, set[str]] = {}
    for row in roles.iter_rows(named=True):
        for kind in kinds:
            if row["title"].endswith(kind):
                body = row["organization_text"] or ""
                found.setdefault(row["article_id"], set()).add(
                    f"{names[row['person_mention_index']]}|{kind}|{body}"
                )
    persons, bodies = Score(), Score()
    for number, item in enumerate(dealt):
        gold = {
            (s["object"]["@value"], s["predicate"], s["subject"])
            for s in item["spo_list"]
            if s["predicate"] in kinds
        }
        read = {tuple(value.split("|")) for value in found.get(str(number), set())}
        persons.add({f"{p}{k}" for p, k, _ in gold}, {f"{p}{k}" for p, k, _ in read}, is_exact)
        pairs = {(p, k): b for p, k, b in sorted(read)}
        bodies.gold += len(gold)
        bodies.predicted += sum(bool(b) for b in pairs.values())
        hits = sum(is_lenient(b, pairs.get((p, k), "")) for p, k, b in gold)
        bodies.found += hits
        bodies.right += hits
    print(f"duie {len(dealt)} sentences\n  person and title {persons}\n  and body         {bodies}")


def evaluate_wp(reader: Reader) -> None:
    """WP novel: share of quoted passages in the last sentence of each instance that are read as speech."""
    items = json.loads((DATA / "quote_wp_novel/dev_instances.json").read_text(encoding="utf-8"))
    texts, gold = [], []
    for item in items.values():
        lines = [
            re.sub(r"\[C(\d+)\]", lambda m: "甲乙丙丁戊己庚辛壬癸"[int(m[1]) % 10] + "某某", line)
            for line in item["text"]
        ]
        texts.append("\n".join(lines))
        gold.append(sum(line.count("“") for line in lines))
    articles, sentences, mentions = reader.frames(texts)
    found = reader.quotations.find(articles, sentences, mentions).filter(pl.col("mode") == "direct")
    print(
        f"wp_novel: {found.height} passages read as speech of {sum(gold)} quoted ones, "
        f"{found['speaker_text'].count()} with a speaker"
    )


EVALUATIONS: dict[str, Callable[[Reader], None]] = {
    "fewfc": evaluate_fewfc, "duee": evaluate_duee, "duee_fin": evaluate_duee_fin,
    "finre": evaluate_finre, "duie": evaluate_duie, "wp": evaluate_wp,
}  # fmt: skip


def main(names: Sequence[str]) -> None:
    """Run the named evaluations, or all."""
    if not DATA.is_dir():
        print(f"skipped: no evaluation data at {DATA}")
        return
    reader = Reader(next((HALVES[name] for name in names if name in HALVES), None))
    for name in [name for name in names if name not in HALVES] or EVALUATIONS:
        EVALUATIONS[name](reader)


if __name__ == "__main__":
    main(sys.argv[1:])
