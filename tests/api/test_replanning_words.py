"""What a re-planning changes for people, in sentences."""

from datetime import date

from api.replanning_words import replanning_words
from data.calendar import aware
from data.promise import Promise
from data.replanning import BrokenPromise, Cancelled, Cover, Replanning

TUESDAY, FRIDAY = date(2026, 11, 24), date(2026, 11, 27)
TOLD = Promise(visit="v1", company="bakery", date=TUESDAY, from_min=540, to_min=600)
NAMES = {"bakery": "Bäckerei Kern", "anna": "Anna Bach", "bert": "Bert Coym"}


def words(language: str, **fields: object) -> list[str]:
    record = Replanning(moment=aware(TUESDAY, 400), disruptions=(Cancelled(visit="v9"),), **fields)  # type: ignore[arg-type]
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
