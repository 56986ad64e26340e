"""What to look at in facts that are loaded, against the store and against what is known of bodies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from kg import wording
from kg.custody.bodies import day_of, doubt
from kg.custody.facts import HOLDING, Fact, Facts, reference
from kg.custody.narrowing import is_silent, within
from kg.custody.receivers import Receivers
from kg.custody.remarks import Line, Remark
from kg.model import File
from kg.store.protocol import Store
from ontology import dates
from ontology.registry import load

_Told = tuple[str, str, str]
"""Code, what it is about, what stands against it."""


def remarks_on(facts: Sequence[Fact], bound: Facts, store: Store) -> list[Remark]:
    """The remarks on these facts. ``bound``: they and all others in use, bound to the fonds of the store."""
    found: defaultdict[_Told, list[Line]] = defaultdict(list)
    givers = _Givers(bound)
    files = _Files(store)
    for fact in facts:
        for told in (*_bodies(fact), *files.differ(fact, bound), *givers.differ(fact)):
            found[told].append((fact.sheet, fact.row))
        if fact.since > dates.today():
            found["to_come", wording.day(fact.since), ""].append((fact.sheet, fact.row))
    for told, lines in _several_givers(facts, givers.key):
        found[told] += lines
    return [Remark(*told, tuple(dict.fromkeys(lines))) for told, lines in found.items()]


def left_open(facts: Sequence[Fact]) -> list[Remark]:
    """The facts of a list that leave a condition open which their table has a column for."""
    lines = tuple((fact.sheet, fact.row) for fact in facts if "open_condition" in fact.remarks)
    return [Remark("conditions_open", "", "", tuple(dict.fromkeys(lines)))] if lines else []


def _several_givers(facts: Sequence[Fact], key: Callable[[str], Hashable]) -> Iterator[tuple[_Told, list[Line]]]:
    """Minutes of one number and day that several bodies give by: each has minutes, and numbers, of its own."""
    papers: defaultdict[tuple[str, str | None], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind == "handover" and fact.giver and fact.paper.number:
            papers[fact.paper.number, fact.paper.date].append(fact)
    for (number, _), rows in papers.items():
        givers = {key(fact.giver): fact.giver for fact in reversed(rows) if fact.giver}
        if len(givers) > 1:
            told = ("several_givers", number, ", ".join(reversed(givers.values())))
            yield told, [(fact.sheet, fact.row) for fact in rows]


def _bodies(fact: Fact) -> Iterator[_Told]:
    """Bodies that are not known, had ended or had not begun."""
    day = day_of(fact)
    for name in dict.fromkeys(filter(None, (fact.body, fact.giver))):
        if told := doubt(name, day):
            yield told.code, name, told.value


class _Files:
    """Compares what papers say of a fonds as a whole with its files, each fonds read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._of: dict[str, Sequence[File]] = {}

    def differ(self, fact: Fact, bound: Facts) -> Iterator[_Told]:
        """A number of files that the paper counts and the store does not have, where years and boxes alone narrow it;
        files that tell no year or no box and so are not meant by a paper that names some."""
        target, fonds = fact.target, bound.fonds_of(fact)
        if target.file or target.inventory or len(fonds) != 1:
            return
        if fact.files is None and not (target.years or target.box):
            return
        files = self._files(fonds[0])
        number = sum(within(target, file) for file in files)
        if fact.files not in (None, number) and not (target.retention or target.carrier):
            yield "files_differ", str(fact.files), str(number)
        silent = sum(is_silent(target, file) for file in files)
        if silent:
            yield "files_silent", str(silent), ""

    def _files(self, fonds: str) -> Sequence[File]:
        if fonds not in self._of:
            self._of[fonds] = self._store.files(fonds=fonds)
        return self._of[fonds]


class _Givers:
    """Who held what before: a giver is to be the one to whom the papers before gave it."""

    def __init__(self, bound: Facts) -> None:
        self._bound = bound
        self.key = Receivers(load()).key
        self._held: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in bound.all:
            if fact.kind in HOLDING and fact.body:
                for key in self._keys(fact):
                    self._held[key].append(fact)

    def differ(self, fact: Fact) -> Iterator[_Told]:
        """A giver that is not the body to which the last paper before names the file or the fonds."""
        if fact.kind != "handover" or not fact.giver:
            return
        for fonds, file in self._keys(fact):
            places = [(fonds, file), (fonds, "")] if file else [(fonds, "")]
            before = [
                one for place in places for one in self._held[place] if one is not fact and self._is_before(one, fact)
            ]
            if not before:
                continue
            last = max(one.since for one in before)
            bodies = {self.key(one.body or ""): one for one in before if one.since in (last, fact.since)}
            if self.key(fact.giver) not in bodies:
                other = next(iter(bodies.values()))
                yield "giver_not_holder", fact.giver, f"{other.body} ({other.paper.cited()})"
                return

    def _keys(self, fact: Fact) -> Iterable[tuple[str, str]]:
        fonds = self._bound.fonds_of(fact)
        if fact.target.file:
            return [(name, reference(fact.target.file)) for name in fonds or ("",)]
        whole = not (fact.target.inventory or fact.target.retention or fact.target.years or fact.target.box)
        return [(name, "") for name in fonds] if whole else []

    def _is_before(self, one: Fact, fact: Fact) -> bool:
        """Whether a paper is of an earlier day, or hands over on the same day to the body that gives it on."""
        if one.since != fact.since:
            return one.since < fact.since
        return one.kind == "handover" and self.key(one.body or "") == self.key(fact.giver or "")
