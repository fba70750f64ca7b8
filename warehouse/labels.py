"""Chinese names of tables, columns and coded values (`labels.yml`)."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def load_labels() -> dict[str, Any]:
    """The parsed label file: `tables`, `layers`, `columns` and `values`."""
    text = resources.files("warehouse").joinpath("labels.yml").read_text(encoding="utf-8")
    labels: dict[str, Any] = yaml.safe_load(text)
    return labels


def table_label(name: str) -> str:
    """Chinese name of a table; the name itself where there is none."""
    return str(load_labels()["tables"].get(name, {}).get("name", name))


def column_label(name: str) -> str:
    """Chinese name of a column; the name itself where there is none."""
    return str(load_labels()["columns"].get(name, name))


def value_label(column: str, value: str) -> str:
    """Chinese name of a coded value; the code itself where there is none."""
    return str(load_labels()["values"].get(column, {}).get(value, value))
