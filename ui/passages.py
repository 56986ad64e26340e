"""Passages of records as HTML: the text is escaped, the words asked for and the names found are marked."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from ui.words import t, term


def show_passage(text: str, marks: Iterable[Sequence[int]] = (), *, base: int = 0, page: int | None = None) -> None:
    """A passage on running lines; ``marks`` are offsets (start, end), counted from ``base`` as its own start is."""
    body = re.sub(r"\s+", " ", marked(text, [(start - base, end - base, "") for start, end in marks]))
    where = f'<span class="page">{html.escape(t("page_label", page=page))}:</span> ' if page else ""
    st.html(f'<div class="hoso-passage">{where}{body}</div>')


def show_text(text: str, mentions: Iterable[Mapping[str, Any]]) -> None:
    """A record's whole text, its lines kept, with what was found in it; the kind of each stands in its tooltip."""
    found = [
        (mention["start"], mention["end"], f"{term('entity_kind', mention['kind'])}: {mention['name'] or ''}")
        for mention in mentions
        if mention["start"] is not None and mention["end"] is not None
    ]
    st.html(f'<div class="hoso-text">{marked(text, found)}</div>')


def marked(text: str, marks: Iterable[tuple[int, int, str]]) -> str:
    """HTML of the text with ``<mark>`` around the spans (start, end, tooltip); of spans that overlap, the first."""
    parts, position = [], 0
    for start, end, hint in sorted(marks):
        if start < position or end > len(text) or end <= start:
            continue
        title = f' title="{html.escape(hint)}"' if hint else ""
        parts += [html.escape(text[position:start]), f"<mark{title}>{html.escape(text[start:end])}</mark>"]
        position = end
    return "".join([*parts, html.escape(text[position:])])
