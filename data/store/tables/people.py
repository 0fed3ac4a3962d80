"""Tables of programmes and people: identities, users with their credentials, and audit."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Table

from data.store.tables.columns import HASH, ID, metadata, of_programme
from data.store.tables.storable import Integer, String, Text
from data.store.tables.utc import Moment

change = Table(
    "change",
    metadata,
    # One row: see `data.store.database.change_mark`.
    Column("id", Integer, primary_key=True),
    Column("stamp", ID, nullable=False),
)

programme = Table(
    "programme",
    metadata,
    Column("id", ID, primary_key=True),
    Column("state", String(2), nullable=False),
    Column("invented", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    # The hash of a row of `reference`: the data in which rows of the register are looked up.
    Column("reference", HASH),
)

identity = Table(
    "identity",
    metadata,
    of_programme(primary_key=True),
    Column("id", ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("street", Text, nullable=False),
    Column("postcode", Text, nullable=False),
    Column("town", Text, nullable=False),
    Column("contact_name", Text, nullable=False),
    Column("contact_phone", Text, nullable=False),
    Column("contact_email", Text, nullable=False),
    # The same as the last import had it, as JSON: an import changes only what moved in the files.
    Column("imported", Text),
)

erasure = Table(
    "erasure",
    metadata,
    of_programme(primary_key=True),
    Column("id", ID, primary_key=True),
    # `person`: all of an identity; `contact`: only the contact person of a company.
    Column("what", String(10), primary_key=True),
    Column("erased_on", Date, nullable=False),
    Column("by_user", ID, nullable=False, server_default=""),
)

user = Table(
    "user",
    metadata,
    Column("id", ID, primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    Column("role", String(12), nullable=False),
    # Empty: every programme; only a coordinator of all hosts may have that.
    Column("programme", ID, nullable=False),
    Column("host", ID, nullable=False),
    Column("buddy", ID, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("subject", Text, unique=True),
    Column("active", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
    # Empty: no second factor was begun; `factor_since`: it is on; `factor_step`: of the last code used.
    Column("factor_salt", String(32)),
    Column("factor_since", Moment),
    Column("factor_step", Integer),
)

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("hash", HASH, primary_key=True),
    Column("user", ID, ForeignKey("user.id"), nullable=False, index=True),
)

session = Table(
    "session",
    metadata,
    Column("hash", HASH, primary_key=True),
    Column("user", ID, ForeignKey("user.id"), nullable=False, index=True),
    Column("expires_at", Moment, nullable=False),
    # Browser and system, as the browser says.
    Column("agent", String(60), nullable=False, server_default=""),
    # Empty in sessions of versions that did not tell; they are over.
    Column("begun_at", Moment),
    Column("seen_at", Moment),
)

token = Table(
    "token",
    metadata,
    Column("id", ID, primary_key=True),
    Column("user", ID, ForeignKey("user.id"), nullable=False, index=True),
    Column("kind", String(4), nullable=False),
    Column("scope", String(5), nullable=False, server_default="write"),
    Column("hash", HASH, nullable=False, unique=True),
    Column("label", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("revoked_at", Moment),
)

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # A keyed hash of the login or address, never the text.
    Column("who", HASH, nullable=False, index=True),
    Column("at", Moment, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # Midnight for a buddy's own actions: their exact times are private.
    Column("at", Moment, nullable=False, index=True),
    Column("user", ID, nullable=False, index=True),
    Column("role", String(12), nullable=False),
    Column("action", String(60), nullable=False),
    Column("subject", Text, nullable=False),
    Column("outcome", Integer, nullable=False),
)

audit_seal = Table(
    "audit_seal",
    metadata,
    # See `data.store.people.audit_seals`.
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("first_row", Integer, nullable=False),
    Column("last_row", Integer, nullable=False),
    Column("row_count", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("doings", HASH, nullable=False),
    Column("subjects", HASH, nullable=False),
    Column("hash", HASH, nullable=False),
    # Empty: retention has taken the rows.
    Column("doings_salt", String(32)),
    Column("subjects_salt", String(32)),
    # The subjects as the latest erasure left them.
    Column("subjects_left", HASH),
    Column("erased_on", Date),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("user", ID, primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("request_hash", HASH, nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("day", Date, nullable=False),
)
