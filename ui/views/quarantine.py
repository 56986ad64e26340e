"""Files that could not be read: set aside with their path and the reason, so that someone mends them."""

from __future__ import annotations

import streamlit as st

from ui.desk import desk
from ui.rows import Row
from ui.tables import download, grid
from ui.words import figure, t, term

_SHOWN = 300


def page() -> None:
    """The page of quarantine."""
    st.title(t("label_quarantine"))
    with desk() as workspace:
        found = workspace.store.quarantined()
        secret: dict[str, int] = {}
        for row in workspace.store.secrets():
            secret[row.level] = secret.get(row.level, 0) + 1
    st.info(t("ui_quarantine_help"))
    if secret:
        levels = "; ".join(f"{term('secrecy', level)}: {figure(count)}" for level, count in sorted(secret.items()))
        st.caption(t("ui_secret_levels", n=figure(sum(secret.values())), levels=levels))
    if not found:
        st.success(t("quarantine_none"))
        return
    st.subheader(t("quarantine_count", n=figure(len(found))))
    rows: list[Row] = [
        {
            t("quarantine_path"): row.source,
            t("quarantine_fonds"): row.fonds or "",
            t("quarantine_message"): row.message,
        }
        for row in found
    ]
    grid(rows[:_SHOWN])
    if len(rows) > _SHOWN:
        st.caption(t("ui_list_cut", listed=figure(_SHOWN), total=figure(len(rows))))
    download(t("label_quarantine"), lambda: rows, key="de-rieng")
