"""Tables and figures on the screen, and tables as workbooks."""

from __future__ import annotations

import html
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from math import ceil
from pathlib import Path

import streamlit as st

from kg.sheets import write_xlsx
from ui.desk import key_of
from ui.rows import Row
from ui.words import figure, t

_LINE = 22
"""Pixels of a line in a row that wraps its text."""
_HEAD, _HIGHEST = 42, 620
"""Pixels of the head of a table of tall rows, and of such a table at most."""

_PIXELS = 6.8
"""Pixels of a letter, about."""
_LEAST_LINES, _MOST_LINES = 3, 9
"""Lines of a row that wraps its text: lower ones do not wrap (Streamlit), and at most."""

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def grid(rows: Sequence[Row], *, numbers: Collection[str] = (), total: bool = False) -> None:
    """A short table that wraps and is never cut off; columns named in ``numbers`` stand to the right, the last row
    is in bold where it is the ``total``."""
    if not rows:
        return
    head = "".join(f"<th{_side(name, numbers)}>{html.escape(name)}</th>" for name in rows[0])
    body = ""
    for row in rows:
        cells = "".join(f"<td{_side(name, numbers)}>{html.escape(value)}</td>" for name, value in row.items())
        body += f'<tr class="total">{cells}</tr>' if total and row is rows[-1] else f"<tr>{cells}</tr>"
    st.html(f'<table class="hoso"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')


def _side(name: str, numbers: Collection[str]) -> str:
    return ' class="number"' if name in numbers else ""


def choose(
    rows: Sequence[Row], *, key: str, widths: Mapping[str, int] | None = None, tall: bool = False,
    first: int | None = None, opened: Callable[[int], None] | None = None,
) -> int | None:  # fmt: skip
    """A table of which one row can be chosen: its number, else None. The choice belongs to these very rows.

    ``widths`` of columns in pixels; ``tall`` rows wrap their text over as many lines as the longest of it needs;
    ``first``: the row chosen at first; ``opened`` is called once with the row when it is chosen.
    """
    lines = _lines(rows, widths or {})
    key = key_of(key, list(rows))

    def on_select() -> None:
        if opened is not None and (picked := st.session_state[key]["selection"]["rows"]):
            opened(int(picked[0]))

    event = st.dataframe(
        list(rows),
        hide_index=True,
        width="stretch",
        key=key,
        on_select=on_select if opened else "rerun",
        selection_mode="single-row",
        selection_default=None if first is None else {"selection": {"rows": [first], "columns": [], "cells": []}},
        column_config={name: st.column_config.TextColumn(width=width) for name, width in (widths or {}).items()},
        row_height=_LINE * lines + 2 if tall else None,
        height=min(len(rows) * (_LINE * lines + 2) + _HEAD, _HIGHEST) if tall else "auto",
    )
    picked = event["selection"]["rows"]
    return int(picked[0]) if picked else None


def _lines(rows: Sequence[Row], widths: Mapping[str, int]) -> int:
    """The lines that the longest text of the rows needs in the columns whose width is known."""
    needed = (len(text) * _PIXELS / widths[name] for row in rows for name, text in row.items() if name in widths)
    return min(max(ceil(max(needed, default=1)), _LEAST_LINES), _MOST_LINES)


def download(title: str, rows: Callable[[], Sequence[Row]], *, key: str) -> None:
    """A button that gives the rows as an XLSX workbook; they are only asked for when it is pressed."""
    st.download_button(
        t("ui_download"), lambda: workbook(title, rows()), file_name=f"{key}.xlsx", key=f"download-{key}", mime=_XLSX,
        on_click="ignore",
    )  # fmt: skip


def workbook(title: str, rows: Sequence[Row]) -> bytes:
    """The rows as an XLSX workbook; text of records never becomes a formula."""
    header = list(rows[0]) if rows else [title]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        write_xlsx(path, {title: (header, [[row.get(name, "") for name in header] for row in rows])})
        return path.read_bytes()


def numbers(shown: Mapping[str, float | str | None]) -> None:
    """Figures side by side under their labels; one that is text already stays as it is."""
    for column, (label, value) in zip(st.columns(len(shown)), shown.items(), strict=True):
        column.metric(label, value if isinstance(value, str) else figure(value))
