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
    that a creator's name tells, ``other`` where it tells none."""
    known = recognise(creator)
    if known is not None and known.kind in _groups():
        return _groups()[known.kind]
    told = (words.kind for words in wordlists("creator") if words.named_in(creator))
    return next(told, OTHER)


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
def _groups() -> dict[str, str]:
    """Kinds of the table of agencies → kinds of the rules."""
    return {kind: row["body"] for row in names.rows("custody_bodies.csv") for kind in row["agency_kinds"].split()}
