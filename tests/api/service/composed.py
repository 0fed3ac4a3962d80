"""What docs/operation says, run on this machine: the compose file's services as processes, behind nginx with
TLS.
"""

import json
import re
import shlex
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import yaml
from sqlalchemy import create_engine, make_url, text

from tests.api.jobs.small_service import answers, eventually
from tests.folders import DOCS

OPERATION = DOCS / "operation"
COMPOSE: dict[str, Any] = yaml.safe_load((OPERATION / "compose.yaml").read_text(encoding="utf-8"))
SERVICE = COMPOSE["services"]["buddyplan"]
PASSWORD_OF_DATABASE = "p4ss-of-the/database"
NGINX = Path("/usr/sbin/nginx")


def interpolated(value: str, given: dict[str, str]) -> str:
    """A value of the compose file with `${NAME}`, `${NAME:-default}` and `${NAME:?message}` filled in."""

    def found(match: re.Match[str]) -> str:
        default = match[3] if match[2] == ":-" else None
        filled = given.get(match[1], default)
        assert filled is not None, match[0]
        return filled

    return re.sub(r"\$\{(\w+)(?:(:-|:\?)([^}]*))?\}", found, value)


def database(server: str) -> str:
    """Make the database of the compose file in a running PostgreSQL, and return the server's host."""
    asked = {
        key: interpolated(value, GIVEN)
        for key, value in COMPOSE["services"]["database"]["environment"].items()
    }
    user, name = asked["POSTGRES_USER"], asked["POSTGRES_DB"]
    engine = create_engine(
        make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as c:
        c.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        c.execute(text(f"DROP ROLE IF EXISTS {user}"))
        c.execute(text(f"CREATE ROLE {user} LOGIN PASSWORD '{asked['POSTGRES_PASSWORD']}'"))
        c.execute(text(f"CREATE DATABASE {name} OWNER {user}"))
    engine.dispose()
    return str(make_url(server).query["host"])


GIVEN = {"POSTGRES_PASSWORD": PASSWORD_OF_DATABASE, "TRUSTED_PROXIES": "127.0.0.1"}
"""What an operator writes into `.env`; here nginx comes from this address, not from a gateway."""


def environment(host_of_database: str, folder: Path, port: int, more: dict[str, str]) -> dict[str, str]:
    """The environment of the service: the compose file's, with this machine's host, folder and port."""
    told = {name: interpolated(value, GIVEN) for name, value in SERVICE["environment"].items()}
    address = make_url(told["BUDDYPLAN_DATABASE_URL"])
    assert address.host == "database" and address.password == PASSWORD_OF_DATABASE
    here = address.set(host=None).update_query_dict({"host": host_of_database})
    told["BUDDYPLAN_DATABASE_URL"] = here.render_as_string(hide_password=False)
    for name in ("BUDDYPLAN_DATA_DIR", "BUDDYPLAN_CACHE_DIR"):
        assert told[name].startswith("/data")
        told[name] = told[name].replace("/data", str(folder / "data"), 1)
    return told | {"BUDDYPLAN_PORT": str(port), "PATH": "/usr/bin:/bin"} | more


def command() -> list[str]:
    """The command of the image, by this checkout's own `buddyplan`."""
    given = re.search(r"^CMD (\[.*\])$", SERVICE["build"]["dockerfile_inline"], re.MULTILINE)
    assert given
    program, *words = json.loads(given[1])
    return [str(Path(sys.executable).with_name(Path(program).name)), *words]


def healthy(port: int) -> bool:
    """Whether the service is well as the compose file asks it."""
    kind, program, *words = SERVICE["healthcheck"]["test"]
    assert kind == "CMD" and program == "python3"
    words = [word.replace(":8000/", f":{port}/") for word in words]
    return subprocess.run([sys.executable, *words], capture_output=True, check=False).returncode == 0


@contextmanager
def serving(told: dict[str, str], log: Path, port: int) -> Iterator[None]:
    with log.open("wb") as errors:
        process = subprocess.Popen(command(), env=told, stderr=errors)
    try:
        eventually(lambda: answers(port), 120)
        assert healthy(port)
        yield
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def nginx(folder: Path, port: int, to: int) -> Iterator[Path]:
    """Run nginx as documented, and yield its certificate, which signs itself."""
    folder.mkdir()
    certificate, key = folder / "cert.pem", folder / "key.pem"
    made = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate]
    subprocess.run([*shlex.split(made), *names], capture_output=True, check=True)
    site = (OPERATION / "nginx.conf").read_text(encoding="utf-8")
    for documented, here in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("/etc/ssl/buddyplan.pem", str(certificate)),
        ("/etc/ssl/private/buddyplan.key", str(key)),
        ("http://127.0.0.1:8000", f"http://127.0.0.1:{to}"),
    ):
        assert site.count(documented) == 1
        site = site.replace(documented, here)
    temporary = "".join(
        f"{name}_temp_path {folder / name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = folder / "nginx.conf"
    file.write_text(
        f"daemon off; pid {folder / 'pid'}; error_log {folder / 'error.log'};\n"
        f"events {{}} http {{ access_log off; {temporary}\n{site}\n}}\n",
        encoding="utf-8",
    )
    process = subprocess.Popen([NGINX, "-c", file], stderr=subprocess.DEVNULL)
    try:
        eventually(lambda: _speaks(port, certificate), 30)
        yield certificate
    finally:
        process.terminate()
        process.wait(10)


def _speaks(port: int, certificate: Path) -> bool:
    try:
        return bool(
            httpx2.get(
                f"https://localhost:{port}/healthz", verify=ssl.create_default_context(cafile=certificate)
            ).status_code
            == 200
        )
    except httpx2.HTTPError:
        return False
