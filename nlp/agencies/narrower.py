"""The fonds' creator behind a heading that names only its superior: the ward's paper under the district's name."""

from __future__ import annotations

from nlp.model import Extraction
from nlp.resolution import day_of
from ontology.folding import fold
from ontology.name_index import bare_name
from ontology.registry import load


def narrower(extraction: Extraction, unit: str) -> str:
    """The id of the unit that issued the record, where its heading leads to ``unit``: the fonds' creator when that
    lies below it and the place line or the signature names it ("Trương Định, ngày ...", "TM. UBND PHƯỜNG")."""
    ontology, day = load(), day_of(extraction)
    creator, head = ontology.units.get(extraction.context.unit or ""), ontology.units.get(unit)
    if creator is None or head is None:
        return unit
    if day is not None:
        creator = ontology.version_on(creator.line, day) or creator
    if head.line not in {parent.line for parent in ontology.parents(creator, day)}:
        return unit
    bare, kind = _words(bare_name(creator)), _words(creator.type)
    if _words(extraction.place or "").endswith(bare) or any(
        kind in line or bare in line for line in _signed(extraction)
    ):
        return creator.id
    return unit


def _signed(extraction: Extraction) -> list[str]:
    """The lines of the signatures that stand above the name, as words."""
    texts = (extraction.text[zone.start : zone.end] for zone in extraction.zones if zone.kind == "signature")
    names = {_words(signer.name) for signer in extraction.signers}
    return [line for text in texts for part in text.split("\n") if (line := _words(part)) not in names]


def _words(text: str) -> str:
    return f" {' '.join(''.join(char if char.isalnum() else ' ' for char in fold(text)).split())} "
