"""Passwords are hard to guess, and kept at the recommended strength, though tests use a weaker one."""

import re
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from typer.testing import CliRunner

from api.cli.app import app
from api.http.accounts.passwords import hasher, password_fits, password_hash
from api.service.settings import environment_of
from data.base.errors import BuddyplanError
from tests.api.http.conftest import PASSWORD, World
from tests.refusals import refused

AT_IMPORT = hasher
"""The product's own: the fixture that makes passwords quick replaces it later."""


def test_a_hash_is_argon2id_at_least_as_strong_as_owasp_asks() -> None:
    """OWASP, Password Storage Cheat Sheet: 19 MiB (19,456 KiB) with two passes."""
    kept = re.fullmatch(
        r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$.*", AT_IMPORT().hash("correct horse battery")
    )
    assert kept
    assert int(kept[1]) >= 19_456 and int(kept[2]) >= 2


COMMON = (
    "password1234",
    "passwort1234",
    "123456789012",
    "qwertzuiopü1",
    "iloveyou1234",
    "aaaaaaaaaaaa",
    "abcabcabcabc",
    "administrator1",
    "Sommer2026!!",
    "Willkommen2026",
    "letmein123456",
    "P@ssw0rd2026",
)
OWN = (
    "anna2026anna",
    "Sachsen-Anhalt1",
    "sachsenanhalt26",
    "buddyplan2026",
    "hwk-halle2026",
    "Koordination1",
)
KNOWN = ("anna", "sachsen-anhalt", "hwk-halle", "")


@pytest.mark.parametrize("password", COMMON)
def test_common_passwords_are_refused(password: str) -> None:
    with refused(BuddyplanError, "easily guessed"):
        password_hash(password)


@pytest.mark.parametrize("password", OWN)
def test_words_of_login_and_programme_are_refused(password: str) -> None:
    with refused(BuddyplanError, "easily guessed"):
        password_hash(password, *KNOWN)


@pytest.mark.parametrize(
    "password",
    ["correct horse battery", "vier müde Wörter am Fenster", "x9$kfjKd83jdQ", "ẞ" * 3 + "qz8 !k3m§vT"],
)
def test_passphrases_and_random_ones_are_taken(password: str) -> None:
    assert password_fits(password, password_hash(password, *KNOWN))


def test_weighing_the_longest_password_takes_no_time_to_speak_of() -> None:
    begun = time.monotonic()
    for sign in ("ab1! ", "password", "1"):
        with suppress(BuddyplanError):
            password_hash((sign * 200)[:200], *KNOWN)
    assert time.monotonic() - begun < 2


EASY = "koordination2026"


def by_command(world: World, *words: str) -> int:
    settings = environment_of(world.service.settings)
    done = CliRunner().invoke(app, ["user", *words], input=f"{EASY}\n", env=settings)
    return 422 if isinstance(done.exception, BuddyplanError) else done.exit_code


def changed(world: World) -> int:
    office, path = world.by("office"), f"/api/v1/users/{world.ids['planner']}"
    tag = {"If-Match": office.get(path).headers["ETag"]}
    return office.patch(path, json={"password": EASY}, headers=tag).status_code


NEW_USER = {"login": "new", "role": "coordinator", "programme": "test", "password": EASY}


@pytest.mark.parametrize(
    "enter",
    [
        lambda world: world.by("office").post("/api/v1/users", json=NEW_USER).status_code,
        changed,
        lambda world: (
            world.by("planner").put("/api/v1/me/password", json={"old": PASSWORD, "new": EASY}).status_code
        ),
        lambda world: by_command(world, "add", "new", "--role", "coordinator"),
        lambda world: by_command(world, "password", "planner"),
    ],
    ids=["entered", "reset", "changed", "entered by command", "reset by command"],
)
def test_every_way_to_a_password_refuses_an_easy_one(on_sqlite: World, enter: Callable[[World], int]) -> None:
    assert enter(on_sqlite) == 422


def test_the_first_coordinator_needs_a_good_one_too(on_sqlite: World) -> None:
    with on_sqlite.service.store.writing() as c:
        for table in ("token", "session", "user"):
            c.exec_driver_sql(f'DELETE FROM "{table}"')
    (on_sqlite.service.settings.data_dir / "setup-code").write_text("secret code\n")
    first = {"code": "secret code", "login": "first", "password": EASY}
    answer = on_sqlite.client.post("/api/v1/setup", json=first)
    assert (answer.status_code, answer.json()["code"]) == (422, "password_easily_guessed")
