"""The commands to begin with: a folder with a sample, and an empty workbook for an office's own lists."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.terminal.language import say, spoken
from api.cli.terminal.options import FirstWeek, State
from data.reference.shipped import STATE_UNLESS_SAID

# As in `api.cli.app`: slow imports happen where they are needed.


def init(
    folder: Annotated[Path, typer.Argument(help="New folder; its name is the programme's id.")],
    state: State = STATE_UNLESS_SAID,
    week: FirstWeek = "",
) -> None:
    """Begin a programme in a German state: every table with a small invented sample, and the policy."""
    from api.planning.template import write_template
    from api.planning.week_input import next_week

    write_template(folder, state, week or next_week(), spoken())
    typer.echo(say().t("terminal_begun", folder=str(folder)))


def template(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="New workbook.")],
) -> None:
    """Write an empty workbook for your own lists: a sheet a table, with choices and an example row."""
    from api.planning.list_template import write_list_template

    write_list_template(file, spoken())
    typer.echo(say().t("terminal_template", file=str(file)))
