"""The totals of ``hoso moved``: by certainty; by custody by fonds and by what becomes of the files too."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.custody.answer import Custody
from kg.model import Fonds
from kg.questions.forms import Json
from kg.questions.metres import total
from ontology.custody import CUSTODY_ORDER

UNKNOWN = ""
"""The id under which what lies in no known fonds is counted, as in ``hoso fonds``."""

HELD = ("here", "elsewhere", "unknown")
"""By paper at a body of the units asked about, by paper at another, or no paper says."""

_Group = tuple[str | None, ...]
"""What files have in common: holder, destination, first receiver (by their full names), due day, basis, certainty, that of the
destination, how sure the law was read, how many papers wait for the term."""


class Counts:
    """Counts a question's files and documents in every way at once."""

    def __init__(
        self,
        words: Sequence[str],
        fonds: Mapping[str, Fonds],
        *,
        custody: bool = False,
        target: Collection[str] | None = None,
    ) -> None:
        """``target``: the units (ids of versions) whose bodies are asked about, None where none are."""
        self._words = words
        self._target = target
        self._by_held = {word: _Tally() for word in HELD}
        self._to_come = _Tally()
        self._custody = custody
        self._fonds = fonds
        self._all = _Tally()
        self._by_word = {word: _Tally() for word in words}
        self._by_destination: dict[str, _Tally] = {word: _Tally() for word in CUSTODY_ORDER if word != "fact"}
        self._by_fonds: dict[str, dict[str, _Tally]] = {}
        self._groups: dict[_Group, _Tally] = {}
        self._group_fonds: dict[_Group, set[str]] = {}

    def add(
        self,
        fonds: str | None,
        *,
        documents: Sequence[tuple[str, int | None]],
        whole: str,
        is_file: bool,
        metres: Json | None,
        listed_pages: int | None,
        custody: Custody | None,
    ) -> None:
        """Count a file (``is_file``; else a document without one): ``documents`` as (word, pages), ``whole`` the file's
        own word, ``listed_pages`` those of a file without documents. ``custody`` is None where places are counted."""
        of_fonds = self._by_fonds.setdefault(fonds or UNKNOWN, {}) if custody else {}
        shared = [self._all]
        if custody:
            shared += [self._group(fonds, custody), self._by_destination[custody.destination_certainty]]
        if custody and self._target is not None:
            shared += self._of_target(custody, self._target)
        for word, pages in documents:
            for tally in (*shared, self._by_word[word], *_of_word(of_fonds, word, custody)):
                tally.document(pages)
        if is_file:
            for tally in (*shared, self._by_word[whole], *_of_word(of_fonds, whole, custody)):
                tally.file(metres, listed_pages)

    def _of_target(self, custody: Custody, target: Collection[str]) -> list[_Tally]:
        """Where it is, seen from the units asked about; and what of it must still come to them."""
        ruling = custody.ruling
        comes = ruling is not None and (ruling.unit in target or custody.via_unit in target)
        here = custody.proved and (custody.held_unit in target or (custody.arrived and comes))
        if here:
            return [self._by_held["here"]]
        held = self._by_held["elsewhere" if custody.proved else "unknown"]
        return [held, self._to_come] if comes else [held]

    def to_json(self) -> Json:
        """``totals`` and ``by_certainty``; by custody ``by_destination`` (how sure it is where they must go, wherever they
        are), ``by_fonds`` (by id, what has none last) and ``groups`` (the most files first); of units asked about
        ``by_held`` (by the words of ``HELD``; adds up to the totals) and ``to_come``, what they must receive, then or first,
        and no paper says that they have; both None where no unit is asked about."""
        counted: Json = {
            "totals": self._all.to_json(),
            "by_certainty": {word: tally.to_json() for word, tally in self._by_word.items()},
        }
        if self._custody:
            counted["by_destination"] = {word: tally.to_json() for word, tally in self._by_destination.items()}
            counted["by_fonds"] = [
                self._fonds_json(key) for key in sorted(self._by_fonds, key=lambda key: (not key, key))
            ]
            counted["groups"] = self._groups_json()
            asked = self._target is not None
            counted["by_held"] = {word: tally.to_json() for word, tally in self._by_held.items()} if asked else None
            counted["to_come"] = self._to_come.to_json() if asked else None
        return counted

    def _group(self, fonds: str | None, custody: Custody) -> _Tally:
        ruling = custody.ruling
        name, via = custody.destination_name, custody.via_name
        told = (name, via, custody.due, ruling.basis) if ruling else (None,) * 4
        key: _Group = (
            custody.held_name,
            *told,
            custody.certainty,
            custody.destination_certainty,
            ruling.law_sure if ruling else None,
            str(custody.assignments_waiting),
        )
        self._group_fonds.setdefault(key, set()).add(fonds or UNKNOWN)
        return self._groups.setdefault(key, _Tally())

    def _fonds_json(self, key: str) -> Json:
        known = self._fonds.get(key)
        by_word = self._by_fonds[key]
        return {
            "fonds": key,
            "creator": known.creator if known else None,
            **_united(by_word.values()).to_json(),
            "by_certainty": {word: by_word[word].to_json() for word in self._words if word in by_word},
        }

    def _groups_json(self) -> list[Json]:
        ordered = sorted(
            self._groups,
            key=lambda key: (-self._groups[key].files, -self._groups[key].documents, [part or "" for part in key]),
        )
        return [
            {
                "held_now": held,
                "destination": name,
                "via": via,
                "due": due,
                "basis": basis,
                "certainty": certainty,
                "destination_certainty": of_destination,
                "law_sure": law_sure,
                "waiting": int(waiting or 0),
                "fonds": sorted(self._group_fonds[key]),
                **self._groups[key].to_json(),
            }
            for key in ordered
            for held, name, via, due, basis, certainty, of_destination, law_sure, waiting in [key]
        ]


def _of_word(of_fonds: dict[str, _Tally], word: str, custody: Custody | None) -> list[_Tally]:
    return [of_fonds.setdefault(word, _Tally())] if custody else []


def _united(tallies: Iterable[_Tally]) -> _Tally:
    found = _Tally()
    for one in tallies:
        found.files += one.files
        found.documents += one.documents
        found.pages += one.pages
        found.metres += one.metres
    return found


@dataclass(slots=True)
class _Tally:
    files: int = 0
    documents: int = 0
    pages: int = 0
    metres: list[Json | None] = field(default_factory=list)

    def document(self, pages: int | None) -> None:
        self.documents += 1
        self.pages += pages or 0

    def file(self, metres: Json | None, pages: int | None) -> None:
        self.files += 1
        self.pages += pages or 0
        self.metres.append(metres)

    def to_json(self) -> Json:
        metres, basis = total(self.metres)
        return {
            "files": self.files,
            "documents": self.documents,
            "pages": self.pages,
            "metres": metres,
            "metres_basis": basis,
        }
