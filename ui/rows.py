"""Answers as rows of tables and downloads: one column a field, in the words of the screens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.custody_wording import check_label, destination_label, due_label, held_label, law_label
from ui.words import certainty, clause, day, figure, shelf, t, term, weakest

Row = dict[str, str]


def unit_name(unit: Mapping[str, Any] | None) -> str:
    """A unit with what it lies in."""
    if unit is None:
        return ""
    return ", ".join([unit["name"], *(parent["name"] for parent in unit.get("parents", ()))])


def validity(unit: Mapping[str, Any]) -> str:
    """The days from which and until which a unit was in force."""
    start = day(unit["valid_from"])
    if not unit.get("valid_from_certain", True):
        start = t("ui_or_earlier", day=start)
    return f"{start} – {day(unit['valid_to']) or t('ui_now')}"


def record_title(record: Mapping[str, Any]) -> str:
    """What a record is called: its title, else type and number, else its path."""
    named = " ".join(part for part in (record.get("type"), record.get("number")) if part)
    return str(record.get("title") or named or record.get("source") or record["id"])


def record_row(record: Mapping[str, Any]) -> Row:
    """The columns by which a record is known."""
    return {
        t("column_number"): record["number"] or "",
        t("column_date"): day(record["date"] or record["date_partial"]),
        t("column_title"): record_title(record),
    }


def file_name(file_id: str | None) -> str:
    """A file by fonds, inventory and number; an inventory that has no name is left out."""
    return " / ".join(part for part in (file_id or "").split("/") if part)


def old_place(place: Mapping[str, Any]) -> str:
    """The subject place, or all the units it can be."""
    if place["old"]:
        return unit_name(place["old"])
    return " | ".join(unit_name(unit) for unit in place["old_candidates"])


def new_places(place: Mapping[str, Any]) -> str:
    """The units it can lie in now, those of one extent together."""
    by_extent: dict[str, list[str]] = {}
    for unit in place["new"]:
        by_extent.setdefault(unit["extent"], []).append(unit["name"])
    return "; ".join(f"{', '.join(names)} ({term('extent', extent)})" for extent, names in by_extent.items())


def acts(place: Mapping[str, Any]) -> str:
    """The acts behind the new places, each with its clauses in the order of the places."""
    by_act: dict[str, list[str]] = {}
    for unit in place["new"]:
        if unit["act"]:
            by_act.setdefault(unit["act"], []).append(unit["clause"])
    return "; ".join(clause(act, ", ".join(filter(None, dict.fromkeys(many)))) for act, many in by_act.items())


def place_columns(place: Mapping[str, Any]) -> Row:
    """The subject place then and now, how sure that is, and what it rests on."""
    return {
        t("column_place_old"): old_place(place),
        t("column_place_now"): new_places(place),
        t("column_certainty"): place_certainty(place),
        t("column_act"): acts(place),
    }


def place_certainty(place: Mapping[str, Any]) -> str:
    """How sure the place is, and what the weakest link is where it is not certain."""
    label = certainty(place["certainty"], len(place["new"]))
    return f"{label} ({term('weakest', place['weakest'])})" if place["weakest"] else label


def custody_columns(custody: Mapping[str, Any]) -> Row:
    """Who holds the file, where it must go and by when, with the basis and what is to be checked: apart from the place."""
    where = custody["destination"]
    return {
        t("column_held_now"): held_label(custody),
        t("column_destination"): destination_label(where),
        t("column_due"): due_label(custody),
        t("column_basis"): where.get("basis") or "",
        t("ui_custody_sure"): "; ".join(
            filter(None, (term("custody", where["certainty"]), law_label(where), check_label(custody)))
        ),
    }


def moved_row(entry: Mapping[str, Any], by: str | None = None) -> Row:
    """One record of ``moved``: what it is, with its place or its custody; with both where ``by`` is None."""
    row = record_row(entry["record"])
    if by != "place":
        row |= {t("column_file"): file_name(entry["record"]["file"])}
    if by != "custody":
        row |= place_columns(entry["place"])
    if by != "place":
        row |= custody_columns(entry["custody"])
    return row


def metres(row: Mapping[str, Any]) -> str:
    """Metres with how they were had, where they were not measured (PRACTICE.md §1.8); ``metres_basis`` is a word or
    the metres by word."""
    if row["metres"] is None:
        return figure(None)
    basis = row["metres_basis"]
    bases = [basis] if isinstance(basis, str) else list(basis or ())
    shown = ", ".join(term("basis", name) for name in bases if name != "measured")
    return f"{shelf(row['metres'])} ({shown})" if shown else shelf(row["metres"])


def link_row(link: Mapping[str, Any]) -> Row:
    """One link of an entity: direction, relation, the other end, the records that prove it, act and clause."""
    arrow = "→" if link["outgoing"] else "←"
    proof = link["evidence"][0] if link["evidence"] else {}
    passage = " ".join(str(proof.get("context") or proof.get("text") or "").split())
    return {
        t("column_relation"): f"{arrow} {term('relation', link['type'].lower())}",
        t("column_other"): link["other"]["name"],
        t("column_kind"): term("entity_kind", link["other"]["kind"]),
        t("column_records"): figure(link["records"]) if link["records"] else "",
        t("column_evidence"): passage or link_basis(link),
    }


def link_basis(link: Mapping[str, Any]) -> str:
    """Extent, act and clause of a link that comes from the tables of units."""
    extent = term("extent", link["extent"]) if link.get("extent") else ""
    return "; ".join(part for part in (extent, clause(link.get("act"), link.get("clause"))) if part)


def weakest_line(place: Mapping[str, Any]) -> str:
    """The weakest link behind a place, as a sentence."""
    return weakest(place["weakest"])
