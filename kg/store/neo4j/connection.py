"""The driver to one database, and its errors in the words of the product.

Two families: *transient* ones (the server is away, restarting, out of memory, or says "try again") are tried again
within a time, then Unavailable; *terminal* ones (password, database, version) are told at once.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final, TypeVar, cast
from weakref import WeakSet

from kg.errors import HosoError, Unavailable
from kg.messages import say
from kg.store.neo4j import changes, schema
from kg.store.neo4j.address import Address
from kg.store.neo4j.driver import (
    AuthError,
    ConfigurationError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TokenExpired,
    UnsupportedServerProduct,
    neo4j,
)

BUSY_SECONDS: Final = 5.0
"""How long a writer waits for another before it says that the store is locked."""
CONNECT_SECONDS: Final = 10.0
"""How long a server may take to accept a connection and to greet; one that falls silent later is given up after the
time that it named itself when it greeted (two of its keep-alives: 120 s)."""
READ_SECONDS: Final = 300.0
"""A question that takes longer is ended by the server."""
WRITE_SECONDS: Final = 900.0
"""One transaction of a writer: a program that was cut off from the server holds it no longer than this."""
RETRY_SECONDS: Final = 90.0
"""How long a server that went away is waited for; it starts in about ten, on a busy machine in fifty."""
_PAUSE: Final = 0.5
_FETCH: Final = 1000
_COMMITS_KEPT: Final = 50

T = TypeVar("T")
Row = list[Any]

# What the server remarks on a statement (a label that no node has yet) is no matter of the user's.
logging.getLogger("neo4j").addHandler(logging.NullHandler())
logging.getLogger("neo4j.notifications").setLevel(logging.ERROR)


class Server:
    """One database of a server; may be shared by threads."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._reading = threading.local()
        self._readers: WeakSet[neo4j.Session] = WeakSet()
        with translating(address):
            self._driver = neo4j.GraphDatabase.driver(
                address.server,
                auth=(address.user, address.password) if address.user else None,
                connection_timeout=CONNECT_SECONDS,
                connection_acquisition_timeout=CONNECT_SECONDS,
                max_transaction_retry_time=RETRY_SECONDS,
                user_agent="hoso",
            )

    def close(self) -> None:
        """Release every connection."""
        for session in list(self._readers):
            _quietly(session.close)
        self._driver.close()

    def agent(self) -> str:
        """What the server calls itself ("Neo4j/5.26.29"); raises Unavailable when it does not answer, at once."""
        # No other setting: a server of version 4 is to be told as such, not as one that knows too little.
        with translating(self.address), self._driver.session(database=self.address.database) as session:
            return str(session.run("RETURN 1").consume().server.agent)

    def read(self, text: str, **parameters: Any) -> list[Row]:
        """The rows of a question: one statement, which commits by itself (a managed transaction would ask the server
        once more), asked again where the server says so."""

        def ask() -> list[Row]:
            session = self._reader()
            try:
                return session.run(neo4j.Query(text, timeout=READ_SECONDS), parameters).values()
            except BaseException:
                self._reading.session = None
                _quietly(session.close)
                raise

        with translating(self.address):
            return retrying(ask)

    def _reader(self) -> neo4j.Session:
        """This thread's session for reading. It holds a connection only while a question is being answered."""
        session: neo4j.Session | None = getattr(self._reading, "session", None)
        if session is None:
            session = self._reading.session = self._session(neo4j.READ_ACCESS)
            self._readers.add(session)
        return session

    def write(self, text: str, **parameters: Any) -> list[Row]:
        """One statement in a managed transaction of its own (schema, the store's first rows)."""
        with translating(self.address):
            return self._driver.execute_query(
                neo4j.Query(text, timeout=READ_SECONDS),
                parameters,
                database_=self.address.database,
                result_transformer_=_rows,
            )

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A write transaction, the only one of the store. Raises Unavailable when another writer holds it."""
        transaction = Transaction(self)
        with translating(self.address):
            try:
                transaction.begin()
                yield transaction
                transaction.commit()
            finally:
                transaction.close()

    def _session(self, mode: str) -> neo4j.Session:
        return self._driver.session(
            database=self.address.database,
            default_access_mode=mode,
            fetch_size=_FETCH,
            notifications_min_severity="OFF",  # the server's remarks on statements; reading them costs time
            bookmark_manager=self._driver.execute_query_bookmark_manager,
        )

    def begin(self, seconds: float, commit: str) -> tuple[neo4j.Session, neo4j.Transaction, bool]:
        """A session and a transaction that holds the store, and whether the transaction of that name took place before;
        it waits for another writer for ``seconds`` at most. Raises Unavailable when the store is gone or was changed by
        another version of this program."""
        session = self._session(neo4j.WRITE_ACCESS)
        try:
            opened = session.begin_transaction(metadata={"app": "hoso"}, timeout=seconds)
            found = opened.run(changes.LOCK, commit=commit, kept=_COMMITS_KEPT).values()
            if not found or found[0][0] != schema.current():
                raise Unavailable(say("neo4j_changed", url=self.address.url))
        except BaseException:
            _quietly(session.close)
            raise
        return session, opened, bool(found[0][1])


def retrying(action: Callable[[], T], also: type[HosoError] | tuple[()] = ()) -> T:
    """Do what may be done twice, again while the server is away or says "try again" (or where it raises ``also``), for
    ``RETRY_SECONDS``."""
    until = time.monotonic() + RETRY_SECONDS
    while True:
        try:
            return action()
        except (DriverError, Neo4jError) as error:
            if not _is_transient(error) or time.monotonic() >= until:
                raise
        except also:
            if time.monotonic() >= until:
                raise
        time.sleep(_PAUSE)


def _rows(result: neo4j.Result) -> list[Row]:
    return result.values()


Step = Callable[["Transaction"], Any]


class Transaction:
    """A write transaction whose steps are kept: where the server goes away or says "try again", a new transaction
    does them again from the first, within ``RETRY_SECONDS``. A step must therefore be one that may be done twice; where
    the commit itself was cut off, the store tells whether it took place, and then nothing is done again."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._session: neo4j.Session | None = None
        self._open: neo4j.Transaction | None = None
        self._steps: list[Step] = []
        self._name = uuid.uuid4().hex

    def begin(self) -> None:
        """Take the store. Raises Unavailable(store_locked) when another writer holds it."""
        retrying(self._begin)

    def perform(self, step: Callable[[Transaction], T]) -> T:
        """Do a step now, and again should the transaction have to be made again."""
        self._steps.append(step)
        try:
            return step(self)
        except (DriverError, Neo4jError) as error:
            return cast(
                T, self._again(error, lambda results: results[-1])
            )  # no commit yet: it cannot have taken place

    def run(self, text: str, **parameters: Any) -> list[Row]:
        """The rows of one statement; only from within a step."""
        assert self._open is not None
        return self._open.run(text, parameters).values()

    def commit(self) -> None:
        """Make it last."""
        assert self._open is not None
        try:
            self._open.commit()
        except (DriverError, Neo4jError) as error:
            self._again(error, lambda _: self._open.commit() if self._open else None)
        self._open = None

    def close(self) -> None:
        """Roll back what was not committed."""
        for closing in (self._open, self._session):
            if closing is not None:
                _quietly(closing.close)
        self._open = self._session = None

    def _begin(self) -> bool:
        """Take the store; whether this transaction took place before."""
        # The server ends a transaction that waits for too long, and with it its lock: a first one only asks whether
        # the store is free.
        try:
            session, probe, _ = self._server.begin(BUSY_SECONDS, self._name)
        except Neo4jError as error:
            if _is_timeout(error):
                raise _Locked(say("store_locked", path=self._server.address.url)) from error
            raise
        _quietly(probe.rollback)
        session.close()
        self._session, self._open, done = self._server.begin(WRITE_SECONDS, self._name)
        return done

    def _again(self, error: DriverError | Neo4jError, finish: Callable[[list[Any]], T]) -> T | None:
        if not _is_transient(error):
            raise error

        def redo() -> T | None:
            self.close()
            if self._begin():
                self.close()
                return None
            return finish([step(self) for step in self._steps])

        return retrying(redo, also=_Locked)  # by what is left of this very transaction, or by who came first


class _Locked(Unavailable):
    """Another writer holds the store."""


def _quietly(action: Callable[[], None]) -> None:
    with suppress(DriverError, Neo4jError, OSError):
        action()


# -- errors


@contextmanager
def translating(address: Address) -> Iterator[None]:
    """Raise the driver's and server's errors as those of the product, each one clear line without the password."""
    try:
        yield
    except (DriverError, Neo4jError) as error:
        raise _translated(error, address) from error


_MESSAGES: Final = (
    ("AuthenticationRateLimit", "unavailable", "neo4j_many_tries"),
    ("Security.Auth", "bad_input", "neo4j_password"),
    ("CredentialsExpired", "bad_input", "neo4j_password"),
    ("DatabaseNotFound", "bad_input", "neo4j_no_database"),
    ("OutOfMemory", "unavailable", "neo4j_memory"),
    ("MemoryLimit", "unavailable", "neo4j_memory"),
    ("TimedOut", "unavailable", "neo4j_slow"),
    ("LockClientStopped", "unavailable", "neo4j_slow"),
    ("ReadOnly", "unavailable", "store_not_writable"),
    ("Forbidden", "unavailable", "store_not_writable"),
    ("NotALeader", "unavailable", "store_not_writable"),
)
"""By a part of the server's code."""


def _translated(error: DriverError | Neo4jError, address: Address) -> HosoError:
    code = getattr(error, "code", None) or type(error).__name__
    told = {"url": address.url, "path": address.url, "database": address.database}
    if isinstance(error, UnsupportedServerProduct):
        return Unavailable(say("neo4j_version", found="?", **told))
    if isinstance(error, ConfigurationError):
        return HosoError(say("neo4j_configuration", **told))
    for part, kind, message in _MESSAGES:
        if part in code:
            return HosoError(say(message, **told)) if kind == "bad_input" else Unavailable(say(message, **told))
    if isinstance(error, AuthError | TokenExpired):
        return HosoError(say("neo4j_password", **told))
    if isinstance(error, ServiceUnavailable | SessionExpired):
        return Unavailable(say("neo4j_away", **told))
    if isinstance(error, DriverError) or _is_transient(error):
        return Unavailable(say("neo4j_busy", **told))
    return Unavailable(say("store_failed", reason=code, **told))


def _is_transient(error: DriverError | Neo4jError) -> bool:
    retryable = error.is_retryable() or isinstance(error, IncompleteCommit)
    return retryable and not _is_too_much(error) and not _is_stopping(error)


def _is_too_much(error: DriverError | Neo4jError) -> bool:
    """What had no room once has none when it is asked again at once."""
    code = getattr(error, "code", None) or ""
    return "OutOfMemory" in code or "MemoryLimit" in code


def _is_stopping(error: BaseException) -> bool:
    """Whether the error came of Ctrl-C: who stops the program does not want it to try again."""
    before = error.__context__
    while before is not None and not isinstance(before, KeyboardInterrupt):
        before = before.__context__
    return before is not None


def _is_timeout(error: Neo4jError) -> bool:
    code = error.code or ""
    return "TimedOut" in code or "LockClientStopped" in code
