"""What the flow costs: CPU seconds of a build beside the same work without Prefect, and of one page.

Run: OMP_NUM_THREADS=1 POLARS_MAX_THREADS=1 python -m tests.benchmarks.bench_flow [--articles 1000] [--page]

Each variant runs in a process of its own. `own` are CPU seconds of that process, `children` those of
the processes that it started: Prefect's server with a new database, and the reader of sources.
Checks are timed where the build says that they begin and end.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests import evaluation

ROOT = Path(__file__).resolve().parents[2]
DATA = evaluation.DATA / "news_xinwenlianbo"


def write_articles(path: Path, count: int) -> int:
    """Paragraphs of the news as records; the number written."""
    written = 0
    with path.open("w", encoding="utf-8") as file:
        for source in sorted(DATA.glob("2*.md")):
            for line in re.sub(r"<[^>]*>", "\n", source.read_text(encoding="utf-8")).splitlines():
                if len(line) >= 80 and written < count:
                    written += 1
                    file.write(json.dumps({"id": str(written), "text": line}, ensure_ascii=False) + "\n")
    return written


class Marks:
    """CPU and wall-clock seconds of the steps, taken where a build tells of its progress."""

    def __init__(self) -> None:
        self.first: dict[str, tuple[float, float]] = {}
        self.last: dict[str, tuple[float, float]] = {}

    def expect(self, step: str, count: int) -> None:
        self.first.setdefault(step, (time.process_time(), time.monotonic()))

    def advance(self, step: str) -> None:
        self.last[step] = (time.process_time(), time.monotonic())


def run_flow(source: Path, folder: Path) -> dict[str, float]:
    """Build with the flow."""
    from flows.environment import configure_prefect

    started = time.process_time()
    configure_prefect(folder / "warehouse")
    from flows.server import api_for_a_run

    server = api_for_a_run(folder / "warehouse")
    from flows import progress
    from flows.build import build
    from flows.options import BuildOptions

    imported = time.process_time()
    server.wait()
    marks = Marks()
    progress._display.set(marks)
    result = build(BuildOptions(sources=[str(source)], warehouse=folder / "warehouse"))
    ended = time.process_time()
    cpu = {step: marks.last[step][0] - marks.first[step][0] for step in ("resolve", "aggregate", "check")}
    return {
        "articles": result.row_counts["articles"],
        "import": imported - started,
        "before_ingest": marks.first["ingest"][0] - imported,
        "ingest_normalize_extract": marks.last["extract"][0] - marks.first["ingest"][0],
        **cpu,
        "publish_and_rest": ended - marks.last["check"][0],
        "work": ended - imported,
    }


def run_plain(source: Path, folder: Path) -> dict[str, float]:
    """The same functions in the same order, without the engine."""
    from prefect.logging import disable_run_logger

    from flows import tasks, work
    from flows.collect import Staged, collect
    from flows.options import BuildOptions
    from flows.plan import Found, Plan, fingerprints_of, hash_source
    from flows.recognition import Recognition
    from flows.settings import Settings
    from flows.sources import discover, read_source
    from warehouse.store import Store

    started = time.process_time()
    from datetime import UTC, datetime

    store = Store(folder / "warehouse")
    options = BuildOptions(sources=[str(source)], warehouse=folder / "warehouse")
    recognition = Recognition.of(options)
    sources, refusals = discover(options.sources)
    steps = dict.fromkeys(("ingest", "normalize", "extract"), "0" * 16)
    seen = {"ingest": tasks.reading_options(options, Settings()), "normalize": False, "extract": recognition}
    plan = Plan(read=[Found(s, hash_source(s, None), fingerprints_of(s, steps, seen)) for s in sources])
    staged = Staged()
    work.write_parts((item for s in sources for item in read_source(s)), folder / "ingest", 1_000_000)
    for part in sorted((folder / "ingest").iterdir()):
        work.normalize_part(part, folder / "n" / part.name, simplify=False)
        work.extract_part(folder / "n" / part.name, folder / "x" / part.name, recognition)
        staged.ingested.append(part)
        staged.pages.append(part)
        staged.normalized.append(folder / "n" / part.name)
        staged.extracted.append(folder / "x" / part.name)
    run_id = "0" * 16
    run = collect(staged, plan, refusals, store, run_id=run_id, started_at=datetime.now(UTC))
    draft = store.draft(run.changes)
    with disable_run_logger():
        tasks.resolve.fn(draft)
        tasks.aggregate.fn(draft)
        before = time.process_time()
        checks = tasks.check.fn(draft, run_id)
        checked = time.process_time() - before
        draft.put({"checks": checks, "sources": run.sources})
        manifest = store.commit_draft(draft, run_id=run_id, info={})
    return {
        "articles": manifest.rows("articles"),
        "check": checked,
        "work": time.process_time() - started,
    }


def run_checks_import(source: Path, folder: Path) -> dict[str, float]:
    """What it costs to import Great Expectations, on top of what a build has imported."""
    import flows.build  # noqa: F401

    started = time.process_time()
    import expectations.runner  # noqa: F401

    return {"import": time.process_time() - started}


VARIANTS = {"flow": run_flow, "plain": run_plain, "checks_import": run_checks_import}


def measure(variant: str, source: Path) -> dict[str, Any]:
    """Run a variant in a process of its own, on a warehouse and a server database of its own."""
    with tempfile.TemporaryDirectory(prefix="baocang-bench-") as folder:
        before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        command = [sys.executable, "-m", "tests.benchmarks.bench_flow", "--variant", variant]
        command += ["--source", str(source), "--folder", folder]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode:
            raise RuntimeError(done.stderr)
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        total = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return {**found, "children": total - found["own"], "clock": time.monotonic() - clock}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--page", action="store_true", help="The seed page instead.")
    parser.add_argument("--variant", choices=VARIANTS)
    parser.add_argument("--source", type=Path)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.variant:
        found = VARIANTS[given.variant](given.source, given.folder)
        print(json.dumps({**found, "own": time.process_time()}))
        return
    if given.page:
        for variant in ("flow", "checks_import"):
            print(
                variant,
                json.dumps({k: round(v, 2) for k, v in measure(variant, ROOT / "seeds/pages").items()}),
            )
        return
    if not DATA.is_dir():
        print(f"skipped: needs {DATA.name} in the evaluation data (BAOCANG_EVAL_DATA)")
        return
    with tempfile.TemporaryDirectory(prefix="baocang-bench-") as folder:
        source = Path(folder) / "articles.jsonl"
        print(f"{write_articles(source, given.articles)} articles, {source.stat().st_size:,} bytes")
        plain, flow = measure("plain", source), measure("flow", source)
    for name, found in (("plain", plain), ("flow", flow)):
        print(name, json.dumps({key: round(value, 2) for key, value in found.items()}))
    bare = (flow["work"] - flow["check"]) / (plain["work"] - plain["check"])
    print(f"flow / plain: {flow['work'] / plain['work']:.3f} with checks, {bare:.3f} without")


if __name__ == "__main__":
    main()
