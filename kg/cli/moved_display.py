"""``moved`` for people: the subject place and custody as two tables that are never mixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.cli.printing import cited, day, figure, plain, put, put_entry, shelf, shortened, table
from kg.custody_wording import basis_label, check_label, destination_label, due_label, held_label
from kg.messages import knows, say

_FIGURES = ("files", "documents", "pages", "metres")
_NAMED = 4
_TITLE = 90
_GROUPS = 20
"""Groups shown to people; ``--json`` has all."""


def show_moved(value: Mapping[str, Any]) -> None:
    """Totals by certainty, then the records listed."""
    by = value["by"]
    put(say(f"moved_title_{by}", source=_unit(value["from"]), target=_unit(value["to"])))
    totals = table("certainty" if by == "place" else "custody", *_FIGURES, numbers=_FIGURES)
    for word, row in value["by_certainty"].items():
        totals.add_row(certainty_label(word, by), *_figures(row))
    totals.add_row(say("moved_total"), *_figures(value["totals"]))
    put(totals)
    bases = value["totals"]["metres_basis"].items()
    parts = "; ".join(f"{_basis(basis)}: {shelf(metres)}" for basis, metres in bases)
    if parts:
        put(say("metres_note", parts=parts))
    _put_groups(value.get("groups", ()))
    for row in value["records"]:
        _put_place(row) if by == "place" else _put_custody(row)
    shown, total = value["listed"], value["totals"]["documents"] - value["withheld"]
    if shown < total:
        put(say("moved_more", listed=figure(shown), total=figure(total)))
    if value["withheld"]:
        put(say("withheld", n=figure(value["withheld"])))
    if value["secret"]:
        put(say("moved_secret", n=figure(value["secret"])))


def _basis(word: str) -> str:
    """How metres were had; a finding aid may use a word of its own."""
    return say(f"basis_{word}") if knows(f"basis_{word}") else plain(word)


def certainty_label(word: str, by: str, n: int | None = None) -> str:
    """The label of a certainty word, of places or of custody; ``n``: how many units it leaves, None where that is not
    one figure."""
    if by == "custody":
        return say(f"custody_{word}")
    if word != "candidates":
        return say(f"certainty_{word}", n=n)
    if n is None:
        return say("ui_candidates_many")
    return say("certainty_one_candidate") if n == 1 else say("certainty_candidates", n=n)


def act_label(step: Mapping[str, Any]) -> str:
    """Act and clause of a step, '' where there is none."""
    return cited(step["act"], step.get("clause")) if step.get("act") else ""


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
            "certainty": _certainty(place),
            "act": "; ".join(act for act in list(acts)[:_NAMED] if act),
        },
    )


def _several(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return say("units_and_more", names=shown, n=len(names) - _NAMED) if len(names) > _NAMED else shown


def _certainty(place: Mapping[str, Any]) -> str:
    label = certainty_label(place["certainty"], "place", len(place["new"]) or None)
    if not place["weakest"] or place["certainty"] == "certain" or not place["new"]:
        return label
    return f"{label} ({say('weakest_' + place['weakest'])})"


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
        destination = {key: group[key] for key in ("via", "basis", "law_sure")}
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
