"""Registers are kept while they are current: only changes are read, and what was undone never happened."""

import pytest
from sqlalchemy import select

from data.register.rows.load import Registers, register_of
from data.register.rows.register import Register
from data.store.database.store import Store
from data.store.tables import schema as s
from tests.data.register.office import KEY, changing, entering, removing, texts
from tests.data.register.stored_office import begun, changed


def everything(register: Register) -> dict[str, dict[str, dict[str, str]]]:
    return {entity: texts(register, entity) for entity in register.rows}


def test_a_register_that_is_kept_up_to_date_equals_one_that_is_read_anew(store: Store) -> None:
    mine, others = Registers(), Registers()
    with store.writing() as c:
        begun(c, mine)
    with store.reading() as c:
        others.of(c, KEY)
    steps = (
        [changing("companies", "mill", name="Mühle West", employees="8")],
        [removing("specialists", "mill~2"), entering("specialists", company="mill", languages="vi")],
        [entering("bans", company="mill", buddy="jan", reason="kennt ihn")],
        [removing("bans", "mill~1"), changing("policy", "policy", min_cell="4")],
    )
    for operations in steps:
        with store.writing() as c:
            changed(c, mine, *operations)
        with store.reading() as c:
            fresh = register_of(c, KEY)
            for kept in (mine.of(c, KEY), others.of(c, KEY)):
                assert (kept.number, kept.change_set) == (fresh.number, fresh.change_set)
                assert everything(kept) == everything(fresh)
                assert kept.policy == fresh.policy


def test_a_row_removed_and_entered_again_is_there(store: Store) -> None:
    mine, others = Registers(), Registers()
    with store.writing() as c:
        begun(c, mine)
        others.of(c, KEY)
    for operation in (
        removing("specialists", "mill~1"),
        entering("specialists", company="mill", languages="fa"),
    ):
        with store.writing() as c:
            changed(c, mine, operation)
    with store.reading() as c:
        assert texts(others.of(c, KEY), "specialists") == texts(register_of(c, KEY), "specialists")


def test_what_was_read_in_a_transaction_that_was_undone_is_forgotten(store: Store) -> None:
    registers = Registers()
    with store.writing() as c:
        begun(c, registers)

    class Undone(Exception):
        pass

    with pytest.raises(Undone), store.writing() as c:
        changed(c, registers, changing("companies", "mill", employees="99"))
        assert registers.of(c, KEY).rows["companies"]["mill"].values["employees"] == "99"
        raise Undone
    with store.writing() as c:
        assert "employees" not in registers.of(c, KEY).rows["companies"]["mill"].values
        made = changed(c, registers, changing("companies", "mill", employees="5"))
    assert made.change_set and made.change_set.number == 2
    with store.reading() as c:
        assert registers.of(c, KEY).rows["companies"]["mill"].values["employees"] == "5"


def test_names_and_free_texts_stand_apart(store: Store) -> None:
    registers = Registers()
    with store.writing() as c:
        begun(c, registers)
        changed(c, registers, entering("pins", company="mill", buddy="eva", reason="Frau Kern mag sie"))
    with store.reading() as c:
        held = register_of(c, KEY)
        plain = [row.data for row in c.execute(select(s.register_row.c.data))]
        plain += [f"{row.before}{row.after}" for row in c.execute(select(s.register_change))]
    assert not any(word in text for text in plain for word in ("Mühle", "Wolff", "06108", "Kern"))
    assert held.rows["pins"]["mill~1"].values["reason"] == "Frau Kern mag sie"
    assert held.rows["hosts"]["ihk"].values["name"] == "IHK Halle"
