"""Passwords are kept at the strength that is recommended, though tests use a weaker one."""

import re

from api.http.accounts.passwords import hasher

AT_IMPORT = hasher
"""The product's own: the fixture that makes passwords quick replaces it later."""


def test_a_hash_is_argon2id_at_least_as_strong_as_owasp_asks() -> None:
    """OWASP, Password Storage Cheat Sheet: 19 MiB (19,456 KiB) with two passes."""
    kept = re.fullmatch(
        r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$.*", AT_IMPORT().hash("correct horse battery")
    )
    assert kept
    assert int(kept[1]) >= 19_456 and int(kept[2]) >= 2
