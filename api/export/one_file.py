"""A single export of a run: calendar, week on paper, tracks, tables or map, of one buddy or of all.

Each file of `api/export/formats/` is a format: it holds a `Format` called `FORMAT`, and its name is the kind.
Command, API and their documentation list what stands there.
"""

from dataclasses import replace
from importlib import import_module

from api.export import formats
from api.export.format import ExportRequest, Format
from api.export.kinds import kinds
from api.run.names import Names
from api.run.privacy_level import at_detail
from api.run.run import Run
from data.base.errors import BuddyplanError
from data.base.message import message


def format_of(kind: str) -> Format:
    """Return the format of a kind; raises `BuddyplanError` where there is none."""
    if kind not in kinds():
        raise BuddyplanError(message("no_such_format", kind=kind, kinds=", ".join(kinds())))
    found = import_module(f"{formats.__name__}.{kind}").FORMAT
    assert isinstance(found, Format)
    return found


def exported(run: Run, request: ExportRequest) -> bytes:
    """Return the file's bytes; raises `BuddyplanError` for a kind, buddy or week that there is not."""
    chosen = format_of(request.kind)
    if run.matching is None:
        raise BuddyplanError(message("export_without_matching"))
    if request.buddy and all(own.buddy != request.buddy for own in run.weeks):
        raise BuddyplanError(message("run_without_buddy", buddy=request.buddy))
    if chosen.of_one_buddy and not request.buddy:
        raise BuddyplanError(message("export_needs_buddy", kind=request.kind))
    shown = at_detail(run, request.detail)
    if request.buddy:
        shown = replace(shown, weeks=tuple(own for own in shown.weeks if own.buddy == request.buddy))
    return chosen.write(shown, Names(shown), request)
