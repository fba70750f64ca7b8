"""How well damaged pages are read, and how fast.

    python -m tests.benchmarks.bench_normalize [boundaries|unseen|articles|clean|speed]

Needs the evaluation data; without it the command says that it is skipped.
"""

from __future__ import annotations

import html
import random
import re
import sys
import time
from collections.abc import Callable, Iterator

from tests.benchmarks import damager
from tests.evaluation import DATA
from tests.normalizing import NORMALIZER, as_frames
from transforms.normalize.characters import repair_characters

HAS_DATA = (DATA / "news_xinwenlianbo").is_dir()


def stories() -> Iterator[tuple[str, list[str]]]:
    """Headline and paragraphs of every broadcast story."""
    for path in sorted((DATA / "news_xinwenlianbo").glob("*.md")):
        _, _, news = path.read_text(encoding="utf-8").partition("## 详细新闻")
        for story in re.split(r"^### ", news, flags=re.M)[1:]:
            head, _, body = story.partition("\n")
            body = re.sub(r"<p[^>]*>", "\n", re.sub(r"</p>|<br/?>", "\n", body))
            body = html.unescape(re.sub(r"<[^>]+>|&nbsp;", "", body))
            paragraphs = [
                p.strip() for p in body.split("\n") if p.strip() and "http" not in p and "---" not in p
            ]
            if head.strip() and paragraphs:
                yield head.strip(), paragraphs


def people_daily() -> Iterator[str]:
    """Lines of the tagged People's Daily as plain text."""
    raw = (DATA / "people_daily_199801_pos" / "199801_first75.txt").read_text(encoding="utf-8")
    for line in raw.splitlines():
        yield "".join(re.sub(r"^\[", "", w).rsplit("/", 1)[0] for w in line.split())


def clean_pages(count: int, size: int = 12) -> list[list[str]]:
    """Pages of clean body paragraphs that each end like one."""
    complete = re.compile("^[^ ]{14,}[。！？][”）]?$")
    bodies = [p for _, paragraphs in stories() for p in paragraphs if complete.match(p)]
    return [bodies[i * size : (i + 1) * size] for i in range(min(count, len(bodies) // size))]


def bare(text: str) -> str:
    """Text without whitespace and with straight half-width marks, so that repairs do not count as errors."""
    return re.sub(r"\s", "", damager.straighten(repair_characters(text).text))


def boundaries(texts: list[str]) -> set[int]:
    """Offsets between paragraphs in the text without whitespace."""
    at, found = 0, set()
    for text in texts:
        at += len(re.sub(r"\s", "", text))
        found.add(at)
    found.discard(at)
    return found


def score(pages: list[list[str]], damage: Callable[[list[str]], str]) -> tuple[float, float, float]:
    """Boundary precision and recall and share of exact paragraphs."""
    hit = predicted = actual = exact = total = 0
    for paragraphs in pages:
        read = NORMALIZER.read_page(damage(paragraphs))
        truth = boundaries(paragraphs)
        guess = boundaries([p.text for p in read.paragraphs])
        hit += len(truth & guess)
        predicted += len(guess)
        actual += len(truth)
        known = {re.sub(r"\s", "", damager.straighten(p)) for p in paragraphs}
        exact += sum(re.sub(r"\s", "", damager.straighten(p.text)) in known for p in read.paragraphs)
        total += len(paragraphs)
    return hit / max(predicted, 1), hit / max(actual, 1), exact / max(total, 1)


def report_boundaries(first: int = 0, last: int = 100) -> None:
    """Boundary figures for every kind of damage; rules were tuned on the first hundred pages only."""
    pages = clean_pages(last)[first:]
    kinds: dict[str, Callable[[list[str]], str]] = {
        "undamaged, line": "\n".join,
        "undamaged, blank line": "\n\n".join,
        "undamaged, indented": lambda p: "\n".join("\u3000\u3000" + x for x in p),
        "half-width marks": lambda p: damager.straighten("\n".join(p)),
    }
    for width in (11, 13, 18, 25):
        for share in (1.0, 0.5):
            kinds[f"space-wrapped {width}, share {share}"] = lambda p, w=width, s=share: (
                damager.space_wrapped(p, w, random.Random(w), s)
            )
        kinds[f"seed-like {width}"] = lambda p, w=width: damager.seed_like(p, w, random.Random(str(p[0])))
    for width in (11, 13, 18, 25, 36):
        kinds[f"newline-wrapped {width}"] = lambda p, w=width: damager.newline_wrapped(p, w)
        kinds[f"newline-wrapped {width}, no kinsoku, by count"] = lambda p, w=width: damager.newline_wrapped(
            p, w, kinsoku=False, em=False
        )
    kinds["newline-wrapped 18, first line short"] = lambda p: damager.newline_wrapped(p, 18, indent=2)
    kinds["newline-wrapped 18, blank lines"] = lambda p: damager.newline_wrapped(p, 18, blank=True)
    for rate in (0.1, 0.3, 0.6):
        kinds[f"blank lines in sentences, rate {rate}"] = lambda p, r=rate: damager.blank_in_sentences(
            p, random.Random(str(p[0])), r
        )
    for name, damage in kinds.items():
        precision, recall, exact = score(pages, damage)
        print(f"{name:48} precision {precision:.3f}  recall {recall:.3f}  exact paragraphs {exact:.3f}")


def report_clean() -> None:
    """Clean stories: structural edits and damage rows that should not be there."""
    pages = ["\n".join([head, *paragraphs]) for head, paragraphs in stories()][:300]
    for path in sorted((DATA / "news_textrank4zh").glob("*.txt")):
        pages.append(path.read_text(encoding="utf-8"))
    changed = alarms = 0
    for raw in pages:
        page = NORMALIZER.read_page(raw)
        structural = [c for c in page.changes if c.rule != "quote_direction"]
        changed += bool(structural)
        for change in structural[:3]:
            print("  changed:", change.rule, repr(raw[max(0, change.start - 12) : change.end + 12]))
        for spot in page.spots:
            text = page.paragraphs[spot.paragraph].text
            print("  damage:", spot.damage_type, repr(text[max(0, spot.start - 12) : spot.end + 8]))
        alarms += len(page.spots)
    print(f"clean articles {len(pages)}: rewritten {changed}, damage rows {alarms}")


def report_articles() -> None:
    """Broadcast stories glued into pages of five, and the datelines of the People's Daily."""
    ended = re.compile("[。！？…][”）]?$")
    told = [(h, ps) for h, ps in stories() if len(ps) > 1 and all(ended.search(p) for p in ps)]
    layouts: dict[str, Callable[[str, list[str]], str]] = {
        "a paragraph a line": lambda h, ps: "\n".join([h, *ps]),
        "blank lines": lambda h, ps: "\n\n".join([h, *ps]),
        "newline-wrapped 18": lambda h, ps: h + "\n" + damager.newline_wrapped(ps, 18),
        "newline-wrapped 18, blank line by the head": lambda h, ps: (
            "\n" + h + "\n\n" + damager.newline_wrapped(ps, 18) + "\n"
        ),
        "newline-wrapped 25, indents": lambda h, ps: (
            h + "\n" + "\n".join("\u3000\u3000" + "\n".join(damager.wrap(p, 25, indent=2)) for p in ps)
        ),
        "seed-like 13": lambda h, ps: h + "\n\n" + damager.seed_like(ps, 13, random.Random(h)),
    }
    for name, lay_out in layouts.items():
        heads = grouped = total = 0
        for at in range(0, len(told) - 5, 5):
            page = told[at : at + 5]
            frames = as_frames(
                ("\n\n" if "blank" in name or "seed" in name else "\n").join(lay_out(h, ps) for h, ps in page)
            )
            found = {
                bare(row["headline"] or ""): bare(row["text"])
                for row in frames["articles"].iter_rows(named=True)
            }
            for head, paragraphs in page:
                heads += bare(head) in found
                grouped += found.get(bare(head)) == bare("".join(paragraphs))
                total += 1
        shares = f"headline {heads / total:.3f}  exact article {grouped / total:.3f}  n {total}"
        print(f"broadcast, {name:44} {shares}")
    lines = [x for x in people_daily() if x]
    headed = opened = total = 0
    opener = re.compile(r"^据?(?:新华社|本报|中新社).{0,16}(?:电|讯)")
    for at in range(0, len(lines), 150):
        read = NORMALIZER.read_page("\n".join(lines[at : at + 150]))
        first: dict[int, int] = {}
        headlines = {p.article for p in read.paragraphs if p.block_type == "headline"}
        for index, paragraph in enumerate(read.paragraphs):
            if paragraph.block_type == "body" and paragraph.article is not None:
                first.setdefault(paragraph.article, index)
        for index, paragraph in enumerate(read.paragraphs):
            if opener.match(paragraph.text) and paragraph.article is not None and index:
                total += 1
                opened += first[paragraph.article] == index
                headed += paragraph.article in headlines
    print(
        f"People's Daily: datelines that open their article {opened / total:.3f}, "
        f"under a headline {headed / total:.3f}, n {total}"
    )


def report_speed() -> None:
    """Characters a second on one core."""
    pages = ["\n".join(p) for p in clean_pages(400)]
    chars = sum(map(len, pages))
    NORMALIZER.words.frequency("云")  # the dictionary loads once a process
    start = time.process_time()
    for page in pages:
        NORMALIZER.repair(page)
    repair = time.process_time() - start
    start = time.process_time()
    for page in pages:
        NORMALIZER.read_page(page)
    read = time.process_time() - start
    print(f"{chars:,} characters: repair {chars / repair / 1e6:.2f} M/s, all {chars / read / 1e6:.2f} M/s")


if __name__ == "__main__":
    if not HAS_DATA:
        sys.exit("skipped: no evaluation data (BAOCANG_EVAL_DATA)")
    parts = {
        "boundaries": report_boundaries,
        "unseen": lambda: report_boundaries(100, 300),
        "clean": report_clean,
        "articles": report_articles,
        "speed": report_speed,
    }
    for part in sys.argv[1:] or parts:
        parts[part]()
