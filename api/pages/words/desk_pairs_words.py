"""The texts of the desk about pairs: prices, pins, remedies, the unassigned, and a running matching."""

DESK_PAIRS: dict[str, tuple[str, str]] = {
    "desk_price": ("Preis: {price}.", "Price: {price}."),
    "desk_displaced": ("Verliert den Buddy: {names}.", "Loses the buddy: {names}."),
    "desk_gained": ("Bekommt einen Buddy: {names}.", "Gets a buddy: {names}."),
    "desk_pin_this": ("Bei {name} festhalten", "Pin to {name}"),
    "desk_pin_other": ("{name} fest zuordnen", "Pin to {name}"),
    "desk_unban": ("Ausschluss von {name} aufheben", "Lift the ban of {name}"),
    "desk_ban_in_files": (
        "Dieser Ausschluss steht in den importierten Dateien; ändern Sie ihn dort.",
        "This ban is in the imported files; change it there.",
    ),
    "desk_pin_entered": (
        "Fest zugeordnet. Das gilt ab der nächsten Zuordnung.",
        "Pinned. It holds from the next matching on.",
    ),
    "desk_ban_entered": (
        "Ausgeschlossen. Das gilt ab der nächsten Zuordnung.",
        "Banned. It holds from the next matching on.",
    ),
    "desk_pair_other": ("Anderer Job-Buddy", "Another job buddy"),
    "desk_ban_other": ("{name} ausschließen", "Ban {name}"),
    "desk_ban_price": ("{name} ausschließen: Preis zeigen", "Ban {name}: show the price"),
    "desk_assign": ("Zuordnen …", "Assign …"),
    "desk_assign_of": ("Zuordnen: {name}", "Assign: {name}"),
    "desk_assign_title": ("{name} zuordnen", "Assign {name}"),
    "desk_pair_text": (
        "Der Preis wird nachgerechnet und gezeigt, bevor etwas festgelegt wird.",
        "The price is solved and shown before anything is decided.",
    ),
    "desk_price_show": ("Preis zeigen", "Show the price"),
    "desk_price_since": (
        "Seither wurde anderes festgelegt. Der Preis gilt für die Zuordnung, wie sie hier steht.",
        "Other pins or bans were entered since this matching. The price is of the matching as shown here.",
    ),
    "desk_without": (
        "{name} hat den Betrieb. Nähme man ihn dort weg:",
        "{name} has the company. Without this pair:",
    ),
    "desk_has_it": ("{name} (hat ihn jetzt)", "{name} (has it now)"),
    "desk_board": ("Job-Buddys und ihre Fallzahl", "Job buddies and their caseload"),
    "desk_board_text": (
        "Ziehen Sie einen Betrieb hierher, oder nehmen Sie „Zuordnen …“: Sie sehen zuerst den Preis.",
        "Drag a company here, or use “Assign …”: you see the price first.",
    ),
    "desk_board_companies": ("{count} von {most} Betrieben", "{count} of {most} companies"),
    "desk_board_care": ("Betreuung {count} von {most} Std.", "care {count} of {most} h"),
    "desk_tray": ("Ohne Job-Buddy: {count}", "Without a job buddy: {count}"),
    "desk_tray_none": ("Jeder Betrieb hat einen Job-Buddy.", "Every company has a job buddy."),
    "desk_tray_text": ("Die dringendsten zuerst.", "The most urgent first."),
    "desk_remedy_none": ("Keine einzelne Änderung hilft.", "No single change helps."),
    "desk_remedy_where": (
        "Auf Dauer ändern Sie das in den Dateien: {where}.",
        "For good, change it in the files: {where}.",
    ),
    "desk_remedy_column": ("{table}, Spalte {column}", "{table}, column {column}"),
    "desk_job_level": ("Ziel {number} von {of}: {name}", "objective {number} of {of}: {name}"),
    "desk_job_bound": (" – Wert {value}, Schranke {bound}", " – value {value}, bound {bound}"),
    "desk_scenario_keep": ("Als Szenario festhalten", "Keep as a scenario"),
    "desk_scenario_kept": (
        "Als Szenario festgehalten. Dort lässt es sich rechnen und vergleichen.",
        "Kept as a scenario. It can be run and compared there.",
    ),
    "desk_scenario_open": ("Zu den Szenarien", "To the scenarios"),
}
