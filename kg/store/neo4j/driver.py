"""The official driver, imported without what it takes along for other uses."""

from __future__ import annotations

import sys
import threading
from typing import Final

_UNUSED: Final = ("numpy", "pandas")
"""The driver imports these where they are installed, to take their arrays as parameters: half a second at every start
of a command. Nothing here has such parameters."""


def _import_lean() -> None:
    # Not beside other threads (the pages), which may be importing them for good at this moment.
    alone = threading.active_count() == 1
    hidden = [name for name in _UNUSED if name not in sys.modules] if alone else []
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: "there is no such module"
    try:
        import neo4j  # noqa: F401
    finally:
        for name in hidden:
            del sys.modules[name]


_import_lean()

import neo4j  # noqa: E402
from neo4j.exceptions import (  # noqa: E402
    AuthError,
    ConfigurationError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TokenExpired,
    UnsupportedServerProduct,
)

__all__ = [
    "AuthError",
    "ConfigurationError",
    "DriverError",
    "IncompleteCommit",
    "Neo4jError",
    "ServiceUnavailable",
    "SessionExpired",
    "TokenExpired",
    "UnsupportedServerProduct",
    "neo4j",
]
