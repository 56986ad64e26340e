"""``moved`` for people: the subject place and custody as two tables that are never mixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.cli.printing import day, figure, plain, put, put_entry, shelf, shortened, table
from kg.custody_wording import (
    basis_label,
    check_label,
    destination_label,
    due_label,
    held_label,
    held_totals,
    waiting_lines,
)
from kg.messages import knows, say
from kg.place_wording import act_label, certainty_label, place_certainty

_FIGURES = ("files", "documents", "pages", "metres")
_NAMED = 4
_TITLE = 90
_GROUPS = 20
"""Groups shown to people; ``--json`` has all."""


def show_moved(value: Mapping[str, Any]) -> None:
    """Totals by certainty, then the records listed."""
    by = value["by"]
    put(say(f"moved_title_{by}", source=_unit(value["from"]), target=_unit(value["to"])))
    if by == "place":
        _put_totals("certainty", [(certainty_label(*one), row) for one, row in _words(value["by_certainty"])], value)
    else:
        _put_totals("held_now", held_totals(value), value)
        _put_totals(
            "destination", [(certainty_label(*one), row) for one, row in _words(value["by_destination"], by)], value
        )
    _put_waiting(value)
    bases = value["totals"]["metres_basis"].items()
    parts = "; ".join(f"{_basis(basis)}: {shelf(metres)}" for basis, metres in bases)
    if parts:
        put(say("metres_note", parts=parts))
    _put_groups(value.get("groups", ()))
    listed = _put_places(value) if by == "place" else _put_files(value)
    if listed < value["totals"]["documents"] - value["withheld"] and by == "place":
        total = value["totals"]["documents"] - value["withheld"]
        put(say("moved_more", listed=figure(listed), total=figure(total)))
    if value["withheld"]:
        put(say("withheld", n=figure(value["withheld"])))
    if value["secret"]:
        put(say("moved_secret", n=figure(value["secret"])))


def _words(counts: Mapping[str, Any], by: str = "place") -> list[tuple[tuple[str, str], Mapping[str, Any]]]:
    return [((word, by), row) for word, row in counts.items()]


def _put_totals(column: str, rows: Sequence[tuple[str, Mapping[str, Any]]], value: Mapping[str, Any]) -> None:
    totals = table(column, *_FIGURES, numbers=_FIGURES)
    for label, row in rows:
        totals.add_row(label, *_figures(row))
    totals.add_row(say("moved_total"), *_figures(value["totals"]))
    put(totals)


def _put_waiting(value: Mapping[str, Any]) -> None:
    for line in waiting_lines(value):
        put(plain(line))


def _put_places(value: Mapping[str, Any]) -> int:
    for row in value["records"]:
        _put_place(row)
    return len(value["records"])


def _put_files(value: Mapping[str, Any]) -> int:
    """By custody the files, then the records that lie in none."""
    for row in value["files"]:
        put_entry(file_label(row["file"]), custody_told(row["custody"]))
    if value["files_listed"] < value["files_known"]:
        listed, total = value["files_listed"], value["files_known"]
        put(say("moved_more_files", listed=figure(listed), total=figure(total)))
    loose = [row for row in value["records"] if row["record"]["file"] is None]
    if loose:
        put(say("moved_loose"))
    for row in loose:
        _put_custody(row)
    return len(value["files"])


def file_label(file: Mapping[str, Any]) -> str:
    """Number, fonds, title and years of a file on one line."""
    years = " – ".join(dict.fromkeys(day(value) for value in (file["since"], file["until"]) if value))
    number = say("facts_named_file", value=plain(file["code"])) if file["code"] else plain(file["id"])
    fonds = say("facts_named_fonds_code", value=plain(file["fonds"])) if file["fonds"] else ""
    parts = (", ".join(filter(None, (number, fonds))), shortened(plain(file["title"]), _TITLE), years)
    return " · ".join(part for part in parts if part)


def _basis(word: str) -> str:
    """How metres were had; a finding aid may use a word of its own."""
    return say(f"basis_{word}") if knows(f"basis_{word}") else plain(word)


def _unit(unit: Mapping[str, Any] | None) -> str:
    if unit is None:
        return say("moved_any")
    return ", ".join([unit["name"], *(parent["name"] for parent in unit["parents"])])


def _figures(row: Mapping[str, Any]) -> list[str]:
    return [figure(row["files"]), figure(row["documents"]), figure(row["pages"]), shelf(row["metres"])]


def record_label(record: Mapping[str, Any]) -> str:
    """Number, date and title of a record on one line."""
    title = shortened(plain(record["title"]), _TITLE)
    parts = (plain(record["number"]), day(record["date"] or record["date_partial"]), title)
    return " · ".join(part for part in parts if part) or plain(record["source"] or record["id"])


def _put_place(row: Mapping[str, Any]) -> None:
    place = row["place"]
    old = [place["old"]] if place["old"] else place["old_candidates"]
    acts = dict.fromkeys(act_label(step) for step in place["new"])
    put_entry(
        record_label(row["record"]),
        {
            "place_old": "; ".join(_unit(unit) for unit in old[:_NAMED]),
            "place_now": _several([unit["name"] for unit in place["new"]]),
            "certainty": place_certainty(place),
            "act": "; ".join(act for act in list(acts)[:_NAMED] if act),
        },
    )


def _several(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return say("units_and_more", names=shown, n=len(names) - _NAMED) if len(names) > _NAMED else shown


def _put_custody(row: Mapping[str, Any]) -> None:
    custody = row["custody"]
    put_entry(record_label(row["record"]), custody_told(custody))


def custody_told(custody: Mapping[str, Any]) -> dict[str, str]:
    """Who holds a file, where it must go, by when and by what, as ``put_entry`` takes them."""
    destination = custody["destination"]
    return {
        "held_now": plain(held_label(custody)),
        "destination": plain("; ".join(filter(None, (destination_label(destination), check_label(custody))))),
        "due": due_label(custody),
        "basis": plain(basis_label(destination)),
    }


def _put_groups(groups: Sequence[Mapping[str, Any]]) -> None:
    """What becomes of the files: who holds them, where they must go, by when and by what; the most files first."""
    for group in groups[:_GROUPS]:
        destination = {key: group[key] for key in ("via", "basis", "law_sure", "waiting")}
        destination |= {"name": group["destination"], "certainty": group["destination_certainty"]}
        put_entry(
            say("moved_group", **dict(zip(_FIGURES, _figures(group), strict=True))),
            {
                "held_now": plain(group["held_now"]) or say("ui_not_known"),
                "destination": plain(destination_label(destination)),
                "due": day(group["due"]),
                "basis": plain(basis_label(destination)),
            },
        )
    if len(groups) > _GROUPS:
        put(say("moved_more_groups", n=figure(len(groups) - _GROUPS)))
