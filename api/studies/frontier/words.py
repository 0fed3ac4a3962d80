"""German and English labels of the coverage frontier, for its table and its picture."""

from dataclasses import dataclass

from api.words.reasons import Language
from data.model.policy import CoverageWeight


@dataclass(frozen=True)
class FrontierWords:
    """The labels in one language."""

    language: Language
    title: str
    positions: str
    beside: str
    more: str
    served: str
    bound: str
    gap: str
    marginal: str
    companies: str
    specialists: str
    cost: str
    per_specialist: str
    share: str
    solved: str
    proved: str
    weight: dict[CoverageWeight, str]


GERMAN = FrontierWords(
    language="de",
    title="Abdeckung nach Zahl der Stellen",
    positions="Stellen",
    beside="Stellen zusätzlich zu den heutigen Job-Buddys",
    more="mehr Stellen",
    served="betreut",
    bound="höchstens",
    gap="Lücke %",
    marginal="Zuwachs",
    companies="Betriebe",
    specialists="Fachkräfte",
    cost="Tsd. € im Jahr",
    per_specialist="€ je Fachkraft",
    share="Abdeckung in Prozent",
    solved="gefundene Auswahl",
    proved="bewiesene Obergrenze",
    weight={
        CoverageWeight.COMPANIES: "Gewicht: Betriebe × Dringlichkeit",
        CoverageWeight.SPECIALISTS: "Gewicht: Fachkräfte × Dringlichkeit",
        CoverageWeight.CARE_HOURS: "Gewicht: Betreuungsminuten × Dringlichkeit",
    },
)
ENGLISH = FrontierWords(
    language="en",
    title="Coverage by number of positions",
    positions="positions",
    beside="positions beside the present buddies",
    more="more positions",
    served="served",
    bound="at most",
    gap="gap %",
    marginal="gain",
    companies="companies",
    specialists="specialists",
    cost="1,000 € a year",
    per_specialist="€ per specialist",
    share="coverage in percent",
    solved="choice that was found",
    proved="proved upper bound",
    weight={
        CoverageWeight.COMPANIES: "weight: companies × priority",
        CoverageWeight.SPECIALISTS: "weight: specialists × priority",
        CoverageWeight.CARE_HOURS: "weight: care minutes × priority",
    },
)


def words_of(english: bool) -> FrontierWords:
    """Return the labels in a language."""
    return ENGLISH if english else GERMAN
