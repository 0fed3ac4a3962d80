"""The texts around every page, and those of errors."""

SHELL: dict[str, tuple[str, str]] = {
    "shell_product": ("buddyplan", "buddyplan"),
    "shell_skip": ("Zum Inhalt", "Skip to content"),
    "shell_nav": ("Seiten", "Pages"),
    "shell_today": ("Heute", "Today"),
    "shell_week": ("Woche", "Week"),
    "shell_coverage": ("Abdeckung", "Coverage"),
    "shell_desk": ("Koordination", "Coordination"),
    "shell_account": ("Konto", "Account"),
    "shell_sign_out": ("Abmelden", "Sign out"),
    "shell_language": ("Sprache", "Language"),
    "shell_times": (
        "Alle Zeiten sind Ortszeit in Deutschland ({zone}).",
        "All times are local time in Germany ({zone}).",
    ),
    "shell_as_of": (
        "Offline. Stand: {moment}. Rückmeldungen gehen wieder, sobald eine Verbindung da ist.",
        "Offline. As of {moment}. Reports can be sent again once there is a connection.",
    ),
    "error_400_title": ("Das passt nicht", "That does not fit"),
    "error_400_text": (
        "Eine Angabe fehlt oder passt nicht. Gehen Sie zurück und prüfen Sie Ihre Eingaben.",
        "Something is missing or does not fit. Go back and check what you entered.",
    ),
    "error_403_title": ("Das dürfen Sie hier nicht", "You may not do this here"),
    "error_403_text": (
        "Ihre Rolle darf diese Seite nicht öffnen, oder das Formular ist nicht mehr gültig. "
        "Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.",
        "Your role may not open this page, or the form is no longer valid. Go back, reload the page and "
        "try again.",
    ),
    "error_404_title": ("Diese Seite gibt es nicht", "There is no such page"),
    "error_404_text": (
        "Vielleicht wurde der Plan inzwischen geändert, oder die Adresse ist unvollständig.",
        "Perhaps the plan was changed meanwhile, or the address is incomplete.",
    ),
    "error_409_title": ("Inzwischen hat sich etwas geändert", "Something has changed meanwhile"),
    "error_409_text": (
        "Was Sie gesehen haben, gilt so nicht mehr. Öffnen Sie die Seite neu und versuchen Sie es noch "
        "einmal.",
        "What you saw no longer holds. Open the page again and retry.",
    ),
    "error_413_title": ("Das ist zu groß", "That is too large"),
    "error_413_text": ("Die gesendeten Daten sind zu groß.", "What was sent is too large."),
    "error_429_title": ("Zu viele Versuche", "Too many attempts"),
    "error_429_text": (
        "Bitte warten Sie einige Minuten und versuchen Sie es dann noch einmal.",
        "Please wait a few minutes and try again.",
    ),
    "error_500_title": ("Da ist etwas schiefgegangen", "Something went wrong"),
    "error_500_text": (
        "Es liegt nicht an Ihnen. Versuchen Sie es gleich noch einmal.",
        "It is not your fault. Please try again in a moment.",
    ),
    "error_503_title": ("Gerade nicht erreichbar", "Not available just now"),
    "error_503_text": (
        "Ein Teil des Dienstes antwortet nicht. Versuchen Sie es gleich noch einmal.",
        "A part of the service does not answer. Please try again in a moment.",
    ),
    "error_reference": (
        "Für Rückfragen: Kennung {key}.",
        "If you ask about it, name the reference {key}.",
    ),
    "error_start": ("Zur Startseite", "To the start page"),
}
