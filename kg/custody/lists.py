"""Where lists of facts are kept: in the store's log, as they were loaded, whole or not at all.

A list is never changed: it is withdrawn, and another is loaded. ``custody_list`` heads it (id, file, hash of its bytes,
when), ``custody_facts`` hold its rows by the hundred, ``custody_withdrawn`` takes a list or one row out of use.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from kg import wording
from kg.custody.facts import Fact, Facts, file_references
from kg.custody.loading import Read
from kg.custody.packing import decoded, encoded
from kg.custody.paper import Paper
from kg.errors import HosoError, NotFound
from kg.ids import slug
from kg.messages import say
from kg.model import File
from kg.store.protocol import Store
from ontology.registry import Ontology

_LIST, _FACTS, _WITHDRAWN = "custody_list", "custody_facts", "custody_withdrawn"
_CHUNK = 500
"""Facts in a row of the log."""
_HASH = 8
_LONGEST_STEM = 40


@dataclass(frozen=True, slots=True)
class FactList:
    """A list that was loaded: ``loaded`` and ``withdrawn`` are times in UTC (None: in use), ``why`` the reason given;
    ``taken_out`` the ids of single rows that were withdrawn."""

    id: str
    file: str
    sha256: str
    loaded: str
    facts: tuple[Fact, ...]
    withdrawn: str | None = None
    why: str | None = None
    taken_out: frozenset[str] = frozenset()

    @property
    def in_use(self) -> tuple[Fact, ...]:
        """Its facts that count."""
        return () if self.withdrawn else tuple(fact for fact in self.facts if fact.id not in self.taken_out)

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The papers that its facts rest on, each once."""
        return tuple(dict.fromkeys(fact.paper for fact in self.facts))


def lists(store: Store) -> list[FactList]:
    """All lists that were ever loaded, the oldest first."""
    rows: defaultdict[str, list[Fact]] = defaultdict(list)
    for chunk in store.logged(_FACTS):
        rows[str(chunk["list"])] += decoded(chunk)
    gone = _withdrawn(store)
    found = []
    for head in store.logged(_LIST):
        name = str(head["id"])
        end = gone.get(name)
        facts = tuple(rows.get(name, ()))
        found.append(
            FactList(
                name,
                str(head["file"]),
                str(head["sha256"]),
                str(head["at"]),
                facts,
                str(end["at"]) if end else None,
                str(end["why"]) if end and end.get("why") else None,
                frozenset(fact.id for fact in facts if fact.id in gone),
            )
        )
    return found


def facts_of(store: Store, ontology: Ontology, *, file: File | None = None) -> Facts:
    """The facts in use, bound to the fonds of the store; with ``file`` only those that can be about that file."""
    named = file_references(file) if file else None
    chunks = store.logged(_FACTS)
    if not chunks:
        return Facts((), (), ontology)
    gone = _withdrawn(store)
    told = (fact for chunk in chunks if str(chunk["list"]) not in gone for fact in decoded(chunk, named))
    return Facts([fact for fact in told if fact.id not in gone], store.fonds(), ontology)


def _withdrawn(store: Store) -> dict[str, Mapping[str, object]]:
    return {str(row["id"]): row for row in store.logged(_WITHDRAWN)}


def get(store: Store, identifier: str) -> FactList:
    """The list of that id. Raises NotFound, which names the lists there are."""
    known = lists(store)
    found = next((one for one in known if one.id == identifier), None)
    if found is None:
        raise NotFound(say("facts_no_list", id=identifier, known=", ".join(one.id for one in known) or "–"))
    return found


def keep(store: Store, read: Sequence[Read]) -> list[FactList]:
    """Write lists to the store, all of them or none. Raises HosoError(bad_input) where the same bytes are in use
    already."""
    known = lists(store)
    heads: list[tuple[str, Read]] = []
    for one in read:
        same = next((old for old in known if old.sha256 == one.sha256 and not old.withdrawn), None)
        if same or one.sha256 in (other.sha256 for _, other in heads):
            before = wording.day(same.loaded[:10]) if same else "–"
            raise HosoError(say("facts_loaded_before", path=one.file, id=same.id if same else one.file, at=before))
        heads.append((_new_id(one, {old.id for old in known} | {name for name, _ in heads}), one))
    with store.writing() as writer:
        for name, one in heads:
            writer.log(_LIST, {"id": name, "file": one.file, "sha256": one.sha256, "rows": len(one.facts)})
            for start in range(0, len(one.facts), _CHUNK):
                writer.log(_FACTS, encoded(name, start, one.facts[start : start + _CHUNK]))
    loaded = {str(head["id"]): str(head["at"]) for head in store.logged(_LIST)}
    return [
        FactList(
            name,
            one.file,
            one.sha256,
            loaded[name],
            tuple(replace(fact, id=f"{name}#{number}") for number, fact in enumerate(one.facts, start=1)),
        )
        for name, one in heads
    ]


def _new_id(read: Read, taken: Collection[str]) -> str:
    """The file's name and the beginning of its hash, numbered where a withdrawn list has that id."""
    stem = slug(PurePath(read.file).stem).lower()[:_LONGEST_STEM].strip("-.") or "list"
    base = f"{stem}-{read.sha256[:_HASH]}"
    names = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in names if one not in taken)


def withdraw(store: Store, identifier: str, why: str | None) -> int:
    """Take a list, or one fact of it (``list#row``), out of use; how many facts that was. Raises NotFound, which names
    the lists there are, and HosoError(bad_input) where it was withdrawn before."""
    known = lists(store)
    found = next((one for one in known if one.id == identifier.partition("#")[0]), None)
    rows = [fact for fact in found.facts if identifier in (found.id, fact.id)] if found else []
    if found is None or not rows:
        raise NotFound(say("facts_no_list", id=identifier, known=", ".join(one.id for one in known) or "–"))
    if found.withdrawn or (identifier != found.id and identifier in found.taken_out):
        raise HosoError(say("facts_withdrawn_before", id=identifier))
    with store.writing() as writer:
        writer.log(_WITHDRAWN, {"id": identifier, "why": why or ""})
    return len([fact for fact in rows if fact.id not in found.taken_out])


def changed_from(store: Store, read: Read) -> FactList | None:
    """The last list in use that came from a file of that name with other bytes: a signed list that was changed."""
    earlier = [
        one for one in lists(store) if one.file == read.file and one.sha256 != read.sha256 and not one.withdrawn
    ]
    return earlier[-1] if earlier else None
