import json

import polars as pl
import pytest

from flows.commands_read import print_rows


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0230638846213698, "0.0230639"),
        (1.29132454926076, "1.291325"),
        (151_500_000_000.0, "151,500,000,000"),
    ],
)
def test_print_rows_writes_numbers_as_a_reader_would(
    capsys: pytest.CaptureFixture[str], value: float, shown: str
) -> None:
    print_rows(pl.DataFrame({"value": [value]}), as_json=False)
    assert f" {shown} " in capsys.readouterr().out


def test_print_rows_gives_a_script_the_whole_number(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(pl.DataFrame({"value": [1.29132454926076]}), as_json=True)
    assert json.loads(capsys.readouterr().out) == {"value": 1.29132454926076}
