"""The tables of agency names and how a written form is compared with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ontology.folding import fold
from ontology.names import normalise, rows

WORD = re.compile(r"\w+(?:['’]\w+)?")
"""A word of running text."""


@dataclass(frozen=True, slots=True)
class Head:
    """A word that begins the name of a body. ``tail`` says what must or may follow (see grammar.py)."""

    form: str
    folded: str
    canonical: str
    kind: str
    bloc: str | None
    level: str | None
    tail: str
    acronym: bool
    syllables: int


@cache
def heads() -> tuple[Head, ...]:
    """Every head word, longest first."""
    found = []
    for row in rows("agency_heads.csv"):
        name = row["canonical"] or row["head"]
        for form in _spellings(row["head"]):
            letters = "".join(char for char in form if char.isalpha())
            found.append(
                Head(
                    form,
                    fold(form),
                    name,
                    row["kind"],
                    row["bloc"] or None,
                    row["level"] or None,
                    row["tail"],
                    letters.isupper() and len(letters) > 1,
                    len(form.split()),
                )
            )
    return tuple(sorted(found, key=lambda head: len(head.folded), reverse=True))


def _spellings(name: str) -> list[str]:
    """A name with the hyphen between its words as pages write it, or leave it out."""
    if " - " not in name:
        return [name]
    return [name, name.replace(" - ", " – "), name.replace(" - ", "-"), name.replace(" - ", " ")]


@cache
def heads_by_first() -> dict[str, tuple[Head, ...]]:
    """Heads by their first folded word, longest first."""
    found: dict[str, list[Head]] = {}
    for head in heads():
        first = re.match(r"\w+", head.folded)
        assert first is not None
        found.setdefault(first.group(), []).append(head)
    return {word: tuple(group) for word, group in found.items()}


@dataclass(frozen=True, slots=True)
class Domain:
    """A field of work that a department is named after; ``name`` is well written, ``form`` as some pages write it."""

    name: str
    form: str
    folded: str
    heads: frozenset[str]


@cache
def domains_by_first() -> dict[str, tuple[Domain, ...]]:
    """Domains (names and abbreviations) by their first folded word, longest first."""
    found: dict[str, list[Domain]] = {}
    for row in rows("agency_domains.csv"):
        allowed = frozenset(_HEAD_WORD.findall(row["heads"]))
        for form in (*_spellings(row["name"]), *_abbreviations(row["abbreviations"])):
            folded = fold(form)
            first = re.match(r"\w+", folded)
            assert first is not None
            found.setdefault(first.group(), []).append(Domain(row["name"], form, folded, allowed))
    return {
        word: tuple(sorted(group, key=lambda domain: len(domain.folded), reverse=True))
        for word, group in found.items()
    }


_HEAD_WORD = re.compile(r"Trung tâm|Chi cục|Tổng cục|Ủy ban|\w+")


def _abbreviations(cell: str) -> list[str]:
    return [form for form in re.split(r"(?<!và) (?!và)", cell) if form]


def _used_as(use: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows("agency_stops.csv") if use in row["uses"].split())


@cache
def stops() -> frozenset[str]:
    """Words that end a name where they follow its second syllable."""
    return _used_as("stop")


@cache
def hard_stops() -> frozenset[str]:
    """Words that are never part of a name."""
    return _used_as("always")


@cache
def title_words() -> frozenset[str]:
    """First words of titles: behind "và" another office-holder begins, not the rest of a name."""
    return _used_as("title")


@cache
def phrases_by_first() -> dict[str, tuple[str, ...]]:
    """Compounds that stay together in a name ("khu công nghiệp"), by their first folded word, longest first."""
    found: dict[str, list[str]] = {}
    for row in rows("agency_phrases.csv"):
        found.setdefault(fold(row["phrase"].split()[0]), []).append(row["phrase"])
    return {word: tuple(sorted(group, key=len, reverse=True)) for word, group in found.items()}


@cache
def office_titles() -> re.Pattern[str]:
    """The title of an office-holder and a space or an end, in folded text ("chu tich ", "chu nhiem")."""
    titles = sorted((fold(row["title"]) for row in rows("office_titles.csv")), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, titles))})(?!\w)")


@cache
def _titles_by_folded() -> dict[str, str]:
    return {fold(row["title"]): row["title"] for row in rows("office_titles.csv")}


def title_at(shown: str, folded: str) -> bool:
    """Whether an office-holder's title begins the stretch, its accents being right ("Trương Định" is no "trưởng")."""
    match = office_titles().match(folded)
    return match is not None and agrees(shown[: match.end()], _titles_by_folded()[match.group()])


@cache
def place_abbreviations() -> dict[str, str]:
    """Folded abbreviation ("tphn") to the place it stands for."""
    return {fold(row["form"]): row["name"] for row in rows("place_abbreviations.csv")}


def agrees(written: str, form: str) -> bool:
    """Whether what is written can be ``form``, the letters being the same: the accents decide for one syllable, for
    more the greater part of them (a scan loses some); words without any accents agree with all."""
    mine, theirs = _canonical(written).split(), _canonical(form).split()
    if mine == theirs:
        return True
    if len(mine) != len(theirs):
        return fold(" ".join(mine)) == fold(" ".join(theirs)) and len(theirs) > 1
    if len(theirs) == 1:
        return False
    same = sum(a == b or a == fold(b) for a, b in zip(mine, theirs, strict=True))
    return same * 2 >= len(theirs)


def same_spelling(written: str, form: str) -> bool:
    """Whether both are written alike, accents and all; case, spaces and the place of the tone mark apart."""
    return _canonical(written) == _canonical(form)


@lru_cache(maxsize=65536)
def _canonical(text: str) -> str:
    return normalise(text).lower()


def head_at(shown: str, folded: str, position: int) -> Head | None:
    """The longest head word that begins at ``position``."""
    word = WORD.match(folded, position)
    if word is None:
        return None
    for head in heads_by_first().get(word.group(), ()):
        end = position + len(head.folded)
        if (
            folded.startswith(head.folded, position)
            and not folded[end : end + 1].isalnum()
            and fits(head, shown[position:end])
        ):
            return head
    return None


def fits(head: Head, written: str) -> bool:
    """Whether the written letters are this head: capitals for an abbreviation, accents for a word."""
    if head.acronym:
        return written.isupper() or written == head.form
    return agrees(written, head.form) and not _of_two_lines(written, head.form)


def _of_two_lines(written: str, form: str) -> bool:
    """Whether a word of capitals follows one in small letters, as where columns meet ("Châu Thạnh / ỦY BAN"), and the
    form has none."""
    first, _, rest = written.partition(" ")
    return rest.isupper() and not first.isupper() and not form.partition(" ")[2].isupper()
