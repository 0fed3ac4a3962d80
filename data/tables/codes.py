"""Parse domain codes in a table: postcodes, districts, sectors, languages."""

import re
from bisect import bisect_right

from data.model.problem import Spoken
from data.model.vocabulary import LanguageLevel
from data.tables.cells import CellError, Kind, Noted, split

# The sections of WZ 2008 (Statistisches Bundesamt, 2008) and the first division of each.
SECTIONS = "ABCDEFGHIJKLMNOPQRSTU"
FIRST_DIVISION = (1, 5, 10, 35, 36, 41, 45, 49, 55, 58, 64, 68, 69, 77, 84, 85, 86, 90, 94, 97, 99)

# All ISO 639-1 codes in use: after each first letter its second letters.
_CODES = (
    "a:abefkmnrsvyz b:aeghimnors c:aehorsuvy d:aevz e:elnostu f:afijory g:adlnuv h:aeiortuyz "
    "i:adegikostu j:av k:agijklmnorsuvwy l:abginotuv m:ghiklnrsty n:abdeglnorvy o:cjmrs p:ailst q:u "
    "r:mnouw s:acdeghiklmnoqrstuvw t:aeghiklnorstwy u:gkrz v:eio w:ao x:h y:io z:ahu"
)
LANGUAGES = frozenset(group[0] + second for group in _CODES.split(" ") for second in group.partition(":")[2])
# Country codes that people write instead, unless they are language codes themselves.
COUNTRY_INSTEAD = {
    "al": "sq", "cn": "zh", "cz": "cs", "dk": "da", "gb": "en", "ge": "ka", "gr": "el", "iq": "ar",
    "ir": "fa", "jp": "ja", "me": "sr", "rs": "sr", "sy": "ar", "ua": "uk", "vn": "vi", "xk": "sq",
}  # fmt: skip


def _postcode(text: str) -> str | Noted:
    digits = re.sub(r"^DE?[- ]?", "", text.upper()).replace(" ", "")
    digits = re.sub(r"[.,]0$", "", digits)
    if re.fullmatch(r"[0-9]{5}", digits):
        return digits
    if re.fullmatch(r"[1-9][0-9]{3}", digits):
        return Noted(f"0{digits}", "lost its leading zero", f'read as "0{digits}"')
    raise CellError("is no German postcode", "write five digits, such as 06108")


def _districts(text: str) -> tuple[str, ...] | Noted:
    items = split(text)
    for item in items:
        if not re.fullmatch(r"[0-9]{4,5}", item):
            raise CellError("is no list of district keys", "write 5-digit keys (AGS), such as 15002 15088")
    found = tuple(sorted({item.zfill(5) for item in items}))
    if any(len(item) == 4 for item in items):
        return Noted(found, "lost a leading zero", f'read as "{" ".join(found)}"')
    return found


def _sector(text: str) -> str | Noted:
    """Parse a WZ 2008 code of any depth; a missing section letter follows from the division."""
    match = re.fullmatch(r"([A-U]?)\s*(\d{0,2})\.?(\d{0,2})\.?(\d?)", text.upper())
    if not match or not (match[1] or match[2]):
        raise CellError(
            "is no WZ 2008 code", "write a section and as many digits as are known, such as C or C10"
        )
    letter, digits = match[1], "".join(match.groups()[1:])
    if len(digits) < 2:
        if digits:
            raise CellError(
                "is no WZ 2008 code", f"a division has two digits, such as {letter or 'A'}0{digits}"
            )
        return letter
    section = SECTIONS[max(0, bisect_right(FIRST_DIVISION, int(digits[:2])) - 1)]
    if letter and letter != section:
        raise CellError(
            "is no WZ 2008 code", f"division {digits[:2]} belongs to section {section}: {section}{digits}"
        )
    if not letter:
        return Noted(section + digits, "lacks its section", f'read as "{section}{digits}"')
    return letter + digits


def _sectors(text: str) -> tuple[str, ...] | Noted:
    found = [_sector(item) for item in split(text)]
    codes = tuple(sorted({item.value if isinstance(item, Noted) else item for item in found}))
    if any(isinstance(item, Noted) for item in found):
        return Noted(codes, "lacks a section", f'read as "{" ".join(codes)}"')
    return codes


def _language(text: str) -> str:
    code = text.casefold()
    if code not in LANGUAGES:
        instead = COUNTRY_INSTEAD.get(code)
        right = (
            f'did you mean "{instead}"?' if instead else "write two letters (ISO 639-1), such as ar, uk or fa"
        )
        raise CellError(f'names the language "{text}", which is no ISO 639-1 code', right)
    return code


def _alternatives(text: str) -> tuple[str, ...]:
    """Parse the languages of one group, any of which will do, in order of preference."""
    return tuple(dict.fromkeys(_language(item) for item in split(text.replace("/", " "))))


def _spoken(text: str) -> tuple[Spoken, ...]:
    """Parse `ar:C1 en:B2`."""
    found: dict[str, Spoken] = {}
    for item in split(re.sub(r"\s*:\s*", ":", text)):
        language, _, level = item.partition(":")
        code = _language(language)
        if level.upper() not in LanguageLevel.__members__:
            levels = " ".join(LanguageLevel)
            raise CellError(f'gives no level for "{code}"', f"write {code}:B2; the levels are {levels}")
        if code in found:
            raise CellError(f'names "{code}" twice', "name every language once")
        found[code] = Spoken(language=code, level=LanguageLevel(level.upper()))
    return tuple(found[code] for code in sorted(found))


def _groups(text: str) -> tuple[tuple[tuple[str, ...], int], ...]:
    """Parse `ar:3 uk/ru:1` as groups of alternative languages with their count; no count means one person."""
    found = []
    for item in re.split(r"[\s,;|]+", re.sub(r"\s*([:/])\s*", r"\1", text).strip(" ,;|")):
        languages, colon, count = item.partition(":")
        if colon and not re.fullmatch(r"[1-9][0-9]{0,2}", count):
            raise CellError(
                f'gives no number of people in "{item}"', "write ar:3 uk/ru:1, each from 1 to 999"
            )
        found.append((_alternatives(languages), int(count) if colon else 1))
    if any(not languages for languages, _ in found):
        raise CellError("names no language", "write ar:3 uk/ru:1")
    return tuple(found)


POSTCODE = Kind("five digits", _postcode, "")
DISTRICTS = Kind("5-digit keys (AGS) with spaces between them", _districts, ())
SECTOR = Kind("WZ 2008 code of any depth, such as C or C10", _sector, "")
SECTORS = Kind("WZ 2008 codes with spaces between them", _sectors, ())
SPOKEN = Kind("languages with CEFR level: ar:C1 en:B2", _spoken, ())
ALTERNATIVES = Kind("languages any of which will do: uk/ru", _alternatives, ())
GROUPS = Kind("groups with their number of people: ar:3 uk/ru:1", _groups, ())
