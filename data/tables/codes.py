"""Parse domain codes in a table: postcodes, districts, sectors, languages."""

import re
from bisect import bisect_right

from data.base.message import message
from data.model.vocabulary import LanguageLevel, Spoken
from data.reference.words.listed import counted, languages_in, sectors_in, with_levels
from data.reference.words.values import TAGS as TAG_WORDS
from data.reference.words.values import language_meant, sector_meant, word_meant
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


CODE_AND_NAME = re.compile(r"([A-U]?\d{2}[\d.]*|[A-U](?=\s*[-–:(]))[\s–:(-]+[^\W\d]{2}")
"""A code of a sector before its name."""


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
    """Parse a WZ 2008 code of any depth, or a name; a missing section letter follows from the division."""
    match = re.fullmatch(r"(?:WZ\s*)?([A-U]?)[\s-]*(\d{0,2})\.?(\d{0,2})\.?(\d?)", text.upper())
    if not match or not (match[1] or match[2]):
        return _named_sector(text)
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


def _named_sector(text: str) -> Noted:
    """Return the code of a sector by its name; `C10 Nahrungsmittel` has both."""
    if match := CODE_AND_NAME.match(text):
        found = _sector(match[1])
        code = found.value if isinstance(found, Noted) else found
    else:
        code = sector_meant(text)
    if tag := word_meant(TAG_WORDS, text):
        raise CellError(message("tag_for_sector"), message("write_tag", tag=tag))
    if not code:
        raise CellError(message("no_sector"), message("write_sector"))
    return Noted(code, message("name_for_sector"), message("read_as_text", value=code))


def _sectors(text: str) -> tuple[str, ...] | Noted:
    """Parse codes, or names between which there is more than a blank."""
    found = [_sector(item) for item in sectors_in(text)]
    codes = tuple(sorted({item.value if isinstance(item, Noted) else item for item in found}))
    noted = next((item for item in found if isinstance(item, Noted)), None)
    if noted is None:
        return codes
    problem = noted.problem if noted.problem.code == "name_for_sector" else message("lacks_a_section")
    return Noted(codes, problem, message("read_as_text", value=" ".join(codes)))


def _language(text: str) -> str:
    code = text.casefold()
    if code not in LANGUAGES and (named := language_meant(text)) in LANGUAGES:
        return named
    if code not in LANGUAGES:
        instead = COUNTRY_INSTEAD.get(code)
        right = message("did_you_mean", word=instead) if instead else message("write_language")
        raise CellError(message("no_language", language=text), right)
    return code


def _alternatives(text: str) -> tuple[str, ...]:
    """Parse the languages of one group, any of which will do, in order of preference."""
    return tuple(dict.fromkeys(map(_language, languages_in(text))))


def _spoken(text: str) -> tuple[Spoken, ...] | Noted:
    """Parse `ar:C1 en:B2`, `Arabisch (C1), Englisch B2` and `Deutsch Muttersprache`."""
    found: dict[str, Spoken] = {}
    guessed = False
    for name, level, sure in with_levels(text):
        code = _language(name)
        if level not in LanguageLevel.__members__:
            right = message("write_level", language=code, levels=" ".join(LanguageLevel))
            raise CellError(message("no_level", language=code), right)
        if code in found:
            raise CellError(message("language_twice", language=code), message("name_languages_once"))
        found[code], guessed = Spoken(language=code, level=LanguageLevel(level)), guessed or not sure
    spoken = tuple(found[code] for code in sorted(found))
    if guessed:
        read = " ".join(f"{each.language}:{each.level}" for each in spoken)
        return Noted(spoken, message("level_by_word"), message("read_as_text", value=read))
    return spoken


def _groups(text: str) -> tuple[tuple[tuple[str, ...], int], ...]:
    """Parse `ar:3 uk/ru:1`, `Arabisch: 3, Ukrainisch/Russisch`, `3x Arabisch`; no count means one person."""
    found = []
    for languages, count in counted(text):
        if count and not re.fullmatch(r"[1-9][0-9]{0,2}", count):
            raise CellError(
                message("no_number_of_people", item=f"{languages}:{count}"), message("write_groups")
            )
        found.append((_alternatives(languages), int(count or 1)))
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
