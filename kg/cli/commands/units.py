"""``hoso units``: the units in force on a day."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.common import ForceOption, JsonOption, StoreOption, answering, refuse_existing
from kg.cli.fields import OneOf
from kg.cli.printing import day as printed_day
from kg.cli.printing import figure, put
from kg.cli.units_display import show_units
from kg.cli.units_options import OnOption, WithinOption
from kg.messages import say

_LEVELS = OneOf(("province", "district", "commune"))
_WRITTEN = {say(f"units_level_{level}", lang="vi"): level for level in _LEVELS.known}
"""The words of Vietnamese for the levels, as they may be typed too."""
_COLUMNS = ("code", "name", "level", "parents", "since", "until", "id")


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def units(
        *,
        on: OnOption = None,
        within: WithinOption = None,
        level: Annotated[
            str | None, typer.Option("--level", metavar="L", help="province, district or commune (tỉnh, huyện, xã).")
        ] = None,
        out: Annotated[Path | None, typer.Option("--out", metavar="FILE.xlsx", help="Write the list.")] = None,
        force: ForceOption = False,
        store: StoreOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """The units in force on a day (danh mục đơn vị hành chính của một ngày)."""

        def question() -> list[dict[str, Any]]:
            refuse_existing(out, force=force)
            return _written(_answer(on, within, level), out)

        answering(question, as_json=as_json, show=lambda value: _show(value, on, out))


def _answer(on: str | None, within: str | None, level: str | None) -> list[dict[str, Any]]:
    from kg.questions.lists import units

    if level is not None:
        level = _WRITTEN.get(level.lower(), level)
        _LEVELS.check("--level", level)
    return units(on, within=within, level=level)


def _written(found: list[dict[str, Any]], out: Path | None) -> list[dict[str, Any]]:
    if out:
        from kg.export.lists import write_table

        header = [say(f"units_list_{column}") for column in _COLUMNS]
        write_table(out, say("units_list_title"), header, (_row(unit) for unit in found))
    return found


def _row(unit: dict[str, Any]) -> list[str | None]:
    since = unit["valid_from"] if unit["valid_from_certain"] else None
    return [
        unit["code"],
        unit["name"],
        say(f"units_level_{unit['level']}"),
        ", ".join(parent["name"] for parent in unit["parents"]),
        printed_day(since) if since else None,
        printed_day(unit["valid_to"]) if unit["valid_to"] else None,
        unit["id"],
    ]


def _show(found: list[dict[str, Any]], on: str | None, out: Path | None) -> None:
    from ontology import dates

    day = printed_day(dates.parse(on) if on else dates.today())
    if out:
        put(say("units_written", n=figure(len(found)), path=out))
    elif found:
        show_units(found)
        put(say("units_listed", n=figure(len(found)), day=day))
    else:
        put(say("units_none", day=day))
