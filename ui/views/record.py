"""One record whole: what it is, its place and custody apart, its text, and the way to what it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from kg.custody_wording import against_labels, proposal_label
from kg.questions.places import DOUBTFUL
from kg.questions.show import show
from ontology.folding import fold
from ui.desk import access, desk, guarded, plain
from ui.pages import link
from ui.passages import show_text
from ui.rows import (
    Row,
    acts,
    custody_columns,
    file_name,
    new_places,
    old_place,
    record_title,
    unit_name,
    weakest_line,
)
from ui.tables import grid
from ui.words import certainty, day, figure, t, term

_ASKED = "record-asked-for"
_NAMED = 12
_ACTS_ABREAST = 4


def ask_for(record_id: str) -> None:
    """Ask for the window of a record: it opens once, when the page's run ends with ``open_asked``."""
    st.session_state[_ASKED] = record_id


def open_asked() -> None:
    """Open the window of the record that was asked for, if any."""
    record_id = st.session_state.pop(_ASKED, None)
    if record_id is not None:
        st.dialog(t("ui_record"), width="large")(partial(_body, record_id))()


def _body(record_id: str) -> None:
    with guarded(), desk() as workspace:
        record = show(workspace, record_id, access=access())
        st.subheader(plain(record_title(record)), anchor=False)
        _facts(record)
        for doubt in record["checks"]:
            st.warning(plain(doubt["message"]))
        left, right = st.columns(2)
        with left:
            st.markdown(f"**{t('label_subject_place')}**")
            _place(record["place"])
        with right:
            st.markdown(f"**{t('label_held_now')} · {t('label_destination')}**")
            if record["custody"]:
                show_custody(record["custody"])
        if record["parts"]:
            _parts(record["parts"])
        if record["text"]:
            show_text(record["text"], record["mentions"])
        else:
            st.caption(t("ui_withheld_text") if record["withheld"] else t("no_text"))
        _named(record)


def _facts(record: Mapping[str, Any]) -> None:
    signers = ", ".join(str(signer["name"]) for signer in record["signers"])
    pages = figure(record["pages"]) if record["pages"] else None
    facts = {
        "column_type": record["type"],
        "column_number": record["number"],
        "column_date": day(record["date"] or record["date_partial"]),
        "column_issuer": record["issuer"],
        "ui_signer": signers,
        "column_pages": t("ui_estimated", value=pages) if pages and record["pages_estimated"] else pages,
        "column_fonds": record["fonds"],
        "column_file": file_name(record["file"]),
        "column_retention": record["retention"],
        "column_access": term("access", record["access"]),
        "column_subject": term("subject", record["subject"]),
        "column_source": record["source"],
    }
    st.caption(plain(" · ".join(f"{t(key)}: {value}" for key, value in facts.items() if value)))
    doubtful = [
        term("field", name) for name, value in record["confidence"].items() if value < DOUBTFUL and record.get(name)
    ]
    if doubtful:
        st.warning(plain(t("ui_doubtful", fields=", ".join(doubtful))))
    for name, value in (record["page_values"] or {}).items():
        if fold(str(value)) != fold(str(record.get(name) or "")):
            st.caption(plain(t("ui_page_says", field=term("field", name), value=value)))


def _parts(parts: Sequence[Mapping[str, Any]]) -> None:
    """The documents of a file that holds several, with the way to the act that each is."""
    with st.expander(t("ui_parts", n=figure(len(parts))), expanded=True):
        grid([_part_row(part) for part in parts], numbers=(t("column_page"),))
        columns = st.columns(_ACTS_ABREAST)
        acts_told = {part["act"]: part["number"] for part in parts if part["act"]}
        for place, (act, number) in enumerate(acts_told.items()):
            with columns[place % _ACTS_ABREAST]:
                link("entity", str(number), id=act)


def _part_row(part: Mapping[str, Any]) -> Row:
    return {
        t("column_page"): figure(part["page"]),
        t("column_number"): part["number"] or "",
        t("column_date"): day(part["date"] or part["date_partial"]),
        t("column_type"): part["type"] or "",
        t("column_issuer"): part["issuer"] or part["author"] or "",
        t("column_title"): part["abstract"] or "",
        t("ui_signer"): ", ".join(str(signer["name"]) for signer in part["signers"] if signer["name"]),
    }


def _place(place: Mapping[str, Any] | None) -> None:
    if place is None or not old_place(place):
        st.write(t("certainty_unknown"))
        return
    st.write(plain(f"{old_place(place)} → {new_places(place) or t('ui_now_unknown')}"))
    st.write(plain(certainty(place["certainty"], len(place["new"]))))
    if acts(place):
        st.caption(plain(f"{t('column_act')}: {acts(place)}"))
    if place["weakest"]:
        st.caption(plain(weakest_line(place)))
    if place["old"]:
        link("moved", t("ui_records_of", name=unit_name(place["old"])), unit=place["old"]["id"])


def show_custody(custody: Mapping[str, Any]) -> None:
    """Who holds the file and where it must go, its term or what a schedule would give, what is to be checked."""
    told = custody_columns(custody)
    told |= {t("column_retention"): custody["retention"] or proposal_label(custody["retention_proposed"])}
    for name, value in told.items():
        if value:
            st.write(plain(f"{name}: {value}"))
    for line in against_labels(custody):
        st.warning(plain(line))


def _named(record: Mapping[str, Any]) -> None:
    """Links to what the record names: its fonds, then agencies, people, acts and places."""
    entities = {
        mention["id"]: mention["name"]
        for mention in record["mentions"]
        if mention["name"] and mention["kind"] != "record"
    }
    if not entities and not record["fonds"]:
        return
    st.markdown(f"**{t('ui_named_here')}**")
    if record["fonds"]:
        link("fonds", t("ui_fonds_of", name=record["fonds"]), fonds=record["fonds"])
    columns = st.columns(2)
    for number, (entity, name) in enumerate(list(entities.items())[:_NAMED]):
        with columns[number % 2]:
            link("entity", name, id=entity)
