"""Search: words or a number, an old or new place, with facets and the passages that answer."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from kg.cli.fields import LONGEST
from kg.export.lists import write_hits
from kg.questions.search import search
from kg.workspace import Workspace
from ui.batch_search import search_for_a_sheet
from ui.desk import access, desk, key_of, plain
from ui.hits import show_hit
from ui.rows import unit_name
from ui.unit_tree import choose_units, dated
from ui.views.record import open_asked
from ui.views.similar import open_alike
from ui.views.start import start
from ui.words import figure, t, term

_PAGE = 10
_DOWNLOAD = 5000
_PLACES = 4
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FACETS = {"type": "", "issuer": "", "fonds": "", "bloc": "bloc", "level": "level", "subject": "subject",
           "retention": "", "access": "access"}  # fmt: skip
_ARGUMENT = {"access": "held_access"}


Asked = Callable[..., dict[str, Any]]
"""The question, ready to be asked of a store for some of its answers."""


def page() -> None:
    """The search page."""
    st.title(t("label_search"))
    query = st.text_input(t("ui_search_for"), placeholder=t("ui_search_hint"), key="q", bind="query-params").strip()
    place, since, until = _narrowing()
    with desk() as workspace:
        if not any((query, place, since, until)):
            start(workspace, t("ui_search_help"))
            search_for_a_sheet(workspace)
            return
        if len(query) > LONGEST:
            st.error(t("ui_search_long", most=figure(LONGEST)))
            return
        words = {"place": place or None, "since": since or None, "until": until or None}
        chosen = {name: st.session_state.get(_facet(name, query), []) for name in (*_FACETS, "unit")}
        filters: dict[str, Any] = {_ARGUMENT.get(name, name): values for name, values in chosen.items() if values}
        filters |= words
        offset_key = key_of("offset", query, sorted(filters.items(), key=str))
        offset = int(st.session_state.get(offset_key, 0))
        asked: Asked = partial(search, query=query, **filters, access=access())
        found = asked(workspace, limit=_PAGE, offset=offset)
        units = _all_units(workspace, asked, found) if chosen["unit"] else found["facets"]["unit"]
        _facets(found["facets"], units, chosen, query)
        _heading(found)
        called = dated(units)
        if chosen["unit"]:
            filters["unit"] = [called.get(unit, unit) for unit in chosen["unit"]]
            st.caption(plain(t("ui_only_about", units="; ".join(filters["unit"]))))
        for hit in found["hits"]:
            show_hit(hit)
        if found["total"] > _PAGE:
            _turn(found["total"], offset, offset_key)
        if not found["total"]:
            st.caption(t("ui_search_none"))
        else:
            _download(asked, {"query": query, **filters})
    open_asked()
    open_alike()


def _narrowing() -> tuple[str, str, str]:
    first, second, third = st.columns([2, 1, 1])
    place = first.text_input(t("ui_place"), placeholder=t("ui_place_hint"), key="place", bind="query-params")
    since = second.text_input(t("ui_since"), placeholder=t("ui_since_hint"), key="since", bind="query-params")
    until = third.text_input(t("ui_until"), placeholder=t("ui_until_hint"), key="until", bind="query-params")
    return place.strip(), since.strip(), until.strip()


def _facet(name: str, query: str) -> str:
    """Facets belong to the words asked for: other words begin without them."""
    return key_of(f"facet-{name}", query)


def _all_units(workspace: Workspace, asked: Asked, found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The facet of units as it is without those that are ticked, so that more can be; theirs stay with their count."""
    every = list(asked(workspace, limit=0, unit=None)["facets"]["unit"])
    known = {entry["value"] for entry in every}
    return every + [entry for entry in found["facets"]["unit"] if entry["value"] not in known]


def _facets(
    facets: Mapping[str, Sequence[Mapping[str, Any]]],
    units: Sequence[Mapping[str, Any]],
    chosen: Mapping[str, list[str]],
    query: str,
) -> None:
    with st.sidebar:
        st.subheader(t("ui_narrow"))
        choose_units(units, _facet("unit", query))
        for name, prefix in _FACETS.items():
            counts = {entry["value"]: entry for entry in facets.get(name, ())}
            options = list(dict.fromkeys([*chosen[name], *counts]))
            if options:
                st.multiselect(
                    t(f"column_{name}"),
                    options,
                    key=_facet(name, query),
                    placeholder=t("ui_any"),
                    select_all=False,
                    format_func=partial(_option, known=counts, prefix=prefix),
                )


def _option(value: str, known: Mapping[str, Mapping[str, Any]], prefix: str) -> str:
    entry = known.get(value, {})
    label = entry.get("label") or (term(prefix, value) if prefix else value)
    return f"{label} ({figure(entry.get('count', 0))})"


def _heading(found: Mapping[str, Any]) -> None:
    st.subheader(t("search_found", total=figure(found["total"])))
    lines = []
    if found["by_meaning"]:
        lines.append(t("search_by_meaning", n=figure(found["by_meaning"])))
    lines += understood(found["understood"])
    if found["withheld"]:
        lines.append(t("withheld", n=figure(found["withheld"])))
    if lines:
        st.caption(plain(" ".join(lines)))
    for note in found["notes"]:
        st.caption(f":material/info: {plain(note)}")


def understood(said: Mapping[str, Any]) -> list[str]:
    """What a query was understood to say, a sentence each: accents, slips, places, names."""
    lines = []
    if said["restored"]:
        lines.append(t("search_restored", text=said["restored"]))
    if said["written_out"]:
        lines.append(t("search_written_out", names=_some(list(said["written_out"].values()))))
    if said["respelt"]:
        lines.append(t("search_respelt", text=said["respelt"]))
    places = list(dict.fromkeys(unit_name(unit) for unit in said["places"]))
    if places:
        lines.append(t("search_understood", places=_some(places)))
    names = list(dict.fromkeys(entity["name"] for entity in said["entities"]))
    if names:
        lines.append(t("search_entities", names=_some(names)))
    return lines


def _some(names: Sequence[str]) -> str:
    return "; ".join(names[:_PLACES]) + ("; …" if len(names) > _PLACES else "")


def _turn(total: int, offset: int, key: str) -> None:
    before, middle, after = st.columns([1, 2, 1])
    before.button(t("ui_previous"), disabled=offset == 0, on_click=_go, args=(key, offset - _PAGE))
    last = min(total, offset + _PAGE)
    middle.caption(t("ui_range", first=figure(offset + 1), last=figure(last), total=figure(total)))
    after.button(t("ui_next"), disabled=last >= total, on_click=_go, args=(key, offset + _PAGE))


def _go(key: str, offset: int) -> None:
    st.session_state[key] = max(0, offset)


def _download(asked: Asked, request: Mapping[str, Any]) -> None:
    """A button that gives the hits, and what was asked, as a workbook; made when it is pressed, of all that was found up
    to a limit that spreadsheets bear."""

    def book() -> bytes:
        with desk() as workspace, tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "tra-cuu.xlsx"
            write_hits(path, asked(workspace, limit=_DOWNLOAD), request)
            return path.read_bytes()

    st.download_button(
        t("ui_download"), book, file_name="tra-cuu.xlsx", key="download-tra-cuu", mime=_XLSX, on_click="ignore"
    )
