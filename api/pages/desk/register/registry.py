"""The register as the user of an open page reads and changes it: each time the session is asked anew.

Texts of forms are what files have, so they go to the engine as they are, not through the JSON of `/changes`.
What is entered and its audit row are one transaction, as in the API.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection

from api.http.frame.auth import lacks_factor
from api.http.frame.errors import FactorRequired, Forbidden, SignInNeeded
from api.http.frame.session.idle import user_of_session
from api.http.frame.state import AppState
from api.http.register.access import OfReader, register_of_reader
from api.http.register.candidates import expect_before
from api.http.register.changes import ChangeSetShown, change_set_shown
from api.http.register.possible import PossibleAnswer, tried
from api.pages.desk.frame.client import Api
from data.access import Coordinator
from data.base.errors import BuddyplanError
from data.base.ids import OWNED
from data.base.message import message
from data.register.changes.adopting import succession_of
from data.register.changes.enter import By, Entered, enter
from data.register.changes.operations import Act, Operation
from data.register.changes.undo import undo
from data.register.remedying import remedy_operations
from data.register.rows.register import Key
from data.results.change import Change as RemedyChange
from data.store.database.record import NotThere
from data.store.people.audit import AuditRow, audit_moment, keep_audit
from data.store.people.users import user_of
from data.store.register.change_sets import (
    ChangeSet,
    Source,
    change_counts,
    change_set_of,
    change_sets_before,
    changes_about,
    changes_of,
    sets_about,
)

Result = TypeVar("Result")
SUBJECTS_NAMED = 12
"""So many rows of a change set are named in the audit log."""


class Registry:
    """The register of the chosen programme."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._app_state: AppState = api.app.state.app_state

    async def read(self) -> OfReader:
        """Return the register as it is now, with what the user sees and keeps of it."""
        return await asyncio.to_thread(self._reading, self._seen)

    async def enter(self, operations: Sequence[Operation]) -> Entered:
        """Enter a change set; raises what `data.register.changes.enter.enter` raises, and `Forbidden`."""

        def entering(c: Connection, by: Coordinator) -> Entered:
            seen = self._seen(c, by)
            for each in operations:
                if each.act is not Act.ENTER:
                    seen.row(each.entity, each.id)
            state = self._app_state.programmes
            area = state.area(c, self._api.programme)
            return enter(
                c, state.registers, area, operations, By(by.user, Source.DESK), allow=seen.expect_may
            )

        rows = " ".join(f"{each.entity}/{each.id}" for each in operations[:SUBJECTS_NAMED])
        return await asyncio.to_thread(self._writing, "POST /desk/register", rows, entering)

    async def give(self, company: str, buddy: str, day: date, before: str) -> Entered:
        """Let a company have a buddy from a day on; `before` is the one whom the user saw, empty for nobody.

        Raises what `enter` raises, and `StaleRow` if the company has another one by now.
        """

        def giving(c: Connection, by: Coordinator) -> Entered:
            seen, state = self._seen(c, by), self._app_state.programmes
            seen.row("companies", company)
            seen.row("buddies", buddy)
            succession = succession_of(seen.register, company, buddy, day)
            expect_before(company, buddy, before, succession)
            area, entering = state.area(c, self._api.programme), By(by.user, Source.DESK)
            return enter(c, state.registers, area, succession.operations, entering, allow=seen.expect_may)

        return await asyncio.to_thread(self._writing, "POST /desk/register", f"companies/{company}", giving)

    async def undo(self, change_set: str) -> Entered:
        """Take a change set back; raises what `data.register.changes.undo.undo` raises, and `Forbidden`."""

        def undoing(c: Connection, by: Coordinator) -> Entered:
            made = self._of_programme(c, change_set)
            state = self._app_state.programmes
            area = state.area(c, self._api.programme)
            return undo(c, state.registers, area, made, by.user, self._seen(c, by).expect_may)

        return await asyncio.to_thread(self._writing, "POST /desk/register/undo", change_set, undoing)

    async def possible(self, operations: Sequence[Operation]) -> PossibleAnswer:
        """Return what a change set would make possible; raises what `enter` raises, and enters nothing."""
        by = await asyncio.to_thread(self._by)
        programme, state = self._api.programme, self._app_state
        return await tried(by=by, programme=programme, app_state=state, operations=operations)

    async def remedy(self, changes: Sequence[RemedyChange]) -> tuple[list[Operation], bool]:
        """Return what enters a remedy, and whether all rows that it changes are the user's to change.

        Raises what `data.register.remedying.remedy_operations` raises.
        """

        def reading(c: Connection, by: Coordinator) -> tuple[list[Operation], bool]:
            seen, programme = self._seen(c, by), self._api.programme
            problem = self._app_state.programmes.problem(c, programme)
            operations = remedy_operations(seen.register, problem, changes)
            rows = [
                seen.register.row(*key)
                for each in operations
                for key in ((each.entity, each.id), ("companies", each.values.get("company", "")))
            ]
            return operations, all(seen.keeps(row) for row in rows if row)

        return await asyncio.to_thread(self._reading, reading)

    async def changes(self, limit: int, before: int | None = None) -> list[ChangeSetShown]:
        """Return change sets, the newest first, those before a number if one is given."""

        def reading(c: Connection, by: Coordinator) -> list[ChangeSetShown]:
            sets = change_sets_before(c, self._api.programme, limit, before)
            changes, seen = changes_of(c, [each.id for each in sets]), self._seen(c, by)
            return [change_set_shown(each, changes[each.id], seen) for each in sets]

        return await asyncio.to_thread(self._reading, reading)

    async def changes_about(
        self, rows: Iterable[Key], owner: str, limit: int
    ) -> list[tuple[ChangeSetShown, bool]]:
        """Return what change sets did to some rows, the newest first, and whether they did more than that.

        Rows that are counted under `owner` are among them, also those that are gone.
        """
        wanted, counted = sorted(set(rows)), f"{owner}{OWNED}"

        def reading(c: Connection, by: Coordinator) -> list[tuple[ChangeSetShown, bool]]:
            sets = sets_about(c, self._api.programme, wanted, limit, counted)
            seen = self._seen(c, by)
            keys = [each.id for each in sets]
            own, counts = changes_about(c, keys, wanted, counted), change_counts(c, keys)
            return [
                (change_set_shown(each, own[each.id], seen), len(own[each.id]) < counts[each.id])
                for each in sets
            ]

        return await asyncio.to_thread(self._reading, reading)

    async def logins(self, users: Iterable[str]) -> dict[str, str]:
        """Return the logins of users who are still there."""
        wanted = sorted(set(users))

        def reading(c: Connection, by: Coordinator) -> dict[str, str]:
            found = {}
            for key in wanted:
                try:
                    found[key] = user_of(c, key).login
                except NotThere:
                    continue
            return found

        return await asyncio.to_thread(self._reading, reading)

    def _by(self) -> Coordinator:
        """Return who holds the session now; raises `SignInNeeded`, `FactorRequired` and `Forbidden`."""
        user = user_of_session(self._app_state, self._api.secret)
        if user is None:
            raise SignInNeeded(message("not_signed_in"))
        if lacks_factor(self._app_state.service, user):
            raise FactorRequired(message("second_factor_required"))
        if not isinstance(user.reader, Coordinator):
            raise Forbidden(message("role_may_not"))
        return user.reader

    def _seen(self, c: Connection, by: Coordinator) -> OfReader:
        return register_of_reader(self._app_state, c, by, self._api.programme)

    def _of_programme(self, c: Connection, key: str) -> ChangeSet:
        made = change_set_of(c, key)
        if made.programme != self._api.programme:
            raise NotThere(message("no_change_set", change_set=key))
        return made

    def _reading(self, doing: Callable[[Connection, Coordinator], Result]) -> Result:
        by = self._by()
        with self._app_state.service.store.reading() as c:
            return doing(c, by)

    def _writing(
        self, action: str, subject: str, doing: Callable[[Connection, Coordinator], Result]
    ) -> Result:
        """Do something in a writing transaction with its audit row; a refusal leaves one too."""
        by, store = self._by(), self._app_state.service.store

        def row(outcome: int) -> AuditRow:
            return AuditRow(audit_moment(False), by.user, "coordinator", action, subject[:400], outcome)

        try:
            with store.writing() as c:
                done = doing(c, by)
                keep_audit(c, [row(201)])
                return done
        except BuddyplanError as refused:
            with store.writing(shown=False) as c:
                keep_audit(c, [row(refused.http_status)])
            raise
