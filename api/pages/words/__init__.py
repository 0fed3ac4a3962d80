"""All texts of the pages, German first, English second; templates contain keys and no text."""

from api.pages.words.account_words import ACCOUNT
from api.pages.words.buddy_words import BUDDY
from api.pages.words.coverage_words import COVERAGE
from api.pages.words.desk_change_words import DESK_CHANGES
from api.pages.words.desk_pairs_words import DESK_PAIRS
from api.pages.words.desk_positions_words import DESK_POSITIONS
from api.pages.words.desk_scenario_words import DESK_SCENARIOS
from api.pages.words.desk_weeks_words import DESK_WEEKS
from api.pages.words.desk_words import DESK
from api.pages.words.shell_words import SHELL

Both = tuple[str, str]

TABLES = (
    SHELL,
    ACCOUNT,
    BUDDY,
    COVERAGE,
    DESK,
    DESK_PAIRS,
    DESK_WEEKS,
    DESK_SCENARIOS,
    DESK_CHANGES,
    DESK_POSITIONS,
)
WORDS: dict[str, Both] = {key: both for table in TABLES for key, both in table.items()}
"""A key begins with the name of its page."""
