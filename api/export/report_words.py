"""The report's labels that are not sentences, each in German and in English."""

from data.base.status import Status
from data.model.policy import CoverageWeight

Both = tuple[str, str]

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
