"""One record whole: what it is, its place and custody apart, its text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kg.questions.show import show
from ui.desk import access, desk, plain
from ui.tables import acts, custody_columns, new_places, old_place, record_title
from ui.words import certainty, day, t, term


def open_record(record_id: str) -> None:
    """Open the record in a window over the page."""
    st.dialog(t("label_record").capitalize(), width="large")(_body)(record_id)


def _body(record_id: str) -> None:
    with desk() as workspace:
        record = show(workspace, record_id, access=access())
    st.subheader(plain(record_title(record)))
    _facts(record)
    left, right = st.columns(2)
    with left:
        st.markdown(f"**{t('label_subject_place')}**")
        _place(record["place"])
    with right:
        st.markdown(f"**{t('label_held_now')} · {t('label_destination')}**")
        for name, value in custody_columns(record["custody"]).items():
            if value:
                st.write(plain(f"{name}: {value}"))
    if record["text"]:
        st.text_area(t("ui_text"), record["text"], height=360, disabled=True)
    else:
        st.caption(t("withheld_text") if record["withheld"] else t("no_text"))


def _facts(record: Mapping[str, Any]) -> None:
    signers = ", ".join(str(signer["name"]) for signer in record["signers"])
    facts = {
        "column_type": record["type"],
        "column_number": record["number"],
        "column_date": day(record["date"] or record["date_partial"]),
        "column_issuer": record["issuer"],
        "ui_signer": signers,
        "column_fonds": record["fonds"],
        "column_file": record["file"],
        "column_retention": record["retention"],
        "column_access": term("access", record["access"]),
        "column_subject": term("subject", record["subject"]),
        "column_source": record["source"],
    }
    st.caption(plain(" · ".join(f"{t(key)}: {value}" for key, value in facts.items() if value)))
    doubtful = [
        t(f"field_{name}") for name, value in record["confidence"].items() if value < 0.5 and record.get(name)
    ]
    if doubtful:
        st.warning(t("ui_doubtful", fields=", ".join(doubtful)), icon=":material/help:")
    for name, value in (record["page_values"] or {}).items():
        st.caption(plain(t("ui_page_says", field=t(f"field_{name}"), value=value)))


def _place(place: Mapping[str, Any] | None) -> None:
    if place is None or not old_place(place):
        st.write(t("certainty_unknown"))
        return
    st.write(plain(f"{old_place(place)} → {new_places(place)}"))
    st.caption(plain(certainty(place["certainty"], len(place["new"]))))
    if acts(place):
        st.caption(plain(acts(place)))
    if place["weakest"]:
        st.caption(t("ui_weakest", link=term("weakest", place["weakest"])))
