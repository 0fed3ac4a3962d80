"""The texts of sign-in, of set-up and of a user's account."""

ACCOUNT: dict[str, tuple[str, str]] = {
    "sign_in_title": ("Anmelden", "Sign in"),
    "sign_in_login": ("Anmeldename", "Login"),
    "sign_in_password": ("Passwort", "Password"),
    "sign_in_go": ("Anmelden", "Sign in"),
    "sign_in_elsewhere": ("Anmelden über das Haus", "Sign in by your organisation"),
    "sign_in_elsewhere_failed": (
        "Die Anmeldung über das Haus hat nicht geklappt. Versuchen Sie es noch einmal, oder fragen Sie die "
        "Koordination, ob Sie eingetragen sind.",
        "Signing in by your organisation did not work. Try again, or ask your coordinator whether you have "
        "been entered.",
    ),
    "sign_in_or": ("oder", "or"),
    "sign_in_set_up": (
        "Hier ist noch niemand eingetragen.",
        "Nobody has been entered here yet.",
    ),
    "sign_in_set_up_link": ("Jetzt einrichten", "Set up now"),
    "sign_in_wrong": ("Anmeldename oder Passwort stimmt nicht.", "Login or password is wrong."),
    "sign_in_wait": (
        "Zu viele Versuche. Der nächste geht in {wait}.",
        "Too many attempts. You can try again in {wait}.",
    ),
    "sign_in_expired": (
        "Bitte melden Sie sich an; danach geht es dort weiter, wo Sie waren.",
        "Please sign in; you will then continue where you were.",
    ),
    "sign_in_forgotten": (
        "Passwort vergessen? Die Koordination gibt Ihnen ein neues.",
        "Forgotten your password? Your coordinator gives you a new one.",
    ),
    "sign_out_done": (
        "Sie sind abgemeldet. Die Wochen auf diesem Gerät sind gelöscht.",
        "You are signed out. The weeks on this device are deleted.",
    ),
    "set_up_title": ("Einrichten", "Set up"),
    "set_up_intro": (
        "Legen Sie die erste Person der Koordination an. Der Code steht in der Datei „setup-code“ im "
        "Datenordner des Dienstes.",
        "Enter the first coordinator. The code is in the file “setup-code” in the data folder of the "
        "service.",
    ),
    "set_up_code": ("Code", "Code"),
    "set_up_go": ("Anlegen", "Create"),
    "set_up_wrong": ("Das ist nicht der Code.", "This is not the code."),
    "set_up_done": ("Eingerichtet. Melden Sie sich jetzt an.", "Done. Now sign in."),
    "set_up_login_help": ("Zum Beispiel die E-Mail-Adresse.", "For example the e-mail address."),
    "password_rule": ("12 bis 200 Zeichen.", "12 to 200 characters."),
    "password_length": ("Ein Passwort hat 12 bis 200 Zeichen.", "A password has 12 to 200 characters."),
    "account_title": ("Konto", "Account"),
    "account_signed_in": ("Angemeldet als {login}, {role}.", "Signed in as {login}, {role}."),
    "role_coordinator": ("Koordination", "coordinator"),
    "role_buddy": ("Job-Buddy", "job buddy"),
    "role_planner": ("Planung", "planner"),
    "role_viewer": ("Auswertung", "viewer"),
    "account_language": ("Sprache", "Language"),
    "account_calendar": ("Kalender", "Calendar"),
    "account_calendar_text": (
        "Mit einem Kalender-Link zeigt jede Kalender-App Ihre veröffentlichten Wochen und hält sie "
        "aktuell. Wer den "
        "Link kennt, sieht Ihre Termine; geben Sie ihn nicht weiter.",
        "With a calendar link any calendar app shows your published weeks and keeps them up to date. Whoever "
        "knows the link sees your visits; do not pass it on.",
    ),
    "account_calendar_none": ("Es gibt noch keinen Link.", "There is no link yet."),
    "account_calendar_there": ("Link vom {day}", "Link of {day}"),
    "account_calendar_make": ("Link erstellen", "Make a link"),
    "account_calendar_rotate": ("Durch einen neuen ersetzen", "Replace by a new one"),
    "account_calendar_revoke": ("Löschen", "Delete"),
    "account_calendar_new": (
        "Ihr Kalender-Link. Er wird nur jetzt gezeigt; kopieren Sie ihn in Ihre Kalender-App.",
        "Your calendar link. It is shown only now; copy it into your calendar app.",
    ),
    "account_calendar_open": ("In der Kalender-App öffnen", "Open in the calendar app"),
    "account_calendar_revoked": (
        "Der Link ist gelöscht; Kalender bekommen nichts mehr.",
        "The link is deleted; calendars get nothing any more.",
    ),
    "account_password": ("Passwort ändern", "Change password"),
    "account_password_old": ("Bisheriges Passwort", "Password until now"),
    "account_password_new": ("Neues Passwort", "New password"),
    "account_password_go": ("Ändern und überall abmelden", "Change and sign out everywhere"),
    "account_password_wrong": ("Das bisherige Passwort stimmt nicht.", "The password until now is wrong."),
    "account_password_done": (
        "Das Passwort ist geändert. Melden Sie sich mit dem neuen an.",
        "The password is changed. Sign in with the new one.",
    ),
}
