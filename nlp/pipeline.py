"""The pipeline: ``spacy.blank("xx")`` with one factory a component, assembled here and nowhere else (DESIGN.md §4.7).

``doc.text`` is the normalised text; every component reads and fills the mutable Extraction at ``doc._.extraction``.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from nlp.model import Context, Extraction
from nlp.repair.normalise import normalise

if TYPE_CHECKING:
    from spacy.language import Language

COMPONENTS: tuple[tuple[str, str], ...] = (
    ("hoso_zones", "nlp.zones.component"),
    ("hoso_header", "nlp.header.component"),
    ("hoso_signers", "nlp.signers"),
    ("hoso_secrecy", "nlp.secrecy"),
    ("hoso_parts", "nlp.parts"),
    ("hoso_citations", "nlp.citations.component"),
    ("hoso_agencies", "nlp.agencies.component"),
    ("hoso_people", "nlp.people"),
    ("hoso_places", "nlp.places"),
    ("hoso_trained_people", "nlp.statistical"),
    ("hoso_identifiers", "nlp.identifier_component"),
    ("hoso_projects", "nlp.projects"),
    ("hoso_subject", "nlp.subject"),
    ("hoso_spans", "nlp.spans"),
)
"""Factory name and the module that registers it, in the order they run."""


@cache
def pipeline() -> Language:
    """The assembled pipeline, built once a process."""
    with _without("torch"):
        import spacy
    from spacy.tokens import Doc

    if not Doc.has_extension("extraction"):
        Doc.set_extension("extraction", default=None)
    language = spacy.blank("xx")
    for name, module in COMPONENTS:
        importlib.import_module(module)
        language.add_pipe(name)
    return language


@contextmanager
def _without(package: str) -> Iterator[None]:
    """Let nobody import a package meanwhile, unless it is there already. spaCy's thinc imports torch wherever it is
    installed, merely to see what it has: 1.5 s and 190 MB for each process that reads pages, and no component uses it."""
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]  # Python's own way to say that there is none
    try:
        yield
    finally:
        del sys.modules[package]


def run(extraction: Extraction) -> Extraction:
    """Run every component over a record whose text is already normalised.

    A record with a secrecy stamp goes no further: what comes back holds its id, source and level alone.
    """
    language = pipeline()
    from spacy.tokens import Doc

    # One token: the components work on offsets, and spaCy's tokeniser costs more than all of them. The memory zone
    # lets go of the text, which spaCy's store of strings would keep for good.
    with language.memory_zone():
        doc: Doc = Doc(language.vocab, words=[extraction.text] if extraction.text else [], spaces=None)
        doc._.extraction = extraction
        for _, component in language.pipeline:
            doc = component(doc)
            if extraction.secrecy is not None:
                return Extraction("", extraction.id, extraction.source, secrecy=extraction.secrecy)
    return extraction


def extract(text: str, *, id: str = "", source: str | None = None, context: Context | None = None) -> Extraction:
    """Read one record: raw text of its pages (``\\f`` between pages) to its Extraction. Pure: no I/O.

    ``context`` is what manifest and fonds say of the record (second witnesses, never values).
    """
    known = context or Context()
    normalised = normalise(text, known.method)
    extraction = Extraction(text=normalised.text, id=id, source=source, context=known, scanned=normalised.scanned)
    return run(extraction)
