"""The pages by name, and links from one to another."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui.desk import plain
from ui.words import t

_ICONS = {
    "search": "search",
    "moved": "moved_location",
    "units": "map",
    "agencies": "account_balance",
    "fonds": "inventory_2",
    "custody": "fact_check",
    "entity": "hub",
    "quarantine": "report",
}


def pages() -> dict[str, Any]:
    """The pages in the order of the navigation, by the name that is also their address."""
    from ui.views import (
        agencies,
        custody,
        entity,
        fonds,
        moved,
        quarantine,
        search,
        units,
    )  # the views link to each other

    return {
        "search": _page("search", search.page, t("label_search"), default=True),
        "moved": _page("moved", moved.page, t("label_moved")),
        "units": _page("units", units.page, t("label_units")),
        "agencies": _page("agencies", agencies.page, t("label_agencies")),
        "fonds": _page("fonds", fonds.page, t("label_fonds")),
        "custody": _page("custody", custody.page, t("label_custody_papers")),
        "entity": _page("entity", entity.page, t("label_entities")),
        "quarantine": _page("quarantine", quarantine.page, t("label_quarantine")),
    }


def _page(name: str, run: Any, title: str, *, default: bool = False) -> Any:
    return st.Page(run, title=title, icon=f":material/{_ICONS[name]}:", url_path=name, default=default)


def link(page: str, label: str, **values: str) -> None:
    """A link to a page with its question filled in, as in ``/moved?unit=...``; ``label`` is shown as text."""
    st.page_link(pages()[page], label=plain(label), icon=f":material/{_ICONS[page]}:", query_params=values or None)
