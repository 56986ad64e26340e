"""``fonds`` for people: differences first, as in the archive's day, then figures, then each file with its custody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from kg.cli.printing import day, figure, plain, put, put_entry, shelf, table
from kg.custody_wording import basis_label, check_label, destination_label, due_label, held_label
from kg.fonds_wording import counted_label, creator_label, day_label, files_label, status_label, without_creator
from kg.messages import say
from kg.questions.difference_words import fonds_label, label, why

_MOST = 60
"""Differences, and files, that the screen shows where ``--limit`` does not say otherwise; a list has all."""
_LONGEST_CODE = 40
_MOST_GROUPS = 20
"""Groups of files alike in custody that the screen shows."""


def show_fonds(value: Sequence[Mapping[str, Any]] | Mapping[str, Any], limit: int | None = None) -> None:
    """All fonds, or one with its inventories and files; at most ``limit`` differences and files."""
    rows = [value] if isinstance(value, Mapping) else list(value)
    if not rows:
        put(say("fonds_none"))
        return
    _show_differences(rows, limit or _MOST, of_one=isinstance(value, Mapping))
    if isinstance(value, Mapping):
        _show_one(value)
    put(_figures(rows))
    if told := without_creator(rows):
        put(plain(told))
    if isinstance(value, Mapping) and value["file"]:
        _show_custody(value["file"])
        _show_files(value, limit or _MOST)


def _figures(rows: Sequence[Mapping[str, Any]]) -> Any:
    """The figures of each fonds, those that some fonds has. Bundles are no files that anybody arranged, and are counted
    apart."""
    seldom = ("bundles", "documents", "sheets", "pages", "metres")
    numbers = ["files", *(name for name in seldom if any(row[name] for row in rows)), "difference"]
    shown = table("id", "creator", *numbers, numbers=tuple(numbers))
    for row in rows:
        told = {
            **{name: figure(row[name]) for name in ("bundles", "documents", "sheets", "pages")},
            "files": files_label(row),
            "metres": shelf(row["metres"]),
            "difference": figure(row["differences_count"]),
        }
        shown.add_row(plain(row["id"]), plain(creator_label(row)), *(told[name] for name in numbers))
    return shown


def _code(row: Mapping[str, Any], key: str = "id") -> str:
    """A file's number, cut where it is a sentence."""
    told = plain(row["code"] or row[key])
    return told if len(told) <= _LONGEST_CODE else f"{told[:_LONGEST_CODE]}…"


def _show_one(value: Mapping[str, Any]) -> None:
    """What is said of one fonds beside its figures: agreement, numbers, duplicates, how figures were had, what came."""
    if not value["listed_files"]:
        put(say("fonds_no_list"))
    elif not value["differences_count"]:
        put(say("no_differences"))
    for key, told in {
        "opened": day_label(value, "opened"),
        "closed": day_label(value, "closed"),
        "status": status_label(value),
    }.items():
        if told:
            put(f"{say(f'column_{key}')}: {plain(told)}")
    for key, count in {
        "rows_without_number": value.get("rows_without_number"),
        "set_aside": sum((value.get("set_aside") or {}).values()),
    }.items():
        if count:
            put(say(f"fonds_{key}", n=figure(count)))
    for series in value.get("numbering", ()):
        _show_numbers(series)
    for row in value.get("duplicates", ())[:_MOST]:
        put(say(f"fonds_same_{row['kind']}", ids=plain(", ".join(row["records"] or row["files"]))))
    for field, told in (value.get("description") or {}).items():
        if told is not None:
            put(f"{say(f'fonds_field_{field}')}: {figure(told) if isinstance(told, int) else plain(told)}")
    for unit in ("pages", "metres"):
        if bases := value.get(f"{unit}_basis"):
            word, shown = ("pages_basis", figure) if unit == "pages" else ("basis", shelf)
            told = ", ".join(f"{shown(n)} {say(f'{word}_{basis}')}" for basis, n in bases.items())
            put(say(f"fonds_{unit}_basis", told=told))
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
    for kind in ("repeated", "missing", "missing_scanned"):
        if series[kind]:
            put(say(f"fonds_numbers_{kind}", numbers=plain(", ".join(series[kind]))))


def _show_custody(rows: Sequence[Mapping[str, Any]]) -> None:
    """Who holds the files of a fonds and where they must go: those alike together, the most first."""
    alike = Counter((row["kind"] == "bundle", tuple(_custody(row["custody"]).items())) for row in rows)
    for (bundle, labels), count in alike.most_common(_MOST_GROUPS):
        put_entry(f"{say('column_bundles' if bundle else 'column_files')}: {figure(count)}", dict(labels))


def _custody(custody: Mapping[str, Any]) -> dict[str, str]:
    told = (destination_label(custody["destination"]), check_label(custody))
    return {
        "held_now": plain(held_label(custody)),
        "destination": plain("; ".join(filter(None, told))),
        "due": due_label(custody),
        "basis": plain(basis_label(custody["destination"])),
    }


def _show_files(value: Mapping[str, Any], limit: int) -> None:
    """Each file: what it is, how much of it there is, who holds it and where it must go."""
    shown = value["file"][:limit]
    for row in shown:
        days = dict.fromkeys(part for part in (day(row["since"]), day(row["until"])) if part)
        marks = [say("bundle_label")] if row["kind"] == "bundle" else []
        marks += [say("same_number_label")] if row["same_number"] else []
        heading = [_code(row), *marks, plain(row["title"])]
        told = {
            "time": " – ".join(days),
            "retention": plain(row["retention"]) or _proposed(row["retention_proposed"]),
            "counted": plain(counted_label(row)),
            "paper_state": plain(row["condition"]),
        }
        put_entry(" · ".join(filter(None, heading)), told | _custody(row["custody"]))
    if value["files"] > len(shown):
        put(say("fonds_more_files", shown=figure(len(shown)), total=figure(value["files"])))


def _proposed(proposal: Mapping[str, Any] | None) -> str:
    """The term that a schedule would give, in short; ``show`` of a document names the schedule."""
    return say("retention_proposed_short", term=plain(proposal["term"])) if proposal else ""


def _show_differences(rows: Sequence[Mapping[str, Any]], limit: int, *, of_one: bool) -> None:
    total = sum(row["differences_count"] for row in rows)
    if not total:
        return
    found = [(row["id"], difference) for row in rows for difference in row["differences"]]
    kinds: Counter[str] = Counter()
    for row in rows:
        kinds.update(row["differences_by_list"])
    told = ", ".join(f"{say(f'difference_{kind}')}: {figure(n)}" for kind, n in sorted(kinds.items()))
    put(say("fonds_reconciled", n=figure(total), kinds=told))
    columns = ("file", "difference", "listed", "found", "why")
    shown = table(*(() if of_one else ("fonds",)), *columns, numbers=("listed", "found"))
    for fonds_id, row in found[:limit]:
        there = ", ".join(row["found"]) if isinstance(row["found"], list) else row["found"]
        cells = (
            _code(row, "file"),
            label(row),
            plain(row["listed"]),
            plain(there),
        )
        shown.add_row(*(() if of_one else (plain(fonds_label(fonds_id)),)), *cells, plain(why(row)))
    put(shown)
    if total > len(found[:limit]):
        put(say("fonds_more_differences", shown=figure(len(found[:limit])), total=figure(total)))
