"""Queries to Nominatim, against a small server that returns the same JSON."""

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlparse

import pytest

from api.service.sources import default_sources
from data.geo.geocode import Geocoder, GeocodingError
from data.model.problem import Point
from tests.refusals import refused

WENDEFURTH = {"lat": "51.7571234", "lon": "10.9284321", "display_name": "Wendefurth, Thale, Deutschland"}


class Nominatim(HTTPServer):
    """Knows one village, refuses one town, and records each query with its sender and time."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.asked: list[tuple[dict[str, str], str, float]] = []

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        query = {name: values[0] for name, values in parse_qs(urlparse(self.path).query).items()}
        assert isinstance(self.server, Nominatim)
        self.server.asked.append((query, self.headers["User-Agent"], time.monotonic()))
        self.send_response(429 if query.get("city") == "Zuviel" else 200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps([WENDEFURTH] if query.get("city") == "Wendefurth" else []).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test output clean."""


@pytest.fixture
def server() -> Iterator[Nominatim]:
    with Nominatim() as running:
        Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield running
        running.shutdown()


def geocoder(server: Nominatim, cache: Path, seconds_between: float = 0) -> Geocoder:
    return Geocoder(
        cache, "office@example.org", server=server.address, scheme="http", seconds_between=seconds_between
    )


def test_a_place_is_found_and_rounded_to_a_metre(server: Nominatim, tmp_path: Path) -> None:
    assert geocoder(server, tmp_path / "c.json")("06502", "Wendefurth") == Point(lat=51.75712, lon=10.92843)
    query, agent, _ = server.asked[0]
    assert (query["postalcode"], query["city"], query["countrycodes"]) == ("06502", "Wendefurth", "de")
    assert agent == "buddyplan (office@example.org)"


def test_answers_are_kept_also_that_there_is_none(server: Nominatim, tmp_path: Path) -> None:
    cache = tmp_path / "deep" / "cache.json"
    for _ in range(2):  # a second geocoder reads the first one's file
        asking = geocoder(server, cache)
        assert asking("06502", "Wendefurth") == asking("06502", " Wendefurth ")
        assert asking("", "Nirgendwo") is None
    assert [query["city"] for query, _, _ in server.asked] == ["Wendefurth", "Nirgendwo"]


def test_requests_keep_their_distance(server: Nominatim, tmp_path: Path) -> None:
    asking = geocoder(server, tmp_path / "c.json", seconds_between=0.1)
    asking("", "Nirgendwo")
    asking("", "Irgendwo")
    first, second = (moment for _, _, moment in server.asked)
    assert second - first > 0.05


def test_nothing_is_asked_for_nothing(server: Nominatim, tmp_path: Path) -> None:
    assert geocoder(server, tmp_path / "c.json")(" ", "") is None
    assert server.asked == []


def test_without_a_network_the_error_names_server_place_and_remedy(tmp_path: Path) -> None:
    nowhere = Geocoder(tmp_path / "c.json", "office@example.org", server="127.0.0.1:9", scheme="http")
    with refused(GeocodingError, r'127\.0\.0\.1:9.*"06502 Wendefurth".*give lat and lon'):
        nowhere("06502", "Wendefurth")


def test_a_refusal_is_an_error_and_is_not_kept(server: Nominatim, tmp_path: Path) -> None:
    asking = geocoder(server, tmp_path / "c.json")
    for _ in range(2):
        with refused(GeocodingError, '"Zuviel"'):
            asking("", "Zuviel")
    assert len(server.asked) == 2


def test_a_contact_is_needed(tmp_path: Path) -> None:
    with refused(GeocodingError, "needs a contact"):
        Geocoder(tmp_path / "c.json", " ")


def test_a_gazetteer_asks_only_for_what_it_does_not_know(server: Nominatim, tmp_path: Path) -> None:
    places = default_sources().gazetteer.asking(geocoder(server, tmp_path / "c.json"))
    assert places.find("39104", "Magdeburg") == default_sources().gazetteer.find("39104", "Magdeburg")
    assert server.asked == []
    (found,) = places.find(town="Wendefurth")
    assert (found.name, found.district, found.exact) == ("Wendefurth", "15085", False)
    assert places.find(town="Nirgendwo") == ()
    assert default_sources().gazetteer.find(town="Wendefurth") == ()
