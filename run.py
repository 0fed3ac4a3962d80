"""Start buddyplan on a machine that has nothing but Python 3.11 or newer.

    python3 run.py demo         any word goes to the command, here `buddyplan demo`
    python3 run.py test         all tests and house rules, side by side, with coverage
    python3 run.py test ...     what pytest makes of these words, with coverage
    python3 run.py lock         renew the two lock files from pyproject.toml

The first start makes `.venv` beside this file and puts into it exactly what `requirements.lock` names, each
package checked by its hash; later starts only compare a stamp. `.venv` may be deleted at any time.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import NoReturn

WINDOWS = sys.platform == "win32"
ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
BENCHMARKS_LOCK = ROOT / "benchmarks" / "requirements.lock"
PROJECT = ROOT / "pyproject.toml"
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = SCRIPTS / ("python.exe" if WINDOWS else "python")
STAMP = VENV / "complete"
KERNELS = VENV / "kernels"

COMPILED = ("matching", "scheduling")
"""The packages with kernels that are compiled ahead of their first use."""

UV_NAME = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_OFFLINE",
    "trusted-host": "UV_INSECURE_HOST",
    "proxy": "ALL_PROXY",
    "cert": "SSL_CERT_FILE",
}
"""What uv calls the settings of pip that say where packages come from."""

NO_INSTALLER = """\
This Python can install nothing: it has neither pip nor ensurepip, and there is no working uv on the PATH.
Either of these helps; then start again:
    sudo apt install python3-venv      on Debian and Ubuntu
    pipx install uv                    where there is pipx
"""


def main(words: list[str]) -> NoReturn:
    """Make `.venv` what it should be, then hand over to what the first word asks for."""
    if sys.version_info < (3, 11):  # noqa: UP036 -- an older Python still reads this far
        sys.exit(f"buddyplan needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    if not words:
        sys.exit(__doc__)
    prepare()
    if words[0] == "test":
        os.chdir(ROOT)
        side_by_side = ("-n", "auto", "--dist", "loadfile") if words == ["test"] else ()
        become(PYTHON, "-m", "pytest", "--cov", "--cov-report=term", *side_by_side, *words[1:])
    if words == ["lock"]:
        sys.exit(renew_locks())
    become(SCRIPTS / "buddyplan", *words)


def prepare() -> None:
    """Bring `.venv` and the kernels up to date unless they are; a second start waits for the first."""
    if is_complete() and are_compiled():
        return
    with alone():
        if not is_complete():
            print("Setting up .venv; the first time takes a minute or two …", file=sys.stderr, flush=True)
            begin()
            if not fill():
                sys.exit("The set-up did not finish; the reason stands above. The next start tries again.")
            STAMP.write_text(stamp(), encoding="utf-8")
        if not are_compiled():
            print("Compiling; this takes a minute or two …", file=sys.stderr, flush=True)
            compile_kernels()


def compile_kernels() -> None:
    """Compile every kernel anew, since one that is kept on disk holds copies of those that it calls."""
    for package in COMPILED:
        for kept in (ROOT / package).rglob("__pycache__/*.nb[ic]"):
            kept.unlink()
    if all(run(PYTHON, "-m", f"{package}.compile_kernels") for package in COMPILED):
        KERNELS.write_text(kernels(), encoding="utf-8")


def kernels() -> str:
    """Return a hash of all that is compiled, and of what makes the compiler."""
    sources = [path for package in ("data", *COMPILED) for path in sorted((ROOT / package).rglob("*.py"))]
    texts = [text for path in sources if b"compiled" in (text := path.read_bytes())]
    return hashlib.sha256(b"".join((stamp().encode(), *texts))).hexdigest()


def are_compiled() -> bool:
    """Whether the kernels on disk are those of the sources as they are now."""
    return KERNELS.exists() and KERNELS.read_text(encoding="utf-8") == kernels()


def stamp() -> str:
    """Return two lines: what makes `.venv` and where, then a hash of what has to be in it."""
    wanted = hashlib.sha256(LOCK.read_bytes() + PROJECT.read_bytes()).hexdigest()
    return f"{sys.version.split()[0]} {sys.base_prefix} {ROOT}\n{wanted}\n"


def stamped() -> str:
    """Return the stamp that the last finished set-up left, empty if there is none to rely on."""
    return STAMP.read_text(encoding="utf-8") if STAMP.exists() and PYTHON.exists() else ""


def is_complete() -> bool:
    """Whether `.venv` was finished by this Python, in this folder, for this lock."""
    return stamped() == stamp()


def begin() -> None:
    """Keep a finished `.venv` of this Python and folder; make any other anew, half-made ones too.

    It is made without pip, since Debian keeps what `venv` needs for that in a package of its own.
    """
    import venv  # noqa: PLC0415 -- slow to import, and most starts do without

    kept = stamped().splitlines()[:1] == stamp().splitlines()[:1]
    STAMP.unlink(missing_ok=True)
    if not kept:
        venv.EnvBuilder(clear=True, with_pip=False, symlinks=not WINDOWS).create(VENV)


def fill() -> bool:
    """Install the lock: by uv if there is one, else by the uv that the lock itself pins, else by pip."""
    pip = find_pip()
    environment = uv_environment(pip)
    uv = shutil.which("uv")
    if uv and fill_by_uv(uv, environment):
        return True
    if not pip:
        sys.exit(NO_INSTALLER)
    one_package = re.compile(r"^(uv==(?:.*\\\n)*.*\n)", re.MULTILINE)
    before, of_uv, after = one_package.split(LOCK.read_text(encoding="utf-8"))
    only_uv, without_uv = VENV / "uv.lock", VENV / "without-uv.lock"
    only_uv.write_text(of_uv, encoding="utf-8")
    without_uv.write_text(before + after, encoding="utf-8")
    hashed = (*pip, "install", "--no-deps", "--require-hashes", "--requirement")
    if run(*hashed, only_uv, "--quiet") and fill_by_uv(SCRIPTS / "uv", environment):
        return True
    return run(*hashed, without_uv) and run(*pip, *THIS_FOLDER)


def fill_by_uv(uv: str | Path, environment: dict[str, str]) -> bool:
    """Install the lock and remove all else, then make the four packages of this folder importable."""
    into = ("--python", PYTHON)
    return run(uv, "pip", "sync", *into, "--require-hashes", LOCK, environment=environment) and run(
        uv, "pip", *THIS_FOLDER, *into, environment=environment
    )


THIS_FOLDER = ("install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
"""How uv and pip alike install the four packages so that edits need no new set-up."""


def find_pip() -> list[str]:
    """Return a pip that installs into `.venv`: this Python's own or the one it carries along; empty: none."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    if importlib.util.find_spec("ensurepip") and run(PYTHON, "-m", "ensurepip"):
        return [str(PYTHON), "-m", "pip"]
    return []


def uv_environment(pip: list[str]) -> dict[str, str]:
    """Return an environment in which uv looks where pip would; what is set for uv itself stays."""
    listing = ""
    if pip:
        listing = subprocess.run([*pip, "config", "list"], capture_output=True, text=True, check=False).stdout
    configured = {name: quoted for name, _, quoted in (line.partition("=") for line in listing.splitlines())}
    found = {"UV_SYSTEM_CERTS": "1"}
    for option, name in UV_NAME.items():
        quoted = configured.get(f"install.{option}") or configured.get(f"global.{option}") or "''"
        value = os.environ.get("PIP_" + option.upper().replace("-", "_")) or ast.literal_eval(quoted)
        if value:
            found[name] = ("," if option == "find-links" else " ").join(value.split())
    if "UV_INDEX" in found:
        found["UV_INDEX_STRATEGY"] = "unsafe-best-match"  # as pip: whichever index has the file of that hash
    return {**found, **os.environ}


def renew_locks() -> int:
    """Resolve pyproject.toml anew for every platform: hashes, but no address of where they were read.

    Extra indexes and folders of wheels are left out, since their files may be builds of one machine only.
    """
    environment = uv_environment(find_pip())
    for local in ("UV_INDEX", "UV_FIND_LINKS"):
        environment.pop(local, None)
    os.chdir(ROOT)
    resolve = [str(SCRIPTS / "uv"), "pip", "compile", "--upgrade", "--universal", "--generate-hashes"]
    resolve += ["--fork-strategy=fewest", "--no-emit-index-url", "--no-header", "--no-annotate", "--quiet"]
    product = [*resolve, PROJECT.name, "--all-extras", "--group=dev", "--output-file", str(LOCK)]
    peers = [*resolve, "--group=bench", "--constraint", str(LOCK), "--output-file", str(BENCHMARKS_LOCK)]
    return 0 if run(*product, environment=environment) and run(*peers, environment=environment) else 1


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold a lock that the system frees when this process ends, however it ends."""
    with (ROOT / ".venv.lock").open("w") as handle:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 -- only Windows has it

            while True:
                with contextlib.suppress(OSError):
                    msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
                    break
                time.sleep(0.5)
        else:
            import fcntl  # noqa: PLC0415 -- Windows has none

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def run(*command: str | Path, environment: dict[str, str] | None = None) -> bool:
    """Run a step and tell whether it worked; its words go to stderr, since stdout belongs to the command."""
    return subprocess.run(command, env=environment, stdout=sys.stderr, check=False).returncode == 0


def become(*command: str | Path) -> NoReturn:
    """Hand over to a command, whose exit status becomes ours."""
    if WINDOWS:
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
