"""What the reading of files found, in German."""

import pytest

from api.pages.desk.finding_words import finding_words


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
        ("something that nobody translated", "something that nobody translated"),
    ],
)
def test_a_sentence_has_its_german_twin(english: str, german: str) -> None:
    assert finding_words(english, "de") == german
    assert finding_words(english, "en") == english
