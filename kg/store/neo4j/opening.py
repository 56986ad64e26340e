"""How a database is opened as a store: the server's version, whose data it holds, migrations, indexes."""

from __future__ import annotations

import re
import uuid
from typing import Final

from kg.errors import HosoError, NotFound, Unavailable
from kg.messages import say
from kg.store.neo4j import changes, queries, schema
from kg.store.neo4j.connection import READ_SECONDS, Server

OLDEST: Final = (5, 26)
"""The oldest version supported (the long-term one); calendar versions such as 2026.9 are later than any 5.x."""

_SHOWN: Final = 3
_VERSION = re.compile(r"Neo4j/(\d+)\.(\d+)")


def open_database(server: Server, *, create: bool, repair: bool) -> None:
    """Make sure that the database is a store of this program, of this version, with its indexes.

    ``create``: make one in an empty database. ``create`` and ``repair``: make indexes that are missing; ``repair``: count the places again. Raises NotFound
    when there is no store, HosoError(bad_input) for a database with other data or a newer store, Unavailable for a
    server of another version or a store without its indexes.
    """
    _check_version(server)
    found = _schema(server)
    if found is None:
        if server.read(queries.ANY_NODE):
            raise HosoError(say("neo4j_foreign", url=server.address.url))
        if not create:
            raise NotFound(say("no_store", url=server.address.url))
        _migrate(server, 0)
        return
    if found > schema.current():
        url = server.address.url
        raise HosoError(say("store_newer", path=url, found=found, known=schema.current()))
    if found < schema.current():
        _migrate(server, found)
    missing = missing_indexes(server)
    if missing and not (create or repair):
        named = ", ".join(missing[:_SHOWN])
        raise Unavailable(say("neo4j_indexes", url=server.address.url, n=len(missing), names=named))
    if missing or repair:  # the migrations count the places again too
        _migrate(server, 0)


def missing_indexes(server: Server) -> list[str]:
    """Constraints and indexes of the schema that are not there or not ready."""
    ready = {name for name, state in server.read(queries.INDEXES) if state == "ONLINE"}
    return sorted(schema.names() - ready)


def _check_version(server: Server) -> None:
    agent = server.agent()
    told = _VERSION.match(agent)
    if told is None or (int(told[1]), int(told[2])) < OLDEST:
        raise Unavailable(say("neo4j_version", url=server.address.url, found=agent))


def _schema(server: Server) -> int | None:
    found = server.read(queries.STORE)
    return int(found[0][0]) if found else None


def _migrate(server: Server, done: int) -> None:
    """Every statement may be run again, so that a migration that was cut off is simply done once more."""
    for script in schema.migrations()[done:]:
        for statement in script:
            server.write(statement)
    server.write(changes.AWAIT_INDEXES, seconds=int(READ_SECONDS))
    server.write(changes.MAKE_STORE, schema=schema.current(), store_id=uuid.uuid4().hex)
