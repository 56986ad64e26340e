"""Which columns of a sheet hold the names or addresses, by their headings and by what stands in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, Protocol, get_args

import yaml

from kg.errors import HosoError
from kg.messages import say
from kg.readers.tables.folded import compact, words
from ontology.addresses import parse
from ontology.folding import fold
from ontology.names import LONGEST_NAME, split_type
from ontology.registry import load
from ontology.scoring import OTHER_NAME

Role = Literal["detail", "address", "commune", "district", "province"]
_ORDER: tuple[Role, ...] = get_args(Role)
"""From the smallest: the order in which several columns make one address."""

_LOOK_AHEAD = 60
"""Rows among which the headings are looked for."""
_SAMPLE = 200
"""Rows whose cells are looked at."""
_SHARE = 0.6
"""Of the filled cells of a column, the share that must be units for it to count as a column of units."""
_WORSE = OTHER_NAME | {"type_misread", "level_differs"}
"""Reasons for which a cell is hardly the name of a unit: columns of people's names have many such."""
_LETTERS = re.compile(r"[A-Za-z]{1,3}$")
_LONGEST_MARK = 2
_NUMERAL = re.compile(r"[IVXivx]+$")
_BRACKETED = re.compile(r"\([^)]*\)")
_DAY = re.compile(r" (?:truoc|den|tai)?(?: ?ngay)?(?: \d+)+$")
"""A day behind a heading, folded ("trước ngày 01/7/2025"): of what comes after it, nothing is said here."""
_NUMBERING = re.compile(r"\(?(?:\d{1,2}|[A-Za-zĐđ])\)?$")


class Grid(Protocol):
    """A sheet as text. Rows and columns count from 1; a merged cell has its text in all of its rows."""

    @property
    def name(self) -> str | None: ...

    @property
    def height(self) -> int: ...

    @property
    def width(self) -> int: ...

    @property
    def filled_rows(self) -> Sequence[int]:
        """The rows with any text, from the first: a sheet can have one stray cell at its far end."""
        ...

    @property
    def filled_columns(self) -> Sequence[int]: ...

    def text(self, row: int, column: int) -> str:
        """The lines of the cell without blanks around them, "" for none."""
        ...


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a sheet's table is: the row of its headings (0: it has none), its first row of data, the columns that make
    an address from the smallest unit, and the column of days."""

    header: int
    first: int
    columns: tuple[int, ...]
    date: int | None = None


def find_layout(grid: Grid, wanted: Sequence[str], date: str | None = None) -> Layout | None:
    """The layout of a sheet; None where the columns are not in it.

    ``wanted``: headings or letters of columns; empty: they are looked for. Raises HosoError where several columns
    could be meant.
    """
    if not grid.height or not grid.width:
        return None
    found = _named(grid, [*wanted, *([date] if date else [])]) if wanted or date else None
    if (wanted or date) and found is None:
        return None
    if wanted and found is not None:
        header, columns = found
        days = columns.pop() if date else None
        first = _first_row(grid, header, columns)
        return Layout(header, first, _ordered(grid, header, first, columns), days)
    header = found[0] if found else _header(grid)
    first = _first_row(grid, header, grid.filled_columns)
    chosen = _detected(grid, header, first)
    return Layout(header, first, chosen, found[1][0] if found else None) if chosen else None


def lines(text: str) -> str:
    """A cell's text with one blank between words, its lines kept: they part an address."""
    if "\n" not in text and "\r" not in text:
        return " ".join(text.split())
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def headings(grid: Grid) -> list[str]:
    """The headings of a sheet, as they are shown to who has to choose; the letters of columns without one."""
    header = _header(grid)
    return [(grid.text(header, column) if header else "") or letters(column) for column in grid.filled_columns]


def of_sheet(grid: Grid) -> str:
    """ " of sheet 'X'" for a message; "" for a file that is one table."""
    return f" {say('convert_of_sheet', name=grid.name)}" if grid.name else ""


def letters(column: int) -> str:
    """A column's letters: 28 → AB."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def role(heading: str) -> Role | None:
    """What a column holds by its heading, None where the heading does not say."""
    for text in (heading, _BRACKETED.sub(" ", heading)):
        name = words(text)
        while name:
            if found := _labels().get(name.replace(" ", "")):
                return found
            name = _without_qualifier(name)
    return None


# Columns that are named


def _named(grid: Grid, wanted: Sequence[str]) -> tuple[int, list[int]] | None:
    """The row that has all the headings, with their columns in the order asked; letters where no row has them."""
    for row in range(1, min(grid.height, _LOOK_AHEAD) + 1):
        cells = {compact(grid.text(row, column)): column for column in reversed(grid.filled_columns)}
        if all(compact(name) in cells for name in wanted):
            return row, [cells[compact(name)] for name in wanted]
    header = _header(grid)
    cells = {compact(grid.text(header, column)): column for column in reversed(grid.filled_columns)} if header else {}
    found: list[int] = []
    for name in wanted:
        column = cells.get(compact(name)) or _lettered(name, grid.width)
        if not column:
            return None
        found.append(column)
    return header, found


def _lettered(name: str, width: int) -> int | None:
    if not _LETTERS.match(name):
        return None
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number if number <= width else None


def _ordered(grid: Grid, header: int, first: int, columns: Sequence[int]) -> tuple[int, ...]:
    """The columns from the smallest unit: by heading, else by what stands in them, else as they were named."""
    if len(columns) < 2:
        return tuple(columns)
    ranks: list[float] = []
    for place, column in enumerate(columns):
        meant = role(grid.text(header, column)) if header else None
        meant = meant or _role_of_values(_sample(grid, column, first))
        ranks.append(_ORDER.index(meant) if meant else place - len(columns))
    return tuple(column for _, column in sorted(zip(ranks, columns, strict=True), key=lambda pair: pair[0]))


# Columns that are looked for


def _detected(grid: Grid, header: int, first: int) -> tuple[int, ...]:
    roles: dict[Role, list[int]] = {}
    for column in grid.filled_columns:
        if header and (meant := role(grid.text(header, column))):
            roles.setdefault(meant, []).append(column)
    chosen = _by_roles(grid, first, roles)
    if chosen and (len(chosen) > 1 or _role_of_values(_sample(grid, chosen[0], first))):
        return chosen
    by_values: dict[Role, list[int]] = {}
    for column in grid.filled_columns:
        if meant := _role_of_values(_sample(grid, column, first)):
            by_values.setdefault(meant, []).append(column)
    better = _by_roles(grid, first, by_values)
    if better is None and by_values and not chosen:
        raise _undecided(grid)
    return better or chosen or ()


def _by_roles(grid: Grid, first: int, roles: dict[Role, list[int]]) -> tuple[int, ...] | None:
    """The columns by what each holds; None where nothing or more than one of a kind is there."""
    filled = {
        kind: [column for column in columns if any(_sample(grid, column, first))] for kind, columns in roles.items()
    }
    communes, addresses = filled.get("commune", []), filled.get("address", [])
    if len(communes) == 1 and all(len(filled.get(kind, [])) <= 1 for kind in _ORDER[1:]):
        kinds: tuple[Role, ...] = ("detail", "address", "commune", "district", "province")
        return tuple(column for kind in kinds for column in filled.get(kind, []))
    if communes:
        raise _undecided(grid)
    if len(addresses) > 1:
        addresses = [column for column in addresses if _role_of_values(_sample(grid, column, first))] or addresses
    if len(addresses) > 1:
        raise _undecided(grid)
    greater = [column for kind in ("district", "province") for column in filled.get(kind, [])]
    if addresses:
        return (*addresses, *greater)
    return tuple(greater) if greater and len(greater) == len(set(greater)) and len(greater) <= 2 else None


def _undecided(grid: Grid) -> HosoError:
    return HosoError(
        say("convert_which_columns", sheet=of_sheet(grid), headings="; ".join(filter(None, headings(grid))))
    )


def _header(grid: Grid) -> int:
    """The row of headings: the one with the most headings of units, else the last row before the first one that holds
    units, with at least half of its cells filled; 0 where the first row is data."""
    best, most = 0, 0
    for row in range(1, min(grid.height, _LOOK_AHEAD) + 1):
        known = len({role(grid.text(row, column)) for column in grid.filled_columns} - {None})
        if known > most:
            best, most = row, known
    if best:
        return best
    filled = [_filled(grid, row) for row in range(1, min(grid.height, _LOOK_AHEAD) + 1)]
    usual = max(filled, default=0)
    for row, count in enumerate(filled, start=1):
        if count > usual / 2:
            return 0 if any(_role_of_cell(grid.text(row, column)) for column in grid.filled_columns) else row
    return 0


def _filled(grid: Grid, row: int) -> int:
    return sum(1 for column in grid.filled_columns if grid.text(row, column))


def _first_row(grid: Grid, header: int, columns: Iterable[int]) -> int:
    """The first row of data: behind the headings, their second line, and a line that numbers the columns."""
    columns = list(columns)
    row = header + 1
    while header and row <= min(grid.height, header + 3):
        cells = [cell for column in grid.filled_columns if (cell := grid.text(row, column))]
        same = all(grid.text(row, column) == grid.text(header, column) for column in columns)
        numbered = len(cells) > 1 and all(_NUMBERING.match(cell) for cell in cells)
        if not (numbered or (same and any(grid.text(row, column) for column in columns))):
            break
        row += 1
    return row


def _sample(grid: Grid, column: int, first: int) -> list[str]:
    """Filled cells of a column, from its beginning and from all over it."""
    rows = grid.filled_rows[bisect_left(grid.filled_rows, first) :]
    cells = (grid.text(row, column) for row in rows[:: max(1, len(rows) // _SAMPLE)])
    return [cell for cell in cells if cell]


def _role_of_values(cells: Sequence[str]) -> Role | None:
    """What a column holds by its cells: addresses, or names of one level."""
    found: dict[Role, int] = {}
    for cell in cells:
        meant = _role_of_cell(cell)
        if meant:
            found[meant] = found.get(meant, 0) + 1
    if not cells or sum(found.values()) < _SHARE * len(cells):
        return None
    return sorted(found, key=lambda kind: -found[kind])[0]


def _role_of_cell(cell: str) -> Role | None:
    if cell.isdigit():
        return None
    if len(cell) > LONGEST_NAME or _is_mark(cell):
        return None
    address = parse(cell)
    if len(address.chain) > 1 and _is_unit(address.chain[-1]):
        return "address"
    if address.details or len(address.chain) != 1:
        return None
    levels = _levels(address.chain[0])
    if not levels:
        return None
    usual: Role = max(levels, key=levels.count)
    return usual


def _is_mark(cell: str) -> bool:
    """Whether a cell is a tick, a numeral or an abbreviation rather than a name: units are called so too ("Xã Ia"), and
    such a column is not theirs."""
    kind, name = split_type(cell)
    return not kind and (len(name) <= _LONGEST_MARK or bool(_NUMERAL.match(name)))


def _is_unit(text: str) -> bool:
    return not text.isdigit() and bool(_levels(text))


def _levels(text: str) -> list[Role]:
    """The levels of the units of that very name; empty for what is none."""
    matches = load().resolver.names.spelt(text, fold(text) != text.lower())
    return [match.unit.level for match in matches if not _WORSE & set(match.reasons)]


# Headings


def _without_qualifier(name: str) -> str:
    if day := _DAY.search(name):
        return name[: day.start()]
    for form in _qualifiers():
        if name.startswith(form + " "):
            return name[len(form) + 1 :]
        if name.endswith(" " + form):
            return name[: -len(form) - 1]
    return ""


@cache
def _data() -> dict[str, dict[Role, list[str]]]:
    loaded: dict[str, dict[Role, list[str]]] = yaml.safe_load(
        files("kg.convert").joinpath("labels.yaml").read_text(encoding="utf-8")
    )
    return loaded


@cache
def _labels() -> dict[str, Role]:
    return {compact(form): kind for kind, forms in _data()["columns"].items() for form in forms}


@cache
def _qualifiers() -> tuple[str, ...]:
    return tuple(sorted((words(form) for form in _data()["qualifiers"]), key=len, reverse=True))
