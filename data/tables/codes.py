"""Parse domain codes in a table: postcodes, districts, sectors, languages."""

import re
from bisect import bisect_right

from data.base.message import message
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
        return Noted(f"0{digits}", message("lost_zero"), message("read_as_text", value=f"0{digits}"))
    raise CellError(message("no_postcode"), message("write_postcode"))


def _districts(text: str) -> tuple[str, ...] | Noted:
    items = split(text)
    for item in items:
        if not re.fullmatch(r"[0-9]{4,5}", item):
            raise CellError(message("no_districts"), message("write_districts"))
    found = tuple(sorted({item.zfill(5) for item in items}))
    if any(len(item) == 4 for item in items):
        return Noted(found, message("lost_a_zero"), message("read_as_text", value=" ".join(found)))
    return found


def _sector(text: str) -> str | Noted:
    """Parse a WZ 2008 code of any depth; a missing section letter follows from the division."""
    match = re.fullmatch(r"([A-U]?)\s*(\d{0,2})\.?(\d{0,2})\.?(\d?)", text.upper())
    if not match or not (match[1] or match[2]):
        raise CellError(message("no_sector"), message("write_sector"))
    letter, digits = match[1], "".join(match.groups()[1:])
    if len(digits) < 2:
        if digits:
            example = f"{letter or 'A'}0{digits}"
            raise CellError(message("no_sector"), message("division_of_two_digits", example=example))
        return letter
    section = SECTIONS[max(0, bisect_right(FIRST_DIVISION, int(digits[:2])) - 1)]
    if letter and letter != section:
        right = message(
            "division_of_section", division=digits[:2], section=section, code=f"{section}{digits}"
        )
        raise CellError(message("no_sector"), right)
    if not letter:
        return Noted(
            section + digits, message("lacks_section"), message("read_as_text", value=section + digits)
        )
    return letter + digits


def _sectors(text: str) -> tuple[str, ...] | Noted:
    found = [_sector(item) for item in split(text)]
    codes = tuple(sorted({item.value if isinstance(item, Noted) else item for item in found}))
    if any(isinstance(item, Noted) for item in found):
        return Noted(codes, message("lacks_a_section"), message("read_as_text", value=" ".join(codes)))
    return codes


def _language(text: str) -> str:
    code = text.casefold()
    if code not in LANGUAGES:
        instead = COUNTRY_INSTEAD.get(code)
        right = message("did_you_mean", word=instead) if instead else message("write_language")
        raise CellError(message("no_language", language=text), right)
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
            right = message("write_level", language=code, levels=" ".join(LanguageLevel))
            raise CellError(message("no_level", language=code), right)
        if code in found:
            raise CellError(message("language_twice", language=code), message("name_languages_once"))
        found[code] = Spoken(language=code, level=LanguageLevel(level.upper()))
    return tuple(found[code] for code in sorted(found))


def _groups(text: str) -> tuple[tuple[tuple[str, ...], int], ...]:
    """Parse `ar:3 uk/ru:1` as groups of alternative languages with their count; no count means one person."""
    found = []
    for item in re.split(r"[\s,;|]+", re.sub(r"\s*([:/])\s*", r"\1", text).strip(" ,;|")):
        languages, colon, count = item.partition(":")
        if colon and not re.fullmatch(r"[1-9][0-9]{0,2}", count):
            raise CellError(message("no_number_of_people", item=item), message("write_groups"))
        found.append((_alternatives(languages), int(count) if colon else 1))
    if any(not languages for languages, _ in found):
        raise CellError(message("names_no_language"), message("write_groups"))
    return tuple(found)


POSTCODE = Kind("five digits", _postcode, "")
DISTRICTS = Kind("5-digit keys (AGS) with spaces between them", _districts, (), write=" ".join)
SECTOR = Kind("WZ 2008 code of any depth, such as C or C10", _sector, "")
SECTORS = Kind("WZ 2008 codes with spaces between them", _sectors, (), write=" ".join)
SPOKEN = Kind(
    "languages with CEFR level: ar:C1 en:B2",
    _spoken,
    (),
    write=lambda spoken: " ".join(f"{each.language}:{each.level}" for each in spoken),
)
ALTERNATIVES = Kind("languages any of which will do: uk/ru", _alternatives, (), write="/".join)
GROUPS = Kind(
    "groups with their number of people: ar:3 uk/ru:1",
    _groups,
    (),
    write=lambda groups: " ".join(f"{'/'.join(languages)}:{count}" for languages, count in groups),
)
