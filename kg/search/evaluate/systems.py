"""The systems that are compared: a plain baseline of words, one of vectors, and the product."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from kg.search.evaluate.collections import Collection
from kg.search.evaluate.judged import Query
from kg.search.evaluate.scores import DEPTH, Ask

_PASSAGES: Final = 400
"""Passages among which the first ten records surely are: no record of the collections has nearly as many."""

Asking = Callable[[str], Sequence[str]]
"""One collection asked: the text of a query to sources of records, best first."""


def system(name: str, collections: Mapping[str, Collection]) -> Ask:
    """The system of that name over these collections. Raises ValueError for a name that is not known."""
    make = SYSTEMS.get(name)
    if make is None:
        raise ValueError(f"no system is called {name}: {', '.join(SYSTEMS)}")
    asking = {key: make(collection) for key, collection in collections.items()}

    def ask(query: Query) -> Sequence[str]:
        return asking[query.collection](query.text)

    return ask


def product(collection: Collection) -> Asking:
    """``hoso search`` as it is, for a reader who may see everything."""
    from kg.questions.search import search

    def ask(text: str) -> Sequence[str]:
        hits = search(collection.workspace, text, limit=DEPTH, access="closed")["hits"]
        return [hit["record"]["source"] for hit in hits]

    return ask


def bm25(collection: Collection) -> Asking:
    """BM25 of the folded words of whole texts and nothing else: any word of the query matches (tantivy's k1 1.2,
    b 0.75)."""
    import tantivy

    from kg.search.analysis import folded, words

    fields = tantivy.SchemaBuilder().add_text_field("source", stored=True, tokenizer_name="raw")
    schema = fields.add_text_field("body", tokenizer_name="whitespace").build()
    index = tantivy.Index(schema)
    writer = index.writer(15_000_000, 1)
    for source, text in _texts(collection):
        writer.add_document(tantivy.Document(source=source, body=" ".join(words(folded(text)))))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ask(text: str) -> Sequence[str]:
        terms = [tantivy.Query.term_query(schema, "body", word) for word in dict.fromkeys(words(folded(text)))]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        found: Any = searcher.search(query, DEPTH).hits
        return [searcher.doc(address)["source"][0] for _, address in found]

    return ask


def vectors(collection: Collection) -> Asking:
    """The records of the passages nearest to the query by cosine, the best passage of each, over the vectors that the
    product keeps. Raises ValueError where there are none of the model that the setting names."""
    from kg.search.embedding.loading import load
    from kg.search.vectors.folders import of_embedder

    embedder = load()
    index = of_embedder(collection.workspace.location.data, embedder)
    if not index.exists or not index.counts().vectors:
        raise ValueError(f"the collection {collection.name} has no vectors of {embedder.model}: hoso embed")

    def ask(text: str) -> Sequence[str]:
        vector = embedder.queries([text])[0]
        found = index.search(vector, _PASSAGES)
        return [collection.sources[match.record] for match in found if match.record in collection.sources]

    return ask


def _texts(collection: Collection) -> list[tuple[str, str]]:
    """Source and text of each record that the product's search may find, by source."""
    from kg.questions.forms import is_document

    records = collection.workspace.store.records(list(collection.sources))
    shown = [row for row in records.values() if row.access != "secret" and is_document(row)]
    texts = collection.workspace.texts.get_many([row.id for row in shown])
    return sorted((collection.sources[row.id], texts[row.id].text) for row in shown if row.id in texts)


SYSTEMS: Mapping[str, Callable[[Collection], Asking]] = {"bm25": bm25, "vectors": vectors, "product": product}
BY_MEANING: Final = frozenset({"vectors", "product"})
"""The systems that ask the vectors of passages."""
