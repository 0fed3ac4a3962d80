"""Maintenance of the store: erasures are recorded and removed from the disk, and old rows are deleted."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from api.service.settings import Settings
from data.store.database.store import Store
from data.store.people.audit import AuditRow, audit_moment, keep_audit
from data.store.privacy.compaction import compact
from data.store.privacy.erasure import Erased, erase_contact, erase_person
from data.store.privacy.erasure_journal import FILE, note_erasures
from data.store.privacy.retention import RetentionRules, apply_retention, parse_rules

RULES_FILE = "retention.toml"
"""A file in the data folder: retention in days by class of rows, where it differs from the default."""


def journals_of(settings: Settings) -> tuple[Path, ...]:
    """Return the files in which erasures are recorded: beside the store and, if known, beside its backups."""
    return tuple(folder / FILE for folder in (settings.data_dir, settings.backup_dir) if folder)


def rules_of(settings: Settings) -> RetentionRules:
    """Return how long rows are kept; raises `BuddyplanError` for invalid rules."""
    file = settings.data_dir / RULES_FILE
    return parse_rules(file.read_text(encoding="utf-8")) if file.exists() else RetentionRules()


def erase(
    store: Store, journals: Sequence[Path], programme: str, key: str, what: Erased, by_user: str
) -> None:
    """Erase a person, or the contact person of a company, to the last byte of the store.

    Raises `data.store.database.record.NotThere` for an unknown programme, and
    `data.store.privacy.compaction.StillRead` if all rows are erased but their bytes could not be removed yet.
    """
    with store.writing() as c:
        step = erase_person if what is Erased.PERSON else erase_contact
        step(c, programme, key, by_user, date.today())
        keep_audit(c, [AuditRow(audit_moment(False), by_user, "", f"erase {what.value}", key, 200)])
        note_erasures(c, *journals)
    compact(store)


class _Undone(Exception):
    """Rolls back the transaction of a dry run."""


def sweep(
    store: Store, journals: Sequence[Path], rules: RetentionRules, today: date, dry_run: bool = False
) -> dict[str, int]:
    """Delete rows that are past their retention; return the count per class, also in a dry run.

    Raises `data.store.privacy.compaction.StillRead` as `erase` does.
    """
    counts: dict[str, int] = {}
    try:
        with store.writing() as c:
            counts = apply_retention(c, rules, today)
            if dry_run:
                raise _Undone
            note_erasures(c, *journals)
    except _Undone:
        return counts
    if any(counts.values()):
        compact(store)
    return counts
