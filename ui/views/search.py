"""Search: words or a number, an old or new place, with facets and the passages that answer."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from kg.questions.search import search
from ui.desk import access, desk, plain
from ui.tables import Row, download, record_title, unit_name
from ui.views.record import open_record
from ui.words import day, figure, t, term

_PAGE = 10
_DOWNLOAD = 500
_FACETS = {"type": "", "issuer": "", "fonds": "", "bloc": "bloc", "level": "level", "subject": "subject",
           "retention": "", "access": "access"}  # fmt: skip
_ARGUMENT = {"access": "held_access"}


def page() -> None:
    """The search page."""
    st.title(t("label_search"))
    query = st.text_input(t("ui_search_for"), placeholder=t("ui_search_hint"), key="query")
    place, since, until = _narrowing()
    if not query.strip():
        st.caption(t("ui_search_help"))
        return
    chosen = {name: st.session_state.get(f"facet-{name}", []) for name in _FACETS}
    filters: dict[str, Any] = {_ARGUMENT.get(name, name): values for name, values in chosen.items() if values}
    filters |= {"place": place or None, "since": since or None, "until": until or None}
    with desk() as workspace:
        offset = _offset((query, tuple(map(str, filters.items()))))
        found = search(workspace, query, **filters, limit=_PAGE, offset=offset, access=access())
        _facets(found["facets"], chosen)
        _heading(found)
        for hit in found["hits"]:
            _hit(hit)
        _turn(found["total"], offset)
        if found["total"]:
            every = search(workspace, query, **filters, limit=_DOWNLOAD, access=access())
            download(t("label_search"), [_row(hit) for hit in every["hits"]], key="search")


def _narrowing() -> tuple[str, str, str]:
    first, second, third = st.columns([2, 1, 1])
    place = first.text_input(t("ui_place"), placeholder=t("ui_place_hint"), key="place")
    since = second.text_input(t("ui_since"), placeholder="01/01/1990", key="since")
    until = third.text_input(t("ui_until"), placeholder="30/06/2025", key="until")
    return place.strip(), since.strip(), until.strip()


def _offset(question: tuple[Any, ...]) -> int:
    """Where the list begins; another question begins at the first hit."""
    if st.session_state.get("question") != question:
        st.session_state["question"] = question
        st.session_state["offset"] = 0
    return int(st.session_state["offset"])


def _facets(facets: Mapping[str, Sequence[Mapping[str, Any]]], chosen: Mapping[str, list[str]]) -> None:
    with st.sidebar:
        st.subheader(t("ui_narrow"))
        for name, prefix in _FACETS.items():
            counts = {entry["value"]: entry for entry in facets.get(name, ())}
            options = list(dict.fromkeys([*chosen[name], *counts]))
            if options:
                st.multiselect(
                    t(f"column_{name}"),
                    options,
                    key=f"facet-{name}",
                    placeholder=t("ui_any"),
                    format_func=partial(_option, known=counts, prefix=prefix),
                )


def _option(value: str, known: Mapping[str, Mapping[str, Any]], prefix: str) -> str:
    entry = known.get(value, {})
    label = entry.get("label") or (term(prefix, value) if prefix else value)
    return f"{label} ({figure(entry.get('count', 0))})"


def _heading(found: Mapping[str, Any]) -> None:
    st.subheader(t("search_found", total=figure(found["total"])))
    if found["understood"]["places"]:
        places = list(dict.fromkeys(unit_name(unit) for unit in found["understood"]["places"]))
        shown = "; ".join(places[:4]) + ("; …" if len(places) > 4 else "")
        st.caption(plain(t("search_understood", places=shown)))
    if found["withheld"]:
        st.caption(t("withheld", n=figure(found["withheld"])))
    if found["method"] == "words":
        st.caption(t("search_words_only"))


def _hit(hit: Mapping[str, Any]) -> None:
    record = hit["record"]
    with st.container(border=True):
        left, right = st.columns([6, 1])
        left.markdown(f"**{plain(record_title(record))}**")
        facts = [record["type"], record["number"], day(record["date"] or record["date_partial"]), record["issuer"],
                 record["file"]]  # fmt: skip
        left.caption(plain(" · ".join(str(fact) for fact in facts if fact)))
        if right.button(t("ui_open"), key=f"open-{record['id']}"):
            open_record(record["id"])
        if not hit["passages"]:
            left.caption(t("withheld_text") if record["access"] == "conditional" else t("no_text"))
        for passage in hit["passages"][:2]:
            left.html(f"<div>{html.escape(t('page_label', page=passage['page']))}: {_marked(passage)}</div>")


def _marked(passage: Mapping[str, Any]) -> str:
    """The passage as HTML with the words asked for marked; the text itself is escaped."""
    text, base, parts, position = passage["text"], passage["start"], [], 0
    for start, end in passage["marks"]:
        parts.append(html.escape(text[position : start - base]))
        parts.append(f"<mark>{html.escape(text[start - base : end - base])}</mark>")
        position = end - base
    parts.append(html.escape(text[position:]))
    return "".join(parts).replace("\n", "<br>")


def _turn(total: int, offset: int) -> None:
    if total <= _PAGE:
        return
    before, middle, after = st.columns([1, 2, 1])
    if before.button(t("ui_previous"), disabled=offset == 0):
        st.session_state["offset"] = max(0, offset - _PAGE)
        st.rerun()
    middle.caption(t("ui_range", first=offset + 1, last=min(total, offset + _PAGE), total=figure(total)))
    if after.button(t("ui_next"), disabled=offset + _PAGE >= total):
        st.session_state["offset"] = offset + _PAGE
        st.rerun()


def _row(hit: Mapping[str, Any]) -> Row:
    record = hit["record"]
    return {
        t("column_number"): record["number"] or "",
        t("column_date"): day(record["date"] or record["date_partial"]),
        t("column_type"): record["type"] or "",
        t("column_title"): record_title(record),
        t("column_issuer"): record["issuer"] or "",
        t("column_fonds"): record["fonds"] or "",
        t("column_file"): record["file"] or "",
        t("column_source"): record["source"] or "",
        t("column_passage"): hit["passages"][0]["text"] if hit["passages"] else "",
    }
