"""Where one is in a list: search, filters, sorting and page, all of which stand in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from api.pages.desk.register.shown import Shown

LONGEST = 200


@dataclass(frozen=True)
class Place:
    """The state of a list; `filters` have no empty values."""

    words: str = ""
    sort: str = ""
    page: int = 1
    filters: Mapping[str, str] = field(default_factory=dict)
    programme: str = ""

    def address(self) -> str:
        """Return the query of the address, with `?` unless there is none."""
        given = {"programme": self.programme, "q": self.words, **self.filters, "sort": self.sort}
        given |= {"page": str(self.page)} if self.page > 1 else {}
        query = urlencode({name: text for name, text in given.items() if text})
        return f"?{query}" if query else "?"

    def sorted_by(self, column: str, now: str) -> "Place":
        """Return the list sorted by a column or, where it is already, backwards."""
        return replace(self, sort=f"-{column}" if now == column else column, page=1)

    def at(self, page: int) -> "Place":
        """Return another page of the list."""
        return replace(self, page=page)


def place_of(shown: Shown, asked: Mapping[str, str], programme: str) -> Place:
    """Return the state that an address, or the form above a list, asks for."""
    page = asked.get("page", "")
    sort = asked.get("sort", "")
    known = sort.removeprefix("-") in shown.listed
    return Place(
        words=asked.get("q", "")[:LONGEST].strip(),
        sort=sort if known else "",
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 and int(page) else 1,
        filters={name: asked[name][:LONGEST] for name in shown.filters if asked.get(name)},
        programme=programme,
    )
