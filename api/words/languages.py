"""Names of languages in German and English; a language that is not listed is shown by its code."""

LANGUAGE_NAMES: dict[str, tuple[str, str]] = {
    "am": ("Amharisch", "Amharic"), "ar": ("Arabisch", "Arabic"), "az": ("Aserbaidschanisch", "Azerbaijani"),
    "be": ("Belarussisch", "Belarusian"), "bg": ("Bulgarisch", "Bulgarian"), "bn": ("Bengalisch", "Bengali"),
    "bs": ("Bosnisch", "Bosnian"), "cs": ("Tschechisch", "Czech"), "de": ("Deutsch", "German"),
    "el": ("Griechisch", "Greek"), "en": ("Englisch", "English"), "es": ("Spanisch", "Spanish"),
    "fa": ("Persisch", "Persian"), "fr": ("Französisch", "French"), "hi": ("Hindi", "Hindi"),
    "hr": ("Kroatisch", "Croatian"), "hu": ("Ungarisch", "Hungarian"), "hy": ("Armenisch", "Armenian"),
    "id": ("Indonesisch", "Indonesian"), "it": ("Italienisch", "Italian"), "ja": ("Japanisch", "Japanese"),
    "ka": ("Georgisch", "Georgian"), "kk": ("Kasachisch", "Kazakh"), "ko": ("Koreanisch", "Korean"),
    "ku": ("Kurdisch", "Kurdish"), "lt": ("Litauisch", "Lithuanian"), "lv": ("Lettisch", "Latvian"),
    "mk": ("Mazedonisch", "Macedonian"), "ml": ("Malayalam", "Malayalam"), "mn": ("Mongolisch", "Mongolian"),
    "ne": ("Nepalesisch", "Nepali"), "pa": ("Panjabi", "Punjabi"), "pl": ("Polnisch", "Polish"),
    "ps": ("Paschtu", "Pashto"), "pt": ("Portugiesisch", "Portuguese"), "ro": ("Rumänisch", "Romanian"),
    "ru": ("Russisch", "Russian"), "sk": ("Slowakisch", "Slovak"), "sl": ("Slowenisch", "Slovene"),
    "so": ("Somali", "Somali"), "sq": ("Albanisch", "Albanian"), "sr": ("Serbisch", "Serbian"),
    "sw": ("Suaheli", "Swahili"), "ta": ("Tamil", "Tamil"), "th": ("Thailändisch", "Thai"),
    "ti": ("Tigrinya", "Tigrinya"), "tl": ("Tagalog", "Tagalog"), "tr": ("Türkisch", "Turkish"),
    "uk": ("Ukrainisch", "Ukrainian"), "ur": ("Urdu", "Urdu"), "uz": ("Usbekisch", "Uzbek"),
    "vi": ("Vietnamesisch", "Vietnamese"), "zh": ("Chinesisch", "Chinese"),
}  # fmt: skip


def language_name(code: str, english: bool = False) -> str:
    """Return the name of a language (ISO 639-1), or its code."""
    return LANGUAGE_NAMES.get(code, (code, code))[english]
