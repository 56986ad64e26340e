"""Kinds of specialised records, which have keepers of their own whatever their retention (``data/custody_kinds.csv``)."""

from __future__ import annotations

from collections.abc import Iterable

from ontology.custody.wordlists import may_be_named, wordlists

NONE = "none"


def special_kind(titles: Iterable[str | None]) -> str:
    """The kind of specialised record that the titles of a file tell (civil_register, certification_book,
    cadastral_file, boundary_file), else ``none``. What the creator is (police, court), ``body_kind`` tells.

    A title decides only where every title says so: a decision about land in a committee's file is no cadastral file.
    """
    known = [title for title in titles if title]
    if not known or not may_be_named("title", known[0]):
        return NONE
    return next((words.kind for words in wordlists("title") if all(words.named_in(title) for title in known)), NONE)


def special_kinds() -> frozenset[str]:
    """Every kind that ``special_kind`` can give."""
    return frozenset(words.kind for words in wordlists("title")) | {NONE}
