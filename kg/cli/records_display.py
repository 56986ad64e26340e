"""``show`` and ``fonds`` for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.cli.moved_display import act_label, basis_label, certainty_label, destination_label, held_label, record_label
from kg.cli.printing import day, figure, plain, put, shelf, table, term
from kg.messages import say
from kg.wording import titled


def show_record(value: Mapping[str, Any]) -> None:
    """One record: header fields, place, custody, then its text."""
    put(record_label(value))
    shown = table("kind", "value")
    for field in ("id", "source", "fonds", "file", "type", "issuer", "pages", "retention"):
        shown.add_row(say(f"column_{field}"), plain(value[field]))
    for field in ("level", "bloc", "access", "subject"):
        shown.add_row(say(f"column_{field}"), term(field, value[field]))
    for signer in value["signers"]:
        shown.add_row(
            say("relation_signed_by"), plain(f"{signer.get('name')}, {signer.get('position') or ''}").rstrip(", ")
        )
    for act in [*value["cites"], *value["affects"]]:
        shown.add_row(say(f"relation_{act['relation']}"), f"{_act(act)} {day(act['date'])}".strip())
    if value["place"]:
        _add_place(shown, value["place"])
    if value["custody"]:
        _add_custody(shown, value["custody"])
    put(shown)
    for doubt in value["checks"]:
        put(plain(doubt["message"]))
    if value["withheld"]:
        put(say("withheld_text"))
    elif not value["text"]:
        put(say("no_text"))
    else:
        for line in value["text"].replace("\f", "\n").splitlines():
            put(plain(line))


def _act(act: Mapping[str, Any]) -> str:
    """Type, number and title of an act cited; a title that begins with the type says it once."""
    kind, number, title = (plain(act[key]) for key in ("type", "number", "title"))
    named = titled(kind, title)
    if named == title:
        return f"{title} {number}".strip()
    return " ".join(part for part in (kind, number, title) if part)


def _add_custody(shown: Any, custody: Mapping[str, Any]) -> None:
    destination = custody["destination"]
    shown.add_row(say("label_held_now"), held_label(custody))
    shown.add_row(say("label_destination"), f"{destination_label(destination)} · {basis_label(destination)}")
    shown.add_row(say("label_due"), day(custody["due"]))


def _add_place(shown: Any, place: Mapping[str, Any]) -> None:
    old = [place["old"]] if place["old"] else place["old_candidates"]
    shown.add_row(say("label_subject_place"), "; ".join(unit["name"] for unit in old))
    for step in place["new"]:
        shown.add_row(
            say("column_place_now"),
            f"{step['name']} · {say('extent_' + step['extent'])} · {act_label(step)}".rstrip(" ·"),
        )
    shown.add_row(say("column_certainty"), certainty_label(place["certainty"], "place", len(place["new"]) or None))


def show_fonds(value: Sequence[Mapping[str, Any]] | Mapping[str, Any]) -> None:
    """All fonds, or one with its inventories, files and differences."""
    rows = [value] if isinstance(value, Mapping) else list(value)
    if not rows:
        put(say("fonds_none"))
        return
    numbers = ("files", "documents", "sheets", "pages", "metres", "difference")
    shown = table("id", "creator", "closed", *numbers, numbers=numbers)
    for row in rows:
        shown.add_row(
            plain(row["id"]),
            plain(row["creator"]) or say("fonds_unknown"),
            day(row["closed"]),
            *(figure(row[name]) for name in ("files", "documents", "sheets", "pages")),
            shelf(row["metres"]),
            figure(len(row["differences"])),
        )
    put(shown)
    if isinstance(value, Mapping):
        put(_files(value["file"]))
        if not any(row["listed"] for row in value["file"]):
            put(say("fonds_no_list"))
        elif not value["differences"]:
            put(say("no_differences"))
        _show_differences(value["differences"])


def _files(rows: Sequence[Mapping[str, Any]]) -> Any:
    numbers = ("documents", "sheets", "pages", "metres")
    shown = table("code", "title", "time", "retention", *numbers, "scanned", numbers=numbers)
    for row in rows:
        shown.add_row(
            plain(row["code"] or row["id"]),
            plain(row["title"]),
            " – ".join(part for part in (day(row["since"]), day(row["until"])) if part),
            plain(row["retention"]),
            *(figure(row[name]) for name in ("documents", "sheets", "pages")),
            shelf(row["metres"]),
            say("answer_yes" if row["scanned"] else "answer_no"),
        )
    return shown


def _show_differences(rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    shown = table("file", "difference", "listed", "found", numbers=("listed", "found"))
    for row in rows:
        found = ", ".join(row["found"]) if isinstance(row["found"], list) else row["found"]
        shown.add_row(
            plain(row["code"] or row["file"]), say(f"difference_{row['kind']}"), plain(row["listed"]), plain(found)
        )
    put(shown)
