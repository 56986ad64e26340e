"""What a page shows before anything is asked: what can be done here, and the figures of the store."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from kg.questions.stats import stats
from kg.workspace import Workspace
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


def numbers(shown: Mapping[str, float | str | None]) -> None:
    """Figures side by side under their labels; one that is text already stays as it is."""
    for column, (label, value) in zip(st.columns(len(shown)), shown.items(), strict=True):
        column.metric(label, value if isinstance(value, str) else figure(value))
