"""``hoso vintage FILE``: to which days a list of names belongs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import typer

from kg.cli.common import JsonOption, StoreOption, answering
from kg.cli.printing import day as printed_day
from kg.cli.printing import put
from kg.cli.units_options import WithinOption
from kg.messages import say

_NAMED = 12
"""Names shown before the list says "and n more"."""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def vintage(
        file: Annotated[str, typer.Argument(metavar="FILE", help="One name a line (- : stdin), CSV or XLSX.")],
        *,
        column: Annotated[
            list[str] | None,
            typer.Option("--column", metavar="NAME", help="The column of names; repeat for parents."),
        ] = None,
        within: WithinOption = None,
        whole: Annotated[
            str | None,
            typer.Option("--whole", metavar="UNIT", help="The list claims to hold all units of its level in UNIT."),
        ] = None,
        store: StoreOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """To which days a list of unit names belongs (danh sách tên này của thời gian nào)."""

        def question() -> dict[str, Any]:
            from kg.questions.lists import vintage as answer
            from kg.readers.names import read_names

            return answer(read_names(file, column or ()), within=within, whole=whole)

        answering(question, as_json=as_json, show=_show)


def _show(value: dict[str, Any]) -> None:
    for number, period in enumerate(value["periods"]):
        key = "vintage_period" if number == 0 else "vintage_period_or"
        since, until = _span(period)
        put(say(key, since=since, until=until, fitting=period["fitting"], names=value["names"]))
    put(say(f"vintage_{value['certainty']}"))
    if value["misfits"]:
        put(say("vintage_misfits", n=len(value["misfits"])))
        for misfit in value["misfits"][:_NAMED]:
            times = "; ".join(" – ".join(_span(stay)) for stay in misfit["in_force"])
            put(f"  {say('vintage_misfit', name=misfit['name'], times=times)}")
        if len(value["misfits"]) > _NAMED:
            put("  …")
    if value["missing"]:
        names = _named(unit["name"] for unit in value["missing"])
        put(say("vintage_missing", n=len(value["missing"]), names=names))
    if value["unknown"]:
        put(say("vintage_unknown_names", n=len(value["unknown"]), names=_named(value["unknown"])))


def _span(period: dict[str, Any]) -> tuple[str, str]:
    start = printed_day(period["since"]) if period["since"] else say("vintage_no_beginning")
    return start, printed_day(period["until"]) if period["until"] else say("units_until_now")


def _named(names: Iterable[str]) -> str:
    listed = list(names)
    shown = "; ".join(listed[:_NAMED])
    return say("vintage_and_more", names=shown, n=len(listed) - _NAMED) if len(listed) > _NAMED else shown
