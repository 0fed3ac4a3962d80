"""What files propose to a register, on the terminal: counts, and the fields in which both have moved."""

from typing import TYPE_CHECKING

import typer

from api.cli.terminal.language import say

if TYPE_CHECKING:
    from data.register.lists.proposal import Proposal

MOST_SHOWN = 20
"""So many conflicts are told."""


def proposal_counts(proposal: "Proposal") -> dict[str, int]:
    """Return how many rows are added, changed, ended and the same, and how many fields are in conflict."""
    return {
        "added": len(proposal.added),
        "changed": sum(any(not field.conflict for field in each.fields) for each in proposal.changed),
        "ended": len(proposal.ended),
        "same_rows": len(proposal.same),
        "conflicts": len(proposal.conflicts),
    }


def show_proposal(proposal: "Proposal") -> None:
    """Print the counts, and each conflict with both values: the register's stays."""
    for name, count in proposal_counts(proposal).items():
        typer.echo(f"{say().t(f'terminal_register_{name}'):<28} {count:>7,}")
    for change, field in proposal.conflicts[:MOST_SHOWN]:
        where = f"{change.row.entity}/{change.row.id}/{field.column}"
        typer.echo(say().t("terminal_register_conflict", where=where, here=field.register, file=field.file))
