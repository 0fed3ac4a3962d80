"""Whatever stands in a list of German headers, it becomes a problem or findings, never a traceback."""

from pathlib import Path

from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from api.words.findings import finding_sentence
from data.model.findings import Severity
from data.tables.lists.naming import headers_in
from tests.data.tables.lists.lists import csv_of
from tests.data.tables.sheets import read
from tests.drawn import drawn

PIECES = """
06108 6108 Halle Mo Fr 8-16 8.00 Uhr Arabisch C1 Englisch Muttersprache 3 3x und / , ; - – : ( )
Jörg Müller Herr Landkreis Harz Stadt ganz Pflege Handwerk C10 01.03.26 März 2026 ja aktiv
Summe Stand: * #NV =A1 Std. ca. 1,5
"""
CELLS = st.one_of(
    st.text(max_size=12), st.lists(st.sampled_from([*PIECES.split(), "\n"]), max_size=6).map(" ".join)
)
HEADERS = {
    table: sorted(name for names in headers_in(table).names.values() for name in names)
    for table in ("buddies", "companies", "appointments")
}
FILES = {"buddies": "Buddys", "companies": "Betriebe", "appointments": "Termine"}


@st.composite
def tables(draw: st.DrawFn) -> dict[str, list[list[str]]]:
    """Each table with some of its headers, and one to four rows of anything."""
    found = {}
    for table, names in HEADERS.items():
        header = draw(st.lists(st.sampled_from(names), min_size=1, max_size=8, unique=True))
        row = st.lists(CELLS, min_size=len(header), max_size=len(header))
        found[FILES[table]] = [header, *draw(st.lists(row, min_size=1, max_size=4))]
    return found


@given(tables())
@drawn(60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_list_of_anything_is_a_problem_or_findings(
    tmp_path: Path, lists: dict[str, list[list[str]]]
) -> None:
    for name, rows in lists.items():
        csv_of(tmp_path / f"{name}.csv", [[cell.replace('"', "'") for cell in row] for row in rows])
    found = read(tmp_path)
    errors = [finding for finding in found.findings if finding.severity is Severity.ERROR]
    assert (found.problem is None) == bool(errors)
    for language in ("de", "en"):
        assert all("\n" not in finding_sentence(finding, language) for finding in found.findings)
