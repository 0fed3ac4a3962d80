"""What each kind of change in a scenario asks for: the fields of `data.scenario.kinds` as a form."""

from dataclasses import dataclass, replace
from enum import Enum

from data.model.policy import CoverageWeight, ObjectiveName
from data.model.vocabulary import CompanyState, LanguageLevel


class How(Enum):
    """How something is entered."""

    TEXT = "text"
    COUNT = "count"
    HOURS = "hours"
    EURO = "euro"
    WEEK = "week"
    BUDDY = "buddy"
    BUDDIES = "buddies"
    COMPANIES = "companies"
    HOST = "host"
    DISTRICT = "district"
    DISTRICTS = "districts"
    LANGUAGE = "language"
    LANGUAGES = "languages"
    OPENING = "opening"
    YES_NO = "yes_no"
    WORD = "word"
    WORDS = "words"


@dataclass(frozen=True)
class Asked:
    """One field: how it is entered, between which numbers or of which words, and what stands in it first.

    What is not `needed` may stay empty: then nothing is sent. `inside` is the field that holds it.
    """

    name: str
    how: How
    first: str = ""
    least: int = 0
    most: int = 100_000
    words: tuple[str, ...] = ()
    needed: bool = False
    inside: str = ""


def _inside(*fields: Asked) -> tuple[Asked, ...]:
    return tuple(replace(each, inside="fields") for each in fields)


LEVELS = tuple(LanguageLevel)
NEW = Asked("id", How.TEXT, needed=True)
PERCENT = Asked("percent", How.COUNT, least=1, most=1000, needed=True)
ALL_OR_SOME_BUDDIES = Asked("buddies", How.BUDDIES)
ALL_OR_SOME_COMPANIES = Asked("companies", How.COMPANIES)
OF_BUDDY = _inside(
    Asked("max_companies", How.COUNT),
    Asked("week_work_min", How.HOURS),
    Asked("max_days_per_week", How.COUNT, most=7),
    Asked("max_care_min", How.HOURS),
    Asked("max_one_way_min", How.COUNT),
    Asked("districts", How.DISTRICTS),
)
OF_COMPANY = _inside(
    Asked("priority", How.COUNT, least=1, most=5),
    Asked("state", How.WORD, words=tuple(CompanyState)),
    Asked("host", How.HOST),
    Asked("sector", How.TEXT),
)
OF_POLICY = _inside(
    Asked("rematch", How.YES_NO),
    Asked("max_changed_relations", How.COUNT),
    Asked("max_one_way_min", How.COUNT),
    Asked("district_floor_percent", How.COUNT, most=100),
    Asked("language_required", How.YES_NO),
    Asked("language_level", How.WORD, words=LEVELS),
    Asked("coverage_weight", How.WORD, words=tuple(CoverageWeight)),
    Asked("reserve_percent", How.COUNT, most=100),
    Asked("objectives", How.WORDS, words=tuple(ObjectiveName)),
)
KINDS: dict[str, tuple[Asked, ...]] = {
    "absence": (
        Asked("buddies", How.BUDDIES),
        Asked("host", How.HOST),
        Asked("count", How.COUNT, least=1, most=200),
        Asked("first_week", How.WEEK, needed=True),
        Asked("weeks", How.COUNT, "1", least=1, most=53, needed=True),
    ),
    "add_buddies": (
        NEW,
        Asked("count", How.COUNT, "1", least=1, most=200, needed=True),
        Asked("like", How.BUDDY),
        Asked("district", How.DISTRICT),
        *OF_BUDDY[:2],
    ),
    "remove_buddies": (Asked("buddies", How.BUDDIES, needed=True),),
    "change_buddies": (Asked("buddies", How.BUDDIES, needed=True), *OF_BUDDY),
    "learns": (
        Asked("buddies", How.BUDDIES, needed=True),
        Asked("language", How.LANGUAGE, needed=True),
        Asked("level", How.WORD, "B1", words=LEVELS, needed=True),
    ),
    "contract_hours": (PERCENT, ALL_OR_SOME_BUDDIES, Asked("host", How.HOST)),
    "host_leaves": (Asked("host", How.HOST, needed=True),),
    "budget": (Asked("cents_per_year", How.EURO, most=1_000_000_000, needed=True),),
    "add_companies": (
        NEW,
        Asked("count", How.COUNT, "1", least=1, most=2000, needed=True),
        Asked("district", How.DISTRICT, needed=True),
        Asked("sector", How.TEXT),
        Asked("host", How.HOST),
        Asked("languages", How.LANGUAGES),
        Asked("specialists", How.COUNT, "2", most=1000),
        Asked("every_weeks", How.COUNT, "4", least=1, most=26),
        Asked("minutes", How.COUNT, "75", least=1, most=600),
    ),
    "remove_companies": (Asked("companies", How.COMPANIES, needed=True),),
    "change_companies": (Asked("companies", How.COMPANIES, needed=True), *OF_COMPANY),
    "opening": (Asked("hours", How.OPENING, needed=True), ALL_OR_SOME_COMPANIES),
    "care_need": (PERCENT,),
    "call_share": (Asked("percent", How.COUNT, most=100, needed=True),),
    "travel": (PERCENT,),
    "policy": OF_POLICY,
}
"""The kinds in the order in which they are offered: people first, then companies, then the rules."""
