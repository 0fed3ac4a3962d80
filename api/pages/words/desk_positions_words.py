"""The texts of positions at the desk: what each number covers, and where one more job buddy helps most."""

DESK_POSITIONS: dict[str, tuple[str, str]] = {
    "desk_positions": ("Stellen", "Positions"),
    "frontier_question": (
        "Welche Abdeckung bringen so viele Stellen?",
        "What coverage do so many positions buy?",
    ),
    "frontier_text": (
        "Für 1, 2 … Stellen wird die beste Auswahl gesucht, mit einer bewiesenen Obergrenze und den Kosten. "
        "Ohne Datei werden Stellen in allen Kreisen vorgeschlagen.",
        "For 1, 2 … positions the best choice is searched, with a proved upper bound and what it costs. "
        "Without a file, positions are proposed in all districts.",
    ),
    "frontier_most": ("Bis zu so vielen Stellen", "Up to so many positions"),
    "frontier_keep": ("Heutige Job-Buddys", "Present job buddies"),
    "frontier_instead": ("ohne sie: das Feld ist leer", "without them: an empty field"),
    "frontier_beside": ("bleiben, die Stellen kommen dazu", "stay, the positions are added"),
    "frontier_file": ("Datei mit Stellen (freiwillig)", "File of positions (optional)"),
    "frontier_start": ("Abdeckung berechnen", "Compute the coverage"),
    "frontier_wrong_file": (
        "Die Datei mit den Stellen hat Fehler; gerechnet wurde nichts. Was in ihr stehen muss, "
        "sagt docs/frontier.md.",
        "The file of positions has errors; nothing was computed. What must be in it is told in "
        "docs/frontier.md.",
    ),
    "frontier_read": (
        "Die durchgezogene Linie zeigt, was die beste gefundene Auswahl von so vielen Stellen betreut; mehr, "
        "als die gestrichelte zeigt, kann keine.",
        "The solid line shows what the best choice found of so many positions serves; none serves more than "
        "the dashed one shows.",
    ),
    "frontier_picture": (
        "Kurve der Abdeckung nach Zahl der Stellen; dieselben Zahlen stehen in der Tabelle",
        "Curve of coverage by number of positions; the table has the same figures",
    ),
    "frontier_where": ("Wo so viele Stellen wie viel abdecken", "Where so many positions cover how much"),
    "frontier_number": ("Zahl der Stellen", "Number of positions"),
    "frontier_at_work": ("Stellen, die dort betreuen", "Positions at work there"),
    "frontier_served": ("Betriebe betreut", "Companies served"),
    "frontier_share": ("Anteil", "Share"),
    "frontier_map": (
        "Karte der Kreise mit dem Anteil betreuter Betriebe; dieselben Zahlen stehen in der Tabelle",
        "Map of districts with the share of companies served; the table has the same figures",
    ),
    "hire_question": (
        "Wo hilft ein weiterer Job-Buddy am meisten?",
        "Where does one more job buddy help most?",
    ),
    "hire_text": (
        "In jedem Kreis wird einer dazugenommen und die ganze Zuordnung neu gelöst.",
        "In each district one is added, and the whole matching is solved again.",
    ),
    "hire_start": ("Alle Kreise durchrechnen", "Try all districts"),
    "hire_title": ("Zuwachs durch einen weiteren Job-Buddy", "Gain by one more job buddy"),
    "hire_best": (
        "Am meisten hilft ein Job-Buddy in {district}: Die Abdeckung steigt von {before} auf {after}.",
        "A job buddy helps most in {district}: coverage rises from {before} to {after}.",
    ),
    "hire_no_gain": (
        "Nirgends versorgt ein weiterer Job-Buddy mehr. Am meisten verbessert er anderes in {district}.",
        "Nowhere does one more job buddy serve more. What else it betters is most in {district}.",
    ),
    "hire_nowhere": (
        "Es gibt keinen Kreis, in dem ein Job-Buddy helfen könnte.",
        "There is no district in which a job buddy could help.",
    ),
    "hire_read": (
        "In jedem Kreis wurde das Profil mit dem größten geschätzten Nutzen gewählt; andere können ebenso "
        "gut sein. Die Liste steht in der Reihenfolge der Ziele; was sinkt, wird besser.",
        "In each district the profile of the highest estimated use was chosen; others may be as good. The "
        "list is in the order of the objectives; what falls gets better.",
    ),
    "hire_map": (
        "Karte der Kreise mit dem Zuwachs; dieselben Zahlen stehen in der Liste",
        "Map of districts with the gain; the list has the same figures",
    ),
    "hire_rank": ("Rang", "Rank"),
    "hire_where": ("Kreis und Profil", "District and profile"),
    "hire_gain": ("Zuwachs", "Gain"),
    "hire_companies": ("Betriebe mehr", "More companies"),
    "hire_levels": ("Was sich je Ziel ändert", "What changes by objective"),
}
