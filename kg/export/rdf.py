"""``hoso export rdf``: the ontology of units as one file of RDF, the vocabulary with it, written as a stream; on demand with
the agencies of named units, and with the fonds and papers of a store."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from kg.errors import HosoError
from kg.messages import say
from kg.sheets import write_atomically

if TYPE_CHECKING:
    from pyoxigraph import Quad, RdfFormat, Triple

    from kg.store.protocol import Store
    from ontology.rdf.facts import Facts

FORMATS: Final = {
    ".ttl": "TURTLE",
    ".nt": "N_TRIPLES",
    ".nq": "N_QUADS",
    ".trig": "TRIG",
    ".rdf": "RDF_XML",
    ".xml": "RDF_XML",
    ".jsonld": "JSON_LD",
}
"""Ending of the file → format of pyoxigraph. ``.gz`` after it compresses."""
_COMPRESSED = ".gz"


def export_rdf(
    out: Path,
    *,
    force: bool = False,
    facts: Facts | None = None,
    agencies_of: Sequence[str] = (),
    store: Store | None = None,
) -> dict[str, Any]:
    """Write the ontology (of the package, if not ``facts``) to the file ``out`` in the format of its ending; give
    ``{"path", "tables": {table: rows}, "triples": n}``, the triples with those of the vocabulary.

    ``agencies_of``: units (ids or names) whose agencies are written too, with those of all versions of the unit and of
    the units that followed it, so that successors are told. ``store``: its fonds, papers and the rules of custody are
    written too; no titles and no records. The same facts and store give the same bytes. Written whole or not at all; a file that is there is replaced only with
    ``force``. Raises HosoError(bad_input), also for an unknown ending, UnitNotFound, AmbiguousUnit.
    """
    form, compressed = _form(out)
    if out.exists() and not force:
        raise HosoError(say("export_exists", path=out))
    from ontology.rdf.facts import of_package

    given = facts or of_package()
    more = [*_agencies(agencies_of), *_custody(store)]
    written = 0

    def fill(stream: IO[bytes]) -> None:
        nonlocal written
        if compressed:
            with gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0) as packed:
                written = _write(packed, form, given, more)  # type: ignore[arg-type]  # a stream of bytes, not so declared
        else:
            written = _write(stream, form, given, more)

    write_atomically(out, fill)
    tables = {
        "units": len(given.units),
        "events": len(given.events),
        "edges": len(given.edges),
        "event_units": len(given.event_units),
        "aliases": len(given.aliases),
        "disagreements": len(given.disagreements),
    }
    return {"path": str(out), "tables": tables, "triples": written}


def _agencies(names: Sequence[str]) -> list[Iterable[Triple]]:
    """Vocabulary and triples of the agencies of these units, nothing where none is named."""
    if not names:
        return []
    from ontology.agencies.in_time import agencies
    from ontology.rdf.agencies import agency_triples, agency_vocabulary
    from ontology.registry import load

    ontology = load()
    named = [ontology.argument(name, prefer="ended").unit for name in names]
    versions = [version for unit in named for version in ontology.same(unit)]
    heirs = [step.unit for unit in versions for step in ontology.successors(unit).steps]
    units = list(dict.fromkeys([*versions, *heirs]))
    return [_terms(agency_vocabulary()), agency_triples(agencies(), units)]


def _custody(store: Store | None) -> list[Iterable[Triple]]:
    """Vocabulary and triples of custody, nothing without a store."""
    if store is None:
        return []
    from kg.custody.triples import custody_triples
    from ontology.rdf.custody import custody_vocabulary

    return [_terms(custody_vocabulary()), custody_triples(store)]


def _terms(turtle: str) -> Iterator[Triple]:
    from pyoxigraph import RdfFormat, parse

    return (quad.triple for quad in parse(turtle, format=RdfFormat.TURTLE))


def _form(out: Path) -> tuple[RdfFormat, bool]:
    name = out.name.lower()
    compressed = name.endswith(_COMPRESSED)
    ending = Path(name.removesuffix(_COMPRESSED)).suffix
    if ending not in FORMATS:
        raise HosoError(say("export_rdf_ending", path=out, endings=", ".join(FORMATS)))
    from pyoxigraph import RdfFormat

    form: RdfFormat = getattr(RdfFormat, FORMATS[ending])
    return form, compressed


def _write(stream: IO[bytes], form: RdfFormat, facts: Facts, more: Sequence[Iterable[Triple]]) -> int:
    from pyoxigraph import Quad, serialize

    from ontology.rdf.iris import PREFIXES
    from ontology.rdf.mapping import triples
    from ontology.rdf.vocabulary import vocabulary_triples

    count = 0

    def counted() -> Iterator[Triple]:
        nonlocal count
        for triple in chain(vocabulary_triples(), triples(facts), *more):
            count += 1
            yield triple

    if form.supports_datasets:  # all in the default graph: a query is the same whatever the format
        quads: Iterator[Quad] = (Quad(*triple) for triple in counted())
        serialize(quads, stream, form, prefixes=PREFIXES)
    else:
        serialize(counted(), stream, form, prefixes=PREFIXES)
    return count
