"""Undo: drawn change sets taken back one after the other leave the register as it was, with a clash named."""

import random

import pytest
from sqlalchemy import Connection

from data.register.changes.operations import Operation
from data.register.changes.undo import UndoClash, undo
from data.register.rows.load import Registers, register_of
from data.store.privacy.erasure import erase_person
from data.store.register.change_sets import ChangeSet
from tests.data.register.office import HALLE, KEY, NOW, area, changing, entering, removing, texts
from tests.data.register.rows.test_load import everything
from tests.data.register.stored_office import USER, begun, changed

TOWNS = (HALLE, {"postcode": "39104", "town": "Magdeburg"}, {"postcode": "06366", "town": "Köthen (Anhalt)"})


def drawn(draws: random.Random, registers: Registers, c: Connection) -> list[Operation]:
    """Some operations that are possible now."""
    register = registers.of(c, KEY)
    company = draws.choice(sorted(register.rows["companies"]))
    match draws.randrange(5):
        case 0:
            return [
                changing("companies", company, employees=str(draws.randrange(1, 99)), **draws.choice(TOWNS))
            ]
        case 1:
            return [entering("specialists", company=company, languages=draws.choice(("vi", "fa", "uk/ru")))]
        case 2:
            return [
                entering("companies", name=f"Neu {draws.random()}", specialists="ar:2", **draws.choice(TOWNS))
            ]
        case 3 if groups := sorted(register.rows["specialists"]):
            return [removing("specialists", draws.choice(groups))]
        case _:
            return [
                changing(
                    "buddies", "jan", name=f"Jan {draws.random()}", max_companies=str(draws.randrange(5, 30))
                )
            ]


@pytest.mark.parametrize("seed", range(8))
def test_change_sets_taken_back_in_turn_leave_what_was(c: Connection, seed: int) -> None:
    draws, registers = random.Random(seed), Registers()
    begun(c, registers)
    states, made = [everything(register_of(c, KEY))], []
    for _ in range(6):
        entered = changed(c, registers, *drawn(draws, registers, c)).change_set
        if entered:
            made.append(entered)
            states.append(everything(register_of(c, KEY)))
    for each in reversed(made):
        assert everything(register_of(c, KEY)) == states.pop()
        taken_back(c, registers, each)
    assert everything(register_of(c, KEY)) == states.pop()
    fresh, kept = register_of(c, KEY), registers.of(c, KEY)
    assert {key: row.where for key, row in kept.rows["companies"].items()} == {
        key: row.where for key, row in fresh.rows["companies"].items()
    }


def taken_back(c: Connection, registers: Registers, made: ChangeSet) -> ChangeSet:
    undone = undo(c, registers, area(), made, USER).change_set
    assert undone and undone.undoes == made.id
    return undone


def test_a_later_change_of_the_same_field_is_a_clash_that_is_named(c: Connection) -> None:
    registers = Registers()
    begun(c, registers)
    first = changed(c, registers, changing("companies", "mill", employees="5", name="Mühle West")).change_set
    second = changed(c, registers, changing("companies", "mill", employees="6")).change_set
    other = changed(c, registers, changing("companies", "mill", priority="1")).change_set
    assert first and second and other
    with pytest.raises(UndoClash) as refused:
        undo(c, registers, area(), first, USER)
    assert (refused.value.later.number, registers.of(c, KEY).number) == (second.number, other.number)
    taken_back(c, registers, second)
    taken_back(c, registers, other)


def test_undoing_is_undone(c: Connection) -> None:
    registers = Registers()
    begun(c, registers)
    made = changed(c, registers, removing("specialists", "mill~1")).change_set
    assert made
    taken_back(c, registers, taken_back(c, registers, made))
    assert "mill~1" not in texts(register_of(c, KEY), "specialists")


def test_names_of_who_was_erased_do_not_come_back(c: Connection) -> None:
    registers = Registers()
    begun(c, registers)
    made = changed(c, registers, changing("buddies", "eva", name="Eva Stern", max_companies="7")).change_set
    erase_person(c, KEY, "eva", USER, NOW.date())
    assert made
    taken_back(c, Registers(), made)
    row = register_of(c, KEY).rows["buddies"]["eva"]
    assert "max_companies" not in row.values and "name" not in row.values
    assert row.where is not None
