"""Findings from reading files, in German."""

import pytest

from api.pages.desk.office.finding_words import finding_words


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("is out of range", "liegt außerhalb des Erlaubten"),
        ("allowed are 1 to 5", "erlaubt sind 1 bis 5"),
        ("is not in buddies", "steht nicht in buddies"),
        ("write 2026-11-23 or 23.11.2026", "2026-11-23 oder 23.11.2026 schreiben"),
        ("is the id of companies.csv row 7 too", "ist auch die ID von companies.csv Zeile 7"),
        (
            "has 3 cells, but the header in row 1 has 5",
            "hat 3 Zellen, der Kopf in Zeile 1 hat 5",
        ),
        ("kammer has 1 buddies", "kammer hat 1 Job-Buddys"),
        ("at most 1 can be absent", "höchstens 1 können fehlen"),
        ("name one that the problem has", "etwas nennen, das es im Programm gibt"),
        ("something that nobody translated", "something that nobody translated"),
    ],
)
def test_a_sentence_has_its_german_twin(english: str, german: str) -> None:
    assert finding_words(english, "de") == german
    assert finding_words(english, "en") == english
