"""House numbers as tables write them: "1-99 (lẻ)", "số lẻ từ 1 đến 99", "2-40; 1-57", columns from, to and parity."""

from __future__ import annotations

import re
from functools import cache

from kg.localities.words import forms
from kg.readers.tables.folded import words
from ontology.folding import fold
from ontology.localities import HouseNumbers, Parity

_NUMBER = re.compile(r"(\d+)[a-z]?(?:\s*/\s*\d+[a-z]?)*")
"""Of 12A and 12/3 the first number counts."""
_PIECES = re.compile(r"[,;+]|\s+và\s+|\s+and\s+")
_ODD = re.compile(r"\b(?:le|odd)\b")
_EVEN = re.compile(r"\b(?:chan|even)\b")
_UP_TO = re.compile(r"^(?:so (?:nha )?)?(?:den|toi|up to|to)\b")


class BadNumbers(ValueError):
    """Text that tells no house numbers."""


def of_text(text: str) -> tuple[HouseNumbers, ...]:
    """The runs that a text tells. Raises BadNumbers."""
    found: list[HouseNumbers] = []
    for piece in _PIECES.split(text):
        if piece.strip(" .()"):
            found.append(_run(piece, found[-1].parity if found else "all"))
    if not found:
        raise BadNumbers(text)
    return tuple(found)


def of_cells(first: str, last: str, parity: str) -> HouseNumbers | None:
    """The run of three cells; None where all are empty. Raises BadNumbers."""
    if not (first or last or parity):
        return None
    run = HouseNumbers(_end(first), _end(last), _parity(parity))
    return _checked(run, f"{first} - {last} {parity}")


def _end(cell: str) -> int | None:
    if words(cell) in forms("ends"):
        return None
    match = _NUMBER.fullmatch(re.sub(r"^so (?:nha )?", "", fold(cell).strip()))
    if match is None:
        raise BadNumbers(cell)
    return int(match.group(1))


def _parity(cell: str) -> Parity:
    found = _parities().get(words(cell))
    if found is None:
        raise BadNumbers(cell)
    return found


def _run(piece: str, before: Parity) -> HouseNumbers:
    folded = " ".join(fold(piece).split())
    odd, even = bool(_ODD.search(folded)), bool(_EVEN.search(folded))
    parity: Parity = "all" if odd == even else "odd" if odd else "even"
    numbers = [int(match.group(1)) for match in _NUMBER.finditer(folded)]
    said = words(folded)
    if not numbers:
        if odd or even or said in forms("everything"):
            return HouseNumbers(None, None, parity)
        raise BadNumbers(piece)
    if len(numbers) > 2:
        raise BadNumbers(piece)
    first: int | None = numbers[0]
    last: int | None = numbers[-1]
    if len(numbers) == 1 and any(form in said for form in forms("from_on")):
        last = None
    elif len(numbers) == 1 and (_UP_TO.match(said) or any(form in said for form in forms("up_to"))):
        first = None
    run = HouseNumbers(first, last, parity)
    if parity == "all" and before != "all" and _ends_are(run, before):
        run = HouseNumbers(first, last, before)  # "số lẻ 1-9, 15-21"
    return _checked(run, piece)


def _ends_are(run: HouseNumbers, parity: Parity) -> bool:
    return all(end in HouseNumbers(None, None, parity) for end in (run.first, run.last) if end is not None)


def _checked(run: HouseNumbers, text: str) -> HouseNumbers:
    """Raises BadNumbers for a run that holds no number."""
    if run.first is not None and run.last is not None:
        holds = run.first <= run.last and any(number in run for number in (run.first, run.first + 1))
        if not holds or (run.first == run.last and run.first not in run):
            raise BadNumbers(text)
    if run.parity != "all" and None not in (run.first, run.last) and not _some_end_is(run):
        raise BadNumbers(text)  # "2-40 (lẻ)": one of both is wrong
    return run


def _some_end_is(run: HouseNumbers) -> bool:
    return any(end in HouseNumbers(None, None, run.parity) for end in (run.first, run.last) if end is not None)


@cache
def _parities() -> dict[str, Parity]:
    from kg.localities.words import table

    known: tuple[Parity, ...] = ("odd", "even", "all")
    return {words(form): parity for parity in known for form in table()["parity"][parity]}
