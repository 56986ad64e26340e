"""Search: words or a number, an old or new place, with facets and the passages that answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from kg.questions.search import search
from ui.desk import access, desk, key_of, plain
from ui.passages import show_passage
from ui.rows import Row, file_name, record_row, record_title, unit_name
from ui.tables import download
from ui.views.record import ask_for, open_asked
from ui.views.start import start
from ui.words import day, figure, t, term

_PAGE = 10
_DOWNLOAD = 5000
_PASSAGES = 2
_PLACES = 4
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
            return
        words = {"place": place or None, "since": since or None, "until": until or None}
        chosen = {name: st.session_state.get(_facet(name, query), []) for name in _FACETS}
        filters: dict[str, Any] = {_ARGUMENT.get(name, name): values for name, values in chosen.items() if values}
        filters |= words
        offset_key = key_of("offset", query, sorted(filters.items(), key=str))
        offset = int(st.session_state.get(offset_key, 0))
        asked: Asked = partial(search, query=query, **filters, access=access())
        found = asked(workspace, limit=_PAGE, offset=offset)
        _facets(found["facets"], chosen, query)
        _heading(found)
        for hit in found["hits"]:
            _hit(hit)
        if found["total"] > _PAGE:
            _turn(found["total"], offset, offset_key)
        if found["total"]:
            download(t("label_search"), partial(_rows, asked), key="tra-cuu")
    open_asked()


def _narrowing() -> tuple[str, str, str]:
    first, second, third = st.columns([2, 1, 1])
    place = first.text_input(t("ui_place"), placeholder=t("ui_place_hint"), key="place", bind="query-params")
    since = second.text_input(t("ui_since"), placeholder=t("ui_since_hint"), key="since", bind="query-params")
    until = third.text_input(t("ui_until"), placeholder=t("ui_until_hint"), key="until", bind="query-params")
    return place.strip(), since.strip(), until.strip()


def _facet(name: str, query: str) -> str:
    """Facets belong to the words asked for: other words begin without them."""
    return key_of(f"facet-{name}", query)


def _facets(facets: Mapping[str, Sequence[Mapping[str, Any]]], chosen: Mapping[str, list[str]], query: str) -> None:
    with st.sidebar:
        st.subheader(t("ui_narrow"))
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
    notes = []
    if found["understood"]["places"]:
        places = list(dict.fromkeys(unit_name(unit) for unit in found["understood"]["places"]))
        shown = "; ".join(places[:_PLACES]) + ("; …" if len(places) > _PLACES else "")
        notes.append(t("search_understood", places=shown))
    if found["withheld"]:
        notes.append(t("withheld", n=figure(found["withheld"])))
    if found["method"] == "words":
        notes.append(t("search_words_only"))
    if notes:
        st.caption(plain(" ".join(notes)))


def _hit(hit: Mapping[str, Any]) -> None:
    record = hit["record"]
    with st.container(border=True):
        left, right = st.columns([8, 1])
        with left:
            st.markdown(f"**{plain(record_title(record))}**")
            facts = [record["type"], record["number"], day(record["date"] or record["date_partial"]),
                     record["issuer"], file_name(record["file"])]  # fmt: skip
            st.caption(plain(" · ".join(str(fact) for fact in facts if fact)))
            if not hit["passages"]:
                st.caption(t("ui_withheld_text") if record["access"] == "conditional" else t("no_text"))
            for passage in hit["passages"][:_PASSAGES]:
                show_passage(passage["text"], passage["marks"], base=passage["start"], page=passage["page"])
        right.button(t("ui_open"), key=f"open-{record['id']}", on_click=ask_for, args=(record["id"],))


def _turn(total: int, offset: int, key: str) -> None:
    before, middle, after = st.columns([1, 2, 1])
    before.button(t("ui_previous"), disabled=offset == 0, on_click=_go, args=(key, offset - _PAGE))
    last = min(total, offset + _PAGE)
    middle.caption(t("ui_range", first=figure(offset + 1), last=figure(last), total=figure(total)))
    after.button(t("ui_next"), disabled=last >= total, on_click=_go, args=(key, offset + _PAGE))


def _go(key: str, offset: int) -> None:
    st.session_state[key] = max(0, offset)


def _rows(asked: Asked) -> list[Row]:
    """The list for the download: all that was found, up to a limit that spreadsheets bear."""
    with desk() as workspace:
        return [_row(hit) for hit in asked(workspace, limit=_DOWNLOAD)["hits"]]


def _row(hit: Mapping[str, Any]) -> Row:
    record = hit["record"]
    return record_row(record) | {
        t("column_type"): record["type"] or "",
        t("column_issuer"): record["issuer"] or "",
        t("column_fonds"): record["fonds"] or "",
        t("column_file"): record["file"] or "",
        t("column_source"): record["source"] or "",
        t("column_passage"): hit["passages"][0]["text"] if hit["passages"] else "",
    }
