"""All tables of the store; docs/works-agreement.md says what is stored about a buddy, and for how long.

Results refer to people, companies and places by id only; names, addresses and contacts are in `identity`,
where a person is erased. Bodies are the JSON of one `data` entity, stored as the text that was hashed. Times
are UTC moments, except where only the day may be known of a buddy.
"""

from data.store.tables.columns import metadata
from data.store.tables.people import (
    audit,
    audit_seal,
    change,
    erasure,
    idempotency,
    identity,
    invitation,
    programme,
    recovery_code,
    session,
    sign_in_failure,
    token,
    user,
)
from data.store.tables.register import (
    change_set,
    register_change,
    register_row,
    register_text_change,
    remembered,
)
from data.store.tables.work import (
    buddy_weeks,
    job,
    matching,
    outcome,
    pair_rule,
    plan,
    problem,
    programme_import,
    promise,
    reference,
    scenario,
)

FORMER = frozenset(("contact", "request"))
"""Tables of earlier revisions: a restore fills them, and migrating empties them into others."""

__all__ = [
    "FORMER",
    "audit",
    "audit_seal",
    "buddy_weeks",
    "change",
    "change_set",
    "erasure",
    "idempotency",
    "identity",
    "invitation",
    "job",
    "matching",
    "metadata",
    "outcome",
    "pair_rule",
    "plan",
    "problem",
    "programme",
    "programme_import",
    "promise",
    "recovery_code",
    "reference",
    "register_change",
    "register_row",
    "register_text_change",
    "remembered",
    "scenario",
    "session",
    "sign_in_failure",
    "token",
    "user",
]
