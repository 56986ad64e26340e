"""``hoso disagreements``: where public sources disagree about units, and a list of one's own held against the acts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.common import JsonOption, StoreOption, answering
from kg.cli.units_display import showing_candidates
from kg.cli.units_options import AtOption, WithinOption
from kg.messages import say


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def disagreements(
        unit: Annotated[str | None, typer.Argument(metavar="UNIT", help="A name or an id (code@date).")] = None,
        *,
        kind: Annotated[
            str | None,
            typer.Option("--kind", metavar="K", help="edge, extent, name, date, parent, existence or unconfirmed."),
        ] = None,
        within: WithinOption = None,
        at: AtOption = None,
        against: Annotated[
            Path | None,
            typer.Option(
                "--against", metavar="FILE", help="A table of old and new communes to hold against the acts."
            ),
        ] = None,
        out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write XLSX or CSV.")] = None,
        store: StoreOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Where public sources disagree, what is held and why (các nguồn công khai khác nhau ở đâu)."""
        if against is not None:
            if unit or kind or within or at:
                raise typer.BadParameter(say("disagreements_against_alone"))
            _compare(against, out, as_json=as_json)
            return
        answering(
            showing_candidates(lambda: _found(unit, kind, within, at, out), as_json=as_json),
            as_json=as_json,
            show=lambda value: _show(value, out),
        )


def _found(unit: str | None, kind: str | None, within: str | None, at: str | None, out: Path | None) -> Any:
    from kg.questions.disagreements import disagreements

    value = disagreements(unit, kind=kind, within=within, at=at)
    if out:
        from kg.cli.disagreements_display import write

        write(value, out)
    return value


def _compare(table: Path, out: Path | None, *, as_json: bool) -> None:
    def question() -> Any:
        from kg.questions.mappings import compare

        value = compare(table)
        if out:
            from kg.cli.disagreements_display import write_differences

            write_differences(value, out)
        return value

    def show(value: Any) -> None:
        from kg.cli.disagreements_display import show_differences

        show_differences(value, out)

    answering(question, as_json=as_json, show=show)


def _show(value: list[dict[str, Any]], out: Path | None) -> None:
    from kg.cli.disagreements_display import show

    show(value, out)
