"""What decides the result of a step: its code, the vocabularies it names, the libraries it imports.

Found by reading the code, not declared by hand, so nothing has to be kept in step: a step's modules are its
package and what that imports from `transforms`; its vocabularies are those of `seeds` whose name
stands as a string in one of these modules.
"""

from __future__ import annotations

import ast
import hashlib
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from importlib.resources import files
from pathlib import Path

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
    for library in sorted(_libraries(modules.values())):
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
        imports, _ = _imports_and_strings(path)
        open_names += [other for other in imports if _is_followed(other, step) and other not in found]
    return found


@cache
def step_lookups(step: str) -> tuple[str, ...]:
    """Vocabularies that a step names, sorted."""
    stems = set(_lookup_files())
    named: set[str] = set()
    for path in step_modules(step).values():
        named |= stems & _imports_and_strings(path)[1]
    return tuple(sorted(named))


def _is_followed(module: str, step: str) -> bool:
    return module.startswith("transforms.") or module in _MORE_ROOTS.get(step, ())


def _libraries(paths: Iterable[Path]) -> Iterator[str]:
    """`name=version` of every distribution that the modules import."""
    distributions = _distributions()
    tops = {name.split(".")[0] for path in paths for name in _imports_and_strings(path)[0]}
    for top in tops - set(sys.stdlib_module_names) - set(_OURS):
        for distribution in distributions.get(top, ()):
            try:
                yield f"{distribution}={version(distribution)}"
            except PackageNotFoundError:
                continue


@cache
def _distributions() -> Mapping[str, list[str]]:
    return packages_distributions()


@cache
def _imports_and_strings(path: Path) -> tuple[frozenset[str], frozenset[str]]:
    """Names that a module imports, a name may be a module; and its string constants."""
    imports: set[str] = set()
    strings: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                strings.add(node.value)
        elif isinstance(node, ast.Import):
            imports.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            imports.add(node.module)
            imports.update(f"{node.module}.{alias.name}" for alias in node.names)
    return frozenset(imports), frozenset(strings)


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
