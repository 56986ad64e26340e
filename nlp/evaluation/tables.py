"""The figures as tables for people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from nlp.evaluation.errors import CAUSES, Error
from nlp.evaluation.measures import FieldScore, ListScore, Prf
from nlp.evaluation.summary import Summary

if TYPE_CHECKING:
    from rich.table import Table

_FIELDS: Final = ("issuer", "type", "number", "symbol", "date", "abstract", "signer", "position")
_LISTS: Final = ("cites", "agencies", "people", "places")
_WIDTH: Final = 150
"""Columns at least: a narrow terminal breaks lines, rich would cut figures."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


def fields(summary: Summary) -> Table:
    """Precision, recall and F1 of header fields."""
    table = _table("header field", "documents", "right", "P", "R", "F1", "P fuzzy", "R fuzzy", "F1 fuzzy")
    for one in summary.fields:
        table.add_row(one.name, str(one.counted), _figure(one.share), *_prfs(one))
    return table


def lists(scores: Sequence[ListScore]) -> Table:
    """Precision, recall and F1 of lists."""
    table = _table("list", "expected", "P", "R", "F1", "P fuzzy", "R fuzzy", "F1 fuzzy")
    for one in scores:
        name = f"  {one.name.split(': ')[1]}" if ": " in one.name else one.name
        table.add_row(name, str(one.expected), *_prfs(one))
    return table


def units(summary: Summary) -> Table:
    """Share of the mentions with the right dated unit."""
    table = _table("dated unit of", "expected", "found", "right", "right of found")
    for one in summary.units:
        table.add_row(one.name, str(one.expected), str(one.found), _figure(one.share), _figure(one.share_of_found))
    return table


def groups(by: str, found: Mapping[str, Summary]) -> Table:
    """One row a group: share right of fields, F1 of lists (strict/fuzzy), share of dated units, share of wrong header
    values that were given as sure."""
    with_units = any(summary.units for summary in found.values())
    table = _table(by, "n", *_FIELDS, *_LISTS, *(["units"] if with_units else []), "sure·wrong")
    for column in table.columns[1:]:
        column.no_wrap = True
    for name, summary in found.items():
        shares = {one.name: one.share for one in summary.fields}
        scores = {one.name: one for one in summary.lists}
        cells = [_short(shares.get(field)) for field in _FIELDS]
        cells += [_strict_fuzzy(scores.get(kind)) for kind in _LISTS]
        if with_units:
            cells.append(_short(summary.units[-1].share if summary.units else None))
        table.add_row(plain(name), str(summary.documents), *cells, _figure(summary.overconfident))
    return table


def calibration(summary: Summary) -> Table:
    """Reliability of the confidences: of each bin its values, their mean confidence and how many are right."""
    table = _table("confidence of", "bin", "values", "mean confidence", "right", "calibration error", "≥ .8", "wrong")
    for name, one in {"all header fields": summary.reliability, **summary.by_field}.items():
        table.add_row(name, "", str(one.values), "", "", _figure(one.error), str(one.sure), str(one.sure_wrong))
        for part in one.bins:
            span = f"{part.low:.1f}-{part.high:.1f}"
            table.add_row("", span, str(part.values), _figure(part.confidence), _figure(part.right))
    return table


def causes(found: Iterable[Error]) -> Table:
    """How many errors of each field and cause."""
    counts = Counter((one.field, one.cause) for one in found)
    table = _table("errors of", *CAUSES)
    for field in dict.fromkeys(field for field, _ in counts):
        table.add_row(field, *(str(counts[field, cause] or "") for cause in CAUSES))
    return table


def errors(found: Iterable[Error]) -> Table:
    """The list of errors."""
    table = _table("document", "band", "field", "cause", "expected", "found", "confidence", left=6)
    for one in found:
        sure = "" if one.confidence is None else f"{one.confidence:.2f}"
        table.add_row(*map(plain, (one.id, one.band, one.field, one.cause, one.expected, one.found)), sure)
    return table


def speed(summary: Summary) -> str:
    """One line on pages a second."""
    ours, other = summary.speed.ours, summary.speed.other
    line = f"{summary.speed.pages:.0f} pages of 1,800 characters, {ours:.0f} a second of CPU time" if ours else ""
    if ours and other:
        line += f"; underthesea's ner {other:.2f}: {summary.speed.ratio:.0f} times as many"
    return line


def put(shown: Any) -> None:
    """Print a line or a table; markup in it is text."""
    from rich.console import Console

    console = Console(markup=False, highlight=False, emoji=False, soft_wrap=isinstance(shown, str))
    console.width = max(console.width, _WIDTH)
    console.print(shown)


def plain(value: object) -> str:
    """A value as one line of harmless text: what stands in a document must not command the terminal."""
    return "" if value is None else " ".join(_CONTROL.sub(" ", str(value)).split())


def _table(*columns: str, left: int = 1) -> Table:
    """An empty table; all but the first ``left`` columns stand to the right."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    made = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for number, column in enumerate(columns):
        made.add_column(column, overflow="fold", justify="left" if number < left else "right")
    return made


def _prfs(score: FieldScore | ListScore) -> list[str]:
    return [_figure(value) for prf in (score.strict, score.fuzzy) for value in _values(prf)]


def _values(prf: Prf) -> tuple[float | None, ...]:
    return prf.precision, prf.recall, prf.f1


def _strict_fuzzy(score: ListScore | None) -> str:
    return "–" if score is None else f"{_short(score.strict.f1)}/{_short(score.fuzzy.f1)}"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _short(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
