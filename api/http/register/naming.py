"""The names of rows and districts, for sentences about a register."""

from api.http.register.access import OfReader
from api.words.reasons import Naming
from data.register.changes.draft import Area


def naming_of(seen: OfReader, area: Area) -> Naming:
    """Return the name shown for an id: of the row that the reader sees, or of a district."""

    def named(key: str) -> str:
        for entity in ("buddies", "companies", "hosts"):
            row = seen.register.row(entity, key)
            if row is not None:
                return row.values.get("name", "") or key if seen.sees(row) else key
        return area.gazetteer.district_name(key) if area.gazetteer else key

    return named
