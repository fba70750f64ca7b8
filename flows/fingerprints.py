"""What decides the result of a step: its code, the vocabularies it names, the libraries it imports.

Found by reading the code, not declared by hand, so nothing has to be kept in step: a step's modules are its
package and what that imports from `transforms`; its vocabularies are those of `seeds` whose name
stands in quotes in one of these modules.
"""

from __future__ import annotations

import ast
import hashlib
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import Distribution, distributions
from importlib.resources import files
from pathlib import Path
from typing import Any

STEPS = ("ingest", "normalize", "extract", "resolve", "aggregate")

# Ingest's readers live beside the flow, because they open files.
_MORE_ROOTS = {"ingest": ("flows.readers", "flows.parsers")}
_OURS = ("transforms", "flows", "warehouse")


@cache
def step_fingerprint(step: str) -> str:
    """Fingerprint of everything that decides what a step makes of its input.

    Args:
        step: A package of `transforms`, such as `normalize`.

    Returns:
        16 hexadecimal digits.
    """
    modules = step_modules(step)
    digest = hashlib.sha256()
    for name in sorted(modules):
        digest.update(f"{name}\x1f".encode() + modules[name].read_bytes())
    for lookup in step_lookups(step):
        digest.update(f"{lookup}\x1f".encode() + _lookup_files()[lookup].read_bytes())
    for library in sorted(set(_libraries(modules.values()))):
        digest.update(library.encode())
    return digest.hexdigest()[:16]


@cache
def step_modules(step: str) -> dict[str, Path]:
    """Module name to file, of every module that a step runs."""
    package = _package_folder("transforms") / step
    found = {_module_name(path): path for path in package.rglob("*.py")}
    open_names = [*found, *_MORE_ROOTS.get(step, ())]
    while open_names:
        name = open_names.pop()
        path = found.get(name) or _module_path(name)
        if path is None:
            continue
        found[name] = path
        open_names += [other for other in _imports(path) if _is_followed(other, step) and other not in found]
    return found


@cache
def step_lookups(step: str) -> tuple[str, ...]:
    """Vocabularies that a step names, sorted."""
    texts = [_text(path) for path in step_modules(step).values()]
    named = (stem for stem in _lookup_files() if any(f'"{stem}"' in text for text in texts))
    return tuple(sorted(named))


def _is_followed(module: str, step: str) -> bool:
    return module.startswith("transforms.") or module in _MORE_ROOTS.get(step, ())


def _libraries(paths: Iterable[Path]) -> Iterator[str]:
    """`name=version` of every distribution that the modules import."""
    tops = {name.split(".")[0] for path in paths for name in _imports(path)}
    tops -= {*sys.stdlib_module_names, *_OURS}
    for top in tops:
        yield from (f"{found.name}={found.version}" for found in _distributions().get(top, ()))


@cache
def _distributions() -> Mapping[str, list[Distribution]]:
    """Distributions by the names at the top of what they installed.

    `packages_distributions` says the same and takes ten times as long.
    """
    found: dict[str, list[Distribution]] = defaultdict(list)
    for distribution in distributions():
        installed = distribution.read_text("RECORD") or distribution.read_text("top_level.txt") or ""
        for top in {re.split("[/.,]", line, maxsplit=1)[0] for line in installed.splitlines()}:
            found[top].append(distribution)
    return found


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def _imports(path: Path) -> frozenset[str]:
    """Names of the modules imported, and of the names imported from them: a name may be a module."""
    names: set[str] = set()
    for statement in _statements(ast.parse(_text(path)).body):
        if isinstance(statement, ast.Import):
            names.update(alias.name for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom) and statement.module:
            names.add(statement.module)
            names.update(f"{statement.module}.{alias.name}" for alias in statement.names)
    return frozenset(names)


def _statements(body: Iterable[Any]) -> Iterator[ast.stmt]:
    """All statements, without the expressions in them, which are most of a module."""
    for statement in body:
        yield statement
        for inner in ("body", "orelse", "finalbody", "handlers", "cases"):
            yield from _statements(getattr(statement, inner, ()))


@cache
def _package_folder(package: str) -> Path:
    return Path(str(files(package)))


@cache
def _lookup_files() -> dict[str, Path]:
    """Vocabularies and gazetteers by the name under which `load_lookups` holds them."""
    seeds = _package_folder("seeds")
    return {path.stem: path for path in (*seeds.glob("lookups/*.yml"), *seeds.glob("gazetteers/*.csv"))}


def _module_name(path: Path) -> str:
    relative = path.relative_to(_package_folder("transforms").parent).with_suffix("")
    parts = relative.parts[:-1] if relative.name == "__init__" else relative.parts
    return ".".join(parts)


def _module_path(name: str) -> Path | None:
    top, _, rest = name.partition(".")
    base = _package_folder(top).joinpath(*rest.split(".")) if rest else _package_folder(top)
    for path in (base.with_suffix(".py"), base / "__init__.py"):
        if path.is_file():
            return path
    return None
