"""What a corrected table no longer says goes out of the store at the end of an ingest, and is told.

Records that are only listed go with the row that listed them; files, fonds and inventories when no table speaks of them
and nothing lies in them. What someone loaded about custody stays as it was loaded; where it finds its fonds or file no
more, that is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import chain

from kg.custody.facts import file_references, reference
from kg.custody.lists import facts_of
from kg.ingest.backbone import Backbone
from kg.messages import say
from kg.readers.model import RowProblem
from kg.store.protocol import Store, Writer
from ontology.registry import load

LOGGED = "withdrawn"
"""The kind of log row: ``{"records", "files", "fonds", "inventories"}``: ids, each at most ``_AT_ONCE``."""
_AT_ONCE = 500


@dataclass(slots=True)
class Withdrawn:
    """Ids of what went, by kind."""

    records: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    fonds: list[str] = field(default_factory=list)
    inventories: list[str] = field(default_factory=list)

    def write(self, writer: Writer) -> None:
        """Log what went, where something did."""
        for kind in ("records", "files", "fonds", "inventories"):
            ids: list[str] = getattr(self, kind)
            for start in range(0, len(ids), _AT_ONCE):
                writer.log(LOGGED, {kind: ids[start : start + _AT_ONCE]})


def listed_no_more(store: Store, backbone: Backbone, listed: Collection[str]) -> list[str]:
    """Records and secret records that the batch's tables, or those it withdraws, listed before and list no more.
    ``listed``: ids of the documents that it lists now."""
    found: set[str] = set()
    for account in backbone.accounts.retold:
        if account.documents:
            found.update(store.listed(account.documents, [account.key]))
        found.update(account.secrets)
    return sorted(found.difference(listed))


def withdraw(store: Store, backbone: Backbone, gone: Withdrawn) -> None:
    """Remove what nothing supports any more; ``gone`` is told what went."""
    loose = store.unsupported()
    going = set(loose["file"])
    fonds_of_left = sorted({ident.partition("/")[0] for ident in backbone.left})
    held = {file.inventory for one in fonds_of_left for file in store.files(fonds=one) if file.id not in going}
    unlisted = [ident for ident in sorted(backbone.left) if ident not in held]
    gone.files, gone.fonds = list(loose["file"]), list(loose["fonds"])
    inventories = {*unlisted, *loose["inventory"]}
    if gone.fonds:
        inventories.update(row.id for fonds in gone.fonds for row in store.inventories(fonds))
    gone.inventories = sorted(inventories)
    with store.writing() as writer:
        if gone.files or gone.fonds or gone.inventories:
            writer.remove_backbone(chain(gone.files, gone.inventories, gone.fonds))
        gone.write(writer)
        backbone.accounts.write(writer)


def unplaced(store: Store) -> set[str]:
    """Ids of the papers on custody in use that speak of a fonds, or of a file, that the store does not have."""
    facts = facts_of(store, load())
    known: dict[str, frozenset[str]] = {}
    found: set[str] = set()
    for fact in facts.all:
        names = facts.fonds_of(fact)
        if not facts.is_bound(fact) or (
            fact.target.file and not _has(store, names, reference(fact.target.file), known)
        ):
            found.add(fact.id)
    return found


def _has(store: Store, fonds: Iterable[str], file: str, known: dict[str, frozenset[str]]) -> bool:
    """Whether one of these fonds (none: any) has a file that is called so."""
    asked: list[str | None] = [*fonds] or [None]
    for name in asked:
        if (name or "*") not in known:
            files = store.files(fonds=name)
            known[name or "*"] = frozenset(chain.from_iterable(map(file_references, files)))
    return any(file in known[name or "*"] for name in asked)


def problems(facts: Iterable[str]) -> list[RowProblem]:
    """Papers on custody that found their fonds or file before, and find it no more."""
    return [RowProblem(fact, "fact_unplaced", say("fact_unplaced", fact=fact)) for fact in sorted(facts)]
