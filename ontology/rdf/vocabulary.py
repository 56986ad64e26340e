"""The files of the package: the vocabulary and the shapes."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyoxigraph import Triple


def vocabulary() -> str:
    """The vocabulary as Turtle."""
    return _read("vocabulary.ttl")


def shapes() -> str:
    """The SHACL shapes as Turtle."""
    return _read("shapes.ttl")


def vocabulary_triples() -> Iterator[Triple]:
    """The triples of the vocabulary, in the order of the file."""
    from pyoxigraph import RdfFormat, parse

    for quad in parse(vocabulary(), format=RdfFormat.TURTLE):
        yield quad.triple


def _read(name: str) -> str:
    return files("ontology.rdf").joinpath("data", name).read_text(encoding="utf-8")
