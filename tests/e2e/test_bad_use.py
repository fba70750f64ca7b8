"""Wrong use ends with a sentence and exit code 2, never with a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("case", ["missing", "empty_folder", "binary"])
def test_nothing_to_read(case: str, tmp_path: Path) -> None:
    source = tmp_path / case
    if case == "empty_folder":
        source.mkdir()
    elif case == "binary":
        source.write_bytes(bytes(range(256)) * 40)
    command = [
        sys.executable, "-m", "flows.cli", "build", str(source), "--warehouse", str(tmp_path / "w"),
    ]  # fmt: skip
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert outcome.returncode == 2
    assert "Traceback" not in outcome.stderr + outcome.stdout
    assert outcome.stderr.strip()
    assert not (tmp_path / "w" / "current").exists()
