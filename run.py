"""Start buddyplan on a machine that has nothing but Python 3.11 or newer.

    python3 run.py demo             any word goes to the command, here `buddyplan demo`
    python3 run.py test             all tests and house rules, side by side
    python3 run.py test PATH ...    a part of the tests; words go to pytest
    python3 run.py test --nightly   all tests, more thorough: coverage, more drawn examples, long kills
    python3 run.py lock             renew the lock files from pyproject.toml

The first start makes `.venv` beside this file and puts into it exactly what the lock for that word names,
each package checked by its hash. Later starts only compare a stamp. `.venv` may be deleted at any time.
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
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import NoReturn

WINDOWS = sys.platform == "win32"
ROOT = Path(__file__).resolve().parent
LOCKS = tuple(ROOT / f"requirements{part}.lock" for part in ("", "-service", "-test"))
LOCK, SERVICE_LOCK, TEST_LOCK = LOCKS
"""What planning from files needs; what the service needs besides; what the tests and `lock` need besides."""
PROJECT = ROOT / "pyproject.toml"
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = SCRIPTS / ("python.exe" if WINDOWS else "python")
STAMP = VENV / "complete"
KERNELS = VENV / "kernels"

COMPILED = ("scheduling", "matching")
COMPILERS = ("scheduling listed", "scheduling large", "matching")
"""The packages with kernels, and what compiles them ahead of their first use, a process each."""
ON_STORE = {"audit", "backup", "person", "register", "report", "restore", "retention", "user"}
WITHOUT_KERNELS = ON_STORE | {"check-data", "export"}
"""Commands that compute nothing, so they do not wait for kernels."""
OF_SERVICE = ON_STORE | {"nightly", "serve", "worker", "--scheduler"}
UV_NAME = {
    "index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX", "trusted-host": "UV_INSECURE_HOST",
    "no-index": "UV_OFFLINE", "find-links": "UV_FIND_LINKS", "proxy": "ALL_PROXY", "cert": "SSL_CERT_FILE",
}  # fmt: skip
"""What uv calls the settings of pip that say where packages come from."""

NO_INSTALLER = "This Python has neither pip nor ensurepip, and no uv works; on Debian, python3-venv helps"


def main(words: list[str]) -> NoReturn:
    """Make `.venv` what it should be, then hand over to what the first word asks for."""
    if sys.version_info < (3, 11):  # noqa: UP036 -- an older Python reads this far
        sys.exit(f"buddyplan needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    if not words:
        sys.exit(__doc__)
    os.environ |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONSAFEPATH": "1"}  # keep bytecode; import nothing here
    if words[0] == "test":
        prepare(TEST_LOCK, kernels_too=True)
        os.chdir(ROOT)
        del os.environ["PYTHONSAFEPATH"]  # tests start modules of their own
        become(PYTHON, "-m", "pytest", *pytest_words(words[1:]))
    if words == ["lock"]:
        prepare(TEST_LOCK, kernels_too=False)
        become(PYTHON, ROOT / ".ci" / "renew_locks.py")
    lock = SERVICE_LOCK if OF_SERVICE & {word.split("=")[0] for word in words} else LOCK
    prepare(lock, kernels_too=words[0] not in WITHOUT_KERNELS and "--help" not in words)
    become(SCRIPTS / "buddyplan", *words)


def pytest_words(words: list[str]) -> list[str]:
    """Return the words for pytest: all tests run side by side; those of the night report coverage."""
    part = any(not word.startswith("-") for word in words)
    side_by_side = [] if part else ["-n", "auto", "--dist", "worksteal"]
    coverage = ["--cov", "--cov-report=term"] if "--nightly" in words else []
    return [*side_by_side, *coverage, *words]


def prepare(lock: Path, kernels_too: bool) -> None:
    """Bring `.venv` and the kernels up to date unless they are; a second start waits for the first."""
    if is_complete(lock) and (are_compiled() or not kernels_too):
        return
    with alone():
        if not is_complete(lock):
            begin()
            if not fill(lock):
                sys.exit("The set-up did not finish; the reason stands above. The next start tries again.")
            drop_tests()
            STAMP.write_text(stamp(lock), encoding="utf-8")
        if kernels_too and not are_compiled():
            compile_kernels()


def compile_kernels() -> None:
    """Compile every kernel anew, since one that is kept on disk holds copies of those that it calls."""
    for package in COMPILED:
        for kept in (ROOT / package).rglob("__pycache__/*.nb[ic]"):
            kept.unlink()
    parts = (each.split() for each in COMPILERS)
    commands = [(str(PYTHON), "-m", f"{package}.compile_kernels", *part) for package, *part in parts]
    if run("Compiling the planner", *commands):
        KERNELS.write_text(kernels(), encoding="utf-8")


def kernels() -> str:
    """Return a hash of all that is compiled, and of what makes the compiler."""
    sources = [path for package in ("data", *COMPILED) for path in sorted((ROOT / package).rglob("*.py"))]
    texts = [text for path in sources if b"compiled" in (text := path.read_bytes())]
    return hashlib.sha256(b"".join((maker().encode(), LOCK.read_bytes(), *texts))).hexdigest()


def are_compiled() -> bool:
    """Whether the kernels on disk are those of the sources as they are now."""
    return KERNELS.exists() and KERNELS.read_text(encoding="utf-8") == kernels()


def maker() -> str:
    """Return what makes `.venv` and where, as one line."""
    return f"{sys.version.split()[0]} {sys.base_prefix} {ROOT}\n"


def stamp(lock: Path) -> str:
    """Return two lines: what makes `.venv` and where, then the lock with a hash of what has to be in it."""
    wanted = hashlib.sha256(lock.read_bytes() + PROJECT.read_bytes()).hexdigest()
    return f"{maker()}{lock.name} {wanted}\n"


def stamped() -> str:
    """Return the stamp that the last finished set-up left, empty if there is none to rely on."""
    return STAMP.read_text(encoding="utf-8") if STAMP.exists() and PYTHON.exists() else ""


def is_complete(lock: Path) -> bool:
    """Whether `.venv` was finished by this Python, in this folder, for this lock or a larger one."""
    return stamped() in map(stamp, LOCKS[LOCKS.index(lock) :])


def begin() -> None:
    """Keep a finished `.venv` of this Python and folder; make any other anew, half-made ones too."""
    import venv  # noqa: PLC0415 -- slow to import, and most starts do without

    kept = stamped().startswith(maker())
    STAMP.unlink(missing_ok=True)
    if not kept:
        # Debian keeps what `venv` needs to bring pip along in a package of its own.
        venv.EnvBuilder(clear=True, with_pip=False, symlinks=not WINDOWS).create(VENV)


def fill(lock: Path) -> bool:
    """Install a lock: by uv if there is one, else by the uv that the tests' lock pins, else by pip."""
    pip = find_pip()
    environment = uv_environment(pip)
    uv = shutil.which("uv")
    if uv and fill_by_uv(uv, lock, environment):
        return True
    if not pip:
        sys.exit(NO_INSTALLER)
    with tempfile.TemporaryDirectory(dir=VENV) as folder:
        only_uv = Path(folder) / "uv.lock"
        only_uv.write_text(pinned_uv(), encoding="utf-8")
        bring = (*pip, "install", "--no-deps", "--require-hashes", "--no-cache-dir", "--target", folder)
        found = run("Bringing the installer", (*bring, "--requirement", str(only_uv)))
        if found and fill_by_uv(Path(folder) / "bin" / "uv", lock, environment):
            return True
    hashed = ("install", "--no-deps", "--require-hashes", "--requirement", str(lock))
    return run(INSTALLING, (*pip, *hashed)) and run("", (*pip, *THIS_FOLDER))


def drop_tests() -> None:
    """Delete the libraries' own tests, a tenth of all that is installed, which nobody runs here."""
    for folder in sorted(VENV.rglob("tests")):
        if {"networkx", "numba", "numpy", "pandas"} & {*folder.parts}:
            shutil.rmtree(folder, ignore_errors=True)


def pinned_uv() -> str:
    """Return the entry of uv in the tests' lock: its version and hashes."""
    entry = re.search(r"^uv==(?:.*\\\n)*.*\n", TEST_LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    return entry[0] if entry else ""


def fill_by_uv(uv: str | Path, lock: Path, environment: dict[str, str]) -> bool:
    """Install a lock and remove all else, then make the four packages of this folder importable."""
    into = ("--python", PYTHON)
    sync = (uv, "pip", "sync", "--quiet", *into, "--require-hashes", lock)
    this_folder = (uv, "pip", *THIS_FOLDER, *into)
    return run(INSTALLING, sync, environment=environment) and run("", this_folder, environment=environment)


INSTALLING = "Installing packages"
THIS_FOLDER = ("install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
"""How uv and pip alike install the four packages so that edits need no new set-up."""


def find_pip() -> list[str]:
    """Return a pip that installs into `.venv`: this Python's own or the one it carries along; empty: none."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    if importlib.util.find_spec("ensurepip") and run("", (PYTHON, "-m", "ensurepip")):
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


def run(step: str, *commands: Sequence[str | Path], environment: dict[str, str] | None = None) -> bool:
    """Run commands side by side and tell whether all worked; one line names the step and its seconds.

    What the commands say is shown only where one fails, on stderr, since stdout belongs to buddyplan.
    """
    begun, live = time.monotonic(), bool(step) and sys.stderr.isatty()
    with tempfile.TemporaryFile() as said:
        started = [subprocess.Popen(each, env=environment, stdout=said, stderr=said) for each in commands]
        while any(process.poll() is None for process in started):
            if live:
                print(f"\r{step} … {time.monotonic() - begun:.0f} s", end="", file=sys.stderr, flush=True)
            time.sleep(0.1)
        worked = all(process.returncode == 0 for process in started)
        if step:
            ended = f"{'done in' if worked else 'failed after'} {time.monotonic() - begun:.0f} s"
            print(f"{chr(13) * live}{step}: {ended}", file=sys.stderr, flush=True)
        if not worked:
            said.seek(0)
            print(said.read().decode(errors="replace"), file=sys.stderr, flush=True)
    return worked


def become(*command: str | Path) -> NoReturn:
    """Hand over to a command, whose exit status becomes ours."""
    if WINDOWS:
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
