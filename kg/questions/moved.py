"""``hoso moved``: which records concern which place now, and who holds or must receive them: two answers, kept apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal

from kg.access import Access, visible
from kg.custody.custodian import Custodian, Custody
from kg.errors import HosoError
from kg.messages import say
from kg.model import Edge, File, Record
from kg.questions.backbone import Backbone
from kg.questions.forerunners import forerunners
from kg.questions.forms import Json, is_document, record_json
from kg.questions.metres import Shelf
from kg.questions.moved_rows import FileRow, Row, file_entry, in_order
from kg.questions.moved_totals import Counts
from kg.questions.places import NOWHERE, Places, main_edges
from kg.workspace import Workspace
from ontology import dates
from ontology.custody import CUSTODY_ORDER
from ontology.custody.schedules import Proposal
from ontology.model import CERTAINTY_ORDER, Matter, Unit
from ontology.registry import Ontology, load
from ontology.validity import some_day

By = Literal["place", "custody"]
LIMIT = 100
_CHUNK = 500


def moved(
    workspace: Workspace,
    *,
    source: str | None = None,
    target: str | None = None,
    by: By = "place",
    matter: Matter = "any",
    within: str | None = None,
    at: str | None = None,
    limit: int = LIMIT,
    access: Access = "open",
) -> Json:
    """The ``moved`` form: totals, totals by certainty (by custody by how sure the destination is, by fonds and by what
    becomes of them too), and the first ``limit`` documents; by custody the first ``limit`` files too.

    ``source`` and ``target`` are UNIT arguments (id or name), each with all below it and all its versions. By place:
    documents whose main place was in ``source`` and lies in ``target`` now, as far as can be told; a file counts
    once, under the weakest of its selected documents. By custody: documents of fonds whose creator is of ``source``
    and whose receiving body, by paper or by rule, is of ``target``, or whom a signed paper says to be held there; counted
    in the words of custody. ``matter``: any, civil or
    land (for those, people-only or land-only takers do not count). ``within`` and ``at`` are those of ``source``, where
    it is given. Totals take in closed documents; the list does
    not (``withheld`` counts them). Metres are those of the files as wholes: custody is the file's, never the page's.

    Raises UnitNotFound, AmbiguousUnit, BadDate (ontology.errors) and HosoError(bad_input).
    """
    if by not in ("place", "custody") or matter not in ("any", "civil", "land"):
        raise HosoError(say("bad_choice", value=by if by not in ("place", "custody") else matter))
    ontology = load()
    day = some_day(dates.parse(at)) if at else None
    old = ontology.argument(source, within=within, at=day, prefer="ended") if source else None
    new = (
        ontology.argument(target, within=None if source else within, at=None if source else day, prefer="in_force")
        if target
        else None
    )
    from_unit, to_unit = (argument.unit if argument else None for argument in (old, new))
    question = _Question(workspace, ontology, from_unit, to_unit, matter)
    files = question.by_place() if by == "place" else question.by_custody()
    words: Sequence[str] = CERTAINTY_ORDER if by == "place" else CUSTODY_ORDER
    return {
        "from": ontology.unit_json(from_unit) if from_unit else None,
        "to": ontology.unit_json(to_unit) if to_unit else None,
        "kind": matter,
        "by": by,
        "reasons": {"from": list(old.reasons) if old else [], "to": list(new.reasons) if new else []},
        **question.totals(files, by, words),
        **question.listing(files, limit, access),
        **(question.files_listed(files, limit, access) if by == "custody" else {}),
        "secret": len(workspace.store.secrets()) if not (from_unit or to_unit) else None,
    }


class _Question:
    """One question, asked of one store."""

    def __init__(
        self, workspace: Workspace, ontology: Ontology, source: Unit | None, target: Unit | None, matter: Matter
    ) -> None:
        self._workspace = workspace
        self._source = ontology.under(source) if source else None
        self._target = ontology.under(target) if target else None
        self._near = forerunners(target, ontology) if target else frozenset()
        self._places = Places(ontology, matter)
        self._backbone = Backbone(workspace)
        self._custodian = Custodian.of_store(workspace.store, ontology, self._backbone.fonds)
        self._undecided: list[FileRow] = []
        """Of the fonds of units that became the one asked for: those that nobody is assigned."""
        self._proposals: dict[str, Proposal | None] = {}
        self._whole_files = False
        """Whether the rows hold every document of their files."""

    # by place

    def by_place(self) -> list[FileRow]:
        """The selected documents with their places, grouped by file."""
        files: dict[str, FileRow] = {}
        placed = self._selected_places()
        whole = self._whole_files = self._source is None and self._target is None
        documents = self._backbone.learn(self._records(None if whole else placed.keys()))
        if whole:
            self._backbone.load_all()
        else:
            self._backbone.load_named(self._backbone.filled.union(placed))
        for record in documents:
            place = self._places.answer(record, placed.get(record.id, []))
            self._add(files, Row(record, place))
        for file in self._backbone.files.values():
            if file.id not in self._backbone.filled and (whole or file.id in placed):
                self._add_empty(files, file, placed.get(file.id, []))
        return list(files.values())

    def _selected_places(self) -> dict[str, list[Edge]]:
        """For each document selected, all edges of its main place."""
        found: dict[str, list[Edge]] = {}
        store = self._workspace.store
        asked: Collection[str] | None = self._source
        if self._target is not None:  # only what lies there now, of all places
            asked = {unit for unit in store.main_place_counts(asked) if self._places.now(unit) & self._target}
        for about, edge in store.main_places(asked):
            found.setdefault(about, []).append(edge)
        if self._source is not None or self._target is not None:
            self._complete(found)
        return found

    def _complete(self, found: dict[str, list[Edge]]) -> None:
        """An undecided place has several units, of which only those asked for came: fetch the others."""
        undecided = sorted(key for key, edges in found.items() if edges[0].props.get("certainty") != "certain")
        for start in range(0, len(undecided), _CHUNK):
            chunk = undecided[start : start + _CHUNK]
            edges = main_edges(self._workspace.store.edges(chunk, direction="out", types=["ABOUT_PLACE"]))
            for key in chunk:
                found[key] = [edge for edge in edges if edge.source == key] or found[key]

    # by custody

    def by_custody(self) -> list[FileRow]:
        """The documents of the fonds selected, and their files, those without documents too."""
        files: dict[str, FileRow] = {}
        self._whole_files = True
        chosen = (
            None
            if self._source is None
            else {key for key, row in self._backbone.fonds.items() if row.unit in self._source}
        )
        documents = self._backbone.learn(self._of_fonds(chosen))
        if chosen is None:
            self._backbone.load_all()
        else:
            self._backbone.load_named(self._backbone.filled)
        for fonds in sorted(chosen or ()):
            self._backbone.load(self._workspace.store.files(fonds=fonds))
        for record in documents:
            self._add(files, Row(record))
        for file in self._backbone.files.values():
            if file.id not in self._backbone.filled and (chosen is None or file.fonds in chosen):
                self._add_empty(files, file, [])
        if self._target is None:
            return list(files.values())
        found, target, near = [], self._target, self._near
        for row in files.values():
            custody = self.custody(row)
            if not target.isdisjoint(custody.units):
                found.append(row)
            elif custody.destination_certainty == "not_assigned" and self._unit_of(row.fonds) in near:
                self._undecided.append(row)
        return found

    def _unit_of(self, fonds: str | None) -> str | None:
        known = self._backbone.fonds.get(fonds) if fonds else None
        return known.unit if known else None

    def undecided(self) -> Json | None:
        """What is not assigned of the fonds of units that became the one asked for: nobody's yet, and no paper says
        that it comes here (the map names no custodian). None where the question is another."""
        if not self._near:
            return None
        fonds = sorted({row.fonds or "" for row in self._undecided})
        named = ((key, self._backbone.fonds[key].creator) for key in fonds)
        return {
            "files": sum(row.is_file for row in self._undecided),
            "documents": sum(len(row.rows) for row in self._undecided),
            "fonds": [{"id": key, "creator": creator} for key, creator in named],
        }

    def _of_fonds(self, chosen: set[str] | None) -> Iterator[Record]:
        if chosen is None:
            yield from self._workspace.store.iter_records()
            return
        for fonds in sorted(chosen):
            yield from self._workspace.store.iter_records(fonds=fonds)

    # shared

    def _records(self, ids: Iterable[str] | None) -> Iterator[Record]:
        if ids is None:
            yield from self._workspace.store.iter_records()
            return
        wanted = sorted(ids)
        for start in range(0, len(wanted), _CHUNK):
            rows = self._workspace.store.records(wanted[start : start + _CHUNK])
            yield from (rows[key] for key in sorted(rows))

    def _add(self, files: dict[str, FileRow], row: Row) -> None:
        record = row.record
        file = self._backbone.files.get(record.file) if record.file else None
        key = f"file:{record.file}" if record.file else f"record:{record.id}"
        fonds = record.fonds or (file.fonds if file else None)
        files.setdefault(key, FileRow(file, fonds)).rows.append(row)

    def _add_empty(self, files: dict[str, FileRow], file: File, edges: list[Edge]) -> None:
        place = self._places.answer(None, edges) if edges else NOWHERE
        files[f"file:{file.id}"] = FileRow(file, file.fonds, [], place)

    @cached_property
    def _shelf(self) -> Shelf:
        return self._backbone.shelf()

    def custody(self, row: FileRow) -> Custody:
        """The custody of a file, or of a document without one."""
        if row.custody is None:
            row.custody = self._custodian.of(row.fonds, file=row.file, records=self._documents(row))
        return row.custody

    def _documents(self, row: FileRow) -> list[Record]:
        """All documents of the row's file, those too that the question does not select."""
        if row.file is None or self._whole_files:
            return [entry.record for entry in row.rows]
        return [record for record in self._workspace.store.iter_records(file=row.file.id) if is_document(record)]

    def totals(self, files: list[FileRow], by: By, words: Sequence[str]) -> Json:
        """``totals`` and ``by_certainty``, by custody ``by_fonds``, ``groups`` and ``by_held`` too: all add up to the same
        documents, pages, files and metres; and what must still come (``kg.questions.moved_totals``)."""
        counts = Counts(words, self._backbone.fonds, custody=by == "custody", target=self._target)
        shelf = self._shelf
        for row in files:
            pages = row.pages
            each, whole = self._certainties(row, by, words)
            counts.add(
                row.fonds,
                documents=list(zip(each, (entry.record.pages for entry in row.rows), strict=True)),
                whole=whole,
                is_file=row.is_file,
                metres=shelf.metres(row.file, pages or None) if row.file else None,
                listed_pages=row.file.pages if row.file and not row.rows else None,
                custody=self.custody(row) if by == "custody" else None,
            )
        return counts.to_json()

    def _certainties(self, row: FileRow, by: By, words: Sequence[str]) -> tuple[list[str], str]:
        """The word of each document, and that of the file: custody is the file's; by place the weakest document's."""
        if by == "custody":
            word = self.custody(row).certainty
            return [word] * len(row.rows), word
        each: list[str] = [(entry.place or NOWHERE).certainty for entry in row.rows]
        own = [row.place.certainty] if row.place else []
        return each, max([*each, *own], key=words.index)

    def _proposed(self, row: FileRow) -> Proposal | None:
        """The term that a schedule would give; of a file once."""
        key = row.file.id if row.file else f"record:{row.rows[0].record.id}"
        if key not in self._proposals:
            self._proposals[key] = self._custodian.proposed(row.fonds, row.file, self._documents(row))
        return self._proposals[key]

    def listing(self, files: list[FileRow], limit: int, access: Access) -> Json:
        """``records``: the first documents by id with both answers; ``withheld``: how many are closed to the reader."""
        shown = [(row, entry) for row in files for entry in row.rows if visible(entry.record, access)]
        withheld = sum(len(row.rows) for row in files) - len(shown)
        shown.sort(key=lambda pair: pair[1].record.id)
        page = shown[: max(0, limit)]
        missing = [entry.record.id for _, entry in page if entry.place is None]
        edges = (
            main_edges(self._workspace.store.edges(missing, direction="out", types=["ABOUT_PLACE"]))
            if missing
            else []
        )
        records = []
        for row, entry in page:
            place = entry.place or self._places.answer(
                entry.record, [edge for edge in edges if edge.source == entry.record.id]
            )
            records.append(
                {
                    "record": record_json(entry.record, row.file),
                    "place": self._places.to_json(place),
                    "custody": self.custody(row).to_json(self._proposed(row)),
                }
            )
        return {"records": records, "listed": len(records), "withheld": withheld}

    def files_listed(self, files: list[FileRow], limit: int, access: Access) -> Json:
        """``files``: the first files by id, those without documents too, each with its custody; ``files_listed``: how
        many; ``undecided``: see there."""
        rows = sorted((row for row in files if row.file is not None), key=in_order)
        shown = [
            file_entry(
                row,
                self.custody(row),
                self._proposed(row),
                creator=self._creator(row.fonds),
                shelf=self._shelf,
                access=access,
            )
            for row in rows[: max(0, limit)]
        ]
        return {"files": shown, "files_listed": len(shown), "files_known": len(rows), "undecided": self.undecided()}

    def _creator(self, fonds: str | None) -> str | None:
        known = self._backbone.fonds.get(fonds) if fonds else None
        return known.creator if known else None
