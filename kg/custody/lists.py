"""Where lists of facts are kept: in the store's log, as they were loaded.

A list is never changed: it is withdrawn, and another is loaded. ``custody_list`` heads it (id, file, hash of its bytes,
when, who loaded it), ``custody_facts`` hold its facts by the five hundred, ``custody_withdrawn`` takes a list or one fact
out of use. What stands there is read again inside the write transaction, which is the only one of its store: two who load
at once see one another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from ontology import dates
from ontology.registry import Ontology

_LIST, _FACTS, _WITHDRAWN = "custody_list", "custody_facts", "custody_withdrawn"
_CHUNK = 500
"""Facts in a row of the log."""
_HASH = 8
_LONGEST_STEM = 40


@dataclass(frozen=True, slots=True)
class FactList:
    """A list that was loaded: ``loaded`` and ``withdrawn`` are times in UTC (None: in use), ``why`` the reason given, who
    did it in ``by`` and ``withdrawn_by``; ``taken_out`` the ids of single facts that were withdrawn."""

    id: str
    file: str
    sha256: str
    loaded: str
    facts: tuple[Fact, ...]
    withdrawn: str | None = None
    why: str | None = None
    taken_out: frozenset[str] = frozenset()
    by: str | None = None
    withdrawn_by: str | None = None

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
                _text(end or {}, "why"),
                frozenset(fact.id for fact in facts if fact.id in gone),
                _text(head, "by"),
                _text(end or {}, "by"),
            )
        )
    return found


def facts_of(store: Store, ontology: Ontology, *, file: File | None = None) -> Facts:
    """The facts in use, bound to the fonds of the store, but for those whose day is still to come; with ``file`` only
    those that can be about that file."""
    named = file_references(file) if file else None
    chunks = store.logged(_FACTS)
    if not chunks:
        return Facts((), (), ontology)
    gone = _withdrawn(store)
    told = (fact for chunk in chunks if str(chunk["list"]) not in gone for fact in decoded(chunk, named))
    return Facts([fact for fact in counting(told) if fact.id not in gone], store.fonds(), ontology)


def counting(facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts whose day has come: a decision may take effect later."""
    today = dates.today()
    return (fact for fact in facts if fact.since <= today)


def _text(row: Mapping[str, object], key: str) -> str | None:
    value = row.get(key)
    return str(value) if value else None


def _withdrawn(store: Store) -> dict[str, Mapping[str, object]]:
    return {str(row["id"]): row for row in store.logged(_WITHDRAWN)}


def get(store: Store, identifier: str) -> FactList:
    """The list of that id. Raises NotFound, which names the lists there are."""
    known = lists(store)
    found = next((one for one in known if one.id == identifier), None)
    if found is None:
        raise NotFound(say("facts_no_list", id=identifier, known=", ".join(one.id for one in known) or "–"))
    return found


def keep(store: Store, read: Sequence[Read], by: str = "") -> list[FactList]:
    """Write lists to the store, all of these or none; ``by`` is who loads them. Raises HosoError(bad_input) where the same
    bytes are in use already; a list of which every fact was withdrawn is in use no more."""
    heads: list[tuple[str, Read]] = []
    with store.writing() as writer:
        known = store.logged(_LIST)
        gone = _withdrawn(store)
        in_use = {str(head["sha256"]): head for head in known if _counts(head, gone)}
        for one in read:
            same = in_use.get(one.sha256)
            if same or one.sha256 in (other.sha256 for _, other in heads):
                before = wording.day(str(same["at"])[:10]) if same else "–"
                name = str(same["id"]) if same else one.file
                raise HosoError(say("facts_loaded_before", path=one.file, id=name, at=before))
            heads.append((_new_id(one, {str(old["id"]) for old in known} | {name for name, _ in heads}), one))
        for name, one in heads:
            told = {"id": name, "file": one.file, "sha256": one.sha256, "rows": len(one.facts), "by": by}
            writer.log(_LIST, told)
            for start in range(0, len(one.facts), _CHUNK):
                writer.log(_FACTS, encoded(name, start, one.facts[start : start + _CHUNK]))
    names = {name for name, _ in heads}
    return [one for one in lists(store) if one.id in names]


def _counts(head: Mapping[str, object], gone: Mapping[str, object]) -> bool:
    """Whether a list has a fact that is not withdrawn."""
    name = str(head["id"])
    single = sum(identifier.partition("#")[0] == name for identifier in gone)
    return name not in gone and single < int(str(head["rows"]))


def _new_id(read: Read, taken: Collection[str]) -> str:
    """The file's name and the beginning of its hash, numbered where a withdrawn list has that id."""
    stem = slug(PurePath(read.file).stem).lower()[:_LONGEST_STEM].strip("-.") or "list"
    base = f"{stem}-{read.sha256[:_HASH]}"
    names = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in names if one not in taken)


def withdraw(store: Store, identifier: str, why: str | None, by: str = "") -> int:
    """Take a list, or one fact of it (``list#number``), out of use; how many facts that was; ``by`` is who does it.
    Raises NotFound, which names the lists there are, and HosoError(bad_input) where it was withdrawn before."""
    with store.writing() as writer:
        known = lists(store)
        found = next((one for one in known if one.id == identifier.partition("#")[0]), None)
        rows = [fact for fact in found.facts if identifier in (found.id, fact.id)] if found else []
        if found is None or not rows:
            raise NotFound(say("facts_no_list", id=identifier, known=", ".join(one.id for one in known) or "–"))
        if found.withdrawn or (identifier != found.id and identifier in found.taken_out):
            raise HosoError(say("facts_withdrawn_before", id=identifier))
        writer.log(_WITHDRAWN, {"id": identifier, "why": why or "", "by": by})
    return len([fact for fact in rows if fact.id not in found.taken_out])


def changed_from(store: Store, read: Read) -> FactList | None:
    """The last list in use that came from a file of that name with other bytes: a signed list that was changed."""
    earlier = [one for one in lists(store) if one.file == read.file and one.sha256 != read.sha256 and one.in_use]
    return earlier[-1] if earlier else None
