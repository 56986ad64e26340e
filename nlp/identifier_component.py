"""The component: numbers that people look for, of the running text and of land tables, as ``Extraction.identifiers``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from spacy.language import Language

from nlp.flat import Flat, flat_of
from nlp.identifiers import identifiers
from nlp.land_tables import identifiers_of_tables
from nlp.model import Extraction, Identifier


class Identifiers:
    """Fills ``identifiers``."""

    def __call__(self, doc: Any) -> Any:
        """Fill in place, in order of the text."""
        extraction: Extraction = doc._.extraction
        if extraction.text:
            flat = flat_of(doc)
            every = {one.start: one for one in identifiers_of_tables(extraction.text)}
            every |= {one.start: one for one in (_lead_back(flat, one) for one in identifiers(flat))}
            extraction.identifiers = sorted(every.values(), key=lambda one: one.start)
        return doc


@Language.factory("hoso_identifiers")
def make(nlp: Language, name: str) -> Identifiers:
    """The factory of the component."""
    return Identifiers()


def _lead_back(flat: Flat, one: Identifier) -> Identifier:
    start, end = flat.span(one.start, one.end)
    return replace(one, start=start, end=end)
