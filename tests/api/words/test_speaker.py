"""Days, times and numbers as people write them in either language."""

from datetime import UTC, date, datetime

import pytest
from starlette.requests import HTTPConnection

from api.http.frame.languages import language_of
from api.words.speaker import Speaker

GERMAN, ENGLISH = Speaker("de"), Speaker("en")
MONDAY = date(2026, 11, 30)
# Local time is two hours ahead of UTC in summer, and one in winter.
SUMMER, WINTER = datetime(2026, 7, 1, 6, 15, tzinfo=UTC), datetime(2026, 11, 30, 7, 15, tzinfo=UTC)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_days() -> None:
    assert plain(GERMAN.day(MONDAY)) == "Montag, 30. November"
    assert plain(ENGLISH.day(MONDAY)) == "Monday, 30 November"
    assert plain(GERMAN.full_date(MONDAY)) == "30. November 2026"
    assert plain(ENGLISH.full_date(MONDAY)) == "30 November 2026"


def test_times() -> None:
    assert (plain(GERMAN.time(495)), ENGLISH.time(495)) == ("08:15 Uhr", "08:15")
    assert (plain(GERMAN.times(495, 555)), ENGLISH.times(495, 555)) == ("08:15–09:15 Uhr", "08:15–09:15")
    assert plain(GERMAN.moment(SUMMER)) == "1. Juli, 08:15 Uhr"
    assert plain(ENGLISH.moment(WINTER)) == "30 November, 08:15"


def test_the_zone_follows_the_clock_change() -> None:
    assert (GERMAN.zone(SUMMER), GERMAN.zone(WINTER)) == ("MESZ", "MEZ")
    assert (ENGLISH.zone(SUMMER), ENGLISH.zone(WINTER)) == ("CEST", "CET")


def test_figures() -> None:
    assert (GERMAN.number(1234.5, 1), ENGLISH.number(1234.5, 1)) == ("1.234,5", "1,234.5")
    assert (plain(GERMAN.km(1_234_500)), plain(ENGLISH.km(1_234_500))) == ("1.234,5 km", "1,234.5 km")
    assert (plain(GERMAN.minutes(80)), plain(ENGLISH.minutes(80))) == ("1 Std. 20 Min.", "1 h 20 min")
    assert (plain(GERMAN.minutes(0)), plain(GERMAN.minutes(120))) == ("0 Min.", "2 Std.")
    assert GERMAN.number(-3) == "−3"


def test_only_what_is_whole_is_a_hundred_percent() -> None:
    assert plain(GERMAN.share(9999, 10000)) == "99,9 %"
    assert (plain(GERMAN.share(3, 3)), ENGLISH.share(1, 8)) == ("100,0 %", "12.5%")


@pytest.mark.parametrize(
    ("cookie", "accepted", "language"),
    [
        ("", "", "de"),
        ("", "fr", "de"),
        ("", "en-GB,en;q=0.8,de;q=0.5", "en"),
        ("", "en;q=0.3, de-AT;q=0.9", "de"),
        ("", "en;q=nonsense", "de"),
        ("de", "en", "de"),
        ("xx", "en", "en"),
    ],
)
def test_the_language_is_the_chosen_one_else_the_preferred_else_german(
    cookie: str, accepted: str, language: str
) -> None:
    headers = [(b"accept-language", accepted.encode()), (b"cookie", f"buddyplan_language={cookie}".encode())]
    assert language_of(HTTPConnection({"type": "http", "headers": headers})) == language


def test_a_text_with_one_form_is_said_of_any_count() -> None:
    assert (
        GERMAN.t("terminal_register_written", count=1200, file="a.xlsx")
        == "1.200 Einträge nach a.xlsx geschrieben."
    )
