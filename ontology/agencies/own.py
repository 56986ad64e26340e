"""An archive's own table of exceptions (``HOSO_AGENCY_EXCEPTIONS``), laid over the package's; README.md describes the
columns. A file that changed is read again."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from ontology.agencies.bodies import Body, Form
from ontology.agencies.exceptions import BodyException, built_in
from ontology.errors import OntologyError

VARIABLE: Final = "HOSO_AGENCY_EXCEPTIONS"


class BadAgencyTable(OntologyError, ValueError):
    """An archive's table of exceptions that cannot be used. ``code`` says what is wrong, ``path``, ``row`` (None: the
    file as a whole) and ``column`` where, ``value`` what stands there."""

    def __init__(self, code: str, path: str, *, row: int | None = None, column: str = "", value: str = "") -> None:
        super().__init__(code)
        self.code, self.path, self.row, self.column, self.value = code, path, row, column, value


@dataclass(frozen=True, eq=False)
class OwnTable:
    """What an archive's table adds: exceptions, kinds of bodies (``founded``), names (``renamed``, ``founded``);
    ``rows``: where in the file at ``path`` each exception stands, by id."""

    exceptions: tuple[BodyException, ...] = ()
    bodies: dict[str, Body] = field(default_factory=dict)
    forms: dict[str, tuple[Form, ...]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    path: str = ""


NONE: Final = OwnTable()


def own_table() -> OwnTable:
    """The archive's table; an empty one where it has none. Raises BadAgencyTable when it cannot be used."""
    path = os.environ.get(VARIABLE)
    if not path:
        return NONE
    try:
        stat = os.stat(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadAgencyTable("unreadable", path, value=reason) from error
    return _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4)
def _read(path: str, _changed: int, _size: int) -> OwnTable:
    from ontology.agencies.own_rows import read

    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadAgencyTable("unreadable", path, value="UTF-8") from error
    except OSError as error:
        raise BadAgencyTable("unreadable", path, value=error.strerror or str(error)) from error
    return read(text, path)


def exceptions() -> tuple[BodyException, ...]:
    """The exceptions in force: the package's, but those that the archive's table has under the same id, then the
    archive's. Raises BadAgencyTable."""
    return _laid_over(own_table())


@lru_cache(maxsize=4)
def _laid_over(own: OwnTable) -> tuple[BodyException, ...]:
    taken = {exception.id for exception in own.exceptions}
    kept = [exception for exception in built_in() if exception.id not in taken]
    return (*kept, *(exception for exception in own.exceptions if exception.effect in ("absent", "opens", "closes")))
