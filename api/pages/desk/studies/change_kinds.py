"""The form fields of each kind of change in a scenario, for the fields of `data.scenario.kinds`."""

from dataclasses import dataclass, replace
from enum import Enum

from data.model.policy import CoverageWeight, ObjectiveName
from data.model.vocabulary import CompanyState, LanguageLevel


class How(Enum):
    """How a value is entered."""

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
class FormField:
    """One field: how it is entered, its range or its options, and its initial value.

    A field that is not `needed` may stay empty: then nothing is sent. `inside` is the field that contains it.
    """

    name: str
    how: How
    first: str = ""
    least: int = 0
    most: int = 100_000
    words: tuple[str, ...] = ()
    needed: bool = False
    inside: str = ""


def _inside(*fields: FormField) -> tuple[FormField, ...]:
    return tuple(replace(each, inside="fields") for each in fields)


LEVELS = tuple(LanguageLevel)
NEW = FormField("id", How.TEXT, needed=True)
PERCENT = FormField("percent", How.COUNT, least=1, most=1000, needed=True)
ALL_OR_SOME_BUDDIES = FormField("buddies", How.BUDDIES)
ALL_OR_SOME_COMPANIES = FormField("companies", How.COMPANIES)
OF_BUDDY = _inside(
    FormField("max_companies", How.COUNT),
    FormField("week_work_min", How.HOURS),
    FormField("max_days_per_week", How.COUNT, most=7),
    FormField("max_care_min", How.HOURS),
    FormField("max_one_way_min", How.COUNT),
    FormField("districts", How.DISTRICTS),
)
OF_COMPANY = _inside(
    FormField("priority", How.COUNT, least=1, most=5),
    FormField("state", How.WORD, words=tuple(CompanyState)),
    FormField("host", How.HOST),
    FormField("sector", How.TEXT),
)
OF_POLICY = _inside(
    FormField("rematch", How.YES_NO),
    FormField("max_changed_relations", How.COUNT),
    FormField("max_one_way_min", How.COUNT),
    FormField("district_floor_percent", How.COUNT, most=100),
    FormField("language_required", How.YES_NO),
    FormField("language_level", How.WORD, words=LEVELS),
    FormField("coverage_weight", How.WORD, words=tuple(CoverageWeight)),
    FormField("reserve_percent", How.COUNT, most=100),
    FormField("objectives", How.WORDS, words=tuple(ObjectiveName)),
)
KINDS: dict[str, tuple[FormField, ...]] = {
    "absence": (
        FormField("buddies", How.BUDDIES),
        FormField("host", How.HOST),
        FormField("count", How.COUNT, least=1, most=200),
        FormField("first_week", How.WEEK, needed=True),
        FormField("weeks", How.COUNT, "1", least=1, most=53, needed=True),
    ),
    "add_buddies": (
        NEW,
        FormField("count", How.COUNT, "1", least=1, most=200, needed=True),
        FormField("like", How.BUDDY),
        FormField("district", How.DISTRICT),
        *OF_BUDDY[:2],
    ),
    "remove_buddies": (FormField("buddies", How.BUDDIES, needed=True),),
    "change_buddies": (FormField("buddies", How.BUDDIES, needed=True), *OF_BUDDY),
    "learns": (
        FormField("buddies", How.BUDDIES, needed=True),
        FormField("language", How.LANGUAGE, needed=True),
        FormField("level", How.WORD, "B1", words=LEVELS, needed=True),
    ),
    "contract_hours": (PERCENT, ALL_OR_SOME_BUDDIES, FormField("host", How.HOST)),
    "host_leaves": (FormField("host", How.HOST, needed=True),),
    "budget": (FormField("cents_per_year", How.EURO, most=1_000_000_000, needed=True),),
    "add_companies": (
        NEW,
        FormField("count", How.COUNT, "1", least=1, most=2000, needed=True),
        FormField("district", How.DISTRICT, needed=True),
        FormField("sector", How.TEXT),
        FormField("host", How.HOST),
        FormField("languages", How.LANGUAGES),
        FormField("specialists", How.COUNT, "2", most=1000),
        FormField("every_weeks", How.COUNT, "4", least=1, most=26),
        FormField("minutes", How.COUNT, "75", least=1, most=600),
    ),
    "remove_companies": (FormField("companies", How.COMPANIES, needed=True),),
    "change_companies": (FormField("companies", How.COMPANIES, needed=True), *OF_COMPANY),
    "opening": (FormField("hours", How.OPENING, needed=True), ALL_OR_SOME_COMPANIES),
    "care_need": (PERCENT,),
    "call_share": (FormField("percent", How.COUNT, most=100, needed=True),),
    "travel": (PERCENT,),
    "policy": OF_POLICY,
}
"""The kinds in the order of the menu: people first, then companies, then the rules."""
