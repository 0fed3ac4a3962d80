"""How much a file reveals about people: everything, names and towns, or only ids."""

from dataclasses import replace
from enum import StrEnum

from api.run.run import Run
from data.model.identity import Identities, Identity


class Detail(StrEnum):
    """What an export contains: `full` addresses and contacts too, `names` names and towns, `ids` neither."""

    FULL = "full"
    NAMES = "names"
    IDS = "ids"


def at_detail(run: Run, detail: Detail) -> Run:
    """Return the run with identities reduced to a level of detail."""
    if detail is Detail.FULL:
        return run
    known = run.identities.people if detail is Detail.NAMES else ()
    people = tuple(Identity(id=one.id, name=one.name, town=one.town) for one in known)
    return replace(run, identities=Identities(people=people, invented=run.identities.invented))
