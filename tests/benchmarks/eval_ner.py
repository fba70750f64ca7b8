"""Span F1 of the recognition on the NER corpora of the evaluation data, engine alone and with the rules.

Run: python -m tests.benchmarks.eval_ner [--half 0|1|all] [--profile default|flat] [--engine lac|jieba]
     [--sample 1000 | --all] [--way direct|command|both]

`direct` calls the finder on each sentence; `command` writes the sentences as JSONL, runs `baocang build` on
them and reads the mentions out of the warehouse, so that reading, repair and publishing are measured too.

Half 0 is what the rules were tuned on, half 1 is not. Strict: outermost mentions against the corpus as it
is. Flattened: a mention that the corpus does not hold gives way to its nested mentions where these are what
the corpus annotates. Annotation differences are stated in RESULTS.md.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl

from flows.resources import load_lookups, load_recognizer
from tests.benchmarks.public_command import build_mentions
from tests.evaluation import DATA
from transforms.extract.engine.recognizers import ENGINES, Recognizer
from transforms.extract.mentions import PROFILES, MentionFinder

TYPES = ("person", "organization", "place")
Spans = set[tuple[int, int, str]]
Corpus = list[tuple[str, Spans]]
Rows = list[list[dict[str, object]]]

_NEWS = {"PER": "person", "LOC": "place", "ORG": "organization", "GPE": "place"}
_RESUME = {"NAME": "person", "ORG": "organization", "LOC": "place"}
_CLUENER = {
    "name": "person",
    "company": "organization",
    "government": "organization",
    "organization": "organization",
    "address": "place",
}


def spans_of(tags: Iterable[str], lengths: Iterable[int], types: dict[str, str]) -> Spans:
    """Spans of a BIO or BMES column; `-B`, `-S` open, a change of type closes."""
    found: Spans = set()
    start, current, position = 0, "", 0
    for tag, length in zip([*tags, "O"], [*lengths, 0], strict=True):
        kind = tag[2:]
        if current and (tag[0] in "BOS" or kind != current):
            if current in types:
                found.add((start, position, types[current]))
            current = ""
        if tag[0] in "BS":
            start, current = position, kind
        position += length
    return found


def read_columns(
    path: Path, types: dict[str, str], word: int = 0, tag: int = -1, *, first_character: bool = False
) -> Corpus:
    """A corpus of one token a line and an empty line after each sentence."""
    corpus = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") if "\t" in line else line.split(" ") for line in block.split("\n")]
        rows = [row for row in rows if len(row) > 1 and not row[0].startswith("#")]
        words = [row[word][0] if first_character else row[word] for row in rows]
        if words:
            corpus.append(("".join(words), spans_of([row[tag] for row in rows], map(len, words), types)))
    return corpus


def read_cluener(path: Path, types: dict[str, str], *, marks: bool = False) -> Corpus:
    """CLUENER; ends are inclusive there, and `marks` says that titles keep their 《》."""
    corpus = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        spans = {
            (start, end + 1, types[kind])
            for kind, names in record["label"].items()
            if kind in types
            for places in names.values()
            for start, end in places
        }
        corpus.append((record["text"], _inside_marks(record["text"], spans) if marks else spans))
    return corpus


def _inside_marks(text: str, spans: Spans) -> Spans:
    return {(a + (text[a] == "《"), b - (text[b - 1] == "》"), kind) for a, b, kind in spans}


CORPORA: dict[str, tuple[str, Callable[[Path], Corpus], tuple[str, ...]]] = {
    "MSRA": ("ner_msra/msra_val.bio", lambda p: read_columns(p, _NEWS), TYPES),
    "People's Daily": ("ner_people_daily/example.dev.bio", lambda p: read_columns(p, _NEWS), TYPES),
    "CLUENER": ("ner_cluener/train.json", lambda p: read_cluener(p, _CLUENER), TYPES),
    "CLUENER titles": (
        "ner_cluener/train.json",
        lambda p: read_cluener(p, dict.fromkeys(("book", "movie", "game"), "work"), marks=True),
        ("work",),
    ),
    "Resume": ("ner_resume/train_dev.char.bmes", lambda p: read_columns(p, _RESUME), TYPES),
    "UNER": ("ner_uner/zh_gsdsimp-ud-dev.iob2", lambda p: read_columns(p, _NEWS, 1, 2), TYPES),
    "Weibo": (
        "ner_weibo/weiboNER_2nd_conll.dev",
        lambda p: read_columns(p, {f"{tag}.NAM": kind for tag, kind in _NEWS.items()}, first_character=True),
        TYPES,
    ),
}


def frames(corpus: Corpus) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Each sentence as an article of its own."""
    articles = pl.DataFrame({"article_id": range(len(corpus)), "text": [text for text, _ in corpus]})
    articles = articles.with_columns(pl.col("article_id").cast(pl.String))
    sentences = articles.with_columns(sentence_id=pl.col("article_id"), start_char=pl.lit(0))
    return articles, sentences.filter(pl.col("text") != "")


def flatten(gold: Spans, rows: list[dict[str, object]]) -> Spans:
    """Outermost mentions, but the nested ones of a mention that the corpus cuts up or does not hold."""
    inner: dict[object, Spans] = {}
    for row in rows:
        if row["parent_index"] is not None:
            inner.setdefault(row["parent_index"], set()).add(_span(row))
    flat: Spans = set()
    for row in rows:
        if row["parent_index"] is None:
            nested = inner.get(row["mention_index"], set())
            flat |= nested if _span(row) not in gold and nested & gold else {_span(row)}
    return flat


def _span(row: dict[str, object]) -> tuple[int, int, str]:
    return int(str(row["start_char"])), int(str(row["end_char"])), str(row["entity_type"])


def score(gold: list[Spans], found: list[Spans], types: tuple[str, ...]) -> dict[str, float]:
    """F1 by type and, under `all`, micro-averaged."""
    hits: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for right, seen in zip(gold, found, strict=True):
        for kind in types:
            want = {span for span in right if span[2] == kind}
            have = {span for span in seen if span[2] == kind}
            hits[kind] += len(want & have)
            sizes[kind] += len(want) + len(have)
    result = {kind: 2 * hits[kind] / max(sizes[kind], 1) for kind in types}
    return {**result, "all": 2 * sum(hits.values()) / max(sum(sizes.values()), 1)}


def mentions_directly(finder: MentionFinder, corpora: Iterable[Corpus]) -> list[Rows]:
    """Mentions of each sentence, straight from the finder."""
    found = []
    for corpus in corpora:
        rows: Rows = [[] for _ in corpus]
        for row in finder.find(*frames(corpus)).to_dicts():
            rows[int(row["article_id"])].append(row)
        found.append(rows)
    return found


def mentions_by_command(corpora: list[Corpus], arguments: list[str]) -> list[Rows]:
    """Mentions of each sentence, out of one warehouse built from all of them."""
    texts = [text for corpus in corpora for text, _ in corpus]
    rows: Rows = [[] for _ in texts]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for row in build_mentions(texts, Path(folder), arguments).to_dicts():
            rows[int(row["article_id"])].append(row)
    remaining = iter(rows)
    return [[next(remaining) for _ in corpus] for corpus in corpora]


def recognize(recognizer: Recognizer, corpus: Corpus) -> list[Spans]:
    """Spans of the engine alone."""
    found: list[Spans] = [set() for _ in corpus]
    for index, start, end, kind, *_ in recognizer.recognize([text for text, _ in corpus]).iter_rows():
        found[index].add((start, end, kind))
    return found


def choose(corpus: Corpus, half: str, sample: int | None) -> Corpus:
    """A half of a corpus, of it every n-th sentence so that the sample covers all of it."""
    middle = len(corpus) // 2
    chosen = {"0": corpus[:middle], "1": corpus[middle:], "all": corpus}[half]
    return chosen if sample is None else chosen[:: max(1, -(-len(chosen) // sample))]


def _outermost(rows: list[dict[str, object]]) -> Spans:
    return {_span(row) for row in rows if row["parent_index"] is None}


def main() -> int:
    """Print one line per corpus and way to count."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", choices=("0", "1", "all"), default="all")
    parser.add_argument("--profile", choices=PROFILES, default="default")
    parser.add_argument("--engine", choices=ENGINES, default="lac")
    parser.add_argument("--sample", type=int, default=1000, help="sentences of each corpus")
    parser.add_argument("--all", action="store_true", help="every sentence")
    parser.add_argument("--way", choices=("direct", "command", "both"), default="both")
    options = parser.parse_args()
    if not DATA.is_dir():
        print(f"skipped: no evaluation data at {DATA}")
        return 0
    sample = None if options.all else options.sample
    corpora = {
        name: choose(read(DATA / path), options.half, sample) for name, (path, read, _) in CORPORA.items()
    }
    recognizer = load_recognizer(options.engine, options.profile)
    ways: dict[str, list[Rows]] = {}
    if options.way != "command":
        finder = MentionFinder(recognizer, load_lookups(), profile=options.profile)
        ways["direct"] = mentions_directly(finder, corpora.values())
    if options.way != "direct":
        arguments = ["--engine", options.engine, "--profile", options.profile]
        ways["command"] = mentions_by_command(list(corpora.values()), arguments)
    setting = f"{options.engine}, {options.profile}, half {options.half}"
    print(f"| corpus ({setting}) | sentences | way | F1 | by type |\n|---|---|---|---|---|")
    for number, (name, corpus) in enumerate(corpora.items()):
        gold = [spans for _, spans in corpus]
        found = {"engine": recognize(recognizer, corpus)}
        for way, rows in ways.items():
            found[f"{way}, strict"] = [_outermost(row) for row in rows[number]]
            found[f"{way}, flattened"] = [flatten(*pair) for pair in zip(gold, rows[number], strict=True)]
        for way, spans in found.items():
            result = score(gold, spans, CORPORA[name][2])
            by_type = " ".join(f"{kind} {value:.3f}" for kind, value in result.items() if kind != "all")
            print(f"| {name} | {len(corpus)} | {way} | {100 * result['all']:.1f} | {by_type} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
