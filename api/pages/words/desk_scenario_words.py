"""The texts of scenarios at the desk: building, running, comparing, stress; kinds and fields of changes."""

DESK_SCENARIOS: dict[str, tuple[str, str]] = {
    "desk_scenarios": ("Szenarien", "Scenarios"),
    "desk_yes": ("ja", "yes"),
    "desk_no": ("nein", "no"),
    "desk_several_add": ("Dazunehmen", "Add"),
    "desk_several_remove": ("{name} wegnehmen", "Take {name} away"),
    "scenario_intro": (
        "Ein Szenario ist eine Liste von Änderungen am heutigen Programm. Es ändert nichts, was gilt: "
        "Es wird gerechnet und mit heute verglichen.",
        "A scenario is a list of changes to today's programme. It changes nothing that is in force: "
        "it is computed and compared with today.",
    ),
    "scenario_all": ("Alle Szenarien", "All scenarios"),
    "scenario_none": ("Noch gibt es kein Szenario.", "There is no scenario yet."),
    "scenario_new": ("Neues Szenario", "New scenario"),
    "scenario_name": ("Name", "Name"),
    "scenario_note": ("Notiz", "Note"),
    "scenario_on": ("Baut auf", "Builds on"),
    "scenario_on_none": ("dem heutigen Programm", "today's programme"),
    "scenario_builds_on": ("baut auf „{name}“", "builds on “{name}”"),
    "scenario_changes": ("Änderungen", "Changes"),
    "scenario_changes_none": ("Noch keine Änderung.", "No change yet."),
    "scenario_kind": ("Art der Änderung", "Kind of change"),
    "scenario_number": ("Änderung Nr.", "Change no."),
    "scenario_add": ("Änderung dazunehmen", "Add the change"),
    "scenario_take_out": ("Änderung {number} herausnehmen", "Take change {number} out"),
    "scenario_save": ("Szenario speichern", "Save the scenario"),
    "scenario_saved": ("„{name}“ ist gespeichert.", "“{name}” is saved."),
    "scenario_needs": (
        "Ein Szenario braucht einen Namen und mindestens eine Änderung.",
        "A scenario needs a name and at least one change.",
    ),
    "scenario_wrong": (
        "Diese Änderungen passen nicht zum Programm; gespeichert wurde nichts.",
        "These changes do not fit the programme; nothing was saved.",
    ),
    "scenario_made_on": ("Angelegt am", "Made on"),
    "scenario_copy": ("Als Vorlage", "Use as model"),
    "scenario_copy_of": ("„{name}“ als Vorlage nehmen", "Use “{name}” as a model"),
    "scenario_copy_name": ("{name} (Kopie)", "{name} (copy)"),
    "scenario_compare": ("Vergleichen", "Compare"),
    "scenario_choose": ("{name} vergleichen", "Compare {name}"),
    "scenario_choose_first": (
        "Wählen Sie oben 1 bis {most} Szenarien an.",
        "Tick 1 to {most} scenarios above.",
    ),
    "scenario_run": ("Rechnen und vergleichen", "Run and compare"),
    "scenario_run_text": (
        "Gerechnet werden das heutige Programm und die angewählten Szenarien. Ohne Wochen geht es nur um die "
        "Zuordnung; mit Wochen auch um Besuche. Fehlt jemand, nennen Sie die Wochen, in denen "
        "es darauf ankommt.",
        "Today's programme and the ticked scenarios are computed. Without weeks it is about the matching "
        "alone; with weeks about visits too. If somebody is away, name the weeks that matter.",
    ),
    "scenario_from_week": ("Ab Woche", "From week"),
    "scenario_week_count": ("Wie viele Wochen planen", "How many weeks to plan"),
    "scenario_no_week": ("keine, nur zuordnen", "none, match only"),
    "scenario_start": ("Rechnen und vergleichen", "Run and compare"),
    "scenario_again": ("Noch einmal", "Once more"),
    "scenario_today": ("Heutiges Programm", "Today's programme"),
    "scenario_compared": ("Szenarien im Vergleich", "Scenarios compared"),
    "scenario_weeks_planned": ("Geplante Wochen: {weeks}", "Weeks planned: {weeks}"),
    "scenario_better_text": (
        "Ein Szenario heißt nur dann besser, wenn sein Wert jenseits dessen liegt, was mit dem anderen "
        "überhaupt erreichbar ist.",
        "A scenario is called better only where its value lies beyond what the other can reach at all.",
    ),
    "scenario_figure": ("Größe", "Figure"),
    "scenario_difference": ("Unterschied", "Difference"),
    "scenario_workbook": ("Vergleich als Excel-Datei", "Comparison as a workbook"),
    "scenario_moves": (
        "{name}: {count} Betriebe mit anderem Job-Buddy als heute",
        "{name}: {count} companies with another job buddy than today",
    ),
    "scenario_not_comparable": (
        "Diese Ergebnisse gehören zu verschiedenen Ständen des Programms oder zu verschiedenen Wochen. "
        "Rechnen Sie sie zusammen neu.",
        "These results are of different states of the programme or of different weeks. Run them "
        "together anew.",
    ),
    "scenario_two": ("Wählen Sie mindestens zwei an.", "Tick at least two."),
    "scenario_side_by_side": ("Nebeneinander ansehen", "Look at them side by side"),
    "scenario_earlier_text": (
        "Das zuerst angewählte Ergebnis ist das, womit verglichen wird.",
        "The result that is ticked first is the one that others are compared with.",
    ),
    "study_earlier": ("Frühere Ergebnisse: {count}", "Earlier results: {count}"),
    "study_earlier_table": ("Frühere Ergebnisse", "Earlier results"),
    "study_of": ("Gerechnet", "Computed"),
    "study_ran_on": ("Am", "On"),
    "study_look": ("Ansehen", "Look"),
    "study_look_at": ("{name} ansehen", "Look at {name}"),
    "study_picture": ("Bild", "Picture"),
    "study_workbook": ("Als Excel-Datei", "As a workbook"),
    "desk_stage_frontier": ("Stellen auswählen", "Choosing positions"),
    "desk_stage_hire": ("Kreise durchrechnen", "Trying districts"),
    "stress_title": ("Pläne unter Störungen", "Plans under stress"),
    "stress_text": (
        "Krankheit, Zuzug und Absagen werden viele Male gezogen und jeden Tag neu geplant: So zeigt sich, "
        "was von einem Plan übrig bleibt. Eine Ziehung dauert bei 50 Job-Buddys etwa 10 Sekunden je Plan.",
        "Illness, arrivals and cancellations are drawn many times and planned anew each day: that shows what "
        "is left of a plan. With 50 job buddies a draw takes some 10 seconds for each plan.",
    ),
    "stress_scenario": ("Neben dem heutigen Programm", "Beside today's programme"),
    "stress_today_alone": ("nichts, nur das heutige", "nothing, today's alone"),
    "stress_draws": ("Ziehungen", "Draws"),
    "stress_start": ("Störungen ziehen", "Draw"),
}
