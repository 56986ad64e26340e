"""``hoso doctor``: is the store sound, and do texts, index and vectors agree with it?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kg.cli.common import JsonOption, StoreOption, emit, fail
from kg.messages import say
from kg.questions.failures import translated


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("doctor")(doctor)


def doctor(
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help="Remove stray texts, make the search index and lost indexes of a server anew, bring vectors in line; the graph stays as it is.",
        ),
    ] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Kiểm tra tính toàn vẹn của kho · check the integrity of the store; exit 1 when something is wrong."""
    try:
        value = _examined(store, fix)
    except Exception as error:  # the translation re-raises what is no error of ours
        fail(translated(error), as_json=as_json)
    if as_json:
        emit(value)
    else:
        _show(value)
    if not value["ok"]:
        raise typer.Exit(1)


def _examined(url: str | None, fix: bool) -> dict[str, Any]:
    from kg.integrity import examine, repair, to_json
    from kg.workspace import open_workspace

    with open_workspace(url, repair=fix) as workspace:
        if fix:
            repair(workspace)
        return to_json(examine(workspace))


def _show(value: dict[str, Any]) -> None:
    for check in value["checks"]:
        mark = say("doctor_good") if check["ok"] else say("doctor_bad")
        typer.echo(f"{mark:<10} {say('doctor_check_' + check['name'])}: {check['detail']}")
    typer.echo(say("doctor_all_good") if value["ok"] else say("doctor_not_good"))
