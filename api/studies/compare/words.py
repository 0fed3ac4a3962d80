"""Names and formats of an outcome's figures, in German and in English."""

from enum import Enum

from api.studies.compare.comparison import Comparison, Difference, Verdict
from api.studies.outcome.outcome import Better, Figure, FigureName, ScenarioOutcome
from api.words.reasons import Language
from data.model.policy import CoverageWeight

Both = tuple[str, str]
THIN_SPACE = "\u202f"
MINUS = "\u2212"


class Unit(Enum):
    """The unit of a printed figure: plain, minutes as hours, cents as euros."""

    COUNT = 1
    HOURS = 60
    EURO = 100


BASE: Both = ("Ausgangslage", "Today")
FIGURES: dict[FigureName, tuple[Both, Unit]] = {
    FigureName.COVERAGE: (("Abdeckung", "Coverage"), Unit.COUNT),
    FigureName.SERVED: (("Betriebe mit Buddy", "Companies with a buddy"), Unit.COUNT),
    FigureName.UNSERVED_WEIGHT: (
        ("Unversorgt, gewichtet nach Priorität", "Unserved, weighted by priority"),
        Unit.COUNT,
    ),
    FigureName.SPECIALISTS: (("Fachkräfte", "Specialists"), Unit.COUNT),
    FigureName.SPECIALISTS_SERVED: (
        ("Fachkräfte in Betrieben mit Buddy", "Specialists at companies with a buddy"),
        Unit.COUNT,
    ),
    FigureName.SPOKEN_TO: (
        ("Fachkräfte mit gemeinsamer Sprache", "Specialists with a shared language"),
        Unit.COUNT,
    ),
    FigureName.MOVED: (("Betriebe, die den Buddy wechseln", "Companies that change buddy"), Unit.COUNT),
    FigureName.LEFT: (("Betriebe, die ihren Buddy verlieren", "Companies that lose their buddy"), Unit.COUNT),
    FigureName.BROKEN_WEIGHT: (
        ("Beendete Zuständigkeiten, gewichtet nach Monaten", "Relations ended, weighted by months"),
        Unit.COUNT,
    ),
    FigureName.EXPECTED_TRAVEL_MIN: (
        ("Erwartete Fahrt in vier Wochen, h", "Expected travel in four weeks, h"),
        Unit.HOURS,
    ),
    FigureName.CARE_MIN: (("Betreuung in vier Wochen, h", "Care in four weeks, h"), Unit.HOURS),
    FigureName.IMBALANCE_MIN: (
        ("Größte Abweichung von gleicher Auslastung, h", "Largest deviation from an even caseload, h"),
        Unit.HOURS,
    ),
    FigureName.CASELOAD_LEAST_MIN: (("Kleinste Auslastung, h", "Least caseload, h"), Unit.HOURS),
    FigureName.CASELOAD_MIDDLE_MIN: (("Mittlere Auslastung, h", "Middle caseload, h"), Unit.HOURS),
    FigureName.CASELOAD_MOST_MIN: (("Größte Auslastung, h", "Largest caseload, h"), Unit.HOURS),
    FigureName.VISITS: (("Besuche geplant", "Visits planned"), Unit.COUNT),
    FigureName.UNPLANNED: (("Besuche nicht geplant", "Visits not planned"), Unit.COUNT),
    FigureName.LATE: (("Kontakte, die zu spät kommen", "Contacts that come too late"), Unit.COUNT),
    FigureName.ROUTED_TRAVEL_MIN: (("Fahrt in den Wochen, h", "Travel in the weeks, h"), Unit.HOURS),
    FigureName.WEEK_COST: (
        ("Preis der Wochenpläne, Punkte", "Price of the week plans, points"),
        Unit.COUNT,
    ),
    FigureName.COST_CENTS: (("Kosten der Stellen im Jahr, €", "Cost of positions a year, €"), Unit.EURO),
    FigureName.COST_PER_SPECIALIST_CENTS: (
        ("Kosten je versorgter Fachkraft, €", "Cost per specialist served, €"),
        Unit.EURO,
    ),
}
VERDICTS: dict[Verdict, Both] = {
    Verdict.SAME: ("gleich", "the same"),
    Verdict.BETTER: ("bewiesen besser", "proved better"),
    Verdict.WORSE: ("bewiesen schlechter", "proved worse"),
    Verdict.NOT_PROVED: ("Rangfolge nicht bewiesen", "order not proved"),
    Verdict.COUNTED: ("gezählt", "counted"),
    Verdict.UNLIKE: ("anders gewichtet", "weighted otherwise"),
}
UNITS: dict[CoverageWeight, Both] = {
    CoverageWeight.COMPANIES: ("Betriebe", "companies"),
    CoverageWeight.SPECIALISTS: ("Fachkräfte", "specialists"),
    CoverageWeight.CARE_HOURS: ("Betreuungsminuten", "care minutes"),
}


def name_of(outcome: ScenarioOutcome, language: Language) -> str:
    """Return the name of an outcome: its scenarios, or the base."""
    return outcome.name or BASE[language == "en"]


def label(name: FigureName, language: Language) -> str:
    """Return the name of a figure, with its unit."""
    return FIGURES[name][0][language == "en"]


def written(name: FigureName, value: int, language: Language) -> str:
    """Return a value in the figure's unit: hours with one decimal, whole euros."""
    unit = FIGURES[name][1]
    digits = 1 if unit is Unit.HOURS else 0
    return number(value / unit.value, language, digits)


def number(value: float, language: Language, digits: int = 0) -> str:
    """Return a number in groups of three, with the language's decimal sign."""
    text = f"{value:,.{digits}f}".replace(",", THIN_SPACE).replace("-", MINUS)
    return text if language == "en" else text.replace(".", ",")


def percent(value: int, whole: int, language: Language) -> str:
    """Return a share with one decimal, and never 100 for a share that is not complete."""
    share = 100 * value / whole if whole else 100.0
    return number(min(share, 99.9) if value < whole else share, language, 1) + f"{THIN_SPACE}%"


def value_words(figure: Figure, language: Language) -> str:
    """Return value, share and bound: `952 (98,7 %), höchstens 960`."""
    said = written(figure.name, figure.value, language)
    if figure.whole is not None:
        said += f" ({percent(figure.value, figure.whole, language)})"
    if figure.bound is None:
        return said
    if figure.bound == figure.value:
        return said + (", proved best" if language == "en" else ", bewiesen bestmöglich")
    least = figure.better is Better.LESS
    word = (("mindestens", "at least") if least else ("höchstens", "at most"))[language == "en"]
    return f"{said}, {word} {written(figure.name, figure.bound, language)}"


def delta_words(difference: Difference, language: Language) -> str:
    """Return the signed difference to the first outcome, and what is proved: `+5 (bewiesen besser)`."""
    if difference.verdict is Verdict.SAME:
        return VERDICTS[Verdict.SAME][language == "en"]
    sign = "+" if difference.delta > 0 else ""
    said = sign + written(difference.name, difference.delta, language)
    return f"{said} ({VERDICTS[difference.verdict][language == 'en']})"


def told(comparison: Comparison, language: Language) -> list[str]:
    """Return a sentence for each proved figure of each outcome, and one about what is not proved."""
    english, lines = language == "en", []
    first = name_of(comparison.outcomes[0], language)
    for outcome, against in zip(comparison.outcomes[1:], comparison.against, strict=True):
        other = name_of(outcome, language)
        for each in against.differences:
            if each.verdict in (Verdict.BETTER, Verdict.WORSE):
                better, than = (other, first) if each.verdict is Verdict.BETTER else (first, other)
                what = label(each.name, language)
                lines.append(
                    f"{what}: “{better}” is proved better than “{than}”."
                    if english
                    else f"{what}: „{better}“ ist bewiesen besser als „{than}“."
                )
        open_ = [label(e.name, language) for e in against.differences if e.verdict is Verdict.NOT_PROVED]
        if open_:
            lines.append(
                f"“{other}” differs without proof of an order in: {'; '.join(open_)}."
                if english
                else f"„{other}“ weicht ab, ohne dass eine Rangfolge bewiesen ist, in: {'; '.join(open_)}."
            )
    return lines
