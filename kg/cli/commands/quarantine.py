"""``hoso quarantine``: every computer file that could not be read, with the reason."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.asking import ask
from kg.cli.common import ForceOption, JsonOption, StoreOption, refuse_existing, warn
from kg.cli.printing import figure, plain, put, table
from kg.messages import say

if TYPE_CHECKING:
    from kg.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def quarantine(
        out: Annotated[
            Path | None, typer.Option("--out", metavar="FILE.csv|xlsx", help="Write the report instead.")
        ] = None,
        *,
        force: ForceOption = False,
        store: StoreOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Files set aside, with path and reason (để riêng, chờ xử lý)."""

        def question(workspace: Workspace) -> dict[str, Any]:
            refuse_existing(out, force=force)
            return _listed(workspace, out)

        ask(store, question, as_json=as_json, show=_show)


def _listed(workspace: Workspace, out: Path | None) -> dict[str, Any]:
    from kg.readers.quarantine import write_report

    rows = workspace.store.quarantined()
    if out is not None:
        totals: dict[str | None, int] = {}
        delivered = [record.fonds for record in workspace.store.iter_records() if record.source is not None]
        for fonds in (*delivered, *(row.fonds for row in rows), *(row.fonds for row in workspace.store.secrets())):
            totals[fonds] = totals.get(fonds, 0) + 1
        write_report(rows, out, totals=totals)
        warn(say("written", rows=figure(len(rows)), path=out))
    listed = [
        {"source": row.source, "reason": row.reason, "message": row.message, "fonds": row.fonds, "file": row.file}
        for row in rows
    ]
    return {"quarantined": listed, "count": len(listed), "secret": len(workspace.store.secrets())}


def _show(value: dict[str, Any]) -> None:
    if not value["quarantined"]:
        put(say("quarantine_none"))
        return
    put(say("quarantine_count", n=figure(value["count"])))
    shown = table("source", "reason")
    for row in value["quarantined"]:
        shown.add_row(plain(row["source"]), plain(row["message"]))
    put(shown)
