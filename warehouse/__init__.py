"""What a table is, where it is stored and how it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warehouse.reader import Warehouse

__all__ = ["Warehouse"]


def __getattr__(name: str) -> Any:
    # `transforms` imports `warehouse.schema`; it must not load DuckDB and the registry with it.
    if name == "Warehouse":
        from warehouse.reader import Warehouse

        return Warehouse
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
