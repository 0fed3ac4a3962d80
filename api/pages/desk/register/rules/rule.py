"""One rule: a key of the policy with its type, unit and default, and how its value is typed and kept."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic.fields import FieldInfo

from api.pages.desk.register.wording import NOTHING, Wording
from data.base.field_types import marks, plain_type
from data.model.policy import Key, Policy
from data.register.rows.policy import OBJECTIVES, POLICY, VALUE
from data.tables.cells import SEPARATORS, CellError
from data.tables.files.policy_file import SECTIONS
from data.tables.times import DATE

CENTS = 100


@dataclass(frozen=True)
class Rule:
    """A key by its name in the register, such as `drift_days.weekly`."""

    name: str
    field: FieldInfo

    @property
    def type(self) -> Any:
        """The type of the value."""
        return plain_type(self.field)

    @property
    def unit(self) -> str:
        """The unit of a number, empty if it has none."""
        return next((mark.unit for mark in marks(self.field) if isinstance(mark, Key)), "")

    @property
    def default(self) -> Any:
        """The value that holds unless another one is set."""
        key, _, inner = self.name.partition(".")
        usual = getattr(Policy(), key)
        return getattr(usual, inner) if inner else usual

    @property
    def options(self) -> tuple[str, ...]:
        """The texts to choose from; empty where the value is typed."""
        if self.type is bool:
            return ("true", "false")
        return tuple(self.type) if isinstance(self.type, type) and issubclass(self.type, StrEnum) else ()

    def typed(self, text: str) -> str:
        """Return a text of the register as it stands in the form; one that cannot be read stays as it is."""
        try:
            value = VALUE.read(text) if text else self.default
        except CellError:
            return text
        return self._typed(value)

    def _typed(self, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, list | tuple):
            return ", ".join(each.isoformat() if isinstance(each, date) else str(each) for each in value)
        if self.unit == "cents" and isinstance(value, int):
            euros, cents = divmod(value, CENTS)
            return f"{euros},{cents:02d}" if cents else str(euros)
        return str(value)

    def taken(self, given: str) -> str:
        """Return what was typed as a text of the register; empty where it is as usual."""
        given = given.strip()
        if not given or given == self._typed(self.default):
            return ""
        if self.unit == "cents":
            return _cents(given)
        return _days(given) if self.holds_days else given

    @property
    def holds_days(self) -> bool:
        """Whether the value is a list of days."""
        return self.name == "closed_days"

    def said(self, words: Wording, value: Any) -> str:
        """Return a value in words with its unit."""
        say = words.say
        if value is None:
            return say.t("rule_no_limit")
        if isinstance(value, bool):
            return say.t("yes" if value else "no")
        if isinstance(value, StrEnum):
            return words.word(POLICY, self.name, value)
        if isinstance(value, int):
            number = say.number(value / CENTS, 2) if self.unit == "cents" else say.number(value)
            return f"{number} {self.unit_words(words)}".strip()
        return NOTHING

    def unit_words(self, words: Wording) -> str:
        """Return the unit in words."""
        return words.say.t(f"rule_unit_{self.unit}") if self.unit in UNITS and not self.holds_days else ""


UNITS = ("minutes", "days", "weeks", "percent", "cents")


def _cents(given: str) -> str:
    """Return euros as cents; what is no amount stays as it was typed."""
    plain = given.replace("€", "").replace(" ", "").replace("\u00a0", "")
    plain = plain.replace(".", "").replace(",", ".") if "," in plain else plain
    try:
        return str(round(float(plain) * CENTS))
    except (ValueError, OverflowError):
        return given


def _days(given: str) -> str:
    """Return days as a list; what is no day stays as it was typed."""
    try:
        return f"[{', '.join(DATE.read(each).isoformat() for each in SEPARATORS.split(given) if each)}]"
    except (CellError, AttributeError):
        return given


@cache
def rules() -> dict[str, Rule]:
    """Return all rules by name; the order of the objectives is not among them."""
    found = {}
    for key, info in Policy.model_fields.items():
        inside = SECTIONS[key].model_fields.items() if key in SECTIONS else ((("", info)),)
        for inner, inner_info in inside:
            name = f"{key}.{inner}" if inner else key
            found[name] = Rule(name, inner_info)
    return {name: rule for name, rule in found.items() if name != OBJECTIVES}
