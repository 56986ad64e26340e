"""More like this: a window with the records most like one, and what they have in common."""

from __future__ import annotations

from functools import partial

import streamlit as st

from kg.questions.similar import similar
from ui.desk import access, desk, guarded, plain
from ui.hits import show_hit
from ui.rows import record_title
from ui.words import t

_ASKED = "alike-asked-for"


def ask_alike(record_id: str) -> None:
    """Ask for the window: it opens once, when the page's run ends with ``open_alike``."""
    st.session_state[_ASKED] = record_id


def open_alike() -> None:
    """Open the window of the record that was asked for, if any."""
    record_id = st.session_state.pop(_ASKED, None)
    if record_id is not None:
        st.dialog(t("similar_title"), width="large")(partial(_body, record_id))()


def _body(record_id: str) -> None:
    with guarded(), desk() as workspace:
        found = similar(workspace, record_id, access=access())
        st.caption(plain(t("similar_to", record=record_title(found["record"]))))
        if not found["hits"]:
            st.write(t("similar_none"))
        for hit in found["hits"]:
            show_hit(hit, inside=True)
        for note in found["notes"]:
            st.caption(f":material/info: {plain(note)}")
