"""What a whole build of one added page costs beside how many documents the warehouse holds already.

The documents are synthetic, the month of the page has 840 of them. The build is the real one, of the seed
page, in a process of its own.

    python -m tests.benchmarks.bench_run 0 1000 10000 100000
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.made_house import PER_DOCUMENT, fill, staged
from warehouse.store import Store

ROOT = Path(__file__).resolve().parents[2]
STEPS = ("before_ingest", "ingest_normalize_extract", "resolve", "aggregate", "check", "publish_and_rest")


def add_page(folder: Path) -> dict[str, float]:
    """Build the seed page into the warehouse of a folder."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_flow", "--variant", "flow"]
    command += ["--source", str(ROOT / "seeds/pages"), "--folder", str(folder)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(count: int) -> None:
    """Print the figures of one size."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        folder = Path(name)
        filled = "empty"
        if count:
            (folder / "staged").mkdir()
            seconds = sum(fill(folder / "warehouse", staged(folder / "staged", count)))
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            store = Store(folder / "warehouse")
            manifest = store.manifest()
            assert manifest is not None
            files = [file for _, file in manifest.all_files()]
            rows = sum(file.rows for file in files)
            size = sum(file.bytes for file in files) / count / 1024
            filled = (
                f"filled with {rows:,} rows, {manifest.rows('entities'):,} entities: {seconds:.0f} CPU-s, "
                f"{peak:.0f} MiB, {size:.1f} KiB a document"
            )
        found = add_page(folder)
        steps = ", ".join(f"{step} {found[step]:.2f}" for step in STEPS)
        print(f"{count:>7} documents ({filled}) | one page: {steps}, work {found['work']:.2f}", flush=True)


if __name__ == "__main__":
    # Short pages: what the corpus steps see of a document, without the rows that no other page asks for.
    short = {"documents": 1, "pages": 1, "articles": 2, "sentences": 6, "mentions": 12, "deals": 1}
    PER_DOCUMENT.clear()
    PER_DOCUMENT.update(short, deal_parties=2)
    for size in sys.argv[1:] or ["0", "1000", "10000"]:
        measure(int(size))
