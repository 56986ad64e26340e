"""What kind of body the creator of a fonds is, as the rules tell them apart (``data/custody_bodies.csv``)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ontology import names
from ontology.agencies import recognise
from ontology.custody.wordlists import wordlists

OTHER = "other"
_FONDS = re.compile(r"^phông\s+(?:lưu trữ\s+)?(?:của\s+)?", re.IGNORECASE)


@lru_cache(maxsize=4096)
def body_kind(creator: str) -> str:
    """The kind of body (committee, council, department, party_committee, party_cell, front, association, police ...)
    that a creator's name tells, ``other`` where it tells none. Of a wide kind (a board, a branch) the name's words may
    tell which one it is (``may_be``: a project board is a public unit)."""
    known = recognise(creator)
    group = _groups().get(known.kind) if known else None
    told = (words.kind for words in wordlists("creator") if _may_be(group, words.kind) and words.named_in(creator))
    return next(told, group or OTHER)


@cache
def bloc_of(body: str) -> str | None:
    """The bloc that the law gives a kind of body whatever a list says: People's committees and councils are the State's,
    the fonds of the Front and of the socio-political organisations the Party's (Law 33/2024/QH15 art. 9); None where it
    gives none."""
    return next((row["bloc"] or None for row in names.rows("custody_bodies.csv") if row["body"] == body), None)


@lru_cache(maxsize=65536)
def name_key(body: str) -> str:
    """What two names of one body share: the full form without the word "phông" in front, spelling evened out
    ("Phông UBND xã Mỹ Đình", "Ủy ban nhân dân xã Mỹ Đình")."""
    bare = _FONDS.sub("", names.normalise(body))
    known = recognise(bare)
    return names.key(known.canonical if known else bare)


def has_own_way(creator: str) -> bool:
    """Whether bodies of that kind keep or end otherwise than the committees of their unit (police, courts, tax,
    associations, schools, enterprises): what is decided of a whole level does not mean them."""
    return body_kind(creator) in _own_ways()


@cache
def _own_ways() -> frozenset[str]:
    return frozenset(row["body"] for row in names.rows("custody_bodies.csv") if row["own_way"])


@cache
def body_kinds() -> frozenset[str]:
    """Every kind that ``body_kind`` can give."""
    return frozenset(_groups().values()) | {words.kind for words in wordlists("creator")} | {OTHER}


@cache
def successor_wording(body: str) -> str:
    """How the body that follows one of that kind is called, a template over ``{successor}`` and ``{creator}``."""
    rows = names.rows("custody_bodies.csv")
    return next(row["successor_body"] for row in rows if row["body"] in (body, OTHER) and row["successor_body"])


@cache
def _may_be(group: str | None, kind: str) -> bool:
    rows = names.rows("custody_bodies.csv")
    return group is None or any(kind in row["may_be"].split() for row in rows if row["body"] == group)


@cache
def _groups() -> dict[str, str]:
    """Kinds of the table of agencies → kinds of the rules."""
    return {kind: row["body"] for row in names.rows("custody_bodies.csv") for kind in row["agency_kinds"].split()}
