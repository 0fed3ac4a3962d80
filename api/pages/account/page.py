"""The page of the account, which all forms on it show again."""

from typing import Any

from fastapi.responses import Response

from api.http.accounts import second_factor, sessions, tokens
from api.pages.frame.shell import Shell
from data.store.people.tokens import KEY_LASTS, LONGEST_DAYS, Scope, TokenKind
from data.store.people.users import Role

DAYS = (30, KEY_LASTS.days, 180, LONGEST_DAYS)
"""What the form for a key offers."""


def account_page(shell: Shell, status: int = 200, **shown: Any) -> Response:
    """Return the page; `wrong` is a text, `note` the key of one, `feed` and `key` are shown this once."""
    assert shell.user
    own = tokens.list_tokens(shell.user, shell.service)
    of_buddy = shell.user.role is Role.BUDDY
    known = {
        "links": [each for each in own if each.kind is TokenKind.FEED] if of_buddy else [],
        "keys": [each for each in own if each.kind is TokenKind.API],
        "sessions": sessions.list_sessions(shell.request, shell.user, shell.service),
        "factor": second_factor.show_factor(shell.user, shell.service),
        "has_password": shell.user.has_password,
        "qr": "",
        "factor_secret": "",
        "recovery_codes": (),
        "scopes": list(Scope),
        "days": DAYS,
        "days_by_itself": KEY_LASTS.days,
        # Where a form was sent to is no page that could be opened again.
        "here": "/account",
        "again": "/account",
        "wrong": "",
        "note": "",
        "feed": "",
        "feed_of_app": "",
        "key": "",
    }
    return shell.page("account", known | shown, status)
