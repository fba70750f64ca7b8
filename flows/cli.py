"""The command line: `baocang COMMAND`. Each group of commands registers itself here."""

from __future__ import annotations

import typer

from flows import commands_build, commands_read, commands_serve, commands_view, commands_warehouse

app = typer.Typer(
    name="baocang",
    help="报仓: Chinese newspaper pages in, validated Parquet tables out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for group in (commands_build, commands_read, commands_serve, commands_view, commands_warehouse):
    group.register(app)


def main() -> None:
    """Run the program."""
    app()


if __name__ == "__main__":
    main()
