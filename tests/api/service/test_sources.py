from pathlib import Path

import pytest

from api.service.sources import TRAVEL, default_sources, shipped_sources, sources_in, sources_of
from data.model.calendar import STATES
from data.reference.reference import WrongReference, read_reference
from data.reference.shipped import shipped
from tests.data.reference.own_land import OWN, write_reference
from tests.refusals import refused


def test_a_programme_without_own_data_has_those_that_ship(tmp_path: Path) -> None:
    assert sources_in(tmp_path) is default_sources()
    assert default_sources().reference == read_reference(shipped("ST"))
    assert default_sources().gazetteer.state == "ST"


@pytest.mark.parametrize("state", STATES)
def test_a_programme_that_names_its_state_has_what_ships_of_it(state: str, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text(f'[programme]\nstate = "{state}"\n')
    assert sources_in(tmp_path) is shipped_sources(state)
    assert shipped_sources(state).gazetteer.state == state


def test_own_data_go_before_those_of_the_state(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text('[programme]\nstate = "SN"\n')
    write_reference(tmp_path / "reference")
    assert sources_in(tmp_path).reference == OWN


def test_a_programme_with_own_data_has_nothing_else(tmp_path: Path) -> None:
    write_reference(tmp_path / "reference")
    own = sources_in(tmp_path)
    assert own.reference == OWN
    assert own.gazetteer.find(town="Magdeburg") == ()


def test_each_source_of_travel_is_known_by_its_own_name() -> None:
    assert {name: make({}).name for name, make in TRAVEL.items()} == {name: name for name in TRAVEL}


@pytest.mark.parametrize("text", ["{", "{}", '{"features": [{}]}', '{"features": 1}'])
def test_broken_barriers_are_refused(text: str) -> None:
    with refused(WrongReference, r'no source of travel times "estimate" can be made'):
        sources_of(OWN.replace(files=OWN.files | {"barriers.geojson": text}))


def test_an_unknown_source_of_travel_is_refused_with_those_there_are() -> None:
    with refused(WrongReference, 'no source of travel times "roads"; there is: estimate'):
        sources_of(OWN.replace(travel="roads"))
