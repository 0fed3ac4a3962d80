"""What the pages of an entity show: its list, the sections of its form, what belongs to its rows."""

from dataclasses import dataclass

from data.register.rows.kinds import KINDS, EntityKind

DISTRICT, MAIN_BUDDY = "district", "main_buddy"
"""What lists show beside columns: where a row lies, and who looks after a company."""
FOUND_OUT = (DISTRICT, MAIN_BUDDY)


@dataclass(frozen=True)
class Section:
    """Fields under one heading, whose text is `section_` and the name; `folded` ones are rarely needed."""

    name: str
    columns: tuple[str, ...]
    folded: bool = False


@dataclass(frozen=True)
class Belonging:
    """Rows that belong to another one: those of an entity that name it in one of these columns."""

    entity: str
    by: tuple[str, ...]
    columns: tuple[str, ...]
    sort: str = ""
    most: int = 200


@dataclass(frozen=True)
class Shown:
    """The pages of one entity.

    `listed` are the columns of its list, the first of them leads to the row; `minor` ones are left out on
    narrow screens. `at_once` can be changed in many rows at once.
    """

    entity: str
    path: str
    listed: tuple[str, ...]
    sections: tuple[Section, ...]
    filters: tuple[str, ...] = ()
    minor: tuple[str, ...] = ()
    at_once: tuple[str, ...] = ()
    belongings: tuple[Belonging, ...] = ()
    sort: str = ""
    new: tuple[Section, ...] = ()

    @property
    def kind(self) -> EntityKind:
        """The entity as the register knows it."""
        return KINDS[self.entity]

    @property
    def title(self) -> str:
        """The key of the page's title."""
        return f"rows_{self.entity}"
