"""What a page shows before anything is asked: what can be done here, and the figures of the store."""

from __future__ import annotations

import streamlit as st

from kg.questions.stats import stats
from kg.workspace import Workspace
from ui.tables import numbers
from ui.words import figure, t, term


def start(workspace: Workspace, text: str) -> None:
    """The page's explanation, then how much the store holds."""
    st.info(text)
    figures = stats(workspace)
    shown = {t(f"column_{name}"): figures[name] for name in ("fonds", "files")}
    shown |= {t("column_documents"): figures["records"], t("column_pages"): figures["pages"]}
    shown |= {
        term("entity_kind", kind).capitalize(): figures["entities"].get(kind, 0)
        for kind in ("agency", "person", "legal_act")
    }
    st.markdown(f"**{t('ui_in_store')}**")
    numbers(shown)
    notes = [t(f"ui_{name}_count", n=figure(figures[name])) for name in ("quarantined", "secret") if figures[name]]
    if notes:
        st.caption(" ".join(notes))
