"""The words of the report that are not sentences: each in German and in English."""

from data.policy import CoverageWeight, ObjectiveName
from data.solution import Status

Both = tuple[str, str]

LEVELS: dict[ObjectiveName, Both] = {
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

STATUSES: dict[Status, Both] = {
    Status.OPTIMAL: ("bewiesen bestmöglich", "proved optimal"),
    Status.FEASIBLE: ("zulässig, nicht bewiesen", "feasible, not proved"),
    Status.INFEASIBLE: ("Termine unvereinbar", "appointments clash"),
    Status.UNKNOWN: ("nichts gefunden", "nothing found"),
}

DAYS: tuple[Both, ...] = (
    ("Montag", "Monday"),
    ("Dienstag", "Tuesday"),
    ("Mittwoch", "Wednesday"),
    ("Donnerstag", "Thursday"),
    ("Freitag", "Friday"),
    ("Samstag", "Saturday"),
    ("Sonntag", "Sunday"),
)

UNITS: dict[CoverageWeight, Both] = {
    CoverageWeight.COMPANIES: ("nach Betrieben", "by companies"),
    CoverageWeight.SPECIALISTS: ("gewichtet nach Fachkräften", "weighted by specialists"),
    CoverageWeight.CARE_HOURS: ("gewichtet nach Betreuungsstunden", "weighted by care hours"),
}

STATES = {
    "BB": "Brandenburg", "BE": "Berlin", "BW": "Baden-Württemberg", "BY": "Bayern", "HB": "Bremen",
    "HE": "Hessen", "HH": "Hamburg", "MV": "Mecklenburg-Vorpommern", "NI": "Niedersachsen",
    "NW": "Nordrhein-Westfalen", "RP": "Rheinland-Pfalz", "SH": "Schleswig-Holstein", "SL": "Saarland",
    "SN": "Sachsen", "ST": "Sachsen-Anhalt", "TH": "Thüringen",
}  # fmt: skip
