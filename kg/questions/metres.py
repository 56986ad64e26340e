"""Metres of shelf of a file, and how they were had: measured, boxes × width, or pages by a named coefficient.

The widths and coefficients are data (``data/metres.csv``; ``HOSO_METRES`` names an archive's own table of the same
columns) and are printed beside every figure (PRACTICE.md §1.8). What is only digital has no metres.
"""

from __future__ import annotations

import csv
import io
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import fsum
from pathlib import Path

from kg import wording
from kg.errors import HosoError
from kg.messages import language, say
from kg.model import File, Fonds
from kg.questions.forms import Json
from kg.readers.tables.values import boxes

Box = tuple[str | None, str | None, str]
"""Fonds, inventory, name."""


@dataclass(frozen=True, slots=True)
class Norm:
    """A width or a coefficient: ``basis`` boxes (value: metres a box) or coefficient (value: pages a metre)."""

    name: str
    level: str | None
    basis: str
    value: float
    unit: str
    source: str


def norms() -> tuple[Norm, ...]:
    """The table in use. Raises HosoError(bad_input) when the archive's own table cannot be read."""
    return _norms(os.environ.get("HOSO_METRES"))


@lru_cache(maxsize=4)
def _norms(own: str | None) -> tuple[Norm, ...]:
    try:
        bundled = files("kg.questions").joinpath("data", "metres.csv")
        text = Path(own).read_text(encoding="utf-8-sig") if own else bundled.read_text(encoding="utf-8")
        rows = list(csv.DictReader(io.StringIO(text)))
        return tuple(
            Norm(row["name"], row["level"] or None, row["basis"], float(row["value"]), row["unit"], row["source"])
            for row in rows
        )
    except (OSError, KeyError, ValueError) as error:
        raise HosoError(say("bad_table", path=own or "metres.csv", why=str(error))) from error


class Shelf:
    """Metres of the files of a store; boxes that several files share are divided among them."""

    def __init__(self, all_files: Iterable[File], fonds: Mapping[str, Fonds]) -> None:
        self._fonds = fonds
        self._norms = {(norm.basis, norm.level): norm for norm in reversed(norms())}
        self._in_box: Counter[Box] = Counter()
        for file in all_files:
            self._in_box.update(boxes_of(file))

    def metres(self, file: File, pages: int | None = None) -> Json | None:
        """``{"metres", "basis", "norm"}`` of a file, not rounded; None where nothing tells (or nothing is on a shelf).

        ``pages``: what its scans show, where the finding aid gives none. A file of which no list, box or sheet count
        tells that it is on paper gets no estimate.
        """
        if file.medium == "digital":
            return None
        if file.metres is not None:
            return {"metres": file.metres, "basis": file.metres_basis or "finding_aid", "norm": None}
        own = boxes_of(file)
        if own and (width := self._norm("boxes", None)):
            return _estimate(sum(width.value / self._in_box[box] for box in own), width)
        fonds = self._fonds.get(file.fonds or "")
        norm = self._norm("coefficient", fonds.level if fonds else None)
        counted = file.pages or pages
        on_paper = file.listed or file.sheets is not None or file.medium == "paper"
        if norm and counted and on_paper:
            return _estimate(counted / norm.value, norm)
        return None

    def _norm(self, basis: str, level: str | None) -> Norm | None:
        return self._norms.get((basis, level))


def _estimate(metres: float, norm: Norm) -> Json:
    return {"metres": metres, "basis": norm.basis, "norm": _named(norm, language())}


@cache
def _named(norm: Norm, lang: str) -> str:
    """The width or coefficient in words: the same beside a million figures."""
    return say("metres_norm", value=_written(norm.value, lang), unit=_unit(norm), source=norm.source)


def _written(value: float, lang: str) -> str:
    """The value with all its decimals, as a language writes numbers."""
    digits = f"{value:,.10f}".rstrip("0").rstrip(".")
    return wording.in_language(digits, lang)


def _unit(norm: Norm) -> str:
    """The unit in the user's language where the catalogue knows it, else as the table says."""
    key = f"metres_unit_{norm.basis}"
    return say(key) if norm.unit == say(key, lang="en") else norm.unit


def boxes_of(file: File) -> tuple[Box, ...]:
    """The boxes that a file lies in, known by fonds, inventory (each counts its boxes from 1) and number: "01", "Hộp 1" and
    "1" are one box, "1-3" and "1, 2, 3" are three."""
    return tuple((file.fonds, file.inventory, name) for name in boxes(file.box)) if file.box else ()


class Total:
    """A sum of metres: added exactly, rounded once, with how much of it was had in which way and by which norms."""

    def __init__(self) -> None:
        self._by_basis: defaultdict[str, list[float]] = defaultdict(list)
        self._norms: set[str] = set()

    def add(self, part: Json | None) -> None:
        """Add the metres of a file, as ``Shelf.metres`` gives them."""
        if part:
            self._by_basis[part["basis"]].append(part["metres"])
            if part["norm"]:
                self._norms.add(part["norm"])

    def sums(self) -> tuple[float | None, Json]:
        """The sum (None when no part has any) and ``{basis: metres}``."""
        if not self._by_basis:
            return None, {}
        sums = {basis: fsum(found) for basis, found in sorted(self._by_basis.items())}
        return round(fsum(sums.values()), 3), {basis: round(value, 3) for basis, value in sums.items()}

    def norms(self) -> list[str]:
        """The widths and coefficients that figures were estimated with, each once: they are printed beside the sum."""
        return sorted(self._norms)


def total(parts: Iterable[Json | None]) -> tuple[float | None, Json]:
    """The sum in metres (None when no part has any) and how much of it was had in which way."""
    found = Total()
    for part in parts:
        found.add(part)
    return found.sums()
