"""The texts of the desk's weeks and messages: plans, moving, publishing, and what buddies reported."""

DESK_WEEKS: dict[str, tuple[str, str]] = {
    "desk_no_plan": ("Noch ist keine Woche geplant.", "No week has been planned yet."),
    "desk_version": ("Plan", "Plan"),
    "desk_version_title": ("{weeks}, Stand {version}, {state}", "{weeks}, version {version}, {state}"),
    "desk_state_draft": ("Entwurf", "draft"),
    "desk_state_published": ("veröffentlicht", "published"),
    "desk_state_superseded": ("ersetzt", "superseded"),
    "desk_how_many_weeks": ("Wie viele Wochen", "How many weeks"),
    "desk_plan_start": ("Planen", "Plan"),
    "desk_plan_done": (
        "Der Entwurf ist da. Veröffentlicht wird er erst, wenn Sie es sagen.",
        "The draft is there. It is published only when you say so.",
    ),
    "desk_lanes": ("Wochen der Job-Buddys", "Weeks of the job buddies"),
    "desk_lanes_text": (
        "Wählen Sie einen Besuch an, oder ziehen Sie ihn auf einen anderen Tag seiner Zeile: "
        "Es erscheinen die möglichen Zeiten mit Preis. Geändert wird dabei noch nichts.",
        "Choose a visit, or drag it onto another day of its row: the possible times appear with their price. "
        "Nothing is changed by that yet.",
    ),
    "desk_lanes_draft": (
        "Dies ist nicht der Plan, der gilt. Besuche lassen sich im veröffentlichten Plan verschieben.",
        "This is not the plan in force. Visits can be moved in the published plan.",
    ),
    "desk_week": ("Woche", "Week"),
    "desk_lane_travel": ("Fahrt {time}", "travel {time}"),
    "desk_unplanned": ("Nicht eingeplant: {count}", "Not planned: {count}"),
    "desk_unplanned_none": (
        "Alle fälligen Besuche haben einen Termin.",
        "Every visit that is due has a time.",
    ),
    "desk_unplanned_table": ("Nicht eingeplante Besuche", "Visits that are not planned"),
    "desk_block_over": ("vorbei", "over"),
    "desk_block_settled": ("fester Termin", "fixed appointment"),
    "desk_fit_in": ("Was hilft?", "What helps?"),
    "desk_fit_in_of": ("Was hilft? {name}", "What helps? {name}"),
    "desk_fit_title": ("{name} einplanen", "Plan {name}"),
    "desk_fit_here": ("Hier einplanen", "Plan it here"),
    "desk_fit_forced": (
        "Ohne Nachteil für andere geht es nicht. Am wenigsten schadet: {when}, {price}.",
        "It is not possible without harm to others. The least harm: {when}, {price}.",
    ),
    "desk_fit_broken": ("Gebrochene Zusagen: {names}", "Promises broken: {names}"),
    "desk_fit_left_out": ("Dafür entfällt: {names}", "Dropped for it: {names}"),
    "desk_fit_anyway": ("Trotzdem einplanen", "Plan it all the same"),
    "desk_fit_never": (
        "In dieser Woche passt der Besuch auch dann nicht, wenn andere weichen: "
        "Arbeitszeit oder Öffnungszeiten reichen nicht. Helfen kann ein anderer Job-Buddy (Zuordnung) "
        "oder mehr Arbeitszeit (Import).",
        "In this week the visit does not fit even if others give way: working hours or opening hours do not "
        "suffice. Another job buddy (matching) or more working hours (import) can help.",
    ),
    "desk_move_of": ("{name}, {when}: verschieben", "{name}, {when}: move"),
    "desk_move_title": ("{name} verschieben", "Move {name}"),
    "desk_move_text": (
        "In diesen Zeiten kann der Besuch beginnen, ohne dass ein zugesagter Termin bricht.",
        "In these times the visit can begin without breaking a promise.",
    ),
    "desk_move_there": ("Am {day}", "On {day}"),
    "desk_move_not_there": (
        "Am {day} geht es nicht, ohne eine Zusage zu brechen oder einen anderen Besuch zu verdrängen.",
        "On {day} it is not possible without breaking a promise or pushing out another visit.",
    ),
    "desk_move_others": ("An anderen Tagen", "On other days"),
    "desk_move_all": ("Mögliche Zeiten", "Possible times"),
    "desk_move_none": (
        "In dieser Woche gibt es keine Zeit, die alle Zusagen hält und keinen Besuch verdrängt.",
        "This week has no time that keeps all promises and every visit.",
    ),
    "desk_move_same": ("gleich viel Fahrt", "no more travel"),
    "desk_move_more": ("{time} mehr Fahrt", "{time} more travel"),
    "desk_move_less": ("{time} weniger Fahrt", "{time} less travel"),
    "desk_move_here": ("Hierhin verschieben", "Move here"),
    "desk_affected": ("Wer betroffen ist", "Who is affected"),
    "desk_affected_text": (
        "{buddies} Job-Buddys, {places} Orte, {changes} Änderungen; {unchanged} Besuche bleiben gleich.",
        "{buddies} job buddies, {places} places, {changes} changes; {unchanged} visits stay as they are.",
    ),
    "desk_broken": ("Gebrochene Zusagen: {count}", "Promises broken: {count}"),
    "desk_broken_none": ("Keine Zusage wird gebrochen.", "No promise is broken."),
    "desk_breaks": ("bricht eine Zusage", "breaks a promise"),
    "desk_more_changes": ("und {count} weitere", "and {count} more"),
    "desk_effect": ("Änderung", "Change"),
    "desk_effect_added": ("neu", "new"),
    "desk_effect_dropped": ("entfällt", "dropped"),
    "desk_effect_moved": ("verschoben", "moved"),
    "desk_effect_other_buddy": ("anderer Job-Buddy", "another job buddy"),
    "desk_restore": ("Zurück zu Stand {version}", "Back to version {version}"),
    "desk_restore_text": (
        "Dieser Stand wurde ersetzt. Er kann wieder gelten: Daraus wird erst ein Entwurf, der zeigt, wer "
        "betroffen ist. Was später gemeldet wurde, erscheint wieder unter Meldungen.",
        "This version was replaced. It can be in force again: first it becomes a draft that shows who is "
        "affected. What was reported later appears under messages again.",
    ),
    "desk_restore_done": (
        "Stand {version} ist wieder ein Entwurf. Er gilt erst, wenn Sie ihn veröffentlichen.",
        "Version {version} is a draft again. It is in force only once you publish it.",
    ),
    "desk_to_tell": ("Noch zu benachrichtigen: {count}", "Still to be told: {count}"),
    "desk_to_tell_text": (
        "Diesen Betrieben war ein anderer Termin zugesagt. Buddyplan schreibt ihnen nicht, rufen Sie an.",
        "These companies were promised another time. Buddyplan does not write to them; please call.",
    ),
    "desk_to_tell_table": ("Wer benachrichtigt werden muss", "Who must be told"),
    "desk_to_tell_done": ("Alle wissen Bescheid", "Everybody has been told"),
    "desk_told": ("Zugesagt war", "Was promised"),
    "desk_tell_now": ("Jetzt", "Now"),
    "desk_publish": ("Veröffentlichen", "Publish"),
    "desk_publish_done": (
        "Veröffentlicht. Die Job-Buddys sehen den Plan jetzt.",
        "Published. The job buddies see the plan now.",
    ),
    "desk_reported": ("Abgesagt oder nicht angetroffen", "Called off or nobody met"),
    "desk_reported_text": (
        "Das haben Job-Buddys gemeldet; im Plan steht es noch nicht. "
        "Ein Vorschlag ändert nichts, bis Sie ihn veröffentlichen.",
        "Job buddies reported this; the plan does not know of it yet. "
        "A proposal changes nothing until you publish it.",
    ),
    "desk_reported_none": ("Nichts gemeldet.", "Nothing was reported."),
    "desk_replan": ("Nachplanung vorschlagen", "Propose a new plan"),
    "desk_what": ("Meldung", "Report"),
    "desk_no_show": ("niemand angetroffen", "nobody met"),
    "desk_cancelled_company": ("vom Betrieb abgesagt", "called off by the company"),
    "desk_cancelled_buddy": ("vom Job-Buddy abgesagt", "called off by the job buddy"),
    "desk_moved": ("verschoben", "moved"),
    "desk_minutes": ("Dauer", "Duration"),
    "desk_requests": ("Anliegen", "Requests"),
    "desk_requests_none": ("Kein Anliegen ist offen.", "No request is open."),
    "desk_request_first_visit": ("Erstbesuch", "first visit"),
    "desk_request_follow_up": ("Nachbereitung", "follow-up"),
    "desk_request_urgent": ("dringend", "urgent"),
    "desk_request_authority": ("Behörde", "authority"),
    "desk_request_done": ("Erledigt", "Done"),
    "desk_request_done_of": ("Erledigt: {name}", "Done: {name}"),
    "desk_due": ("Fällig bis", "Due by"),
    "desk_contacts": ("Rückmeldungen in {week}", "Reports in {week}"),
    "desk_contacts_none": ("Noch keine Rückmeldung in dieser Woche.", "No report in this week yet."),
}
