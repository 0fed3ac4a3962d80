"""RFC 5545, checked strictly: every line of a calendar, and what each of its parts must have."""

import re
from collections import Counter
from datetime import datetime

LINE = re.compile(
    r"(?P<name>[A-Za-z0-9-]+)"
    r'(?P<parameters>(;[A-Za-z0-9-]+=("[^"\x00-\x1f\x7f]*"|[^";:,\x00-\x1f\x7f]*))*)'
    r":(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)"
)
NEEDED = {
    "VCALENDAR": {"PRODID", "VERSION"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART"},
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
    "DAYLIGHT": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
}
INSIDE = {
    "VCALENDAR": {""},
    "VEVENT": {"VCALENDAR"},
    "VTIMEZONE": {"VCALENDAR"},
    "STANDARD": {"VTIMEZONE"},
    "DAYLIGHT": {"VTIMEZONE"},
}
MANY = {"CATEGORIES", "COMMENT", "RDATE", "RRULE", "TZNAME", "ATTENDEE", "X-WR-CALNAME", "NAME"}
"""Properties that may occur more than once in one part."""
TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "X-WR-CALNAME", "UID", "TZNAME"}
TEXT = re.compile(r"([^\\;,]|\\[\\;,nN])*")
SHAPES = {
    "VERSION": r"2\.0",
    "SEQUENCE": r"\d+",
    "STATUS": r"TENTATIVE|CONFIRMED|CANCELLED",
    "TRANSP": r"OPAQUE|TRANSPARENT",
    "DTSTAMP": r"\d{8}T\d{6}Z",
    "DTSTART": r"\d{8}T\d{6}Z?",
    "DTEND": r"\d{8}T\d{6}Z?",
    "GEO": r"-?\d+(\.\d+)?;-?\d+(\.\d+)?",
    "REFRESH-INTERVAL": r"P(\d+[WD]|(\d+D)?T(\d+H)?(\d+M)?(\d+S)?)",
    "X-PUBLISHED-TTL": r"P(\d+[WD]|(\d+D)?T(\d+H)?(\d+M)?(\d+S)?)",
    "TZOFFSETFROM": r"[+-]\d{4}",
    "TZOFFSETTO": r"[+-]\d{4}",
}
Property = tuple[str, dict[str, str], str]


def faults(raw: bytes) -> list[str]:
    """Return everything in a calendar that violates the standard."""
    found = list(_physical(raw))
    lines = raw.decode().replace("\r\n ", "").replace("\r\n\t", "").split("\r\n")[:-1]
    parts: list[tuple[str, list[Property]]] = []
    open_parts: list[tuple[str, list[Property]]] = []
    for line in lines:
        match = LINE.fullmatch(line)
        if not match:
            found.append(f"is no content line: {line!r}")
            continue
        name, value = match["name"].upper(), match["value"]
        if name == "BEGIN":
            above = open_parts[-1][0] if open_parts else ""
            if above not in INSIDE.get(value, set()):
                found.append(f"{value} inside {above or 'nothing'}")
            open_parts.append((value, []))
        elif name == "END":
            if not open_parts or open_parts[-1][0] != value:
                found.append(f"END:{value} does not close what is open")
            else:
                parts.append(open_parts.pop())
        elif not open_parts:
            found.append(f"{name} outside every part")
        else:
            open_parts[-1][1].append((name, _parameters(match["parameters"]), value))
    found += [f"{part} is not closed" for part, _ in open_parts]
    zones = {
        value for part, held in parts if part == "VTIMEZONE" for name, _, value in held if name == "TZID"
    }
    for part, held in parts:
        found += _part(part, held, zones)
    uids = Counter(
        value for part, held in parts if part == "VEVENT" for name, _, value in held if name == "UID"
    )
    return found + [f"UID {uid} twice" for uid, times in uids.items() if times > 1]


def _physical(raw: bytes) -> list[str]:
    """Return faults in the lines: each ends with CRLF, has no other line break, and at most 75 octets."""
    found = [] if raw.endswith(b"\r\n") else ["does not end with CRLF"]
    if re.search(rb"(?<!\r)\n|\r(?!\n)", raw):
        found.append("has a line that does not end with CRLF")
    for line in raw.split(b"\r\n"):
        if len(line) > 75:
            found.append(f"line of {len(line)} octets: {line[:30]!r}")
        try:
            line.decode()
        except UnicodeDecodeError:
            found.append(f"folded inside a sign: {line[:30]!r}")
    if b"\r\n\r\n" in raw:
        found.append("has an empty line")
    return found


def _parameters(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in re.findall(r';([^;"]+(?:"[^"]*")?)', text))
    return {name.upper(): value.strip('"') for name, _, value in pairs}


def _part(part: str, held: list[Property], zones: set[str]) -> list[str]:
    names = Counter(name for name, _, _ in held)
    found = [f"{part} without {name}" for name in sorted(NEEDED.get(part, set()) - names.keys())]
    found += [f"{part} has {name} {n} times" for name, n in names.items() if n > 1 and name not in MANY]
    for name, parameters, value in held:
        if name in SHAPES and not re.fullmatch(SHAPES[name], value):
            found.append(f"{name} is {value!r}")
        if name in TEXTS and not TEXT.fullmatch(value):
            found.append(f"{name} has signs that are not escaped: {value!r}")
        if "TZID" in parameters and (parameters["TZID"] not in zones or value.endswith("Z")):
            found.append(f"{name} names the zone {parameters['TZID']}, which the file does not tell")
        if (
            part == "VEVENT"
            and name in ("DTSTART", "DTEND")
            and "TZID" not in parameters
            and value[-1:] != "Z"
        ):
            found.append(f"{name} floats without a zone")
    times = {name: value for name, _, value in held if name in ("DTSTART", "DTEND")}
    if part == "VEVENT" and len(times) == 2 and _time(times["DTEND"]) <= _time(times["DTSTART"]):
        found.append("an event ends before it starts")
    return found


def _time(value: str) -> datetime:
    return datetime.strptime(value.rstrip("Z"), "%Y%m%dT%H%M%S")
