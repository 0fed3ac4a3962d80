"""Ids become file names that no file system confuses and that stay in their folder."""

import re

from hypothesis import given
from hypothesis import strategies as st

from api.files.file_names import file_stems


def test_a_plain_id_names_its_own_file() -> None:
    assert file_stems(["b01", "Anna", "team_2-b"]) == {"b01": "b01", "Anna": "Anna", "team_2-b": "team_2-b"}


def test_other_signs_are_spelt_out_and_marked() -> None:
    (stem,) = file_stems(["Jörg / Süd"]).values()
    assert re.fullmatch(r"Joerg_Sued~[0-9a-f]{10}", stem)


def test_ids_that_differ_in_case_only_get_different_files() -> None:
    stems = file_stems(["anna", "Anna", "ANNA"])
    assert len({stem.casefold() for stem in stems.values()}) == 3


def test_device_names_of_windows_are_no_files() -> None:
    assert all("~" in stem for stem in file_stems(["con", "NUL", "Lpt1"]).values())


@given(st.lists(st.one_of(st.text(), st.text(alphabet="aA./\\~_-ä "))))
def test_any_ids_get_different_safe_names(ids: list[str]) -> None:
    stems = file_stems(ids)
    assert stems.keys() == set(ids)
    assert len({stem.casefold() for stem in stems.values()}) == len(stems)
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*(~[0-9a-f]{10})?", stem) for stem in stems.values())
    assert all(len(stem) <= 60 for stem in stems.values())
