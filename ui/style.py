"""The look of the pages: one style sheet, and the few words that only a style sheet can replace."""

from __future__ import annotations

import json
from importlib.resources import files

import streamlit as st

from ui.words import t


def dress() -> None:
    """Put the style sheet on the page."""
    sheet = files("ui").joinpath("data", "style.css").read_text(encoding="utf-8")
    words = {"enter": t("ui_press_enter"), "none": t("ui_no_option"), "file": t("ui_choose_file")}
    said = " ".join(f"--hoso-{name}: {json.dumps(word, ensure_ascii=False)};" for name, word in words.items())
    st.html(f"<style>:root {{ {said} }}\n{sheet}</style>")
