"""Every table of the store. What a column may hold about a buddy, and for how long: docs/works-agreement.md.

Results name people, companies and places by id alone; names, addresses and contacts stand in `identity`, and
a person is erased there. Bodies are the JSON of one `data` entity, text as it was hashed.
Times are UTC moments, except where a day is all that may be known of a buddy.
"""

from data.store.tables.columns import metadata
from data.store.tables.people import (
    audit,
    change,
    erasure,
    idempotency,
    identity,
    programme,
    session,
    sign_in_failure,
    token,
    user,
)
from data.store.tables.work import (
    buddy_weeks,
    contact,
    job,
    matching,
    outcome,
    pair_rule,
    plan,
    problem,
    programme_import,
    promise,
    request,
    scenario,
)

__all__ = [
    "audit",
    "buddy_weeks",
    "change",
    "contact",
    "erasure",
    "idempotency",
    "identity",
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
    "request",
    "scenario",
    "session",
    "sign_in_failure",
    "token",
    "user",
]
