"""A conversion from file to file: which rows, what became of each, what is written."""

from __future__ import annotations

import os
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kg.convert import wording
from kg.convert.answers import Answer, Answers
from kg.convert.columns import Grid, Layout, find_layout, headings, letters, of_sheet, role
from kg.convert.csv_table import CsvTable
from kg.convert.report import Progress, Report, Request
from kg.convert.workbook import SheetGrid, Workbook, sniff
from kg.errors import HosoError
from kg.messages import say
from kg.sheets import check_place
from ontology import dates
from ontology.address_text import locality_lead
from ontology.collector import collector_off
from ontology.errors import BadDate
from ontology.localities import Localities
from ontology.validity import some_day

__all__ = ["Progress", "Report", "Request", "convert"]

_STEP = 1_000
"""Rows between two calls of the progress."""
_LONGEST_DATE = 40
"""Letters of a day that cannot be read which its note repeats."""
_SHORT = 2
"""Digits of a number that stands for a numbered ward or district, not for a code."""


def convert(
    source: Path,
    out: Path,
    request: Request,
    localities: Localities,
    *,
    progress: Progress | None = None,
    before_writing: Callable[[list[str]], None] | None = None,
) -> Report:
    """Write ``source`` to ``out`` with the new unit, its certainty, act and clause beside each row.

    ``before_writing`` is told what the workbook will lose (keys ``convert_loss_<key>``). Raises HosoError, with what
    to do, for files that cannot be read or written and for columns that are not found or not clear; BadDate.
    """
    started = time.perf_counter()
    day = dates.parse(request.on, partial=False) if request.on else dates.today()
    at = some_day(dates.parse(request.at)) if request.at else None
    kind = _checked(source, out, force=request.force)
    answers = Answers(on=day, at=at, matter=request.matter, localities=localities)
    work = _Work(request, answers, day, Report(str(out)), progress or (lambda *_: None))
    try:
        with collector_off():
            if kind == "csv":
                _convert_csv(source, out, work)
            else:
                _convert_workbook(source, out, work, before_writing)
    except OSError as error:
        raise HosoError(say("convert_cannot_read", path=source, why=error.strerror or error)) from error
    work.report.seconds = time.perf_counter() - started
    return work.report


@dataclass(slots=True)
class _Work:
    """One conversion under way. ``undecided``: the rows of the sheet of possibilities."""

    request: Request
    answers: Answers
    on: str
    report: Report
    progress: Progress
    undecided: list[tuple[object, ...]] = field(default_factory=list)
    _texts: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _options: dict[int, list[tuple[str, ...]]] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the seconds of a stage."""
        started = time.perf_counter()
        yield
        self.report.stages[name] = self.report.stages.get(name, 0.0) + time.perf_counter() - started

    def added(self, grid: Grid, layout: Layout) -> dict[int, tuple[str, ...]]:
        """The new cells of each row that is not blank."""
        heads = [grid.text(layout.header, column) if layout.header else "" for column in layout.columns]
        if self.report.columns == []:
            self.report.columns = [head or letters(at) for head, at in zip(heads, layout.columns, strict=True)]
        roles = [role(head) for head in heads]
        found: dict[int, tuple[str, ...]] = {}
        rows = grid.filled_rows[bisect_left(grid.filled_rows, layout.first) :]
        for done, row in enumerate(rows):
            if done % _STEP == 0:
                self.progress("convert_progress", done, len(rows))
            parts = [grid.text(row, column) for column in layout.columns]
            written = ", ".join(
                _numbered(part, meant, head) for part, meant, head in zip(parts, roles, heads, strict=True) if part
            )
            day, unread = self._day(grid, row, layout.date)
            answer = self.answers.answer(written, day, dated=unread is None) if written else None
            if answer is None:
                self.report.counts["blank"] += 1
                continue
            self.report.counts[answer.certainty] += 1
            self.report.unread_dates += unread is not None
            self.report.not_looked_into += answer.why == "not_looked_into"
            found[row] = _noted(self._cells(answer), unread)
            if answer.taker is None:
                self._note_options(answer, (grid.name or "", row, written), unread)
        self.progress("convert_progress", len(rows), len(rows))
        return found

    # Answers are kept by ``Answers`` as long as the conversion lasts: their identity tells them apart, cheaply.

    def _cells(self, answer: Answer) -> tuple[str, ...]:
        texts = self._texts.get(id(answer))
        if texts is None:
            texts = self._texts[id(answer)] = wording.cells(answer, self.on)
        return texts

    def _note_options(self, answer: Answer, where: tuple[str, int, str], unread: str | None) -> None:
        options = self._options.get(id(answer))
        if options is None:
            options = [wording.option_cells(option, self.on) for option in answer.options]
            options = self._options[id(answer)] = options or [wording.lone_cells(answer, self.on)]
        self.undecided += [(*where, *_noted(texts, unread)) for texts in options]

    def _day(self, grid: Grid, row: int, column: int | None) -> tuple[str | None, str | None]:
        """The day of a row's own date, and the text of one that cannot be read."""
        if column is None or not (text := grid.text(row, column)):
            return None, None
        try:
            return some_day(dates.parse(text)), None
        except BadDate:
            return None, text


def _noted(texts: tuple[str, ...], unread: str | None) -> tuple[str, ...]:
    """The cells of a row, or of a possibility, with a note on the day that could not be read before their own."""
    if unread is None:
        return texts
    *others, note = texts
    shown = unread if len(unread) <= _LONGEST_DATE else f"{unread[:_LONGEST_DATE]}…"
    told = say("convert_unread_date", text=shown)
    return (*others, f"{told}; {note}" if note else told)


def _convert_csv(source: Path, out: Path, work: _Work) -> None:
    work.progress("convert_reading", 0, 0)
    with work.stage("read"):
        table = CsvTable(source)
    with work.stage("answer"):
        layout = find_layout(table, work.request.columns, work.request.date)
        if layout is None:
            raise _not_found([table], work.request)
        found = work.added(table, layout)
    _check_any(found, source)
    if layout.header:
        found = {layout.header: tuple(wording.headings(wording.COLUMNS)), **found}
    blank = ("",) * len(wording.COLUMNS)
    rows = {
        row: found.get(row, blank)
        for row in range(max(layout.header, 1), table.height + 1)
        if any(table.rows[row - 1])
    }
    work.progress("convert_writing", 0, 0)
    work.report.ambiguous = len(work.undecided)
    with work.stage("write"):
        table.write(out, rows)
        _write_beside(table, out, work)


def _write_beside(table: CsvTable, out: Path, work: _Work) -> None:
    """The file of the possibilities, behind the result: none of an earlier one stays, whatever its language."""
    written = None
    if work.undecided:
        written = _beside(out)
        table.write_beside(written, [wording.headings(wording.OPTION_COLUMNS), *work.undecided])
        work.report.ambiguous_at = str(written)
    for stale in set(_all_beside(out)) - {written}:
        if work.request.force:
            stale.unlink(missing_ok=True)


def _convert_workbook(
    source: Path, out: Path, work: _Work, before_writing: Callable[[list[str]], None] | None
) -> None:
    work.progress("convert_reading", 0, 0)
    with work.stage("read"):
        book = Workbook(source, keep_macros=out.suffix.lower() == ".xlsm")
    with closing(book):
        _fill_workbook(book, source, out, work, before_writing)


def _fill_workbook(
    book: Workbook, source: Path, out: Path, work: _Work, before_writing: Callable[[list[str]], None] | None
) -> None:
    from kg.convert.losses import losses

    with work.stage("answer"):
        sheets = _chosen_sheets(book, work)
    heads = wording.headings(wording.COLUMNS)
    rows = 0
    for sheet, layout in sheets:
        with work.stage("answer"):
            found = work.added(sheet, layout)
        rows += len(found)
        with work.stage("add"):
            sheet.add_columns(layout.header, heads, found)
        work.report.sheets.append(sheet.name or "")
    _check_any(rows, source)
    work.report.losses = losses(source, out)
    if work.report.losses and before_writing:
        before_writing(work.report.losses)
    work.progress("convert_writing", 0, 0)
    work.report.ambiguous = len(work.undecided)
    if work.undecided:
        header = wording.headings(wording.OPTION_COLUMNS)
        with work.stage("add"):
            work.report.ambiguous_at = book.add_sheets(say("convert_undecided_title"), header, work.undecided)
    with work.stage("write"):
        book.save(out)


def _chosen_sheets(book: Workbook, work: _Work) -> list[tuple[SheetGrid, Layout]]:
    """The sheets that have the columns, each with its layout."""
    request = work.request
    grids = [sheet for sheet in book.sheets if sheet.name == request.sheet] if request.sheet else book.sheets
    if not grids:
        names = "; ".join(sheet.name or "" for sheet in book.sheets)
        raise HosoError(say("convert_no_such_sheet", name=request.sheet, names=names))
    found: list[tuple[SheetGrid, Layout]] = []
    unclear: HosoError | None = None
    for grid in grids:
        if not request.sheet and (not grid.visible or _is_ours(grid)):
            continue
        try:
            layout = find_layout(grid, request.columns, request.date)
        except HosoError as error:
            unclear = unclear or error
            work.report.skipped.append(grid.name or "")
            continue
        if layout is not None:
            found.append((grid, layout))
    if not found:
        raise unclear or _not_found(grids, request)
    return found


def _is_ours(grid: Grid) -> bool:
    """Whether a sheet is that of the possibilities of an earlier conversion."""
    titles = {say("convert_undecided_title", lang=lang).lower() for lang in ("vi", "en")}
    return any((grid.name or "").lower().startswith(title) for title in titles)


def _not_found(grids: Sequence[Grid], request: Request) -> HosoError:
    shown = next((grid for grid in grids if grid.height), None)
    if shown is None:
        return HosoError(say("convert_empty", name=grids[0].name or request.sheet or ""))
    listed = f"{'; '.join(headings(shown))}{of_sheet(shown)}"
    if request.columns or request.date:
        names = ", ".join(f"'{name}'" for name in [*request.columns, *([request.date] if request.date else [])])
        return HosoError(say("convert_no_such_column", names=names, headings=listed))
    return HosoError(say("convert_no_columns", headings=listed))


def _check_any(found: object, source: Path) -> None:
    if not found:
        raise HosoError(say("convert_empty", name=source.name))


def _checked(source: Path, out: Path, *, force: bool) -> str:
    """The kind of the source. Raises HosoError where one of both files cannot be what it is to be."""
    if not source.is_file():
        raise HosoError(say("convert_is_folder" if source.is_dir() else "convert_not_found", path=source))
    if out.exists() and os.path.samefile(source, out):
        raise HosoError(say("convert_same_file"))
    try:
        kind = sniff(source)
    except OSError as error:
        raise HosoError(say("convert_cannot_read", path=source, why=error.strerror or error)) from error
    allowed = (".csv", ".tsv", ".txt") if kind == "csv" else (".xlsx", ".xlsm")
    if out.suffix.lower() not in allowed:
        raise HosoError(say("convert_other_kind", path=out, kind=source.suffix.lower()))
    for path in (out, *(_all_beside(out) if kind == "csv" else ())):
        check_place(path)
        if path.exists() and not force:
            raise HosoError(say("convert_exists", path=path))
    return kind


def _beside(out: Path, lang: str | None = None) -> Path:
    """The file of the possibilities beside a CSV result."""
    return out.with_name(f"{out.stem}.{say('convert_undecided_file', lang=lang)}{out.suffix}")


def _all_beside(out: Path) -> tuple[Path, ...]:
    """The names it has in each language."""
    return tuple(_beside(out, lang) for lang in ("vi", "en"))


def _numbered(part: str, meant: str | None, heading: str) -> str:
    """A bare number in a column of wards, districts or groups as the name it stands for."""
    if part.isdigit() and meant == "detail" and locality_lead(f"{heading} {part}", True):
        return f"{heading} {part}"
    if part.isdigit() and len(part) <= _SHORT and meant in ("commune", "district"):
        return f"{'Phường' if meant == 'commune' else 'Quận'} {part}"
    return part
