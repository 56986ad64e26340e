"""Records and passages as documents of the index: its fields, how they are filled, and what it knows of itself.

A record is one document (``kind`` record) with its whole text, filters and facets, and one for each passage (``kind``
passage): the first finds and counts, the second tells where. One more (``kind`` state) holds the store's id and the
number of its journal, so that both are written by the commit that they describe.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any, Final

import tantivy

from kg.access import CLOSED_SUBJECTS, is_closed
from kg.model import Node, Record
from kg.search.analysis import accented, folded, number_key
from kg.search.model import FACETS
from kg.search.numbers import number_forms
from kg.search.passages import cut
from kg.store.names import key
from kg.store.texts import Text

_WORDS: Final = "words"


@cache
def schema() -> Any:
    """The fields of the index. ``raw`` ones hold whole values, the others words."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("id", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("state", stored=True, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("type_key", "retention_key", "number", "number_part", "place", "entity", "entity_name"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("title", "body", "passage", "issuer_words"):
        builder.add_text_field(name, tokenizer_name=_WORDS, index_option="position")
    for name in ("title_accented", "body_accented", "passage_accented"):
        builder.add_text_field(name, tokenizer_name=_WORDS, index_option="freq")
    for name in ("first_day", "last_day"):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in ("n", "start", "end", "page"):
        builder.add_unsigned_field(name, fast=True)
    return builder.build()


def open_index(folder: str, *, create: bool) -> Any:
    """The index in a folder, ready to be read and written. Raises ValueError for what cannot be read."""
    index = tantivy.Index(schema(), path=folder, reuse=True) if create else tantivy.Index.open(folder)
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.remove_long(60)).build()
    index.register_tokenizer(_WORDS, words)
    index.config_reader("manual")
    index.reload()
    return index


def record_number(record_id: str) -> int:
    """A number for a record id, by which its passages are known without reading what is stored."""
    return int.from_bytes(hashlib.blake2b(record_id.encode(), digest_size=8).digest(), "big") >> 1


def of_record(
    record: Record,
    text: Text | None,
    about: Collection[str],
    places: Collection[str],
    *,
    entities: Collection[Node] = (),
    above: Collection[str] = (),
) -> Iterator[Any]:
    """The documents of a record. ``about``: units it is about (the facet); ``places``: those and the ones that it
    mentions (the filter); ``entities``: agencies, people, acts, projects and identifiers that it names."""
    from kg.search import entities as names
    from kg.search import identifiers

    body = text.text if text is not None and record.readable else ""
    known = [value for value in (record.title, record.type, record.number, record.issuer) if value]
    whole = "\n".join([*known, body])
    title = record.title or ""
    numbers = _numbers(record)
    fields: dict[str, Any] = {
        "kind": "record",
        "id": record.id,
        "n": record_number(record.id),
        "title": folded(title),
        "title_accented": accented(title),
        "body": folded(whole),
        "body_accented": accented(whole),
        "issuer_words": folded(record.issuer or ""),
        "number": sorted({told for number in numbers if (told := number_key(number))}),
        "number_part": sorted({form for number in numbers for form in number_forms(number)}),
        "place": sorted({*about, *places}),
        "entity": sorted(node.id for node in entities),
        "entity_name": [*names.terms(entities), *identifiers.terms(entities)],
        **_facets(record, {*about, *above}),
        **_days(record.date or record.date_partial),
    }
    if record.type:
        fields["type_key"] = key(record.type)
    if record.retention:
        fields["retention_key"] = key(record.retention)
    yield tantivy.Document.from_dict(fields, schema())
    if text is not None:
        yield from _passages(record.id, body, text)


def _numbers(record: Record) -> list[str]:
    """The record's own number, and those of the documents in it: these were read from its text, which not everybody
    may read where the record is not open."""
    parts = record.extra.get("parts", ()) if record.access == "open" else ()
    return [number for number in (record.number, *(part.get("number") for part in parts)) if number]


def _passages(record_id: str, body: str, text: Text) -> Iterator[Any]:
    for passage in cut(body):
        piece = body[passage.start : passage.end]
        fields = {
            "kind": "passage",
            "id": record_id,
            "n": record_number(record_id),
            "start": passage.start,
            "end": passage.end,
            "page": text.page_of(passage.start),
            "passage": folded(piece),
            "passage_accented": accented(piece),
        }
        yield tantivy.Document.from_dict(fields, schema())


def _facets(record: Record, units: Collection[str]) -> dict[str, list[str]]:
    date = record.date or record.date_partial
    values: dict[str, str | None] = {
        "issuer": record.issuer,
        "type": record.type,
        "year": date[:4] if date else None,
        "bloc": record.bloc,
        "level": record.level,
        "subject": _subject(record),
        "retention": record.retention,
        "access": record.access,
        "fonds": record.fonds,
    }
    return {"unit": sorted(units)} | {name: [value] for name, value in values.items() if value}


def _subject(record: Record) -> str | None:
    """A record that its title closes is closed by its subject too: filters ask that."""
    return next(iter(CLOSED_SUBJECTS)) if is_closed(record) else record.subject


def _days(date: str | None) -> dict[str, int]:
    if not date:
        return {}
    return {"first_day": day_number(date, last=False), "last_day": day_number(date, last=True)}


def day_number(date: str, *, last: bool) -> int:
    """An ISO date as YYYYMMDD; of a partial one the first or last day."""
    parts = [int(part) for part in date.split("-")]
    year, month, day = [*parts, *([12, 31] if last else [1, 1])[len(parts) - 1 :]]
    return year * 10_000 + month * 100 + day


def of_kind(kind: str) -> Any:
    """A query for every document of a kind."""
    return tantivy.Query.term_query(schema(), "kind", kind)


# -- what the index knows of itself
def state(searcher: Any) -> tuple[str, int]:
    """(id of the store, number of its journal) of a commit; ("", 0) for none."""
    found = searcher.search(of_kind("state"), 1).hits
    if not found:
        return "", 0
    kept = json.loads(searcher.doc(found[0][1]).get_first("state"))
    return str(kept["store"]), int(kept["seq"])


def set_state(writer: Any, store_id: str, seq: int) -> None:
    """Write the state into the commit that comes."""
    writer.delete_documents_by_term("kind", "state")
    kept = json.dumps({"store": store_id, "seq": seq})
    writer.add_document(tantivy.Document.from_dict({"kind": "state", "state": kept}, schema()))


def holds_any(index: Any, ids: Collection[str]) -> bool:
    """Whether one of these records is in the index."""
    records = of_kind("record")
    these = tantivy.Query.term_set_query(schema(), "id", list(ids))
    both = tantivy.Query.boolean_query([(tantivy.Occur.Must, records), (tantivy.Occur.Must, these)])
    return bool(index.searcher().search(both, 1).hits)


def record_ids(index: Any) -> set[str]:
    """Every record in the index."""
    records = of_kind("record")
    return {term for term, _ in index.searcher().terms_with_prefix("id", "", records)}


def some_records(index: Any, count: int) -> list[str]:
    """The ids of ``count`` records, in the order of a hash of their ids."""
    records = of_kind("record")
    searcher = index.searcher()
    found = searcher.search(records, max(1, min(count, searcher.num_docs)), order_by_field="n", count=False)
    return [str(searcher.doc(address).get_first("id")) for _, address in found.hits]
