"""Forms made of columns: each column has its place, and what is typed becomes a text of the register."""

from collections import Counter

import pytest

from api.http.register.access import register_of_reader
from api.pages.desk.register.entities import SHOWN, SHOWN_BY
from api.pages.desk.register.fields.controls import MOST_IN_A_LIST, Control, How
from api.pages.desk.register.form import form_of, operation_of
from api.pages.desk.register.shown import FOUND_OUT, Shown
from api.pages.desk.register.wording import Wording, column_named
from api.service.sources import default_sources
from api.words.speaker import Speaker
from data.access import Coordinator
from data.register.changes.enter import By, enter
from data.register.changes.operations import Act, Operation
from data.register.rows.kinds import KINDS, SHORTHAND
from data.register.rows.policy import POLICY
from data.store.register.change_sets import Source
from tests.api.http.conftest import PROGRAMME, World

SHOP = {"id": "sahne", "name": "Sahne", "postcode": "06108", "town": "Halle (Saale)", "employees": "9"}


def words_of(world: World, host: str = "", language: str = "de") -> Wording:
    state = world.app.state.app_state
    with world.service.store.reading() as c:
        seen = register_of_reader(state, c, Coordinator("u", PROGRAMME, host), PROGRAMME)
    return Wording(Speaker(language), seen, default_sources())


def entered(world: World, *rows: dict[str, str]) -> None:
    programmes = world.app.state.app_state.programmes
    steps = [Operation(Act.ENTER, "companies", values=values) for values in rows]
    with world.service.store.writing() as c:
        enter(c, programmes.registers, programmes.area(c, PROGRAMME), steps, By("u", Source.DESK))


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: shown.entity)
def test_every_column_has_one_place_on_the_form(shown: Shown) -> None:
    counted = Counter(name for each in shown.sections for name in each.columns)
    assert counted == Counter(KINDS[shown.entity].column.keys())
    new = {name for each in shown.new for name in each.columns}
    assert new <= SHORTHAND.get(shown.entity, frozenset())
    known = {*KINDS[shown.entity].column, *FOUND_OUT}
    assert {*shown.listed, *shown.filters, *shown.at_once} <= known
    assert set(shown.minor) < set(shown.listed)
    for each in shown.belongings:
        assert {*each.by, *each.columns} <= {*KINDS[each.entity].column, *FOUND_OUT}


def test_every_entity_can_be_entered_by_hand() -> None:
    assert KINDS.keys() == {*SHOWN_BY, POLICY}


def test_a_form_changes_what_means_something_else(world: World) -> None:
    entered(world, SHOP)
    words = words_of(world)
    row = words.register.row("companies", "sahne")
    form = form_of(words, "companies", row)
    as_it_is = {name: form.controls[name].typed((row and row.values.get(name)) or "") for name in form.names}
    assert form.values(form.taken(as_it_is)) == {}
    given = as_it_is | {"employees": " 09 ", "priority": "3", "state": "active", "mon": "8:00–12:00"}
    assert form.values(form.taken(given)) == {"mon": "8:00–12:00"}
    assert row
    step = operation_of(form, form.taken(as_it_is | {"employees": "12"}))
    assert (step.act, step.id, step.values, step.version) == (
        Act.CHANGE, "sahne", {"employees": "12"}, row.version,
    )  # fmt: skip


def test_a_point_goes_with_the_address_that_it_was_given_with(world: World) -> None:
    entered(world, SHOP | {"lat": "51.48", "lon": "11.97"})
    words = words_of(world)
    form = form_of(words, "companies", words.register.row("companies", "sahne"))
    now = {name: form.row.values.get(name, "") if form.row else "" for name in form.names}
    moved = form.values(form.taken(now | {"postcode": "39104", "town": "Magdeburg"}))
    assert moved == {"postcode": "39104", "town": "Magdeburg", "lat": "", "lon": ""}
    placed = form.values(form.taken(now | {"postcode": "39104", "lat": "52,13"}))
    assert placed.keys() == {"postcode", "lat"}


def test_of_many_options_one_is_typed_by_name(world: World) -> None:
    rows = [SHOP | {"id": f"k{n}", "name": f"Kiosk {n // 2}"} for n in range(MOST_IN_A_LIST)]
    entered(world, *rows)
    control = Control(words_of(world), "requests", column_named("requests", "company"))
    assert control.how is How.SEARCHED
    assert control.taken({"company": "Kiosk 3 · k7"}) == "k7" and control.taken({"company": "k7"}) == "k7"
    assert control.taken({"company": "bäckerei"}) is None and control.taken({"company": "Kiosk 3"}) is None
    assert control.taken({"company": ""}) == ""
    assert '<option value="Kiosk 3 · k7">' in control.markup("at", "k7")


def test_languages_are_chosen_by_name_with_their_level(world: World) -> None:
    words = words_of(world)
    control = Control(words, "buddies", column_named("buddies", "languages"))
    sent = {"languages.0": "ar", "languages.0.level": "C1", "languages.1": "", "languages.2": "uk"}
    assert control.taken(sent) == "ar:C1 uk:"
    markup = control.markup("at", "ar:C1 uk:")
    assert markup.count("<select") == 2 * (2 + 2)
    assert '<option value="uk" selected>Ukrainisch</option>' in markup
    groups = Control(words, "specialists", column_named("specialists", "languages"))
    assert groups.taken({"languages.0": "uk", "languages.1": "ru", "languages.2": ""}) == "uk/ru"


def test_what_is_typed_is_escaped(world: World) -> None:
    entered(world, SHOP | {"name": '"><script>alert(1)</script>'})
    words = words_of(world)
    row = words.register.row("companies", "sahne")
    markup = form_of(words, "companies", row).markup()
    assert "<script>" not in markup and "&quot;&gt;&lt;script&gt;" in markup


def test_a_home_is_not_on_the_form_of_who_does_not_keep_it(world: World) -> None:
    own, others = words_of(world), words_of(world, host="chamber")
    anna = own.register.row("buddies", "anna")
    assert anna
    assert "postcode" in form_of(own, "buddies", anna).names
    assert {"street", "postcode", "lat", "lon"}.isdisjoint(form_of(others, "buddies", anna).names)
    assert others.cell(anna, "postcode") == ""
