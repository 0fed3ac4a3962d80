"""The beginning of a programme: a small invented sample of a state, and a policy that explains every key."""

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from api.service.sources import shipped_sources
from api.words.language import Language
from api.words.sentence import sentence
from data.base.errors import BuddyplanError
from data.base.message import message
from data.invented.generate import generate, write_programme
from data.model.policy import Policy
from data.tables.files.policy_file import policy_toml

BUDDIES, COMPANIES, SEED = 3, 24, 1


class NotEmpty(BuddyplanError):
    """The folder for a new programme holds something."""


def write_template(folder: Path, state: str, week: str, language: Language) -> None:
    """Write the files of a programme in a German state, planned from an ISO week on; all of them or none.

    The programme has the name of the folder as its id; the policy is explained in the language. Raises
    `NotEmpty` for a file, or a folder that holds something.
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise NotEmpty(message("folder_not_empty", folder=folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=".buddyplan-") as staging:
        whole = Path(staging) / "programme"
        write_programme(whole, generate(BUDDIES, COMPANIES, SEED, week, shipped_sources(state)), state)
        named = folder.resolve().name
        policy = policy_toml(Policy(), partial(sentence, language=language), named, state)
        (whole / "policy.toml").write_text(policy, encoding="utf-8", newline="\n")
        whole.replace(folder)
