"""Normalised spellings of town names, so that `Koethen` matches `Köthen (Anhalt)`."""

import re
import unicodedata

GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
TITLES = re.compile(r"\b(lutherstadt|hansestadt|landeshauptstadt|kreisstadt|stadt)\b")
ADDITION = re.compile(r"\(.*?\)|/.*|,.*|\b(bei|b\.|an der|a\. ?d\.) .*")
QUARTER = re.compile(r"^(?P<town>.*?)[,(]?\s*\b(?:ot|ortsteil)\b\.?\s*(?P<quarter>[^)]+)\)?$", re.IGNORECASE)


def plain(name: str) -> str:
    """Return a name with case and white space normalised and nothing else changed."""
    return " ".join(unicodedata.normalize("NFC", name).lower().split())


def forms(name: str) -> frozenset[str]:
    """Return the normalised forms of a name, with and without its suffix: `Halle (Saale)` also as `halle`.

    Umlauts are written both as `ae` and as `a`, `ß` as `ss`; titles such as `Lutherstadt` are dropped.
    """
    levelled = plain(name)
    found = set()
    for text in (levelled, ADDITION.sub(" ", levelled)):
        for spelt in (text, text.translate(GERMAN)):
            bare = unicodedata.normalize("NFKD", spelt.replace("ß", "ss")).encode("ascii", "ignore").decode()
            words = re.sub(r"[^a-z0-9]+", " ", TITLES.sub(" ", bare)).split()
            found.add(" ".join(words))
    return frozenset(found - {""})


def town_and_quarter(name: str) -> tuple[str, str]:
    """Split `Dessau-Roßlau OT Mosigkau` into town and quarter; the quarter is empty if none is named."""
    match = QUARTER.match(name.strip())
    return (match["town"].strip(" ,("), match["quarter"].strip()) if match else (name.strip(), "")
