"""The README's ways to read the tables, run as they stand there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READING = (ROOT / "README.md").read_text(encoding="utf-8").split("## Read the tables")[1].split("\n## ")[0]
BLOCKS = re.findall(r"```python\n(.*?)```", READING, re.S)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a warehouse where the README has it."""
    folder = tmp_path_factory.mktemp("desk")
    command = [sys.executable, "-m", "flows.cli", "build", "seeds/pages", "--warehouse"]
    outcome = subprocess.run(
        [*command, str(folder / "warehouse/data")], cwd=ROOT, capture_output=True, timeout=300, check=False
    )
    assert outcome.returncode == 0, outcome.stderr
    return folder


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.splitlines()[0])
def test_the_readme_reads_the_tables(block: str, desk: Path) -> None:
    # The folder `warehouse` of the desk must not hide the package of that name.
    code = block.replace('"warehouse/data', f'"{desk}/warehouse/data')
    outcome = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout.strip()


def test_every_block_is_run() -> None:
    assert len(BLOCKS) == 4
