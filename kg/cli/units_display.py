"""Answers about units as people read them: tables with the labels of PRACTICE.md §4."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kg.cli.local_display import show_locality
from kg.cli.printing import cited as cited_act
from kg.cli.printing import day as printed_day
from kg.cli.printing import plain, put
from kg.messages import say
from kg.questions.failures import translated

_WHOLE = frozenset({"id", "validity"})
"""Columns that never wrap."""

_NUMBER_WIDTH = 20
"""Room in the column of acts for a number on one line."""

_NARROW = 100
"""Columns of a terminal in which the table of a lineage would take the room of an act's number for other words."""

_CHANGES = 8
"""Lines of the path before it says "and n more"."""

_NAMED = 4
"""Units named in a line of the path before it says "and n more"."""


def showing_candidates(action: Callable[[], Any], *, as_json: bool) -> Callable[[], Any]:
    """The action; where the name is ambiguous or unknown, people also see the table of what it could mean."""

    def run() -> Any:
        try:
            return action()
        except Exception as error:  # the translation re-raises what is no error of ours
            problem = translated(error)
            if problem.candidates and not as_json:
                show_units(problem.candidates)
            raise problem from None

    return run


def show_units(units: list[dict[str, Any]]) -> None:
    """Units, candidates best first: id, name, containing units, validity, and where there are some the reasons."""
    reasoned = any(unit.get("reasons") for unit in units)
    table = _table("id", "name", "parents", "validity", *(["why"] if reasoned else []))
    for unit in units:
        why = "; ".join(say(f"reason_{reason}") for reason in unit.get("reasons", ()))
        table.add_row(unit["id"], unit["name"], _parents(unit), validity(unit), *([why] if reasoned else []))
    put(table)


def show_lineage(value: dict[str, Any], direction: str) -> None:
    """What became of a unit (``successors``) or what it was made of (``predecessors``)."""
    unit = value["unit"]
    kind = say(f"kind_{value['kind']}")
    details = [plain(detail) for detail in value.get("locality", {}).get("details", [])]
    name = f"{', '.join([*details, unit['name'], *_parent_names(unit)])} ({validity(unit)})"
    put(say(f"units_{direction}_title", name=name, on=printed_day(value["on"]), kind=kind))
    found = value[direction]
    if found:
        table = _table("id", "name", "parents", "extent", "act")
        for one in found:
            table.add_row(one["id"], one["name"], _parents(one), say(f"extent_{one['extent']}"), _act(one))
        put(table)
    put(_certainty(value, direction))
    if value["weakest"] and not (value.get("all") and value["weakest"] == "succession"):
        put(say("weakest_is", weakest=say(f"weakest_{value['weakest']}")))
    if "locality" in value:
        show_locality(value)
    elif direction == "successors" and len(found) > 1 and value["weakest"] == "succession" and not value.get("all"):
        put(say("units_split_hint"))
    _show_path(value["events"])
    if value["also"]:
        others = "; ".join(f"{one['name']} [{one['id']}]" for one in value["also"])
        put(say("units_also", units=others))
    odd = [reason for reason in value["reasons"] if reason not in ("exact", "within")]
    if odd:
        put(say("units_matched", reasons="; ".join(say(f"reason_{reason}") for reason in odd)))


def _certainty(value: dict[str, Any], direction: str) -> str:
    found = value[direction]
    if "local" in value and value["certainty"] == "certain":
        return say("certainty_by_local_table")
    if value.get("all") and any(one["extent"] == "possible" for one in found):
        return say("certainty_all_possible", n=len(found))
    if value.get("all"):
        return say("certainty_all" if direction == "successors" else "certainty_made_of", n=len(found))
    if direction == "predecessors" and value["certainty"] == "certain":
        return say("certainty_from_one")
    if value["certainty"] == "candidates" and len(found) == 1:
        return say("certainty_one_candidate")
    return say(f"certainty_{value['certainty']}", n=len(found))


def _show_path(events: list[dict[str, Any]]) -> None:
    """The events passed, where there was more than one day of change."""
    if len({event["date"] for event in events}) < 2:
        return
    put(say("units_path"))
    for event in events[:_CHANGES]:
        line = say(
            "units_step",
            date=printed_day(event["date"]),
            act=_act(event),
            took=_names(event["took"]),
            gave=_names(event["gave"]),
        )
        put(f"  {line}")
    if len(events) > _CHANGES:
        put(f"  {say('units_more_changes', n=len(events) - _CHANGES)}")


def _names(units: Iterable[dict[str, Any]]) -> str:
    names = list(dict.fromkeys(unit["name"] for unit in units))
    shown = ", ".join(names[:_NAMED])
    return say("units_and_more", names=shown, n=len(names) - _NAMED) if len(names) > _NAMED else shown


def _act(cited: dict[str, Any]) -> str:
    if cited.get("local"):
        return say("units_local_table")
    if cited["act"] is None:
        return say("units_no_act") if cited.get("extent") != "unchanged" else ""
    return cited_act(cited["act"], cited["clause"])


def _parent_names(unit: dict[str, Any]) -> list[str]:
    return [parent["name"] for parent in unit["parents"]]


def _parents(unit: dict[str, Any]) -> str:
    return ", ".join(_parent_names(unit))


def validity(unit: dict[str, Any]) -> str:
    """The days between which a unit stood, of its JSON form: 22/11/1996 – 30/06/2025."""
    start = printed_day(unit["valid_from"])
    if not unit.get("valid_from_certain", True):
        start = f"≤ {start}"
    end = printed_day(unit["valid_to"]) if unit["valid_to"] else say("units_until_now")
    return f"{start} – {end}"


def _table(*columns: str) -> Any:
    """A table with the titles of ``units_column_<name>``; what is copied from it stays on one line."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    narrow = Console().width < _NARROW
    made = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        made.add_column(
            say(f"units_column_{column}"),
            overflow="fold",
            no_wrap=column in _WHOLE,
            width=_NUMBER_WIDTH
            if column == "act" and narrow
            else None,  # rich would cut what a minimum makes too wide
        )
    return made
