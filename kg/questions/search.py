"""``hoso search``: ranked records with the passages that answer, and what the query was understood to name."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, get_args

from kg.access import CLOSED_SUBJECTS, Access, readable, visible
from kg.linking.identifier_names import kinds
from kg.messages import say
from kg.questions.forms import Json, node_json, record_json
from kg.questions.querying import units_of_place
from kg.questions.reader import Reader
from kg.questions.reading import Reading, read
from kg.search import meaning, widening
from kg.search.analysis import typed_numbers
from kg.search.identifiers import identifiers_asked
from kg.search.model import FACETS, Filters, Hit, Results
from kg.search.query import Place, Understood, understand
from kg.search.short_names import WrittenOut, written_out
from kg.search.topic import without_places
from kg.store.texts import Text
from kg.workspace import Workspace
from nlp.model import Subject
from ontology import dates
from ontology.registry import Ontology, load

LIMIT = 10


def search(
    workspace: Workspace,
    query: str,
    *,
    place: str | None = None,
    within: str | None = None,
    since: str | None = None,
    until: str | None = None,
    type: str | Sequence[str] | None = None,
    issuer: str | Sequence[str] | None = None,
    bloc: str | Sequence[str] | None = None,
    level: str | Sequence[str] | None = None,
    subject: str | Sequence[str] | None = None,
    retention: str | Sequence[str] | None = None,
    fonds: str | Sequence[str] | None = None,
    unit: str | Sequence[str] | None = None,
    held_access: str | Sequence[str] | None = None,
    limit: int = LIMIT,
    offset: int = 0,
    access: Access = "open",
) -> Json:
    """The ``search`` form: ``total`` and ``facets`` count every match, ``hits`` are ``limit`` of them from ``offset``.

    Each filter takes one value or several (any of them); ``place`` is a UNIT argument and takes every unit of that
    name with predecessors and successors (``within`` alone: what lies in it), ``unit`` the ids that the facet gives. Dates ISO or 30/06/2025, partial ones too. ``held_access`` filters by the
    records' own access level; ``access`` is what the reader may see: closed records that pass the
    filters are counted in ``withheld``, conditional ones are found by title and number and come without passages. Passages: ``text`` is ``normalised text[start:end]``; ``marks`` are
    offsets of the words asked for, in the same text.

    ``method`` is ``hybrid`` where vectors are kept and the model is here, else ``words``; ``notes`` says in a line each
    what kept the search from being whole. A hit says by what it was ``found_by`` and its ``certainty``
    (``kg.search.model``); ``understood`` has the places (all units that the search was widened to are asked), the number, agencies, people, parcels and the like of the store
    (``entities``), the numbers of parcels, certificates, registers as they were read (``identifiers``), accents that were ``restored``, the query ``respelt`` and the words ``also`` asked where it
    may hold slips.

    Raises UnitNotFound for a place that is not known, BadDate.
    """
    ontology = load()
    if place is None:
        place, within = within, None
    current = workspace.index.refresh(workspace.store, workspace.texts)
    asked = _Query.read(workspace, query, ontology)
    values = {"type": type, "issuer": issuer, "bloc": bloc, "level": level, "retention": retention, "fonds": fonds}
    filters = Filters(
        **{name: _values(given) for name, given in values.items()},
        unit=_values(unit),
        subject=_open_subjects(_values(subject), access),
        access=_values(held_access),
        units=units_of_place(ontology, place, within) if place else None,
        since=dates.parse(since) if since else None,
        until=dates.parse(until) if until else None,
        without_subject=closed_subjects(access),
    )
    ask = partial(asked.ask, workspace, filters=filters, texts=texts_of(access), limit=limit, offset=offset)
    meant = asked.meant(workspace)
    try:
        found = ask(meaning=meant.meaning)
    except meaning.MeaningFailed as error:
        meant = meaning.Understanding(problem=error.message)
        found = ask()
    unsure = asked.unsure(found)
    hits = [replace(hit, certainty="possible") for hit in found.hits] if unsure else found.hits
    return {
        "query": query,
        "understood": asked.to_json(ontology)
        | {"number": found.number, "entities": entities_json(workspace, found, access)},
        "total": found.total,
        "by_meaning": found.by_meaning,
        "hits": hits_json(workspace, asked.forms(), hits, access),
        "facets": _facets(found, workspace, ontology),
        "withheld": _withheld(workspace, filters, access),
        "method": "words" if meant.meaning is None else "hybrid",
        "notes": [
            *([say("search_unsure")] if unsure else []),
            *([say("search_number_unknown", number=number)] if (number := asked.unknown_number(found)) else []),
            *([say("search_identifier_unknown", name=name)] if (name := asked.unknown_identifier(found)) else []),
            *([say("identifier_namesakes")] if asked.names_land(found) else []),
            *(notes(meant, current=current) if query.strip() else _behind(current=current)),
            *_conditional(workspace, filters, access),
        ],
    }


UNKNOWN: Final = 0.5
"""Share of a query's words that Vietnamese has, below which it is taken for something else (of 650 judged queries none is
below .75, of made-up nonsense and foreign words most are at .33 at most)."""


@dataclass(frozen=True, slots=True)
class _Query:
    """A query as it is understood: short names written out, accents and slips, places."""

    typed: str
    written: WrittenOut
    reading: Reading
    understood: Understood

    @classmethod
    def read(cls, workspace: Workspace, query: str, ontology: Ontology) -> _Query:
        """What a query may mean by the language of the store and by the ontology."""
        written = written_out(query)
        reading = read(workspace, written.text)
        return cls(query, written, reading, understand(written.text, ontology, reading.respelt or reading.restored))

    def meant(self, workspace: Workspace) -> meaning.Understanding:
        """The query for the model of meaning: what it asks about, beside where."""
        if not self.typed.strip():
            return meaning.Understanding()
        return meaning.understood(workspace, without_places(self.reading.spellings, self.understood))

    def ask(self, workspace: Workspace, **options: Any) -> Results:
        """Ask the index."""
        return workspace.index.search(
            self.written.text,
            places=widening.terms(self.understood),
            also=self.reading.also,
            short=self.written.also(),
            **options,
        )

    def forms(self) -> list[str]:
        """The forms of the query, by one of which a passage is marked."""
        forms = (self.reading.respelt, self.reading.restored, self.written.text, self.typed)
        return [form for form in forms if form]

    def unsure(self, found: Results) -> bool:
        """Whether nothing surely answers: most words are not Vietnamese, and nothing that is known is named."""
        if self.reading.known >= UNKNOWN or found.number or self.understood.places or found.entities:
            return False
        return not found.sure

    def unknown_number(self, found: Results) -> str | None:
        """The document number that is typed, where no record that this reader may see bears it."""
        if found.number or found.sure:
            return None
        typed = unicodedata.normalize("NFC", self.written.text)
        told = [(one.start, one.end) for one in identifiers_asked(typed) if one.number.type != "building_permit"]
        numbers = (span for span in typed_numbers(typed) if not any(a < span[1] and span[0] < b for a, b in told))
        return next((typed[start:end] for start, end in numbers), None)

    def unknown_identifier(self, found: Results) -> str | None:
        """The parcel, serial or entry that is typed, where no record that this reader may see names it."""
        if any(entity.identifier for entity in found.entities):
            return None
        return next((one.number.name for one in identifiers_asked(self.written.text) if one.surely), None)

    def names_land(self, found: Results) -> bool:
        """Whether a parcel or map sheet was found, of which there may be namesakes."""
        told = identifiers_asked(self.written.text) if any(one.identifier for one in found.entities) else ()
        return any(kinds()[one.number.type].scope == "land" for one in told)

    def to_json(self, ontology: Ontology) -> Json:
        """What was understood, but for what the store knows."""
        return {
            "places": _units_json(self.understood.places, ontology),
            "restored": self.reading.restored,
            "respelt": self.reading.respelt,
            "also": {word: list(forms) for word, forms in self.reading.also.items()},
            "written_out": dict(self.written.full),
            "identifiers": [one.number.to_json() for one in identifiers_asked(self.written.text) if one.surely],
        }


def notes(meant: meaning.Understanding, *, current: bool) -> list[str]:
    """What keeps a search from being whole and one by meaning, a line each. ``current``: whether the index of words has
    come as far as the store."""
    found = _behind(current=current)
    if meant.problem:
        return [*found, say("search_meaning_failed", why=meant.problem)]
    if meant.counts is None:
        return [*found, say("search_words_only")]
    if meant.counts.vectors < meant.counts.passages:
        return [*found, say("search_meaning_partly", done=meant.counts.vectors, total=meant.counts.passages)]
    return found


def _behind(*, current: bool) -> list[str]:
    return [] if current else [say("search_index_behind")]


def entities_json(workspace: Workspace, found: Results, access: Access) -> list[Json]:
    """The entities that a query names and that this reader may see."""
    ids = [ident for entity in found.entities for ident in entity.ids]
    if not ids:
        return []
    shown = Reader(workspace, access).by_id(ids)
    return [node_json(shown[ident]) for ident in dict.fromkeys(ids) if ident in shown]


def _values(given: str | Sequence[str] | None) -> tuple[str, ...]:
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else tuple(given)


def _open_subjects(asked: tuple[str, ...], access: Access) -> tuple[str, ...]:
    """The subjects that may be listed; closed ones are left out of counts and facets too."""
    if access == "closed":
        return asked
    wanted = asked or get_args(Subject)
    return tuple(subject for subject in wanted if subject not in CLOSED_SUBJECTS) or ("",)


def _units_json(places: Sequence[Place], ontology: Ontology) -> list[Json]:
    units = {unit.id: unit for place in places for unit in place.units}
    return [ontology.unit_json(unit) for unit in units.values()]


def closed_subjects(access: Access) -> tuple[str, ...]:
    """The subjects of which this reader sees nothing."""
    return () if access == "closed" else tuple(sorted(CLOSED_SUBJECTS))


def texts_of(access: Access) -> tuple[str, ...] | None:
    """The access levels whose text may be asked: the text of a conditional record is not searched for a reader who
    may not see it, else its words could be felt out one by one."""
    return ("open",) if access == "open" else None


def _withheld(workspace: Workspace, filters: Filters, access: Access) -> int:
    """How many closed records pass the filters. Words and places asked for do not count: a number that follows them
    would tell what a closed record says."""
    if access == "closed":
        return 0
    closed = replace(filters, subject=tuple(CLOSED_SUBJECTS), without_subject=(), units=None, unit=())
    return workspace.index.count(closed)


def _conditional(workspace: Workspace, filters: Filters, access: Access) -> list[str]:
    """That there are records of which the title and number alone are searched: how many, of those that pass the filters
    (not the words nor places: they would tell what the records say)."""
    if access != "open" or filters.access:
        return []
    count = workspace.index.count(replace(filters, access=("conditional",), units=None, unit=()))
    return [say("search_conditional", n=count)] if count else []


def hits_json(workspace: Workspace, forms: Sequence[str], hits: Sequence[Hit], access: Access) -> list[Json]:
    """Hits with their records and passages; what the reader may not see is left out. ``forms`` of the query: in each
    passage the words of the first one are marked that it holds any of."""
    records = workspace.store.records([hit.record for hit in hits])
    files = {
        file.id: file for file in workspace.store.files(sorted({row.file for row in records.values() if row.file}))
    }
    may_read = [row.id for row in records.values() if readable(row, access)]
    texts = workspace.texts.get_many(may_read)
    current = workspace.index.is_current(workspace.store)
    shown = []
    for hit in hits:
        record = records.get(hit.record)
        if record is None or not visible(record, access):
            continue
        shown.append(
            {
                "record": record_json(record, files.get(record.file or "")),
                "score": round(hit.score, 4),
                "found_by": list(hit.found_by),
                "certainty": hit.certainty,
                "passages": _passages(forms, hit, texts.get(record.id), current=current),
            }
        )
    return shown


def _passages(forms: Sequence[str], hit: Hit, text: Text | None, *, current: bool) -> list[Json]:
    """The passages of a hit; ``current``: whether the index knows the text as it is."""
    from kg.search.analysis import marks
    from kg.search.passages import standing

    if text is None:
        return []
    found = []
    for start, end in standing(text.text, [(one.start, one.end) for one in hit.passages], trusted=current):
        words = text.text[start:end]
        spans = next((spans for form in forms if (spans := marks(words, form))), [])
        marked = [[start + first, start + last] for first, last in spans]
        found.append({"text": words, "page": text.page_of(start), "start": start, "end": end, "marks": marked})
    return found


def _facets(found: Results, workspace: Workspace, ontology: Ontology) -> dict[str, list[Json]]:
    """Each facet's values with their counts; units and fonds with a ``label``. Units are a tree: a record about a commune
    is counted once for it, its district and its province; each has its ``level``, the ``parent`` in which it lay, ``name`` and the days from which and until which it was.
    """
    creators = {row.id: row.creator for row in workspace.store.fonds()} if found.facets.get("fonds") else {}

    def entry(name: str, value: str, count: int) -> dict[str, Any]:
        shown: dict[str, Any] = {"value": value, "count": count}
        if name == "unit" and value in ontology.units:
            unit = ontology.units[value]
            parents = ontology.parents(unit)
            shown["label"] = ", ".join([unit.name, *(parent.name for parent in parents)])
            shown |= {"level": unit.level, "parent": parents[0].id if parents else None, "name": unit.name}
            shown |= {"valid_from": unit.valid_from, "valid_to": unit.valid_to}
        if name == "fonds":
            shown["label"] = creators.get(value) or value
        return shown

    return {name: [entry(name, value, count) for value, count in found.facets.get(name, ())] for name in FACETS}
