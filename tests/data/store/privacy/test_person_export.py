"""The export of a person contains all of their data and nobody else's; on both databases."""

import json
from datetime import date

import pytest
from sqlalchemy import Connection

from data.model.history import Contact
from data.store.database.record import NotThere
from data.store.privacy.person_export import mentions, person_export
from data.store.work.problems import keep_problem, packed
from data.store.work.programmes import keep_programme
from tests.data.store.entered import PROGRAMME, RUN, published, reported, ruled
from tests.data.store.privacy.test_erasure import WHO, planned


def test_a_buddy_gets_every_row_and_every_entry_of_the_own(c: Connection) -> None:
    planned(c)
    ruled(c, "bans", "ben", "garage")
    reported(c, "v", Contact(company="bakery", date=date(2026, 11, 23), buddy="anna"))
    found = person_export(c, PROGRAMME, "anna")["found"]
    assert found["identity"][0]["name"] == "Anna Quittenbaum"
    pins = [row for row in found["register_row"] if row["entity"] == "pins"]
    assert [row["data"][0]["buddy"] for row in pins] == ["anna"]
    contacts = [row for row in found["register_row"] if row["entity"] == "history"]
    assert [row["data"][0]["company"] for row in contacts] == ["bakery"]
    assert found["user"][0]["login"] == "anna.quittenbaum"
    assert found["session"][0].keys() == {"user", "expires_at", "agent"}
    own = [json.loads(buddy.model_dump_json()) for buddy in RUN.problem.buddies if buddy.id == "anna"]
    assert found["problem"][0]["body"] == own
    assert {pair["buddy"] for pair in found["matching"][0]["body"] if "one_way_min" in pair} == {"anna"}
    assert found["buddy_weeks"][0]["body"]["buddy"] == "anna" and len(found["buddy_weeks"]) == 1


def test_the_same_id_in_another_programme_is_somebody_else(c: Connection) -> None:
    planned(c)
    another = RUN.problem.replace(programme=RUN.problem.programme.replace(id="another"))
    keep_programme(c, another.programme, WHO)
    keep_problem(c, packed(another, RUN.times, None))
    assert person_export(c, "another", "anna")["found"].keys() == {"identity", "problem"}


def test_nothing_that_proves_who_somebody_is_goes_out(c: Connection) -> None:
    planned(c)
    assert "password_hash" not in json.dumps(person_export(c, PROGRAMME, "anna"))


def test_a_contact_person_gets_what_is_known_of_the_company(c: Connection) -> None:
    planned(c)
    found = person_export(c, PROGRAMME, "bakery")["found"]
    assert [one["contact_name"] for one in found["identity"]] == ["Jörg Xanthopoulos"]


def test_nobody_is_a_short_answer(c: Connection) -> None:
    published(c)
    assert person_export(c, PROGRAMME, "zoe")["found"] == {}
    with pytest.raises(NotThere):
        person_export(c, "nowhere", "anna")


def test_the_smallest_record_that_names_an_id_is_what_is_said_of_it() -> None:
    said = {
        "pairs": [{"buddy": "a", "n": 1}, {"buddy": "b"}],
        "by": {"a": 3, "b": 4},
        "who": {"all": ["a", "b"]},
    }
    assert list(mentions(said, {"a"})) == [{"buddy": "a", "n": 1}, {"a": 3}, {"all": ["a", "b"]}]
