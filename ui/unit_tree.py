"""The facet of units as a tree: province, district, commune, each with its count; versions that share a name with their
days. What is ticked narrows the search to records about it and all that lay in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ui.desk import key_of, plain
from ui.words import day, figure, t

_FEW = 9
"""Lines that are shown whole; more are scrolled."""
_HEIGHT = 380
_DEEPEST = 3

Entry = Mapping[str, Any]
"""A value of the facet: ``value``, ``count``, ``name``, ``parent``, ``valid_from``, ``valid_to``; a unit that is not
known here has its id alone."""


@dataclass(frozen=True, slots=True)
class Line:
    """A unit in the tree: how deep it stands (0: at the top), its id, what it is called."""

    depth: int
    value: str
    name: str
    count: int


def lines(entries: Sequence[Entry]) -> list[Line]:
    """The tree from top to bottom; beside each other the commonest first. A unit whose parent is not counted stands at
    the top, under the whole name of where it lay."""
    known = {entry["value"] for entry in entries}
    below: defaultdict[str | None, list[Entry]] = defaultdict(list)
    for entry in entries:
        parent = entry.get("parent")
        below[parent if parent in known else None].append(entry)
    names = dated(entries)

    def walk(parent: str | None, depth: int) -> Iterator[Line]:
        for entry in sorted(below[parent], key=lambda one: (-one["count"], names[one["value"]], one["value"])):
            yield Line(depth, entry["value"], names[entry["value"]], entry["count"])
            yield from walk(entry["value"], depth + 1)

    return list(walk(None, 0))


def dated(entries: Sequence[Entry]) -> dict[str, str]:
    """What each unit is called: one that ended with its last day, its namesake of today with its first; of several
    that ended, each with both days."""
    known = {entry["value"] for entry in entries}
    ended: defaultdict[str, int] = defaultdict(int)
    for entry in entries:
        ended[_name(entry, known)] += bool(entry.get("valid_to"))
    found = {}
    for entry in entries:
        name = _name(entry, known)
        since, until = day(entry.get("valid_from")), day(entry.get("valid_to"))
        if until and ended[name] > 1 and since:
            name = t("unit_between", name=name, since=since, until=until)
        elif until:
            name = t("unit_until", name=name, day=until)
        elif ended[name] and since:
            name = t("unit_since", name=name, day=since)
        found[entry["value"]] = name
    return found


def _name(entry: Entry, known: set[str]) -> str:
    whole = entry.get("label") or entry["value"]
    alone = entry.get("parent") and entry["parent"] not in known
    return str(whole if alone else entry.get("name") or whole)


def choose_units(entries: Sequence[Entry], key: str) -> None:
    """The tree with a box to tick at each unit; the ids ticked are kept in the session's state under ``key``."""
    found = lines(entries)
    if not found:
        return
    st.caption(t("column_place_old"))
    chosen = st.session_state.get(key, [])
    with st.container(height=_HEIGHT if len(found) > _FEW else "content", key=key_of("unit-tree", key)):
        for line in found:
            st.checkbox(
                f"{plain(line.name)} ({figure(line.count)})",
                value=line.value in chosen,
                key=key_of(f"unit-{min(line.depth, _DEEPEST)}", key, line.value),
                on_change=_tick,
                args=(key, line.value),
            )


def _tick(key: str, value: str) -> None:
    chosen = st.session_state.get(key, [])
    st.session_state[key] = [one for one in chosen if one != value] if value in chosen else [*chosen, value]
