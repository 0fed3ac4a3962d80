"""Names of the matching's levels in German and in English."""

from data.model.policy import ObjectiveName

LEVELS: dict[ObjectiveName, tuple[str, str]] = {
    ObjectiveName.UNSERVED: ("Betriebe ohne Buddy, gewichtet", "Companies without a buddy, weighted"),
    ObjectiveName.DISTRICT_SHORTFALL: (
        "Größter Rückstand eines Kreises",
        "Largest shortfall of a district",
    ),
    ObjectiveName.WITHOUT_LANGUAGE: (
        "Fachkräfte ohne gemeinsame Sprache",
        "Specialists without a common language",
    ),
    ObjectiveName.BROKEN_RELATIONS: ("Beendete Zuständigkeiten, gewichtet", "Relations ended, weighted"),
    ObjectiveName.TRAVEL_MIN: ("Erwartete Fahrt, min in vier Wochen", "Expected travel, min in four weeks"),
    ObjectiveName.UNDERLOAD: ("Minuten unter der Mindestauslastung", "Minutes short of minimum caseloads"),
    ObjectiveName.IMBALANCE: (
        "Größte Abweichung von der gleichen Auslastung, min",
        "Largest deviation from an even caseload, min",
    ),
    ObjectiveName.OFF_MANDATE: ("Außerhalb der stärkeren Zuständigkeit", "Outside the stronger mandate"),
}
