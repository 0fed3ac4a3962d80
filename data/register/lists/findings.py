"""Findings on rows that came from files, told where they stand there."""

from collections.abc import Iterable, Mapping, Sequence

from data.model.findings import EntryFinding, Finding, listed
from data.register.changes.operations import Operation
from data.register.rows.register import Key

Places = Mapping[Key, tuple[str, int]]


def in_files(
    findings: Iterable[Finding], operations: Sequence[Operation], keys: Sequence[Key]
) -> tuple[Finding, ...]:
    """Return findings by file and row; those on rows that no operation read from a file stay as they are."""
    places = {
        key: each.read_from for each, key in zip(operations, keys, strict=True) if each.read_from is not None
    }
    return listed(_told(each, places) for each in findings)


def _told(finding: Finding, places: Places) -> Finding:
    place = places.get((finding.file, finding.id)) if isinstance(finding, EntryFinding) else None
    if place is None:
        return finding
    file, row = place
    return Finding(
        finding.severity, file, row, finding.column, finding.value, finding.problem, finding.remedy
    )
