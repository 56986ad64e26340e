"""What the titles of listed files are about: the reading of a record cut down to what a title has.

A title has no letterhead, no signature, no stamp. Of the pipeline's components it needs those that find agencies, people
and places (a name inside an agency's name belongs to the agency); an empty layout stands for the page that is not there.
That costs a third of reading the title as a record of one line, and finds the same places.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from nlp.model import Context, Extraction, PlaceMention

if TYPE_CHECKING:
    from collections.abc import Callable

_OWN_LETTERS = frozenset("ăđơưĂĐƠƯ")
_COMPONENTS = ("hoso_agencies", "hoso_people", "hoso_places")


def title_places(asked: Iterable[tuple[str, Context]]) -> Iterator[tuple[PlaceMention, ...]]:
    """The places that each title names, in order, with the units that they mean on the day of its context."""
    for title, context in asked:
        yield tuple(_read(title, context)) if _may_name_a_place(title) else ()


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

    extraction = Extraction(text=title if _is_typed(title) else normalise(title).text, context=context)
    # Without a word: the components work on the extraction's text, and spaCy would keep every title for good.
    doc: Any = Doc(pipeline().vocab, words=[], spaces=None)
    doc._.extraction = extraction
    doc.user_data["layout"] = Layout([], Head(), scanned=False, start=0, end=len(extraction.text))
    for component in _components():
        doc = component(doc)
    return extraction.places


def _is_typed(title: str) -> bool:
    """Whether a title is Vietnamese typed in Unicode, so that no encoding and no damage is to be repaired."""
    return (
        title.isprintable()
        and unicodedata.is_normalized("NFC", title)
        and any("\u1ea0" <= char <= "\u1ef9" or char in _OWN_LETTERS for char in title)
    )


@cache
def _components() -> tuple[Callable[[Any], Any], ...]:
    from nlp.pipeline import pipeline

    return tuple(pipeline().get_pipe(name) for name in _COMPONENTS)
