"""Terms of RDF made of ids and values of the tables, always through pyoxigraph's own types: nothing is pasted."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ontology.rdf.iris import PREFIXES, concept, thing

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What RDF/XML cannot carry."""
_DATE_TYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


@cache
def term(name: str) -> NamedNode:
    """A term by its prefixed name ("hoso:level"). Raises KeyError for an unknown prefix."""
    from pyoxigraph import NamedNode

    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


@lru_cache(maxsize=65536)
def node(prefix: str, identifier: str) -> NamedNode:
    """The thing with that id of the tables."""
    from pyoxigraph import NamedNode

    return NamedNode(thing(prefix, identifier))


@cache
def value(prefix: str, notation: str) -> NamedNode:
    """A value of a closed list, by its notation."""
    from pyoxigraph import NamedNode

    return NamedNode(concept(prefix, notation))


def text(written: str, language: str | None = None) -> Literal:
    """A text, with its language where it has one; characters that no XML file can hold are blanks."""
    from pyoxigraph import Literal

    return Literal(_NOT_XML.sub(" ", written), language=language)


@lru_cache(maxsize=4096)
def day(iso: str) -> Literal:
    """A date, typed by what is known of it: ``xsd:date``, ``xsd:gYearMonth``, ``xsd:gYear``."""
    from pyoxigraph import Literal

    return Literal(iso, datatype=term(_DATE_TYPES[len(iso)]))


@cache
def truth(yes: bool) -> Literal:
    """``xsd:boolean``."""
    from pyoxigraph import Literal

    return Literal("true" if yes else "false", datatype=term("xsd:boolean"))
