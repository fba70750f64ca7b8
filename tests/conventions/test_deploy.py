"""The examples for a server say what the program understands."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import yaml
from typer.testing import CliRunner

from flows.cli import app
from flows.settings import Settings

ROOT = Path(__file__).parents[2]


def test_the_unit_starts_a_command_that_exists_with_settings_that_exist() -> None:
    unit = (ROOT / "flows/deploy/baocang.service").read_text(encoding="utf-8")
    command = next(line for line in unit.splitlines() if line.startswith("ExecStart="))
    arguments = command.split("/bin/baocang ")[1].split()
    outcome = CliRunner().invoke(app, [*arguments, "--help"])
    assert outcome.exit_code == 0
    named = {word.split("=")[0].strip('"') for word in unit.split() if word.strip('"').startswith("BAOCANG_")}
    named |= {w.split("BAOCANG_")[1].split("=")[0] for w in unit.split() if "BAOCANG_" in w}
    fields = {name.upper() for name in Settings.model_fields}
    assert {name.removeprefix("BAOCANG_") for name in named} <= fields


def test_the_container_starts_from_what_it_copies(tmp_path: Path) -> None:
    lines = (ROOT / "flows/deploy/Containerfile").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("COPY "):
            *sources, target = line.split()[1:]
            for source in sources:
                place = tmp_path / (target if (ROOT / source).is_dir() else source)
                if (ROOT / source).is_dir():
                    shutil.copytree(
                        ROOT / source, place, ignore=shutil.ignore_patterns("data", "__pycache__")
                    )
                else:
                    shutil.copy(ROOT / source, place)
    package = tomllib.loads((tmp_path / "pyproject.toml").read_text(encoding="utf-8"))
    assert all(
        (tmp_path / name).is_dir()
        for name in package["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    )
    [start] = [json.loads(line.removeprefix("CMD ")) for line in lines if line.startswith("CMD ")]
    command = [sys.executable, "-m", "flows.cli", *start[1:], "--help"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONSAFEPATH": "1"}
    told = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert "Ctrl-C" in told.stdout


def test_prefect_yaml_names_flows_that_exist() -> None:
    declared = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    names = {deployment["name"] for deployment in declared["deployments"]}
    assert names == {"build", "nightly", "backfill", "check", "prune"}
    for deployment in declared["deployments"]:
        module, function = deployment["entrypoint"].split(":")
        path = ROOT / (module.replace(".", "/") + ".py")
        assert f"def {function}(" in path.read_text(encoding="utf-8")
