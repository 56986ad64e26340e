"""How answers are printed for people: tables, numbers and days as the language writes them, nothing but plain text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kg import wording
from kg.messages import knows, language, say

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters and direction marks: a record's text must not command the terminal."""


def plain(value: object) -> str:
    """A value as one line of harmless text; '' for None."""
    return "" if value is None else " ".join(_CONTROL.sub(" ", str(value)).split())


def shortened(text: str, longest: int) -> str:
    """The text cut between words where it is longer than ``longest`` characters."""
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0] + " …"


def figure(value: float | None, decimals: int = 0) -> str:
    """A number as the language groups it: 12.900,5 in Vietnamese, 12,900.5 in English; a dash for None."""
    return "–" if value is None else wording.figure(value, decimals, language())


def shelf(metres: float | None) -> str:
    """Metres of shelf: 0,04; < 0,01; a dash for None."""
    return wording.shelf(metres, language())


def term(prefix: str, value: object) -> str:
    """The label of a word of a closed list (``bloc_government``); any other value as it stands, '' for None."""
    return say(f"{prefix}_{value}") if knows(f"{prefix}_{value}") else plain(value)


def cited(act: str, clause: str | None = None) -> str:
    """An act, with its clause, as officials cite it: khoản 3 Điều 1 Nghị quyết số 1656/NQ-UBTVQH15."""
    name = wording.act_name(plain(act), language())
    return say("units_clause", clause=clause, act=name) if clause else name


def day(value: str | None) -> str:
    """An ISO date, partial ones too, as dd/mm/yyyy; '' for None."""
    return wording.day(value)


def table(*columns: str, numbers: tuple[str, ...] = ()) -> Any:
    """A table with the catalogue's column titles (``column_<name>``); ``numbers`` stand to the right."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    made = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        made.add_column(say(f"column_{column}"), overflow="fold", justify="right" if column in numbers else "left")
    return made


def put_entry(heading: str, told: Mapping[str, str]) -> None:
    """One answer as a line and, below it, what is said of it by the catalogue's column titles (``column_<key>``); what
    is '' is left out.

    For answers whose sentences would be crushed in the columns of a table: a screen of eighty characters shows them
    whole.
    """
    from rich.table import Table

    put(heading)
    shown = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0))
    shown.add_column(min_width=2)
    shown.add_column(no_wrap=True)
    shown.add_column(overflow="fold")
    for key, value in told.items():
        if value:
            shown.add_row("", f"{say(f'column_{key}')}:", value)
    put(shown)


def put(shown: Any) -> None:
    """Print a line or a table; markup in it is text."""
    from rich.console import Console

    Console(markup=False, highlight=False, emoji=False, soft_wrap=isinstance(shown, str)).print(shown)


def show_rejected(rejected: Sequence[Mapping[str, Any]]) -> None:
    """The rows of a table that are not taken over, all of them: who corrects the table needs each."""
    if not rejected:
        return
    put(say("local_rejected_rows", n=figure(len(rejected))))
    shown = table("row", "reason", numbers=("row",))
    for one in rejected:
        sheet = f"{one['sheet']}: " if one["sheet"] else ""
        shown.add_row(f"{plain(sheet)}{one['row']}", plain(one["reason"]))
    put(shown)
