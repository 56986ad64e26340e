"""Who may read what: the access level filters search, graph and export alike (DESIGN.md §4.11, PRACTICE.md §1.13).

The safe reading, until an archive says otherwise:

* ``secret``: never shown, only counted;
* denunciations (đơn tố cáo): closed; counted, not listed, until ``closed`` is asked for by name; the title of a file of
  them names the accused and is closed with them;
* ``conditional`` (tiếp cận có điều kiện): listed with their title, as the archive's own lists do (Circular 06/2025),
  without text and all that was read from it, until ``conditional`` is asked for by name;
* ``open``: shown.

What stays: how rare a word is, is counted by the index of words over all texts; a score may differ in its last places by
what a text says that may not be read.

What follows for the graph: a link is there when its record may be read, or when no record proves it (the ontology,
the backbone); an entity is there when such a link names it (``kg.questions.reader``).
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cache
from typing import Literal, get_args

from kg.errors import HosoError
from kg.messages import say
from kg.model import Edge, File, Node, Record
from ontology import names
from ontology.folding import fold

Access = Literal["open", "conditional", "closed"]
"""What the reader asks to see, each level with those before it."""

CLOSED_SUBJECTS = frozenset({"denunciation"})
BROUGHT_KINDS = frozenset({"agency", "person", "legal_act", "project", "identifier"})
"""Kinds that records bring: they are shown where something that may be read names them."""


def access_level(asked: str | None = None) -> Access:
    """The level asked for, else ``HOSO_ACCESS``, else ``open``. Raises HosoError(bad_input) for another word."""
    word = asked or os.environ.get("HOSO_ACCESS") or "open"
    for level in get_args(Access):
        if word == level:
            return level  # type: ignore[no-any-return]
    raise HosoError(say("bad_access", word=word, known=", ".join(get_args(Access))))


def is_closed(record: Record) -> bool:
    """Whether the record is one that is only counted by default: secret, or a denunciation by its subject or title."""
    return record.access == "secret" or record.subject in CLOSED_SUBJECTS or is_closed_title(record.title)


def visible(record: Record, access: Access) -> bool:
    """Whether the record may be named at all."""
    return record.access != "secret" and (access == "closed" or not is_closed(record))


def readable(record: Record, access: Access) -> bool:
    """Whether its text, and all that was read from it, may be shown."""
    return visible(record, access) and (record.access != "conditional" or access != "open")


@cache
def _closed_cues() -> tuple[str, ...]:
    from nlp import data

    return tuple(fold(row["cue"]) for row in data.table("subjects.csv") if row["subject"] in CLOSED_SUBJECTS)


def is_closed_title(title: str | None) -> bool:
    """Whether a title says by itself that what bears it is closed ("Hồ sơ giải quyết tố cáo ông ...")."""
    if not title:
        return False
    folded = fold(title)
    if not any(cue in folded for cue in _closed_cues()):
        return False
    from nlp.subject_cues import subject_of_title

    return subject_of_title(title) in CLOSED_SUBJECTS


def hides_title(file: File, documents: int, closed: int, access: Access) -> bool:
    """Whether the title of a file is kept back: it says so itself, all documents of the file are closed, or the file
    is secret (at every level)."""
    if file.extra.get("access") == "secret":
        return True
    return access != "closed" and (0 < documents == closed or is_closed_title(file.title))


def untitled(file: File, access: Access, documents: int, closed: int) -> File:
    """The file as this reader sees it: without its title where that is kept back."""
    return replace(file, title=None) if hides_title(file, documents, closed, access) else file


def edge_shown(edge: Edge, unnamed: Collection[str], unread: Collection[str]) -> bool:
    """The one rule for links. ``unnamed``: records that may not be named; ``unread``: those that may not be read."""
    return edge.record not in unread and edge.source not in unnamed and edge.target not in unnamed


def aliases_shown(node: Node, texts: Iterable[str | None]) -> tuple[str, ...]:
    """The aliases of an entity that some record brought which may not be read: those that the passages (``texts``)
    of its visible links spell."""
    spelt = {names.folded_key(text) for text in texts if text}
    return tuple(alias for alias in node.aliases if names.folded_key(alias) in spelt)
