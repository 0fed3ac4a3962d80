"""Findings in German: the reading of files speaks English, and every sentence of it has its twin here."""

import re

from api.wording import Language

EXACT: dict[str, str] = {
    "add at least one": "mindestens einen ergänzen",
    "add the missing separators": "die fehlenden Trennzeichen ergänzen",
    "add the postcode": "die Postleitzahl ergänzen",
    "and lon are swapped": "und lon sind vertauscht",
    "check the place; only buddies of its sector can look after it": "den Ort prüfen; nur Buddys der Branche "
    "können den Betrieb betreuen",
    "check the umlauts, or save it as CSV UTF-8": "die Umlaute prüfen, oder als CSV UTF-8 speichern",
    "clear the cell": "die Zelle leeren",
    "clear the cell, or take those rows away": "die Zelle leeren, oder jene Zeilen entfernen",
    "correct it, or give lat and lon": "berichtigen, oder lat und lon angeben",
    "correct one of them, or give lat and lon": "eines davon berichtigen, oder lat und lon angeben",
    "correct one of them; lat and lon were used": "eines davon berichtigen; lat und lon wurden genommen",
    "correct the code, or add the language to a buddy; until then nobody can": "den Code berichtigen, "
    "oder die Sprache bei einem Buddy ergänzen; bis dahin kann es niemand",
    "correct the day or the month": "Tag oder Monat berichtigen",
    "correct the postcode, or give lat and lon": "die Postleitzahl berichtigen, oder lat und lon angeben",
    "does not exist": "gibt es nicht",
    "does not exist in the calendar": "gibt es im Kalender nicht",
    "end one of the two, or give it another role": "eines von beiden beenden, oder eine andere Rolle geben",
    "ends before it starts": "endet, bevor es beginnt",
    "fill it in": "ausfüllen",
    "five digits": "fünf Ziffern",
    "give both or neither": "beide angeben oder keines",
    "give each its own id, or take one of the rows away": "jedem eine eigene ID geben, oder eine "
    "Zeile entfernen",
    "give hours, such as 09:00-13:00": "Zeiten angeben, etwa 09:00-13:00",
    "give lat and lon, or postcode and town": "lat und lon angeben, oder Postleitzahl und Ort",
    "has a decimal comma": "hat ein Dezimalkomma",
    "has no rows": "hat keine Zeilen",
    "has several spans, but a shift is one": "hat mehrere Zeitspannen, eine Schicht ist aber eine",
    "has spans that overlap": "hat Zeitspannen, die sich überschneiden",
    "is a workbook, not CSV text": "ist eine Arbeitsmappe, kein CSV-Text",
    "is empty": "ist leer",
    "is empty, and so is company": "ist leer, und company auch",
    "is empty, the other coordinate is not": "ist leer, die andere Koordinate nicht",
    "is grouped by thousands": "hat Tausenderpunkte",
    "is missing": "fehlt",
    "is neither yes nor no": "ist weder ja noch nein",
    "is neither UTF-8 nor cp1252 text": "ist weder UTF-8- noch cp1252-Text",
    "is never worked as usual hours": "ist keine übliche Arbeitszeit",
    "is no German postcode": "ist keine deutsche Postleitzahl",
    "is no WZ 2008 code": "ist kein Code der WZ 2008",
    "is no date": "ist kein Datum",
    "is no date and time": "ist kein Datum mit Uhrzeit",
    "is no id": "ist keine ID",
    "is no list of district keys": "ist keine Liste von Kreisschlüsseln",
    "is no number": "ist keine Zahl",
    "is no span of time": "ist keine Zeitspanne",
    "is no text of a table": "ist kein Text einer Tabelle",
    "is no time of day": "ist keine Uhrzeit",
    "is no weekday": "ist kein Wochentag",
    "is no whole number": "ist keine ganze Zahl",
    "is not UTF-8; it was read as cp1252": "ist kein UTF-8; es wurde als cp1252 gelesen",
    "is not known here": "ist hier nicht bekannt",
    "is not known in the gazetteer": "steht nicht im Ortsverzeichnis",
    "is not one span of time": "ist nicht eine einzige Zeitspanne",
    "is not possible here": "ist hier nicht möglich",
    "is not read": "wird nicht gelesen",
    "is out of range": "liegt außerhalb des Erlaubten",
    "is spelt differently": "wird anders geschrieben",
    "is there twice": "ist doppelt vorhanden",
    "is there twice, once in other letters": "ist doppelt vorhanden, einmal in anderer Schreibweise",
    "keep one of the two": "eines von beiden behalten",
    "keep one of the two files": "eine der beiden Dateien behalten",
    "lacks a section": "hat keinen Abschnitt",
    "lacks its section": "hat keinen Abschnitt",
    "lies far outside Germany": "liegt weit außerhalb Deutschlands",
    "lies outside every district": "liegt außerhalb aller Kreise",
    "lost a leading zero": "hat die führende Null verloren",
    "lost its leading zero": "hat die führende Null verloren",
    "move it, or open that day for its buddies in availability": "verlegen, oder den Tag für die Buddys in "
    "availability öffnen",
    "name a place or a company": "einen Ort oder einen Betrieb nennen",
    "name every language once": "jede Sprache einmal nennen",
    "name sectors, or take the mandate region": "Branchen nennen, oder das Mandat region wählen",
    "name who takes part, or the company whose buddy does": "nennen, wer teilnimmt, oder den Betrieb, dessen "
    "Buddy teilnimmt",
    "names no language": "nennt keine Sprache",
    "pin a company to one buddy": "einen Betrieb nur einem Buddy fest zuordnen",
    "put a CSV file there": "dort eine CSV-Datei ablegen",
    "read from the first start to the last end; breaks are planned in it": "vom ersten Beginn bis zum "
    "letzten Ende gelesen; Pausen werden darin geplant",
    "save it as .xlsx without a password": "als .xlsx ohne Kennwort speichern",
    "save it as CSV UTF-8": "als CSV UTF-8 speichern",
    "save it as CSV UTF-8, or name it .xlsx": "als CSV UTF-8 speichern, oder .xlsx nennen",
    "says no place": "nennt keinen Ort",
    "swap or correct the two": "die beiden tauschen oder berichtigen",
    "take one of the two rows away": "eine der beiden Zeilen entfernen",
    "write 00:00 to 24:00": "00:00 bis 24:00 schreiben",
    "write 08:00-16:00, several with a space between them, or - if closed": "08:00-16:00 schreiben, mehrere "
    "mit Leerzeichen dazwischen, oder - für geschlossen",
    "write a number without decimals": "eine Zahl ohne Nachkommastellen schreiben",
    "write a section and as many digits as are known, such as C or C10": "einen Abschnitt und so viele "
    "Ziffern schreiben wie bekannt, etwa C oder C10",
    "write five digits, such as 06108": "fünf Ziffern schreiben, etwa 06108",
    "write yes or no": "yes oder no schreiben (ja oder nein)",
    "yes or no": "yes oder no",
}
PATTERNS: tuple[tuple[str, str], ...] = (
    (r"write (?P<a>.+) or (?P<b>\d.+)", r"\g<a> oder \g<b> schreiben"),
    (r"write two letters \(ISO 639-1\), such as (.+)", r"zwei Buchstaben schreiben (ISO 639-1), etwa \1"),
    (r"write 5-digit keys \(AGS\), such as (.+)", r"fünfstellige Schlüssel (AGS) schreiben, etwa \1"),
    (r"write digits only, such as (.+) or (.+)", r"nur Ziffern schreiben, etwa \1 oder \2"),
    (r"write (.+); the levels are (.+)", r"\1 schreiben; die Niveaus sind \2"),
    (r"write (.+)", r"\1 schreiben"),
    (r"is in no (.+)|is not in (.+)", r"steht nicht in \1\2"),
    (r'names "(.+)", which is not in (.+)', r"nennt „\1“, das nicht in \2 steht"),
    (r"add it to (.+), or correct the id", r"in \1 ergänzen, oder die ID berichtigen"),
    (r"is (?:perhaps )?meant (.+)", r"gemeint ist vielleicht \1"),
    (r"(?:perhaps|did you mean) (.+)\?", r"gemeint ist vielleicht \1"),
    (r"is the id of (.+) too", r"ist auch die ID von \1"),
    (
        r"differs only in case from the id of (.+) too",
        r"unterscheidet sich nur in der Schreibweise von der ID \1",
    ),
    (r"allowed are the years (\d+) to (\d+)", r"erlaubt sind die Jahre \1 bis \2"),
    (r"allowed are (.+) to (.+)", r"erlaubt sind \1 bis \2"),
    (r"allowed are (.+)", r"erlaubt sind \1"),
    (r"one of (.+)", r"eines von \1"),
    (r"read as (.+)", r"gelesen als \1"),
    (r"the columns are (.+)", r"die Spalten sind \1"),
    (r"the sheets are (.+)", r"die Blätter sind \1"),
    (r"the tables are (.+), each as .csv", r"die Tabellen sind \1, je als .csv"),
    (
        r"has (\d+) cells, but the header in row (\d+) has (\d+)",
        r"hat \1 Zellen, der Kopf in Zeile \2 hat \3",
    ),
    (r"is on a day off: (.+)", r"liegt auf einem freien Tag: \1"),
    (r"is (.+) km away from lat and lon", r"ist \1 km von lat und lon entfernt"),
    (r"is before (.+)", r"liegt vor \1"),
    (r"is less than (.+)", r"ist kleiner als \1"),
    (r"exists (\d+) times \((.+)\)", r"gibt es \1 mal (\2)"),
    (r"is given in (.+) row (\d+) too", r"steht auch in \1 Zeile \2"),
    (r"is pinned to another buddy in row (\d+)", r"ist in Zeile \1 einem anderen Buddy fest zugeordnet"),
    (
        r"is no column of this table; its (\d+) filled cells are not read",
        r"ist keine Spalte dieser Tabelle; ihre \1 gefüllten Zellen werden nicht gelesen",
    ),
    (
        r"asks for (.+), which no buddy speaks at (\S+) or better",
        r"verlangt \1, was kein Buddy auf \2 oder besser spricht",
    ),
    (
        r"is empty, so the mandate (\w+) matches no company",
        r"ist leer, also passt das Mandat \1 zu keinem Betrieb",
    ),
    (r"the town alone was used: (.+)", r"nur der Ort wurde genommen: \1"),
    (
        r"(.+) was taken; check it, or give lat and lon",
        r"\1 wurde genommen; prüfen, oder lat und lon angeben",
    ),
    (r"whole number, (.+) to (.+)", r"ganze Zahl, \1 bis \2"),
    (r"belongs to section (.+)", r"gehört zu Abschnitt \1"),
)
"""Expressions that match a whole sentence, the first that does; a sentence of none of them stays English."""


def finding_words(text: str, language: Language) -> str:
    """Return a problem or remedy of a finding in a language."""
    if language == "en":
        return text
    if text in EXACT:
        return EXACT[text]
    for pattern, german in PATTERNS:
        if found := re.fullmatch(pattern, text):
            return re.sub(" row ", " Zeile ", found.expand(german)).replace("row ", "Zeile ")
    return text
