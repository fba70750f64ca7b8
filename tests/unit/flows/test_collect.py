from pathlib import Path

import polars as pl

from flows.collect import _losers, _rows


def write(folder: Path, *rows: tuple[str, str]) -> Path:
    folder.mkdir()
    frame = pl.DataFrame(rows, schema=["document_id", "uri"], orient="row")
    frame.write_parquet(folder / "documents.parquet")
    return folder


def test_of_equal_documents_the_smallest_uri_stands(tmp_path: Path) -> None:
    parts = [
        write(tmp_path / "part-0", ("d1", "b"), ("d2", "c")),
        write(tmp_path / "part-1", ("d1", "a"), ("d3", "e")),
        write(tmp_path / "part-2", ("d1", "f"), ("d2", "d")),
    ]
    losers = _losers(parts)
    assert losers.select("uri", "kept_uri").rows() == [("b", "a"), ("f", "a"), ("d", "c")]
    rows = _rows(parts, "documents", losers)
    assert len(rows) == len(parts)
    assert sorted(pl.concat(rows).collect().rows()) == [("d1", "a"), ("d2", "c"), ("d3", "e")]
    # The next step has its own folder for each part.
    later = [part.rename(part.with_name(f"later-{part.name}")) for part in parts]
    again = pl.concat(_rows(later, "documents", losers)).collect()
    assert sorted(again.rows()) == [("d1", "a"), ("d2", "c"), ("d3", "e")]


def test_without_equal_documents_files_are_handed_on(tmp_path: Path) -> None:
    part = write(tmp_path / "part-0", ("d1", "b"), ("d2", "c"))
    assert _rows([part], "documents", _losers([part])) == [part / "documents.parquet"]
