import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model.calendar import STATES
from data.reference.reference import DESCRIPTION, Reference, WrongReference, read_reference
from data.reference.shipped import SHIPPED, shipped
from tests.data.reference.own_land import OWN, write_reference
from tests.refusals import refused


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    write_reference(tmp_path)
    assert read_reference(tmp_path) == OWN
    assert Reference.model_validate_json(OWN.model_dump_json()) == OWN


@given(st.text(), st.lists(st.text()))
def test_every_description_is_read_as_it_was_written(travel: str, attributions: list[str]) -> None:
    made = Reference(travel=travel, attributions=tuple(attributions), files={})
    assert tomllib.loads(made.texts()[DESCRIPTION]) == {"travel": travel, "attributions": attributions}


def test_equal_data_have_equal_hashes_and_another_name_has_another() -> None:
    assert OWN.hash == Reference.model_validate_json(OWN.model_dump_json()).hash
    renamed = {name: text.replace("Nebelgau", "Nebelkreis") for name, text in OWN.files.items()}
    assert OWN.replace(files=renamed).hash != OWN.hash
    assert OWN.replace(travel="roads").hash != OWN.hash


def test_without_a_description_nothing_is_attributed_and_travel_is_estimated(tmp_path: Path) -> None:
    write_reference(tmp_path)
    (tmp_path / DESCRIPTION).unlink()
    read = read_reference(tmp_path)
    assert (read.travel, read.attributions, read.files) == ("estimate", (), OWN.files)


@pytest.mark.parametrize("state", STATES)
def test_the_shipped_data_say_what_their_licences_require(state: str) -> None:
    notice = (SHIPPED / "NOTICE.md").read_text(encoding="utf-8")
    told = read_reference(shipped(state)).attributions
    assert told
    assert [each for each in told if each not in notice] == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("districts.geojson", None, r"districts\.geojson is missing"),
        ("places.csv", b"\xff\xfe", r"places\.csv is not in UTF-8"),
        (DESCRIPTION, b"travel = ", r"sources\.toml: at the end of the text"),
        (DESCRIPTION, b"attributions = [1]", r"sources\.toml: attributions\.0: it should be a text"),
        (DESCRIPTION, b"roads = true", r"sources\.toml: roads: there is no such field"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, name: str, content: bytes | None, told: str) -> None:
    write_reference(tmp_path)
    (tmp_path / name).unlink(missing_ok=True)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with refused(WrongReference, told):
        read_reference(tmp_path)
