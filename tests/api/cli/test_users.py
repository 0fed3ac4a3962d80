"""`buddyplan user`: add, list, disable and set a password, without a running service."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli.app import app
from api.http.accounts.codes import plain
from api.service.settings import Settings
from api.service.wiring import wired
from data.base.errors import BuddyplanError
from data.store.people.invitations import invitation_by_code
from tests.refusals import english

PASSWORD = "correct horse battery\n"


def test_users_are_entered_listed_and_switched_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDDYPLAN_DATA_DIR", str(tmp_path))
    run = CliRunner()
    made = run.invoke(app, ["user", "add", "Anna", "--role", "coordinator"], input=PASSWORD)
    assert (made.exit_code, made.stdout) == (0, "anna  coordinator  all programmes\n")
    asked = ["user", "add", "ben", "--role", "buddy", "--programme", "p", "--buddy", "b1"]
    assert run.invoke(app, asked, input=PASSWORD).stdout == "ben  buddy  p/b1\n"
    assert run.invoke(app, ["user", "password", "ben"], input=PASSWORD).exit_code == 0
    assert run.invoke(app, ["user", "disable", "ben"]).stdout == "ben  buddy  p/b1  off\n"
    assert run.invoke(app, ["user", "disable", "ben"]).exit_code == 2
    listed = json.loads(run.invoke(app, ["user", "list", "--json"]).stdout)["users"]
    assert [(each["login"], each["active"]) for each in listed] == [("anna", True), ("ben", False)]
    assert PASSWORD.strip() not in run.invoke(app, ["user", "list"]).stdout


def test_a_short_password_and_a_role_without_its_fields_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUDDYPLAN_DATA_DIR", str(tmp_path))
    run = CliRunner()
    short = run.invoke(app, ["user", "add", "anna", "--role", "coordinator"], input="short\n")
    assert isinstance(short.exception, BuddyplanError) and "12 to 200 signs" in english(short.exception)
    bare = run.invoke(app, ["user", "add", "ben", "--role", "buddy"], input=PASSWORD)
    assert isinstance(bare.exception, BuddyplanError)


def test_an_invited_user_gets_a_link_once_and_no_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUDDYPLAN_DATA_DIR", str(tmp_path))
    run, asked = CliRunner(), ["user", "add", "anna", "--role", "coordinator", "--invite"]
    made = run.invoke(app, [*asked, "--address", "https://plan.example.org/"])
    assert made.exit_code == 0, made.output
    line, link = made.stdout.splitlines()
    address, _, code = link.partition("#")
    assert (line, address) == ("anna  coordinator  all programmes", "https://plan.example.org/invitation")
    service = wired(Settings())
    with service.store.reading() as c:
        found = invitation_by_code(c, plain(code))
        assert found and found.user.login == "anna" and not found.user.has_password
    service.close()
    here = run.invoke(app, ["user", "add", "ben", "--role", "coordinator", "--invite"])
    assert "http://127.0.0.1:8000/invitation#" in here.stdout


@pytest.mark.parametrize("wrong", [("--subject", "s"), ("--address", "plan.example.org")])
def test_an_invitation_that_makes_no_sense_enters_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: tuple[str, str]
) -> None:
    monkeypatch.setenv("BUDDYPLAN_DATA_DIR", str(tmp_path))
    run = CliRunner()
    assert run.invoke(app, ["user", "add", "a", "--role", "coordinator", "--invite", *wrong]).exit_code == 2
    assert json.loads(run.invoke(app, ["user", "list", "--json"]).stdout)["users"] == []
