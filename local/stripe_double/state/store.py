"""The double's state in one SQLite file, which survives a restart and a kill, or in memory."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.stripe_double.errors import Json

TABLES = ("object", "reply", "scheduled_task", "delivery", "setting")
VERSION = 3
"""The version of the tables. A file of another version is emptied."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS object (
    rank INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE, kind TEXT, created INTEGER, listed REAL,
    body TEXT, note TEXT);
CREATE INDEX IF NOT EXISTS object_kind ON object (kind, rank);
CREATE TABLE IF NOT EXISTS reply (
    key TEXT PRIMARY KEY, at REAL, fingerprint TEXT, status INTEGER, body TEXT, request_id TEXT);
CREATE TABLE IF NOT EXISTS scheduled_task (
    id INTEGER PRIMARY KEY, due REAL, kind TEXT, object_id TEXT);
CREATE TABLE IF NOT EXISTS delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT, state TEXT, due REAL, attempts TEXT);
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (state, due);
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT);
"""

WAITING = "waiting"
"""A delivery is due at its time."""
HELD = "held"
"""A delivery waits until a test releases it."""
DELIVERED = "delivered"
"""The receiver has accepted it."""
DROPPED = "dropped"
"""A test has decided that it is never sent."""
GAVE_UP = "gave_up"
"""The receiver has not accepted it in `webhooks.RETRY_SECONDS`."""


@dataclass(frozen=True)
class StoredReply:
    """The first response to an idempotency key."""

    fingerprint: str
    status: int
    body: Json
    request_id: str


@dataclass(frozen=True)
class Delivery:
    """The delivery of an event; each attempt holds its time, its result and the response."""

    id: int
    event: str
    state: str
    due: float
    attempts: list[Json]


type Where = dict[str, str | int | list[str]]

encode = json.JSONEncoder(separators=(",", ":")).encode


class Store:
    """The file, or memory without a path. Every read and write goes through `transaction`, one at a
    time.
    """

    def __init__(self, path: Path | None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(
            path or ":memory:", check_same_thread=False, isolation_level=None
        )
        self._db.execute("PRAGMA journal_mode = WAL")
        # Commits are handed to the operating system: a kill loses none of them, a power cut may.
        self._db.execute("PRAGMA synchronous = OFF")
        if self._db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            for table in TABLES:
                self._db.execute(f"DROP TABLE IF EXISTS {table}")
        self._db.executescript(f"{SCHEMA}PRAGMA user_version = {VERSION};")

    @contextmanager
    def transaction(self) -> Iterator["Transaction"]:
        """A transaction, committed at the end or, after an exception, rolled back."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield Transaction(self._db)
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def clear(self) -> None:
        """Delete everything, also the endpoint of the webhooks."""
        with self._lock:
            for table in TABLES:
                self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - table names are ours
            self._db.execute("DELETE FROM sqlite_sequence")

    def close(self) -> None:
        """Wait for the current transaction, and close the file."""
        with self._lock:
            self._db.close()


class Transaction:
    """The reads and writes of one transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Roll back to the start of the block after an exception, and raise it."""
        self._db.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK TO part")
            raise
        finally:
            self._db.execute("RELEASE part")

    # Objects

    def object(self, kind: str, id_: str) -> Json | None:
        """The object of this kind and id; None if there is none."""
        row = self._db.execute(
            "SELECT body FROM object WHERE id = ? AND kind = ?", (id_, kind)
        ).fetchone()
        return json.loads(row[0]) if row else None

    def put(self, body: Json, *, note: str | None = None, listed: float = 0) -> None:
        """Store an object by its id; a new one is in lists from the time `listed` on. `note` is
        private, and is unchanged where it is None.
        """
        self._db.execute(
            "INSERT INTO object (id, kind, created, listed, body, note) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE "
            "SET body = excluded.body, note = coalesce(excluded.note, note)",
            (body["id"], body["object"], body["created"], listed, encode(body), note),
        )

    def note(self, id_: str) -> str | None:
        """The private note of an object; None if it has none."""
        row = self._db.execute("SELECT note FROM object WHERE id = ?", (id_,)).fetchone()
        return row[0] if row else None

    def rank(self, id_: str) -> int | None:
        """The place of an object in the order of creation, by which lists go on."""
        row = self._db.execute("SELECT rank FROM object WHERE id = ?", (id_,)).fetchone()
        return row[0] if row else None

    def newest(
        self,
        kind: str,
        *,
        limit: int,
        where: Where,
        since: int | None = None,
        until: int | None = None,
        after: int | None = None,
        before: int | None = None,
        at: float | None = None,
    ) -> list[Json]:
        """Objects, newest first: fields equal to `where` (or among its list; a text that ends in
        `*` is a prefix), created from `since` to `until` (seconds, inclusive), older than the rank
        `after` or newer than `before`, as they are listed at the time `at`.
        """
        conditions = ["kind = ?"]
        arguments: list[Any] = [kind]
        for field, wanted in where.items():
            values = wanted if isinstance(wanted, list) else [wanted]
            alternatives = [_alternative(field, value) for value in values]
            conditions.append(f"({' OR '.join(condition for condition, _ in alternatives)})")
            arguments += [argument for _, argument in alternatives]
        for condition, bound in (
            ("created >= ?", since),
            ("created <= ?", until),
            ("rank < ?", after),
            ("rank > ?", before),
            ("listed <= ?", at),
        ):
            if bound is not None:
                conditions.append(condition)
                arguments.append(bound)
        order = "ASC" if before is not None else "DESC"
        rows = self._db.execute(
            f"SELECT body FROM object WHERE {' AND '.join(conditions)} "  # noqa: S608 - field names are ours
            f"ORDER BY rank {order} LIMIT ?",
            [*arguments, limit],
        ).fetchall()
        bodies = [json.loads(row[0]) for row in rows]
        return bodies[::-1] if before is not None else bodies

    # Responses to idempotency keys

    def reply(self, key: str, *, since: float) -> StoredReply | None:
        """The response that was stored for a key at `since` or later."""
        row = self._db.execute(
            "SELECT fingerprint, status, body, request_id FROM reply WHERE key = ? AND at >= ?",
            (key, since),
        ).fetchone()
        return StoredReply(row[0], row[1], json.loads(row[2]), row[3]) if row else None

    def store_reply(self, key: str, at: float, stored: StoredReply) -> None:
        """Store the first response to a key, which replaces an expired one."""
        self._db.execute(
            "INSERT OR REPLACE INTO reply VALUES (?, ?, ?, ?, ?, ?)",
            (
                key,
                at,
                stored.fingerprint,
                stored.status,
                encode(stored.body),
                stored.request_id,
            ),
        )

    def delete_replies(self) -> None:
        """Forget all keys."""
        self._db.execute("DELETE FROM reply")

    # Scheduled tasks

    def add_scheduled_task(self, due: float, kind: str, object_id: str) -> None:
        """Schedule a task of this kind for an object, at a time in seconds since 1970."""
        self._db.execute(
            "INSERT INTO scheduled_task (due, kind, object_id) VALUES (?, ?, ?)",
            (due, kind, object_id),
        )

    def take_scheduled_task(
        self, *, due: float, object_id: str | None = None
    ) -> tuple[str, str] | None:
        """Remove and return the first task due by then, of that object if one is named."""
        row = self._db.execute(
            "SELECT id, kind, object_id FROM scheduled_task "
            "WHERE due <= ? AND (? IS NULL OR object_id = ?) "
            "ORDER BY due, id LIMIT 1",
            (due, object_id, object_id),
        ).fetchone()
        if not row:
            return None
        self._db.execute("DELETE FROM scheduled_task WHERE id = ?", (row[0],))
        return row[1], row[2]

    def next_task_due(self) -> float | None:
        """The time of the earliest task; None if there is none."""
        due: float | None = self._db.execute("SELECT min(due) FROM scheduled_task").fetchone()[0]
        return due

    # Deliveries

    def send(self, event: str, state: str, due: float) -> None:
        """Add a delivery of an event in this state, due at a time in seconds since 1970."""
        self._db.execute(
            "INSERT INTO delivery (event, state, due, attempts) VALUES (?, ?, ?, '[]')",
            (event, state, due),
        )

    def release_held(self, due: float, order: list[int] | None = None) -> list[int]:
        """Queue held deliveries: those of `order`, or all, the last first. Returns their ids."""
        rows = self._db.execute(
            "SELECT id FROM delivery WHERE state = ? ORDER BY id DESC", (HELD,)
        ).fetchall()
        held = [id_ for (id_,) in rows]
        released = held if order is None else [id_ for id_ in order if id_ in held]
        for place, id_ in enumerate(released):
            self.put_delivery(id_, WAITING, due + place / 1000)
        return released

    def next_delivery(self) -> Delivery | None:
        """The earliest of the waiting deliveries, also if it is not due yet."""
        row = self._db.execute(
            "SELECT id, event, state, due, attempts FROM delivery WHERE state = ? "
            "ORDER BY due, id LIMIT 1",
            (WAITING,),
        ).fetchone()
        return _delivery(row) if row else None

    def deliveries(self, event: str | None = None, *, limit: int = 200) -> list[Delivery]:
        """The newest deliveries first."""
        rows = self._db.execute(
            "SELECT id, event, state, due, attempts FROM delivery WHERE ? IS NULL OR event = ? "
            "ORDER BY id DESC LIMIT ?",
            (event, event, limit),
        ).fetchall()
        return [_delivery(row) for row in rows]

    def record_attempt(self, delivery: Delivery, attempt: Json, *, state: str, due: float) -> None:
        """Append an attempt to a delivery, with its new state and time."""
        self._db.execute(
            "UPDATE delivery SET state = ?, due = ?, attempts = ? WHERE id = ?",
            (state, due, json.dumps([*delivery.attempts, attempt]), delivery.id),
        )

    def delivery(self, id_: int) -> Delivery | None:
        """The delivery with this number; None if there is none."""
        row = self._db.execute(
            "SELECT id, event, state, due, attempts FROM delivery WHERE id = ?", (id_,)
        ).fetchone()
        return _delivery(row) if row else None

    def put_delivery(self, id_: int, state: str, due: float) -> None:
        """Set the state and the time of a delivery."""
        self._db.execute("UPDATE delivery SET state = ?, due = ? WHERE id = ?", (state, due, id_))

    def retry_now(self, due: float) -> None:
        """Make waiting deliveries due at once, since the endpoint has changed."""
        self._db.execute("UPDATE delivery SET due = min(due, ?) WHERE state = ?", (due, WAITING))

    # Settings

    def setting(self, name: str) -> Any:
        """The value of a setting; None if it was never set."""
        row = self._db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None

    def set(self, name: str, value: Any) -> None:
        """Store a setting, as JSON."""
        self._db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, json.dumps(value)))


def _alternative(field: str, value: str | int) -> tuple[str, str | int]:
    """A condition on a field of the body, and its argument."""
    if isinstance(value, str) and value.endswith("*"):
        return f"json_extract(body, '$.{field}') GLOB ?", value
    return f"json_extract(body, '$.{field}') = ?", value


def _delivery(row: tuple[int, str, str, float, str]) -> Delivery:
    return Delivery(row[0], row[1], row[2], row[3], json.loads(row[4]))
