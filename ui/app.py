"""The pages: ``streamlit run ui/app.py``, started by ``hoso ui``."""

from __future__ import annotations

import os

import streamlit as st

from ui.views import entity, fonds, moved, search
from ui.words import language, t


def main() -> None:
    """Navigation between the pages. Messages of the layers below come in the language of the screens."""
    os.environ.setdefault("HOSO_LANG", language())
    st.set_page_config(page_title="hoso", layout="wide")
    pages = [
        st.Page(search.page, title=t("label_search"), icon=":material/search:", url_path="search", default=True),
        st.Page(moved.page, title=t("label_moved"), icon=":material/moved_location:", url_path="moved"),
        st.Page(fonds.page, title=t("label_fonds"), icon=":material/inventory_2:", url_path="fonds"),
        st.Page(entity.page, title=t("label_entities"), icon=":material/hub:", url_path="entity"),
    ]
    st.navigation(pages).run()


main()
