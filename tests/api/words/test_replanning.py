"""What a replanning changes for people, in sentences."""

from datetime import date

from api.words.replanning import replanning_words
from data.base.dates import aware
from data.base.status import ReasonCode
from data.results.promise import Promise
from data.results.reason import VisitReason
from data.results.replanning import BrokenPromise, Cancelled, Cover, Moved, Replanning
from data.results.solution import Unplanned

TUESDAY, FRIDAY = date(2026, 11, 24), date(2026, 11, 27)
TOLD = Promise(visit="v1", company="bakery", date=TUESDAY, from_min=540, to_min=600)
NAMES = {"bakery": "Bäckerei Kern", "anna": "Anna Bach", "bert": "Bert Coym"}


def words(language: str, **fields: object) -> list[str]:
    given = {"disruptions": (Cancelled(visit="v9"),)} | fields
    record = Replanning(moment=aware(TUESDAY, 400), **given)  # type: ignore[arg-type]
    return replanning_words(record, lambda key: NAMES.get(key, key), "en" if language == "en" else "de")


def test_a_moved_visit_is_told_with_old_and_new_time() -> None:
    broken = (BrokenPromise(promise=TOLD, start=(FRIDAY, 635)),)
    assert words("de", broken=broken) == [
        "Bäckerei Kern: zugesagt war Di 24.11. 09:00–10:00, neu ist Fr 27.11. 10:35 Uhr"
    ]
    assert words("en", broken=broken, proved=True) == [
        "Bäckerei Kern: was promised Tue 24 Nov 09:00–10:00, is now at Fri 27 Nov 10:35",
        "Proved: no plan of these weeks breaks fewer promises.",
    ]


def test_a_lost_visit_is_told() -> None:
    (line,) = words("de", broken=(BrokenPromise(promise=TOLD),))
    assert line == "Bäckerei Kern: zugesagt war Di 24.11. 09:00–10:00, jetzt ohne Termin"


def test_covers_are_told_after_the_good_news() -> None:
    cover = Cover(visit="v1", company="bakery", buddy="bert", instead_of="anna")
    assert words("en", covers=(cover, cover.replace(instead_of=""))) == [
        "Every promise is kept.",
        "Bäckerei Kern: Bert Coym comes in place of Anna Bach",
        "Bäckerei Kern: Bert Coym comes",
    ]


WISH = Moved(visit="v1", company="bakery", date=FRIDAY, from_min=570, to_min=600)


def test_a_wish_that_is_met_is_told_beside_the_good_news() -> None:
    given = {"disruptions": (WISH,), "promises": (TOLD,)}
    assert words("de", **given) == [
        "Alle Zusagen werden gehalten.",
        "Bäckerei Kern: auf Wunsch verlegt auf Fr 27.11. 09:30–10:00",
    ]
    assert words("en", **given)[1] == "Bäckerei Kern: moved on request to Fri 27 Nov 09:30–10:00"


def test_a_wish_that_has_no_room_is_told() -> None:
    promise = TOLD.replace(date=FRIDAY, from_min=570, to_min=600)
    given = {"disruptions": (WISH,), "promises": (TOLD,), "broken": (BrokenPromise(promise=promise),)}
    assert words("de", **given) == [
        "Bäckerei Kern: gewünscht war Fr 27.11. 09:30–10:00, dort ist kein Platz; jetzt ohne Termin"
    ]
    assert words("en", **given) == [
        "Bäckerei Kern: was wished at Fri 27 Nov 09:30–10:00, where there is no room; now has no visit"
    ]


def test_what_finds_no_place_is_told_with_its_reason_beside_what_breaks() -> None:
    full = Unplanned(id="u1", company="bakery", reason=VisitReason(code=ReasonCode.WEEK_FULL))
    assert words("en", unplaced=(full,), broken=(BrokenPromise(promise=TOLD),))[1:] == [
        "Bäckerei Kern: visit u1 finds no place. The week's working time is used up."
    ]
    assert words("de", unplaced=(full,)) == [
        "Alle Zusagen werden gehalten.",
        "Bäckerei Kern: Besuch u1 findet keinen Platz. Die Arbeitszeit der Woche ist voll.",
    ]
