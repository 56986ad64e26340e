"""Where a Neo4j server is, from a store's URL; the password is kept out of everything that is shown."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, unquote, urlsplit

SCHEMES: Final = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
"""``+s``: encrypted, the certificate checked; ``+ssc``: encrypted, a self-signed certificate accepted."""

PORT: Final = 7687
DATABASE: Final = "neo4j"
USER: Final = "neo4j"
PASSWORD: Final = "HOSO_NEO4J_PASSWORD"


@dataclass(frozen=True, slots=True)
class Address:
    """One database of one server. ``user`` None: no authentication is tried."""

    scheme: str
    host: str
    port: int = PORT
    database: str = DATABASE
    user: str | None = None
    password: str = field(default="", repr=False)

    @property
    def server(self) -> str:
        """What the driver connects to."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def url(self) -> str:
        """The store's URL without the password."""
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        scheme, _, rest = self.server.partition("://")
        return f"{scheme}://{user}{rest}/{quote(self.database, safe='')}"

    @property
    def folder(self) -> str:
        """A name for the folder of this store's texts: host, port and database."""
        return "-".join((self.host.replace(":", "_").lower(), str(self.port), quote(self.database.lower(), safe="")))


def parse(url: str) -> Address:
    """Take ``scheme://[user[:password]@]host[:port][/database]`` apart; a password that the URL lacks comes from
    ``HOSO_NEO4J_PASSWORD``. Raises ValueError for another form."""
    parts = urlsplit(url)
    database = unquote(parts.path.removeprefix("/")) or DATABASE
    if parts.scheme not in SCHEMES or not parts.hostname or "/" in database or parts.query or parts.fragment:
        raise ValueError("no address of a Neo4j server")
    password = unquote(parts.password) if parts.password is not None else os.environ.get(PASSWORD, "")
    user = unquote(parts.username) if parts.username else (USER if password else None)
    return Address(parts.scheme, parts.hostname, parts.port or PORT, database, user, password)
