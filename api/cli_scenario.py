"""The commands for what-if questions; each has a file of its own."""

import typer

from api.cli_frontier import frontier, positions

scenario = typer.Typer(
    help="What if: changes, comparisons, and how many buddies it takes.", no_args_is_help=True
)
scenario.command()(frontier)
scenario.command()(positions)
