"""Who holds a session that is in use; one that nobody has used for too long is over.

When a session was used is stored once a minute, not with every request. What is known of a session is cached,
so before one is taken for idle, the store is asked again: another web process may have seen it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from api.http.frame.state import AppState
from api.service.settings import Settings
from data.store.people.sessions import Held, end_session, note_seen, session_held
from data.store.people.tokens import secret_hash
from data.store.people.users import Role, StoredUser
from data.store.tables.utc import now

SEEN_TO = timedelta(minutes=1)


def idle_limit(settings: Settings, role: Role) -> timedelta:
    """Return how long a session may be unused; a buddy is on the road between two looks at the phone."""
    minutes = settings.idle_minutes_buddy if role is Role.BUDDY else settings.idle_minutes
    return timedelta(minutes=minutes)


def user_of_session(app_state: AppState, secret: str, in_use: bool = True) -> StoredUser | None:
    """Return the user whose session a secret opens, None if it is over; `in_use` counts as a use."""
    store, key = app_state.service.store, secret_hash(secret)
    with store.reading() as c:
        held = app_state.fresh.of(c, ("session", key), lambda: session_held(c, secret))
        if held is None or held.until <= now():
            return None
        seen = _seen(app_state, key, held, lambda: session_held(c, secret))
    if now() - seen > idle_limit(app_state.service.settings, held.user.role):
        with store.writing() as c:
            end_session(c, secret)
        return None
    if in_use and now() - seen > SEEN_TO:
        _use(app_state, secret)
    return held.user


def _seen(app_state: AppState, key: str, held: Held, again: Callable[[], Held | None]) -> datetime:
    seen = max(held.seen_at, app_state.seen.get(key) or held.seen_at)
    if now() - seen <= idle_limit(app_state.service.settings, held.user.role):
        return seen
    found = again()
    return found.seen_at if found else seen


def _use(app_state: AppState, secret: str) -> None:
    moment = now()
    with app_state.service.store.writing(shown=False) as c:
        note_seen(c, secret, moment)
    app_state.seen.put(secret_hash(secret), moment)
