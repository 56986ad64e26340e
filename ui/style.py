"""The look of the pages: one style sheet, and the few words that only a style sheet can replace."""

from __future__ import annotations

import json
from importlib.resources import files

import streamlit as st

from ui.words import t


def dress() -> None:
    """Put the style sheet on the page."""
    sheet = files("ui").joinpath("data", "style.css").read_text(encoding="utf-8")
    words = f":root {{ --hoso-enter: {json.dumps(t('ui_press_enter'), ensure_ascii=False)}; }}"
    st.html(f"<style>{words}\n{sheet}</style>")
