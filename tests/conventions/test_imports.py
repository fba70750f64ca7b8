"""Imports run one way, and the house has no other rooms."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ALLOWED = {
    "flows": {"flows", "expectations", "transforms", "warehouse"},
    "expectations": {"expectations", "warehouse"},
    "transforms": {"transforms", "warehouse.schema"},
    "warehouse": {"warehouse"},
}
MODULES = [path for package in ALLOWED for path in sorted((ROOT / package).rglob("*.py"))]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    own = {name for name in imports(path) if name.split(".")[0] in ALLOWED}
    allowed = ALLOWED[package]
    wrong = {n for n in own if not any(n == a or n.startswith(f"{a}.") for a in allowed)}
    assert not wrong


def test_great_expectations_is_imported_in_one_module() -> None:
    users = {
        str(path.relative_to(ROOT))
        for path in MODULES
        if any(name.split(".")[0] == "great_expectations" for name in imports(path))
    }
    assert users == {"expectations/runner.py"}


@pytest.mark.parametrize(
    "path", [p for p in MODULES if "transforms" in p.parts], ids=lambda p: str(p.relative_to(ROOT))
)
def test_transforms_know_no_clock_files_or_prefect(path: Path) -> None:
    assert not {name.split(".")[0] for name in imports(path)} & {"prefect", "time", "pathlib", "os", "flows"}
    called = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    assert not called & {"open", "date.today", "datetime.now", "datetime.today", "datetime.utcnow"}


def test_no_other_top_level_folder() -> None:
    expected = {"seeds", "flows", "transforms", "expectations", "warehouse", "tests"}
    folders = {p.name for p in ROOT.iterdir() if p.is_dir() and not p.name.startswith(".")}
    assert expected <= folders
    assert not {f for f in folders - expected if f not in {"build", "dist"} and not f.endswith("egg-info")}
