"""``hoso convert IN OUT``: a sheet of old names or addresses with the new units beside them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.common import JsonOption, StoreOption, answering, warn
from kg.cli.printing import figure
from kg.cli.units_options import AtOption, Kind, OnOption
from kg.messages import say

if TYPE_CHECKING:
    from kg.convert.report import Progress


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def convert(
        source: Annotated[Path, typer.Argument(metavar="IN", help="A spreadsheet: XLSX or CSV.")],
        out: Annotated[Path, typer.Argument(metavar="OUT", help="Where the converted one is written.")],
        *,
        column: Annotated[
            list[str] | None,
            typer.Option("--column", metavar="NAME", help="Heading or letter; several make one address."),
        ] = None,
        sheet: Annotated[str | None, typer.Option("--sheet", metavar="NAME", help="One sheet alone.")] = None,
        at: AtOption = None,
        date: Annotated[
            str | None, typer.Option("--date-column", metavar="NAME", help="A column with each row's own --at.")
        ] = None,
        on: OnOption = None,
        kind: Annotated[Kind, typer.Option("--kind", help="Any matter, civil status, or land.")] = Kind.ANY,
        force: Annotated[bool, typer.Option("--force", help="Replace an earlier result.")] = False,
        store: StoreOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Old names or addresses of a sheet to the new units (chuyển đổi bảng tính theo đơn vị mới)."""
        request = {
            "columns": tuple(column or ()), "sheet": sheet, "at": at, "date": date, "on": on, "force": force,
            "matter": kind.value,
        }  # fmt: skip
        answering(lambda: _convert(source, out, request, store), as_json=as_json, show=_show)


def _convert(source: Path, out: Path, request: dict[str, Any], store: str | None) -> dict[str, Any]:
    from kg.convert.report import Request
    from kg.convert.run import convert
    from kg.localities.store import load_localities

    localities = load_localities(store)
    with _progress() as progress:
        report = convert(
            source, out, Request(**request), localities, progress=progress, before_writing=_warn_of_losses
        )
    return report.to_json() | {"local": bool(localities)}


def _warn_of_losses(keys: list[str]) -> None:
    warn(say("convert_losses", what="; ".join(say(f"convert_loss_{key}") for key in keys)))


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=Console(stderr=True), transient=True,
    )  # fmt: skip
    with bar:
        task = bar.add_task(say("convert_reading"), total=None)
        yield lambda key, done, total: bar.update(task, description=say(key), completed=done, total=total or None)


def _show(value: dict[str, Any]) -> None:
    counts = ("rows", "certain", "by_population", "candidates", "unknown", "blank")
    shown = {name: figure(value[name]) for name in counts}
    typer.echo(say("convert_done", **shown, columns=", ".join(value["columns"]), out=value["out"]))
    if value["skipped"]:
        warn(say("convert_skipped", sheets="; ".join(value["skipped"])))
    if value["unread_dates"]:
        warn(say("convert_unread_dates", n=figure(value["unread_dates"]), column=say("convert_column_note")))
    if value["not_looked_into"]:
        warn(say("convert_not_looked_into", n=figure(value["not_looked_into"])))
    if value["ambiguous"]:
        key = "convert_see_sheet" if value["sheets"] else "convert_see_file"
        where = value["ambiguous_at"]
        typer.echo(say(key, ambiguous=figure(value["ambiguous"]), title=where, path=where))
        if not value["local"]:
            typer.echo(say("convert_no_local"))
