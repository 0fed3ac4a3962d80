"""Where one is in a list, as an address and back; what an address asks for is never trusted."""

from urllib.parse import parse_qsl

import pytest

from api.pages.desk.register.entities import SHOWN_BY
from api.pages.desk.register.lists.place import Place, place_of

COMPANIES = SHOWN_BY["companies"]


def test_an_address_leads_back_to_the_same_place() -> None:
    place = Place("Bäcker & Co", "-employees", 3, {"state": "paused", "host": "kammer"}, "sachsen")
    asked = dict(parse_qsl(place.address().removeprefix("?")))
    assert place_of(COMPANIES, asked, "sachsen") == place


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "9" * 9, ""])
def test_a_page_that_is_none_is_the_first(page: str) -> None:
    assert place_of(COMPANIES, {"page": page}, "").page == 1


def test_unknown_columns_are_left_out() -> None:
    place = place_of(COMPANIES, {"sort": "contact_phone", "contact_name": "x", "state": ""}, "")
    assert (place.sort, place.filters) == ("", {})


def test_a_heading_sorts_and_the_second_time_backwards() -> None:
    place = Place(page=4)
    assert place.sorted_by("name", "name").sort == "-name"
    assert place.sorted_by("name", "-name") == Place(sort="name")
