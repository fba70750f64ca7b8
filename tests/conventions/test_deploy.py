"""The examples for a server say what the program understands."""

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


def test_the_container_copies_what_the_package_needs() -> None:
    text = (ROOT / "flows/deploy/Containerfile").read_text(encoding="utf-8")
    for path in ("pyproject.toml", "flows", "transforms", "expectations", "warehouse", "seeds"):
        assert path in text
        assert (ROOT / path).exists()


def test_prefect_yaml_names_flows_that_exist() -> None:
    declared = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    names = {deployment["name"] for deployment in declared["deployments"]}
    assert names == {"build", "nightly", "backfill", "check", "prune"}
    for deployment in declared["deployments"]:
        module, function = deployment["entrypoint"].split(":")
        path = ROOT / (module.replace(".", "/") + ".py")
        assert f"def {function}(" in path.read_text(encoding="utf-8")
