"""What ``hoso custody`` prints for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kg.cli.printing import day, figure, plain, put, table
from kg.custody_wording import about_label
from kg.messages import say

if TYPE_CHECKING:
    from kg.custody.loading import Read

_SHOWN = 20
"""Rows shown to people before "and n more"; ``--json`` has all."""
_PAPERS = 3
_HASH = 12


def show_loaded(value: Sequence[Mapping[str, Any]]) -> None:
    """The lists that were read, and what to look at."""
    for one in value:
        if one["problem"]:
            _show_not_loaded(one)
            continue
        key = "facts_loaded" if one["written"] else "facts_checked"
        put(say(key, file=plain(one["file"]), id=one["id"], n=figure(one["facts"])))
        put(say("facts_kinds", parts=_kinds(one["kinds"])))
        show_columns(one["columns"])
        _show_bodies(one)
        if one["sheets_left"]:
            put(say("facts_sheets_left", sheets=plain(", ".join(one["sheets_left"]))))
        _show_lines(one)
        for name in ("repeated", "ambiguous"):
            if one[name]:
                put(say(f"facts_{name}", n=figure(one[name])))
        _show_contrary(one["contrary"])
        _show_pending(one["pending"])
        show_checks(one["to_check"])
        if one["changed_from"]:
            earlier = one["changed_from"]
            put(say("facts_changed", id=earlier["id"], at=day(earlier["loaded"][:10])))
        if one["rejected"] and one["written"]:
            put(say("facts_some_rejected", n=figure(len(one["rejected"])), id=plain(one["id"])))
        _show_bad_rows(one["rejected"])
    out = [one["file"] for one in value if one["problem"]]
    if out:
        told = {"n": figure(len(value) - len(out)), "all": figure(len(value)), "files": plain(", ".join(out))}
        put(say("facts_some_lists" if any(one["written"] for one in value) else "facts_some_lists_checked", **told))


def _show_not_loaded(one: Mapping[str, Any]) -> None:
    put(say("facts_not_loaded", file=plain(one["file"]), why=plain(one["problem"]["message"])))
    if one["rejected"]:
        show_columns(one["columns"])
        _show_bad_rows(one["rejected"])


def show_refused(rows: Sequence[Mapping[str, Any]], read: Sequence[Read]) -> None:
    """Why nothing was loaded: the bad rows of each file, with what its columns were taken for."""
    for one in read:
        bad = [row for row in rows if isinstance(row, Mapping) and row.get("file") == one.file]
        if bad:
            show_columns([part.to_json() for part in one.columns])
            _show_bad_rows(bad)


def show_columns(tables: Sequence[Mapping[str, Any]]) -> None:
    """Which column was taken for what, which were left, and what the lines over the table say."""
    for one in tables:
        used = "; ".join(f"{_quoted(column)} → {_role(column['role'])}" for column in one["used"])
        put(say("facts_columns", where=_where(one["sheet"], [one["row"]]), columns=used))
        for column in one["left"]:
            put(
                say(
                    "facts_column_left",
                    column=_quoted(column),
                    role=_role(column["role"]),
                    instead=plain(column["instead"]),
                )
            )
        if one["unknown"]:
            put(say("facts_columns_unknown", columns="; ".join(map(_quoted, one["unknown"]))))
        above = one["above"]
        told = [f"{_role(role)}: {plain(value)}" for role, value in above["values"].items()]
        told += [f"{_role('paper')}: {plain(above['paper']['cited'])}"] if above["paper"] else []
        told += [f"{_role('kind')}: {say('facts_kind_' + above['kind'])}"] if above["kind"] else []
        told += [say("facts_above_announces", text=plain(above["announces"]))] if above["announces"] else []
        if told:
            put(say("facts_above", told="; ".join(told)))


def _show_bad_rows(rejected: Sequence[Mapping[str, Any]]) -> None:
    """The rows of a file that were refused, with their sheet in words; rows refused for one reason stand together."""
    if not rejected:
        return
    put(say("facts_rejected_rows", file=plain(rejected[0]["file"]), n=figure(len(rejected))))
    reasons: dict[str, list[Mapping[str, Any]]] = {}
    for one in rejected:
        reasons.setdefault(one["reason"], []).append(one)
    for reason, lines in reasons.items():
        put(f"- {_places(lines)}: {plain(reason)}")


def _show_bodies(one: Mapping[str, Any]) -> None:
    """Where bodies came from, when that is not the column of those who receive or hold them."""
    source: Mapping[str, int] = one["body_from"]
    headings: dict[str, str] = {}
    for part in one["columns"]:
        headings |= {column["role"]: column["heading"] for column in part["used"]}
    if room := source.get("room"):
        put(say("facts_body_from_room", n=figure(room), column=plain(headings.get("room", ""))))
    for kind, role in (("store_list", "body"), ("assignment", "holder"), ("task", "holder")):
        if one["kinds"].get(kind) and source.get(role) and set(one["kinds"]) == {kind}:
            put(say("facts_body_from", n=figure(source[role]), column=plain(headings.get(role, ""))))
    both = {"body", "holder"} <= headings.keys()
    for role in ("body", "holder"):
        if both and not source.get(role):
            put(say("facts_body_not_used", column=plain(headings[role]), role=_role(role)))


def _show_lines(one: Mapping[str, Any]) -> None:
    for key in ("taken", "unread"):
        for sheet, rows in groupby(one[key], key=lambda line: line["sheet"]):
            numbers = [line["row"] for line in rows]
            put(say(f"facts_rows_{key}", n=figure(len(numbers)), where=_where(sheet, numbers)))


def _show_contrary(lines: Sequence[Mapping[str, Any]], before: str = "") -> None:
    """Rows of which the fonds is not what they say of it."""
    if lines:
        put(f"{before}{say('facts_contrary', n=figure(len(lines)))} ({_places(lines)})")


def _show_pending(pending: Sequence[Mapping[str, Any]]) -> None:
    """What the store does not have yet, by what of it is missing."""
    for missing in ("fonds", "inventory", "file"):
        absent = [one for one in pending if one["missing"] == missing]
        if absent:
            lines: dict[str, list[Mapping[str, Any]]] = {}
            for one in absent:
                lines.setdefault(plain(about_label(one["scope"], one)), []).append(one)
            names = [f"{name}: {_places(rows)}" for name, rows in lines.items()]
            shown = "; ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
            put(say(f"facts_pending_{missing}", n=figure(len(absent)), names=shown))


def show_checks(remarks: Sequence[Mapping[str, Any]]) -> None:
    """What to look at in rows that are taken over, each thing with its rows."""
    if remarks:
        put(say("facts_to_check"))
    for one in remarks:
        told = say(f"facts_check_{one['code']}", about=plain(one["about"]), value=plain(one["value"]))
        put(f"- {told} ({_places(one['rows'])})")


def _places(lines: Sequence[Mapping[str, Any]]) -> str:
    """The rows of several sheets in words."""
    sheets: dict[str | None, list[int]] = {}
    for line in lines:
        sheets.setdefault(line["sheet"], []).append(line["row"])
    return "; ".join(_where(sheet, rows) for sheet, rows in sheets.items())


def _where(sheet: str | None, rows: Sequence[int]) -> str:
    """The rows of a sheet in words: trang tính "Kho", dòng 3–20, 22."""
    numbers = ", ".join(_runs(rows))
    return say("facts_rows_of_sheet", sheet=plain(sheet), rows=numbers) if sheet else say("facts_rows", rows=numbers)


def _runs(rows: Iterable[int]) -> list[str]:
    found: list[list[int]] = []
    for row in sorted(set(rows)):
        if found and row == found[-1][-1] + 1:
            found[-1][1:] = [row]
        else:
            found.append([row])
    return ["–".join(map(str, run)) for run in found]


def _quoted(column: Mapping[str, Any]) -> str:
    return say("facts_column", column=plain(column["column"]), heading=plain(column["heading"]))


def _role(role: str) -> str:
    return say(f"facts_role_{role}")


def show_lists(value: Mapping[str, Any]) -> None:
    """The lists and their contradictions."""
    if not value["lists"]:
        put(say("facts_none"))
        return
    put(_lists(value["lists"]))
    for name in ("pending", "ambiguous"):
        if number := sum(one[name] for one in value["lists"]):
            put(say(f"facts_{name}", n=figure(number)))
    for one in value["lists"]:
        _show_contrary(one["contrary"], f"{plain(one['id'])}: ")
        if one["pending"]:
            put(say("facts_pending_of_list", id=plain(one["id"]), n=figure(one["pending"])))
    against = value["contradictions"]
    if against:
        put(say("facts_contradictions", n=figure(len(against))))
        shown = table("about", "body", "paper", "against")
        for one in against[:_SHOWN]:
            for fact in one["facts"]:
                shown.add_row(
                    _about(fact),
                    plain(fact["body"]),
                    _cited(fact),
                    say(f"facts_against_{one['kind']}"),
                )
        put(shown)
        _say_more(len(against))


def show_list(value: Mapping[str, Any]) -> None:
    """One list with its facts."""
    put(_lists([value]))
    shown = table("row", "fact_kind", "about", "body", "date", "paper", "state", numbers=("row",))
    for fact in value["facts"][:_SHOWN]:
        waiting = "pending" if fact["named"]["missing"] else "in_use"
        state = waiting if fact["in_use"] else "withdrawn"
        shown.add_row(
            _where(fact["sheet"], [fact["row"]]) if fact["sheet"] else str(fact["row"]),
            say(f"facts_kind_{fact['kind']}"),
            _about(fact),
            plain(fact["body"]),
            day(fact["since"]),
            _cited(fact),
            say(f"facts_state_{state}"),
        )
    put(shown)
    _say_more(len(value["facts"]))
    _show_pending([fact | fact["named"] for fact in value["facts"] if fact["in_use"] and fact["named"]["missing"]])
    show_checks(value["to_check"])


def _lists(lists: Sequence[Mapping[str, Any]]) -> Any:
    shown = table("list", "facts", "paper", "loaded", "hash", "state", "user", numbers=("facts",))
    for one in lists:
        papers = [plain(paper["cited"]) for paper in one["papers"]]
        more = f"; … (+{len(papers) - _PAPERS})" if len(papers) > _PAPERS else ""
        shown.add_row(
            plain(one["id"]),
            f"{figure(one['in_use'])}/{figure(one['rows'])}",
            "; ".join(papers[:_PAPERS]) + more,
            day(one["loaded"][:10]),
            one["sha256"][:_HASH],
            say("facts_state_in_use" if one["in_use"] else "facts_state_withdrawn"),
            plain(one["withdrawn_by"] or one["by"]),
        )
    return shown


def _about(fact: Mapping[str, Any]) -> str:
    """What a fact speaks of, as the store names it, else as its list does."""
    known = {key: value for key, value in fact["named"].items() if value}
    return plain(about_label(fact["scope"], {**fact["target"], **known}))


def _cited(fact: Mapping[str, Any]) -> str:
    return plain(fact["paper"]["cited"])


def _kinds(kinds: Mapping[str, int]) -> str:
    return ", ".join(f"{say('facts_kind_' + kind)} {figure(number)}" for kind, number in kinds.items())


def _say_more(n: int) -> None:
    if n > _SHOWN:
        put(say("local_more", n=figure(n - _SHOWN)))
