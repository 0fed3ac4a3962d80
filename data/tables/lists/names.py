"""Names in place of ids: of buddies, companies, places and hosts; and of districts in place of keys."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from data.base.message import Message, message
from data.geo.gazetteer import Gazetteer
from data.model.findings import either, meant
from data.reference.words.folding import BRACKETS, folded
from data.tables.cells import IDS, is_value, split
from data.tables.codes import DISTRICTS
from data.tables.columns import COLUMNS
from data.tables.lists.ids import NOBODY, Known, KnownRow, slug
from data.tables.rows import Row

Tables = Mapping[str, Sequence[Row]]
TITLES = re.compile(r"\b(herrn?|frau|hr|fr|dr|prof|mr|mrs|ms)\b\.?", re.IGNORECASE)
KINDS_OF_DISTRICT = re.compile(
    r"\b(landkreis|lkr?|kreis|kreisfreie stadt|stadtkreis|stadt|landeshauptstadt|hansestadt|region|kr)\b\.?",
    re.IGNORECASE,
)
CITY = re.compile(r"\b(stadt|stadtkreis|landeshauptstadt|hansestadt)\b", re.IGNORECASE)
EVERYWHERE = {"alle", "allelandkreise", "landesweit", "ueberall", "ganzesland", "all", "everywhere"}
PARTS = re.compile(r"[,;|\n]+|\s+und\s+|\s+&\s+")
LISTED = re.compile(r"[,;|/\n]+|\s+und\s+|\s+&\s+")


def ids_for_names(tables: Tables, unread: Collection[str], others: Known = NOBODY) -> None:
    """Replace names by the ids of those who have them, where a column holds ids; each with a note.

    Those who are named stand in the tables or are `others`, who are known already. A name that several have,
    or nobody, is an error; that of a host who is not listed becomes its id. Where a table is `unread`, which
    is told already, nobody can say who is in it, and the name is left out.
    """
    known = {
        table: _Names(table, rows, others.get(table, {})) for table, rows in tables.items() if table in _NAMED
    }
    for table, columns in COLUMNS.items():
        for column in columns:
            refers = column.refers or (("hosts",) if column.name == "host" else ())
            if not refers:
                continue
            among = [known[each] for each in refers]
            for row in tables[table]:
                text = row.text.get(column.name)
                if not text or any(text in each.ids for each in among) or not is_value(text):
                    continue
                if column.kind is IDS:
                    _replace_several(row, column.name, text, among)
                else:
                    _replace(row, column.name, text, among, unread)


def buddies_named(tables: Tables) -> tuple[str, ...]:
    """Return whom the tables name as buddies, in alphabetical order."""
    columns = [
        (table, column)
        for table, columns in COLUMNS.items()
        for column in columns
        if column.refers == ("buddies",) and column.kind is not IDS
    ]
    named = {row.text.get(column.name, "") for table, column in columns for row in tables[table]}
    return tuple(sorted(named - {""}))


_NAMED = ("hosts", "buddies", "companies", "places")


class _Names:
    """The ids of a table's rows, and who has which name."""

    def __init__(self, table: str, rows: Sequence[Row], others: Mapping[str, KnownRow]) -> None:
        self.table = table
        self.ids = {row.text["id"] for row in rows if row.text.get("id")} | others.keys()
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._by_last: dict[str, set[str]] = defaultdict(set)
        self._by_initial: dict[str, set[str]] = defaultdict(set)
        named = [(row.text.get("id", ""), row.text.get("name", "")) for row in rows]
        listed = {key for key, _ in named}
        named += [(key, other.name) for key, other in others.items() if key not in listed]
        for key, name in named:
            if key and name:
                self._by_name[_form(name)].add(key)
                if table == "buddies":
                    last = name.partition(",")[0] if "," in name else name.split()[-1]
                    first = name.partition(",")[2].strip() if "," in name else name
                    self._by_last[_form(last)].add(key)
                    self._by_initial[_form(f"{first[:1]} {last}")].add(key)

    def of(self, name: str) -> set[str]:
        """Return the ids of those who are called so; a buddy may be called by last name and initial."""
        form = _form(name)
        found = self._by_name.get(form) or self._by_last.get(form) or self._by_initial.get(form)
        return found or set()


def _form(name: str) -> str:
    """Return a name without titles and order: `Müller, Jörg` is `Herr Jörg Müller`."""
    bare = TITLES.sub(" ", name) if name else name
    return "".join(sorted(folded(word) for word in re.split(r"[\s,]+", bare) if word)) or folded(name)


def _replace(row: Row, column: str, text: str, among: Sequence[_Names], unread: Collection[str]) -> None:
    found = sorted({key for each in among for key in each.of(text)})
    if len(found) > 1:
        row.error(column, message("name_of_several", ids=tuple(found)), message("write_id_of_one"))
        row.leave_out(column)
    elif found:
        row.instead(column, found[0])
        row.repaired(column, message("name_for_id"), message("read_as_text", value=found[0]))
    elif among[0].table == "hosts":
        if (key := slug(text)) != text and re.search(r"[^\w.-]", text):
            row.instead(column, key)
            row.repaired(column, message("name_for_id"), message("read_as_text", value=key))
    elif re.search(r"[^\w.-]", text):
        tables = either(tuple(each.table for each in among))
        if not any(each.table in unread for each in among):
            row.error(
                column, message("name_of_nobody", tables=tables), message("add_to_table", tables=tables)
            )
        row.leave_out(column)


def _replace_several(row: Row, column: str, text: str, among: Sequence[_Names]) -> None:
    """Replace the names in a list, where not all of it are ids."""
    if not {key for each in among for key in each.ids}.isdisjoint(split(text)):
        return
    parts = [part.strip() for part in LISTED.split(text) if part.strip()]
    found = [{key for each in among for key in each.of(part)} for part in parts]
    if parts and all(len(keys) == 1 for keys in found):
        read = " ".join(key for keys in found for key in keys)
        row.instead(column, read)
        row.repaired(column, message("name_for_id"), message("read_as_text", value=read))


def keys_for_districts(tables: Tables, gazetteer: Gazetteer) -> None:
    """Replace the names of districts by their keys; one that is not known, or of several, is an error."""
    names = {gazetteer.district_name(each.ags): each.ags for each in gazetteer.districts()}
    exact = {folded(name): {ags} for name, ags in names.items()}
    by_name: dict[str, set[str]] = defaultdict(set, exact)
    for name, ags in names.items():
        if (form := folded(KINDS_OF_DISTRICT.sub(" ", BRACKETS.sub(" ", name)))) not in exact:
            by_name[form].add(ags)
    for table, columns in COLUMNS.items():
        for column in (column.name for column in columns if column.kind is DISTRICTS):
            for row in tables[table]:
                text = row.text.get(column, "")
                if re.search(r"[^\W\d_]", text) and is_value(text):
                    _replace_districts(row, column, text, by_name, names)


def _replace_districts(
    row: Row, column: str, text: str, by_name: Mapping[str, set[str]], names: Iterable[str]
) -> None:
    read = _keys(text, by_name)
    if isinstance(read, Message):
        row.error(column, read, meant(text, names, message("write_districts")))
        row.leave_out(column)
        return
    row.instead(column, " ".join(sorted(set(read))))


def _keys(text: str, by_name: Mapping[str, set[str]]) -> list[str] | Message:
    """Return the keys of the districts that a text names, or what is wrong with it."""
    if folded(text) in EVERYWHERE or re.match(r"ganz\b|gesamt", text.casefold()):
        return [key for keys in by_name.values() for key in keys]
    found: list[str] = []
    for part in (part.strip() for part in PARTS.split(text) if part.strip()):
        whole = _district(part, by_name)
        readings = ([part], part.split("/"), [part.partition("/")[0]], part.split())
        keys = next(filter(None, (_each(reading, by_name) for reading in readings)), [])
        if not keys:
            several = message("name_of_several", ids=tuple(sorted(whole)))
            return several if len(whole) > 1 else message("no_district_called", name=part)
        found += keys
    return found


def _each(names: Sequence[str], by_name: Mapping[str, set[str]]) -> list[str]:
    """Return the key of every one of these districts; none unless each name is that of one."""
    found = [_district(name.strip(), by_name) for name in names]
    return [key for keys in found for key in keys] if all(len(keys) == 1 for keys in found) else []


def _district(name: str, by_name: Mapping[str, set[str]]) -> set[str]:
    """Return the keys of the districts of a name, with or without the kind of district before it."""
    if re.fullmatch(r"\d{4,5}", name):
        return {name.zfill(5)}
    bare = KINDS_OF_DISTRICT.sub(" ", name)
    of_its_kind = bare if CITY.search(name) else f"Landkreis {bare}" if bare != name else name
    return (
        by_name.get(folded(name))
        or by_name.get(folded(of_its_kind))
        or by_name.get(folded(BRACKETS.sub(" ", bare)))
        or set()
    )
