"""What kind of fact a cell, a paper's name, a title or a file's name tells; papers that announce and do not decide.

A plan to hand over, a draft of a decision, "chưa bàn giao" have the very words of what they are not: a kind cell is
compared whole, and a paper is known by the type at the beginning of its name and by the symbol behind its number.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.custody.headings import forms, table
from kg.custody.paper import Paper
from kg.readers.tables.folded import words
from ontology.folding import fold

_BRACKETED = re.compile(r"\([^()]*\)")
_SYMBOL = re.compile(r"\s*\d+\s*(?:/\s*\d{4})?\s*[/-]?\s*([^\W\d_]+)")
_DECISION = "QĐ"
_BETWEEN = 2
"""Words that may stand between "chưa" and what was not done: "chưa có biên bản giao"."""


def kind_of(text: str) -> str | None:
    """The kind of fact that a cell names, as a whole (a remark in brackets beside); None for other words."""
    found = _kinds().get(words(text)) or _kinds().get(words(_BRACKETED.sub(" ", text)))
    return None if not_done(text) else found


@lru_cache(maxsize=4096)
def kind_in(text: str) -> str | None:
    """The kind of fact that a paper's name or a title tells: the longest words decide; None where words of several
    kinds stand beside one another, and for what announces."""
    found = set() if announces(text) else _within(words(text))
    return found.pop() if len(found) == 1 else None


def names_its_kind(text: str, kind: str) -> bool:
    """Whether a title is the name of a paper of the kind: it begins with its words ("Biên bản giao nhận hồ sơ")."""
    return any(_begins(words(text), form) for form, told in _kinds_by_length() if told == kind)


@lru_cache(maxsize=4096)
def announces(text: str) -> str | None:
    """The word that shows a paper's name or a title to be of what is not decided or did not happen yet ("kế hoạch",
    "dự thảo", "chưa bàn giao"), None where none does."""
    said = words(text)
    first = next((form for form in table()["announcing"]["names"] if _begins(said, words(form))), None)
    return first or not_done(text)


def announced_by(paper: Paper) -> str | None:
    """The same of a paper, by its name or by the symbol of its number ("05/KH-UBND")."""
    symbol = _SYMBOL.match(paper.number or "")
    if (
        symbol
        and _DECISION not in (paper.number or "")
        and symbol.group(1).casefold() in {one.casefold() for one in table()["announcing"]["symbols"]}
    ):
        return paper.number
    return announces(paper.name) if paper.name else None


def not_done(text: str) -> str | None:
    """The words that say that something did not happen ("chưa bàn giao", "dự kiến"), None for other texts."""
    said = " ".join(text.casefold().split())
    match = _pattern(accents=fold(said) != said).search(said)
    return match.group() if match else None


def is_ground(text: str) -> bool:
    """Whether a line over a table cites what the table rests on: "Căn cứ Kế hoạch số 5/KH-UBND"."""
    return any(_begins(words(text), form) for form in forms("grounds"))


def _begins(said: str, form: str) -> bool:
    return said == form or said.startswith(f"{form} ")


def _within(said: str) -> set[str]:
    """All kinds whose words a text has; words that are a part of longer ones of another kind do not count."""
    rest, found = f" {said} ", set()
    for form, kind in _kinds_by_length():
        if f" {form} " in rest:
            found.add(kind)
            rest = rest.replace(f" {form} ", " | ")
    return found


@cache
def _pattern(*, accents: bool) -> re.Pattern[str]:
    """With accents as they stand; text that has none is compared without, but for words that are others then ("chờ" is
    no "cho")."""
    told = table()["not_done"]
    not_, done, anywhere = (
        "|".join(sorted((word if accents else fold(word) for word in told[key]), key=len, reverse=True))
        for key in ("words", "done", "anywhere")
    )
    if not accents:
        not_ = "|".join(word for word in not_.split("|") if word != "cho")
    return re.compile(rf"(?<!\w)(?:(?:{not_})(?: [^\W\d_]+){{0,{_BETWEEN}}}? (?:{done})|{anywhere})(?!\w)")


@cache
def _kinds() -> dict[str, str]:
    return {words(form): kind for kind, names in table()["kinds"].items() for form in names}


@cache
def _kinds_by_length() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(_kinds().items(), key=lambda pair: -len(pair[0])))
