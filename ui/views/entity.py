"""An agency, a person, an act or a place: its names, its links as a picture and as a list, each with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from kg.errors import Ambiguous, NotFound
from kg.questions.entity import entity
from ui.desk import access, candidate_name, desk, plain
from ui.picture import draw
from ui.tables import Row, download, table
from ui.views.record import open_record
from ui.words import figure, t, term

_KINDS = ("agency", "person", "legal_act", "unit", "fonds")


def page() -> None:
    """The page of entities."""
    st.title(t("label_entities"))
    left, right = st.columns([3, 1])
    name = left.text_input(t("ui_entity_name"), placeholder=t("ui_entity_hint"), key="entity-name").strip()
    kind = right.selectbox(
        t("column_kind"),
        ("", *_KINDS),
        key="entity-kind",
        format_func=lambda value: term("entity_kind", value) if value else t("ui_any"),
    )
    if not name:
        st.caption(t("ui_entity_help"))
        return
    with desk() as workspace:
        try:
            found = entity(workspace, name, kind=kind or None, access=access())
        except (Ambiguous, NotFound) as error:
            st.warning(plain(error.message))
            chosen = _pick(error.candidates)
            if chosen is None:
                return
            found = entity(workspace, chosen, access=access())
    _show(found)


def _pick(candidates: list[Any]) -> str | None:
    known = {candidate["id"]: candidate for candidate in candidates}
    if not known:
        return None
    chosen: str | None = st.selectbox(
        t("ui_which_one"), [None, *known], key="entity-pick", format_func=partial(_candidate, known=known)
    )
    return chosen


def _candidate(value: str | None, known: Mapping[str, Mapping[str, Any]]) -> str:
    if value is None:
        return t("ui_choose")
    return f"{candidate_name(known[value])} ({term('entity_kind', known[value].get('kind'))})"


def _show(found: Mapping[str, Any]) -> None:
    st.subheader(plain(found["name"]))
    st.caption(
        plain(
            f"{term('entity_kind', found['kind'])} · {t('column_records')}: {figure(found['records'])} · {found['id']}"
        )
    )
    if found["aliases"]:
        st.caption(plain(t("entity_aliases", aliases="; ".join(found["aliases"][:8]))))
    if found["kind"] == "person":
        st.info(t("namesakes", name=plain(found["name"])))
    picture, links = st.tabs([t("ui_picture"), t("ui_links")])
    with picture:
        draw(found, key=f"picture-{found['id']}")
    with links:
        rows = [_row(link) for link in found["links"]]
        picked = table(rows, key=f"links-{found['id']}", select=True)
        download(t("ui_links"), rows, key="links")
        if picked is not None:
            _evidence(found["links"][picked])
    if found["links_total"] > len(found["links"]):
        st.caption(t("entity_more", shown=figure(len(found["links"])), total=figure(found["links_total"])))


def _row(link: Mapping[str, Any]) -> Row:
    arrow = "→" if link["outgoing"] else "←"
    first = link["evidence"][0]["text"] if link["evidence"] else ""
    return {
        t("column_relation"): f"{arrow} {t('relation_' + link['type'].lower())}",
        t("column_other"): link["other"]["name"],
        t("column_kind"): term("entity_kind", link["other"]["kind"]),
        t("column_records"): figure(link["records"]),
        t("column_evidence"): " ".join((first or "").split())[:200],
    }


def _evidence(link: Mapping[str, Any]) -> None:
    for number, proof in enumerate(link["evidence"]):
        with st.container(border=True):
            st.write(plain(" ".join((proof.get("text") or "").split())))
            page = proof.get("page")
            st.caption(plain(f"{proof['record']} · {t('page_label', page=page)}" if page else str(proof["record"])))
            if st.button(t("ui_open"), key=f"evidence-{number}-{proof['record']}"):
                open_record(proof["record"])
