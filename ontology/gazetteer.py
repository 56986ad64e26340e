"""The names of all units through time, folded, for finding them in running text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from ontology.folding import fold
from ontology.name_index import bare_name
from ontology.names import normalise
from ontology.registry import load


@cache
def names() -> Mapping[str, tuple[str, ...]]:
    """Folded name without type word ("cua nam", also spelt without spaces around hyphens) → ids of the unit
    versions that bear it. Keys are as ``fold`` gives the text in which they are searched."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    ontology = load()
    for unit in ontology.units.values():
        for spelling in _spellings(bare_name(unit)):
            found[spelling].append(unit.id)
    return {name: tuple(ids) for name, ids in found.items()}


def _spellings(bare: str) -> set[str]:
    folded = fold(normalise(bare))
    tight = folded.replace(" - ", "-")
    forms = {folded, tight, folded.replace(" - ", " ")}
    forms |= {form.replace("'", "’") for form in forms}
    if folded.isdigit():
        forms.add(folded.zfill(2))
    return forms
