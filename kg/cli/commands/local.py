"""``hoso local``: an office's own tables of hamlets, residential groups, streets and house ranges → new commune."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.common import JsonOption, StoreOption, answering
from kg.cli.local_display import numbers_shown
from kg.cli.printing import day, figure, plain, put, show_rejected, table
from kg.errors import HosoError
from kg.messages import say
from kg.questions.failures import translated

if TYPE_CHECKING:
    from kg.localities.loading import Loaded
    from kg.localities.store import Table

_SHOWN = 20
"""Rows shown to people before "and n more"; ``--json`` has all."""

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The table's name, as 'hoso local list' shows it.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    local = typer.Typer(help="Local tables: hamlet, group, street, houses → new commune (bảng của địa phương).")
    local.command()(load)
    local.command(name="list")(list_tables)
    local.command()(show)
    local.command()(remove)
    app.add_typer(local, name="local")


def load(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv|xlsx", help="The table, with a heading.")],
    *,
    source: Annotated[
        str | None, typer.Option("--source", metavar="TEXT", help="Where it comes from, for rows without their own.")
    ] = None,
    date: Annotated[str | None, typer.Option("--date", metavar="DATE", help="The day of the source.")] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="The table's name (default: the file's).")
    ] = None,
    old: Annotated[
        str | None,
        typer.Option("--old", metavar="UNIT", help="The old unit of all rows, where the table has no such column."),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="ROLE=HEADING", help="The column of a role; may be repeated."),
    ] = None,
    partial: Annotated[bool, typer.Option("--partial", help="Load the good rows, leave the bad ones out.")] = False,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Load a table; one of the same name is replaced (nạp bảng)."""

    def action() -> dict[str, Any]:
        try:
            return _load(
                file, source=source, date=date, name=name, old=old, column=column, partial=partial, store=store
            )
        except Exception as error:  # the translation re-raises what is no error of ours
            problem = translated(error)
            if not as_json:
                show_rejected([one for one in problem.candidates if "row" in one])
            raise problem from None

    answering(action, as_json=as_json, show=_show_loaded)


def list_tables(*, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """The tables that are loaded (các bảng đang dùng)."""

    def action() -> list[dict[str, Any]]:
        from kg.localities.store import tables

        return [_table_json(one) for one in tables(store)]

    answering(action, as_json=as_json, show=_show_tables)


def show(name: NameArgument, *, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """The rows of a table (xem bảng)."""

    def action() -> dict[str, Any]:
        from kg.localities.store import get
        from ontology.local_answers import local_json

        kept = get(name, store)
        return _table_json(kept) | {"places": [local_json(row) for row in kept.rows]}

    answering(action, as_json=as_json, show=_show_table)


def remove(name: NameArgument, *, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Take a table out of use; a copy is kept (bỏ bảng)."""

    def action() -> dict[str, Any]:
        from kg.localities.store import remove as take_out

        return {"removed": name, "former": str(take_out(name, store))}

    answering(
        action,
        as_json=as_json,
        show=lambda value: put(say("local_removed", name=plain(value["removed"]), path=value["former"])),
    )


def _load(
    file: Path,
    *,
    source: str | None,
    date: str | None,
    name: str | None,
    old: str | None,
    column: list[str] | None,
    partial: bool,
    store: str | None,
) -> dict[str, Any]:
    from kg.localities.headings import parse_columns
    from kg.localities.loading import load_table
    from kg.localities.store import checked_name, keep

    called = checked_name(file.stem if name is None else name)
    columns = parse_columns(column or [])
    read = load_table(file, name=called, source=(source or "").strip(), date=date, old=old, columns=columns)
    if read.rejected and not (partial and read.table.rows):
        key = "local_all_rejected" if not read.table.rows else "local_rejected"
        message = say(key, path=file.name, n=len(read.rejected), good=len(read.table.rows))
        raise HosoError(message, candidates=[one.to_json() for one in read.rejected])
    former = keep(read.table, store)
    return _loaded_json(read, former)


def _loaded_json(read: Loaded, former: Path | None) -> dict[str, Any]:
    return _table_json(read.table) | {
        "replaced": str(former) if former else None,
        "rejected": [one.to_json() for one in read.rejected],
        "clashes": [one.to_json() for one in read.clashes],
        "repeated": read.repeated,
        "empty": read.empty,
    }


def _table_json(kept: Table) -> dict[str, Any]:
    from ontology.registry import load as ontology

    units = ontology().units
    return {
        "name": kept.name,
        "file": kept.file,
        "source": kept.source or None,
        "date": kept.date,
        "loaded": kept.loaded,
        "rows": len({row.row for row in kept.rows}),
        "localities": len(kept.rows),
        "old_units": len({row.old for row in kept.rows}),
        "new_units": len({row.new for row in kept.rows}),
        "without_source_or_date": sum(not (row.source and row.date) for row in kept.rows),
        "conflicts": len(kept.conflicts),
        "unknown_units": sum(row.old not in units or row.new not in units for row in kept.rows),
    }


def _show_loaded(value: dict[str, Any]) -> None:
    put(
        say(
            "local_loaded",
            name=plain(value["name"]),
            rows=figure(value["rows"]),
            places=figure(value["localities"]),
            old=figure(value["old_units"]),
            new=figure(value["new_units"]),
        )
    )
    if value["replaced"]:
        put(say("local_replaced", path=value["replaced"]))
    if value["without_source_or_date"]:
        put(say("local_without_source", n=figure(value["without_source_or_date"])))
    for key in ("repeated", "empty"):
        if value[key]:
            put(say(f"local_{key}", n=figure(value[key])))
    for kind in ("conflict", "several"):
        _show_clashes([one for one in value["clashes"] if one["kind"] == kind], kind)
    show_rejected(value["rejected"])


def _show_clashes(clashes: list[dict[str, Any]], kind: str) -> None:
    if not clashes:
        return
    put(say(f"local_clash_{kind}", n=figure(len(clashes))))
    shown = table("row", "place", "old_unit", "new_unit", numbers=("row",))
    for one in clashes[:_SHOWN]:
        shown.add_row(str(one["row"]), plain(one["name"]), one["old"]["name"], one["new"]["name"])
    put(shown)
    _say_more(len(clashes))


def _show_tables(value: list[dict[str, Any]]) -> None:
    if not value:
        put(say("local_none"))
        return
    shown = table(
        "table", "places", "old_units", "local_source", "date", "loaded", "conflicts", numbers=("places", "conflicts")
    )
    for one in value:
        shown.add_row(
            plain(one["name"]),
            figure(one["localities"]),
            figure(one["old_units"]),
            plain(one["source"]),
            day(one["date"]),
            day(one["loaded"][:10]),
            figure(one["conflicts"]),
        )
    put(shown)
    for one in value:
        if one["unknown_units"]:
            put(say("local_unknown_units", name=plain(one["name"]), n=figure(one["unknown_units"])))


def _show_table(value: dict[str, Any]) -> None:
    _show_tables([value])
    shown = table("row", "place", "house_numbers", "old_unit", "new_unit", "local_source", "date", numbers=("row",))
    for one in value["places"][:_SHOWN]:
        shown.add_row(
            str(one["row"]),
            plain(one["name"]),
            numbers_shown(one.get("numbers")),
            plain(one["old_name"] or one["old"]),
            plain(one["new_name"] or one["new"]),
            plain(one["source"]),
            day(one["date"]),
        )
    put(shown)
    _say_more(len(value["places"]))


def _say_more(n: int) -> None:
    if n > _SHOWN:
        put(say("local_more", n=figure(n - _SHOWN)))
