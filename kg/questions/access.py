"""Who may read what: the access level filters search, graph and export alike (DESIGN.md §4.11, PRACTICE.md §1.13).

The safe reading, until an archive says otherwise:

* ``secret``: never shown, only counted;
* denunciations (đơn tố cáo): closed; counted, not listed, until ``closed`` is asked for by name;
* ``conditional`` (tiếp cận có điều kiện): listed with their title, as the archive's own lists do (Circular 06/2025),
  without text, until ``conditional`` is asked for by name;
* ``open``: shown.
"""

from __future__ import annotations

import os
from typing import Literal, get_args

from kg.errors import HosoError
from kg.messages import say
from kg.model import Record

Access = Literal["open", "conditional", "closed"]
"""What the reader asks to see, each level with those before it."""

CLOSED_SUBJECTS = frozenset({"denunciation"})


def access_level(asked: str | None = None) -> Access:
    """The level asked for, else ``HOSO_ACCESS``, else ``open``. Raises HosoError(bad_input) for another word."""
    word = asked or os.environ.get("HOSO_ACCESS") or "open"
    for level in get_args(Access):
        if word == level:
            return level  # type: ignore[no-any-return]
    raise HosoError(say("bad_access", word=word, known=", ".join(get_args(Access))))


def is_closed(record: Record) -> bool:
    """Whether the record is one that is only counted by default."""
    return record.access == "secret" or record.subject in CLOSED_SUBJECTS


def visible(record: Record, access: Access) -> bool:
    """Whether the record may be named at all."""
    return record.access != "secret" and (access == "closed" or not is_closed(record))


def readable(record: Record, access: Access) -> bool:
    """Whether its text, and passages of it, may be shown."""
    return visible(record, access) and (record.access != "conditional" or access != "open")
