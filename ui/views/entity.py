"""An agency, a person, an act or a place: its names, its links as a picture and as a list, each with its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from kg.errors import Ambiguous, NotFound
from kg.questions.entity import entity
from kg.workspace import Workspace
from ui.desk import access, candidate_name, desk, key_of, plain
from ui.pages import link
from ui.passages import show_passage
from ui.picture import LINKS, draw
from ui.rows import Row, link_basis, link_row, record_row, unit_name
from ui.tables import choose, download
from ui.views.record import ask_for, open_asked
from ui.views.start import start
from ui.words import day, figure, say_error, t, term

_KINDS = ("agency", "person", "legal_act", "unit", "fonds", "project", "identifier")
_ALIASES = 8
_LINKS = 500


def page() -> None:
    """The page of entities."""
    st.title(t("label_entities"))
    left, right = st.columns([3, 1])
    name = left.text_input(
        t("ui_entity_name"), placeholder=t("ui_entity_hint"), key="id", bind="query-params"
    ).strip()
    kind = right.selectbox(
        t("column_kind"),
        ("", *_KINDS),
        key="entity-kind",
        format_func=lambda value: term("entity_kind", value) if value else t("ui_any"),
    )
    with desk() as workspace:
        if not name:
            start(workspace, t("ui_entity_help"))
            return
        found = _found(workspace, name, kind or None)
        if found is not None:
            _show(found)
    open_asked()


def _found(workspace: Workspace, name: str, kind: str | None) -> dict[str, Any] | None:
    """The entity asked for, or the one picked among those that the name can mean; None while none is picked."""
    try:
        return entity(workspace, name, kind=kind, limit=_LINKS, access=access())
    except (Ambiguous, NotFound) as error:
        st.warning(plain(say_error(error)))
        known = {candidate["id"]: candidate for candidate in error.candidates}
    if not known:
        return None
    chosen = st.selectbox(
        t("ui_which_entity"),
        list(known),
        index=None,
        placeholder=t("ui_choose"),
        key=key_of("entity-pick", name, kind),
        format_func=lambda value: _candidate(known[value]),
    )
    return entity(workspace, chosen, limit=_LINKS, access=access()) if chosen else None


def _candidate(candidate: Mapping[str, Any]) -> str:
    facts = [term("entity_kind", candidate.get("kind")), day(candidate.get("date")), candidate.get("issuer") or ""]
    return f"{candidate_name(candidate)} ({', '.join(fact for fact in facts if fact)})"


def _show(found: Mapping[str, Any]) -> None:
    st.subheader(plain(found["name"]), anchor=False)
    st.caption(
        plain(
            f"{term('entity_kind', found['kind'])} · {t('column_records')}: {figure(found['records'])} · {found['id']}"
        )
    )
    if found["aliases"]:
        st.caption(plain(t("entity_aliases", aliases="; ".join(found["aliases"][:_ALIASES]))))
    if found["kind"] == "person":
        st.warning(plain(t("ui_namesakes", name=found["name"])))
    if found["place"]:
        st.caption(plain(t("entity_place", place=unit_name(found["place"]))))
    if found["caution"]:
        st.warning(plain(found["caution"]))
    if found["kind"] == "unit":
        link("moved", t("ui_records_of", name=found["name"]), unit=found["id"])
    if found["kind"] == "fonds":
        link("fonds", t("ui_fonds_of", name=found["name"]), fonds=found["id"])
    named = [t("ui_picture"), t("ui_links"), t("ui_related"), *([t("ui_newest")] if found["newest"] else [])]
    picture, links, related, *newest = st.tabs(named)
    with picture:
        _picture(found)
    with links:
        _links(found)
    with related:
        _related(found["related"])
    for tab in newest:
        with tab:
            _newest(found["newest"])


def _picture(found: Mapping[str, Any]) -> None:
    if not found["links"]:
        st.info(t("ui_no_links"))
        return
    shown = min(LINKS, len(found["links"]))
    st.caption(t("ui_picture_help", shown=figure(shown), total=figure(found["links_total"])))
    opened = draw(found, key=key_of("picture", found["id"]))
    if opened is None or opened == found["id"]:
        return
    other = next(one["other"] for one in found["links"] if one["other"]["id"] == opened)
    _open_other(other, "picture")


def _open_other(other: Mapping[str, Any], tab: str) -> None:
    """The way to the other end of a link: the window of a record, or the page of an entity."""
    if other["kind"] == "record":
        st.button(t("ui_open_record"), key=key_of(f"open-{tab}", other["id"]), on_click=ask_for, args=(other["id"],))
    else:
        link("entity", other["name"], id=other["id"])


def _links(found: Mapping[str, Any]) -> None:
    if not found["links"]:
        st.info(t("ui_no_links"))
        return
    rows = [link_row(one) for one in found["links"]]
    st.caption(t("ui_choose_link"))
    picked = choose(rows, key=f"links-{found['id']}", widths={t("column_evidence"): 420})
    if found["links_total"] > len(rows):
        st.caption(t("entity_more", shown=figure(len(rows)), total=figure(found["links_total"])))
    download(t("ui_links"), lambda: rows, key="lien-ket")
    if picked is not None:
        _evidence(found["links"][picked])


def _evidence(one: Mapping[str, Any]) -> None:
    _open_other(one["other"], "links")
    if basis := link_basis(one):
        st.write(plain(basis))
    for number, proof in enumerate(one["evidence"]):
        with st.container(border=True):
            left, right = st.columns([8, 1])
            with left:
                _proof(proof)
                st.caption(plain(str(proof["record"])))
            right.button(t("ui_open"), key=f"evidence-{number}", on_click=ask_for, args=(proof["record"],))


def _proof(proof: Mapping[str, Any]) -> None:
    """The passage that proves the link, within the words around it; nothing of it where the text is withheld."""
    words = " ".join(str(proof.get("text") or "").split())
    around = proof.get("context") or words
    if not around:
        st.caption(t("ui_withheld_text") if proof.get("withheld") else t("no_text"))
        return
    start = around.find(words) if words else -1
    show_passage(around, [(start, start + len(words))] if start >= 0 else [], page=proof.get("page"))


def _related(related: Sequence[Mapping[str, Any]]) -> None:
    if not related:
        st.info(t("ui_no_links"))
        return
    st.caption(t("ui_related_help"))
    rows: list[Row] = [
        {
            t("column_name"): row["other"]["name"],
            t("column_kind"): term("entity_kind", row["other"]["kind"]),
            t("column_records"): figure(row["records"]),
        }
        for row in related
    ]
    picked = choose(rows, key="related", widths={t("column_name"): 480})
    if picked is not None:
        _open_other(related[picked]["other"], "related")


def _newest(records: Sequence[Mapping[str, Any]]) -> None:
    st.caption(plain(t("entity_newest", n=figure(len(records)))))
    rows = [record_row(record) for record in records]
    choose(rows, key="newest", widths={t("column_title"): 480}, opened=lambda picked: ask_for(records[picked]["id"]))
    download(t("ui_newest"), lambda: rows, key="moi-nhat")
