"""``show`` for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.cli.moved_display import record_label
from kg.cli.printing import day, figure, plain, put, table, term
from kg.custody_wording import (
    against_labels,
    basis_label,
    check_label,
    destination_label,
    due_label,
    held_label,
    proposal_label,
)
from kg.messages import say
from kg.place_wording import act_label, certainty_label
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
        told = ", ".join(filter(None, (plain(signer.get("name")), plain(signer.get("position")))))
        if told:
            shown.add_row(say("relation_signed_by"), told)
    own = next((part["part"] for part in value["parts"] if part["own"]), None)
    for act in _told_by(value, own):
        shown.add_row(_relation(act), _dated_act(act))
    if value["place"]:
        _add_place(shown, value["place"])
    if value["custody"]:
        _add_custody(shown, value["custody"])
    put(shown)
    _show_parts(value, own)
    for doubt in value["checks"]:
        put(plain(doubt["message"]))
    if value["withheld"]:
        put(say("withheld_text"))
    elif not value["text"]:
        put(say("no_text"))
    else:
        for line in value["text"].replace("\f", "\n").splitlines():
            put(plain(line))


def _told_by(value: Mapping[str, Any], part: int | None) -> list[Mapping[str, Any]]:
    """The acts that one document of the file cites or changes."""
    return [act for act in [*value["cites"], *value["affects"]] if act["part"] == part]


def _relation(act: Mapping[str, Any]) -> str:
    return say(f"relation_{act['relation']}")


def _dated_act(act: Mapping[str, Any]) -> str:
    return f"{_act(act)} {day(act['date'])}".strip()


def _show_parts(value: Mapping[str, Any], own: int | None) -> None:
    """The documents of a file that holds several, each with its page; what they rest on and change below them, but for
    the record's own, of which that stands in the table."""
    if value["parts"]:
        put(say("parts_title", n=figure(len(value["parts"]))))
    for part in value["parts"]:
        named = " ".join(filter(None, (plain(part["type"]), plain(part["number"]))))
        signers = ", ".join(filter(None, (plain(signer["name"]) for signer in part["signers"])))
        told = (
            say("page_label", page=part["page"]),
            named,
            day(part["date"] or part["date_partial"]),
            plain(part["issuer"] or part["author"]),
            plain(part["abstract"]),
            say("part_signed", names=signers) if signers else "",
        )
        put(f"  {part['part']}. {' · '.join(filter(None, told))}")
        for act in _told_by(value, part["part"]) if part["part"] != own else ():
            put(f"       {_relation(act)} {_dated_act(act)}")


def _act(act: Mapping[str, Any]) -> str:
    """Type, number and title of an act cited; a title that begins with the type says it once."""
    kind, number, title = (plain(act[key]) for key in ("type", "number", "title"))
    named = titled(kind, title)
    if named == title:
        return f"{title} {number}".strip()
    return " ".join(part for part in (kind, number, title) if part)


def _add_custody(shown: Any, custody: Mapping[str, Any]) -> None:
    destination = custody["destination"]
    told = {
        "label_held_now": held_label(custody),
        "label_destination": f"{destination_label(destination)} · {basis_label(destination)}",
        "label_due": due_label(custody),
        "label_retention_of_file": custody["retention"] or proposal_label(custody["retention_proposed"]),
        "label_to_check": check_label(custody),
    }
    for key, value in told.items():
        if value:
            shown.add_row(say(key), plain(value))
    for paper in against_labels(custody):
        shown.add_row(say("label_against"), plain(paper))


def _add_place(shown: Any, place: Mapping[str, Any]) -> None:
    old = [place["old"]] if place["old"] else place["old_candidates"]
    shown.add_row(say("label_subject_place"), "; ".join(unit["name"] for unit in old))
    for step in place["new"]:
        shown.add_row(
            say("column_place_now"),
            f"{step['name']} · {say('extent_' + step['extent'])} · {act_label(step)}".rstrip(" ·"),
        )
    shown.add_row(say("column_certainty"), certainty_label(place["certainty"], "place", len(place["new"]) or None))
