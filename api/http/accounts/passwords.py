"""Passwords: argon2id, the same work for a login that does not exist, and none that is easily guessed."""

import functools
import re

from pwdlib import PasswordHash

from data.base.errors import BuddyplanError
from data.base.message import message

SHORTEST, LONGEST = 12, 200
LONGEST_WEIGHED = 72
"""zxcvbn reads no more of a password in a time worth waiting for."""
STRONG_ENOUGH = 4
"""Of its scores from 0 to 4: ten thousand million guesses, of which sign-in allows a thousand a day."""
NEAR_AT_HAND = (
    "buddyplan", "job", "buddy", "buddys", "koordination", "coordination", "office", "passwort",
    "kennwort", "geheim", "willkommen", "hallo", "schatz", "sommer", "winter", "herbst", "fruehling",
    "frühling", "urlaub", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
    "januar", "februar", "maerz", "märz", "april", "mai", "juni", "juli", "august", "september",
    "oktober", "november", "dezember", "sachsen", "anhalt", "magdeburg", "halle", "berlin", "brandenburg",
    "thueringen", "thüringen", "deutschland", "handwerkskammer", "kammer",
)  # fmt: skip
"""Words that people here think of first; the lists of zxcvbn know English and names."""


@functools.cache
def hasher() -> PasswordHash:
    """Return what hashes passwords, at the strength that its library recommends."""
    return PasswordHash.recommended()


@functools.cache
def _nobody() -> str:
    return hasher().hash("nobody has this password")


def password_hash(password: str, *known: str) -> str:
    """Return the hash of a new password.

    Raises `BuddyplanError` where it is too short, too long, or easily guessed by common passwords, patterns
    and the words that are known of its user, such as login and programme.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise BuddyplanError(message("password_too_short_or_long", shortest=SHORTEST, longest=LONGEST))
    if _score(password, known) < STRONG_ENOUGH:
        raise BuddyplanError(message("password_easily_guessed"))
    return hasher().hash(password)


def _score(password: str, known: tuple[str, ...]) -> int:
    from zxcvbn import zxcvbn

    words = {word.lower() for text in known for word in (text, *re.split(r"[\W_]+", text)) if len(word) > 2}
    return int(zxcvbn(password[:LONGEST_WEIGHED], [*sorted(words), *NEAR_AT_HAND])["score"])


def password_fits(password: str, kept: str) -> bool:
    """Return whether a password matches its hash; an empty hash takes as long and never matches."""
    fits = hasher().verify(password[:LONGEST], kept or _nobody())
    return fits and bool(kept)
