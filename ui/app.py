"""The pages: ``streamlit run ui/app.py``, started by ``hoso ui``."""

from __future__ import annotations

import os
from importlib.resources import as_file, files

import streamlit as st

from ui.desk import guarded
from ui.pages import pages
from ui.style import dress
from ui.words import language


def main() -> None:
    """Navigation between the pages. Messages of the layers below come in the language of the screens."""
    os.environ.setdefault("HOSO_LANG", language())
    with as_file(files("ui").joinpath("data", "icon.svg")) as icon:
        # Without an icon of our own the browser would fetch that of the page from the web.
        st.set_page_config(page_title="hoso", page_icon=str(icon), layout="wide")
    dress()
    chosen = st.navigation(list(pages().values()))
    with guarded():
        chosen.run()


main()
