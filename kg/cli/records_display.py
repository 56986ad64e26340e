"""``show`` and ``fonds`` for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from kg.cli.moved_display import record_label
from kg.cli.printing import day, figure, plain, put, shelf, table, term
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
from kg.questions.difference_words import why
from kg.wording import titled

_MOST_DIFFERENCES = 60
"""Differences that the screen shows; a list has all."""


_MOST_GROUPS = 20
"""Groups of files alike in custody that the screen shows."""


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


def show_fonds(value: Sequence[Mapping[str, Any]] | Mapping[str, Any]) -> None:
    """All fonds, or one with its inventories and files: where lists and scans differ comes first, as in the archive's
    day."""
    rows = [value] if isinstance(value, Mapping) else list(value)
    if not rows:
        put(say("fonds_none"))
        return
    _show_differences(rows)
    if isinstance(value, Mapping):
        _show_one(value)
    numbers = ("files", "documents", "sheets", "pages", "metres", "difference")
    shown = table("id", "creator", "closed", *numbers, numbers=numbers)
    for row in rows:
        shown.add_row(
            plain(row["id"]),
            plain(row["creator"]) or say("fonds_unknown"),
            _dated(row, "closed"),
            *(figure(row[name]) for name in ("files", "documents", "sheets", "pages")),
            shelf(row["metres"]),
            figure(len(row["differences"])),
        )
    put(shown)
    if isinstance(value, Mapping) and value["file"]:
        put(_custody_of_files(value["file"]))
        put(_files(value["file"]))


def _show_one(value: Mapping[str, Any]) -> None:
    """What is said of one fonds beside its figures: agreement, numbers, duplicates, how figures were had, what came."""
    if not any(row["listed"] for row in value["file"]):
        put(say("fonds_no_list"))
    elif not value["differences"]:
        put(say("no_differences"))
    for series in value.get("numbering", ()):
        _show_numbers(series)
    for row in value.get("duplicates", ()):
        put(say(f"fonds_same_{row['kind']}", ids=plain(", ".join(row["records"] or row["files"]))))
    for field, told in (value.get("description") or {}).items():
        if told is not None:
            put(f"{say(f'fonds_field_{field}')}: {figure(told) if isinstance(told, int) else plain(told)}")
    if bases := value.get("pages_basis"):
        told = ", ".join(f"{figure(n)} {say(f'pages_basis_{basis}')}" for basis, n in bases.items())
        put(say("fonds_pages_basis", told=told))
    if norms := value.get("metres_norms"):
        put(say("fonds_metres_norms", norms=plain("; ".join(norms))))
    for event in value.get("events", ()):
        what = plain(", ".join([*event["tables"], *event["folders"]]))
        counts = {key: figure(event[key]) for key in ("documents", "files")}
        put(say("fonds_event_delivery", day=day(event["at"][:10]), what=what, **counts))


def _show_numbers(series: Mapping[str, Any]) -> None:
    counts = {"files": series["files"], "repeated": series["repeated_count"], "missing": series["missing_count"]}
    told = {name: figure(n) for name, n in counts.items()}
    put(say("fonds_numbers", first=plain(series["from"]), last=plain(series["to"]), **told))
    for kind in ("repeated", "missing"):
        if series[kind]:
            put(say(f"fonds_numbers_{kind}", numbers=plain(", ".join(series[kind]))))


def _dated(row: Mapping[str, Any], key: str) -> str:
    """The opening or closing day, with where it was read when no column gives it."""
    shown = day(row[key])
    return say("fonds_day_of_history", day=shown) if shown and row.get(f"{key}_basis") == "history" else shown


def _files(rows: Sequence[Mapping[str, Any]]) -> Any:
    numbers = ("documents", "sheets", "pages", "metres")
    shown = table("code", "title", "time", "retention", *numbers, "scanned", numbers=numbers)
    for row in rows:
        shown.add_row(
            plain(row["code"] or row["id"]),
            plain(row["title"]),
            " – ".join(dict.fromkeys(part for part in (day(row["since"]), day(row["until"])) if part)),
            plain(row["retention"]) or _proposed(row["retention_proposed"]),
            *(figure(row[name]) for name in ("documents", "sheets", "pages")),
            shelf(row["metres"]),
            say("answer_yes" if row["scanned"] else "answer_no"),
        )
    return shown


def _proposed(proposal: Mapping[str, Any] | None) -> str:
    """The term that a schedule would give, in short; ``show`` of a document names the schedule."""
    return say("retention_proposed_short", term=plain(proposal["term"])) if proposal else ""


def _custody_of_files(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Who holds the files of a fonds and where they must go: those alike together, the most first."""
    alike = Counter(
        (
            plain(held_label(row["custody"])),
            plain(
                "; ".join(
                    filter(None, (destination_label(row["custody"]["destination"]), check_label(row["custody"])))
                )
            ),
            due_label(row["custody"]),
            plain(basis_label(row["custody"]["destination"])),
        )
        for row in rows
    )
    shown = table("held_now", "destination", "due", "basis", "files", numbers=("files",))
    for labels, count in alike.most_common(_MOST_GROUPS):
        shown.add_row(*labels, figure(count))
    return shown


def _show_differences(rows: Sequence[Mapping[str, Any]]) -> None:
    found = [(row["id"], difference) for row in rows for difference in row["differences"]]
    if not found:
        return
    kinds = Counter(difference["kind"] for _, difference in found)
    told = ", ".join(f"{say(f'difference_{kind}')}: {figure(n)}" for kind, n in sorted(kinds.items()))
    put(say("fonds_reconciled", n=figure(len(found)), kinds=told))
    shown = table("fonds", "file", "difference", "listed", "found", "why", numbers=("listed", "found"))
    for fonds_id, row in found[:_MOST_DIFFERENCES]:
        there = ", ".join(row["found"]) if isinstance(row["found"], list) else row["found"]
        shown.add_row(
            plain(fonds_id),
            plain(row["code"] or row["file"]),
            say(f"difference_{row['kind']}"),
            plain(row["listed"]),
            plain(there),
            why(row),
        )
    put(shown)
    if len(found) > _MOST_DIFFERENCES:
        put(say("fonds_more_differences", shown=figure(_MOST_DIFFERENCES), total=figure(len(found))))
