"""The address of a base is a home: kept apart as the buddy's own, and erased with it."""

from datetime import date

from sqlalchemy import Connection, select

from data.register.rows.load import Registers
from data.store.privacy.departed import departed
from data.store.privacy.erasure import erase_person
from data.store.tables import schema as s
from tests.data.register.office import KEY, changing, entering, removing
from tests.data.register.stored_office import USER, begun, changed

HOME = {"buddy": "eva", "weekdays": "fri", "street": "Am Hang 3", "postcode": "06217", "town": "Merseburg"}


def texts_in_store(c: Connection) -> str:
    tables = (s.identity, s.register_row, s.register_change, s.register_text_change)
    return " ".join(str(tuple(row)) for table in tables for row in c.execute(select(table)))


def test_the_address_is_no_part_of_the_row(c: Connection) -> None:
    registers = Registers()
    begun(c, registers)
    changed(c, registers, entering("bases", **HOME))
    assert "Am Hang" not in " ".join(map(str, c.execute(select(s.register_row.c.data)).scalars()))
    assert Registers().of(c, KEY).rows["bases"]["eva~1"].values == HOME


def test_erasing_a_buddy_erases_the_addresses_of_bases_for_good(c: Connection) -> None:
    registers = Registers()
    begun(c, registers)
    changed(c, registers, entering("bases", **HOME))
    changed(c, registers, changing("bases", "eva~1", street="Am Hang 5"))
    erase_person(c, KEY, "eva", USER, date(2026, 12, 2))
    assert "Am Hang" not in texts_in_store(c)
    changed(c, Registers(), entering("bases", **HOME | {"weekdays": "mon"}))
    assert "Am Hang" not in " ".join(c.execute(select(s.identity.c.street)).scalars())


def test_the_address_of_a_base_that_went_is_one_who_left(c: Connection) -> None:
    registers = Registers()
    begun(c, registers)
    away = entering("availability", who="eva", **{"from": "2026-12-24"})
    changed(c, registers, entering("bases", **HOME), away)
    assert departed(c, KEY, date(2030, 1, 1)) == ()
    changed(c, registers, removing("bases", "eva~1"))
    assert departed(c, KEY, date(2030, 1, 1)) == ("eva~1",)
