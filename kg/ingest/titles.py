"""What the titles of listed files are about: the reading of a record cut down to what a title has.

A title has no letterhead, no signature, no stamp. Of the pipeline's components it needs those that find agencies, people
and places (a name inside an agency's name belongs to the agency); an empty layout stands for the page that is not there.
That costs a third of reading the title as a record of one line, and finds the same places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from nlp.model import Context, Extraction, PlaceMention

if TYPE_CHECKING:
    from collections.abc import Callable

_COMPONENTS = ("hoso_agencies", "hoso_people", "hoso_places")


def title_places(asked: Iterable[tuple[str, Context]]) -> Iterator[tuple[PlaceMention, ...]]:
    """The places that each title names, in order, with the units that they mean on the day of its context."""
    from nlp.pipeline import pipeline

    for title, context in asked:
        if not _may_name_a_place(title):
            yield ()
            continue
        # The memory zone lets go of the titles, which spaCy's store of strings would keep for good.
        with pipeline().memory_zone():
            yield tuple(_read(title, context))


def _may_name_a_place(title: str) -> bool:
    """Whether a title has a capital letter behind its first one, or a word for a kind of unit: without either no name of
    a place is found in it, and many titles have neither ("Hồ sơ thi đua khen thưởng năm 1999")."""
    from nlp.typed_places import type_word
    from ontology.folding import fold

    return any(map(str.isupper, title[1:])) or type_word().search(fold(title)) is not None


def _read(title: str, context: Context) -> list[PlaceMention]:
    from spacy.tokens import Doc

    from nlp.pipeline import pipeline
    from nlp.repair.normalise import normalise
    from nlp.zones.head import Head
    from nlp.zones.layout import Layout

    normalised = normalise(title)
    extraction = Extraction(text=normalised.text, context=context, scanned=normalised.scanned)
    doc: Any = Doc(pipeline().vocab, words=[extraction.text] if extraction.text else [], spaces=None)
    doc._.extraction = extraction
    doc.user_data["layout"] = Layout([], Head(), scanned=False, start=0, end=len(extraction.text))
    for component in _components():
        doc = component(doc)
    return extraction.places


@cache
def _components() -> tuple[Callable[[Any], Any], ...]:
    from nlp.pipeline import pipeline

    return tuple(pipeline().get_pipe(name) for name in _COMPONENTS)
