"""What every page needs: the store, what the reader may see, and errors as one clear line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from kg.cli.common import translated
from kg.errors import HosoError
from kg.questions.access import Access, access_level
from kg.workspace import Workspace, open_workspace
from ontology.errors import OntologyError
from ui.words import t


def store_url() -> str | None:
    """The store of these pages (``hoso ui --store``, or HOSO_STORE)."""
    return os.environ.get("HOSO_STORE")


def access() -> Access:
    """What the reader of these pages may see: set by the office that starts them, never by the reader."""
    return access_level()


@contextmanager
def desk() -> Iterator[Workspace]:
    """The store, open for one run of a page; an error is shown as one line and ends the page's run."""
    try:
        with open_workspace(store_url()) as workspace:
            yield workspace
    except (HosoError, OntologyError) as error:
        show_error(translated(error))
        st.stop()


def show_error(error: HosoError) -> None:
    """One clear line, and the candidates where there are some."""
    st.error(plain(error.message))
    names = [name for candidate in error.candidates if (name := candidate_name(candidate))]
    if names:
        st.caption(plain(t("ui_did_you_mean") + " " + " · ".join(names[:8])))


def candidate_name(candidate: object) -> str:
    """How a candidate of an error is called: its name and what it lies in."""
    if not isinstance(candidate, dict):
        return str(candidate)
    parents = ", ".join(parent["name"] for parent in candidate.get("parents", ()))
    return ", ".join(part for part in (str(candidate.get("name") or candidate.get("id") or ""), parents) if part)


def plain(text: str) -> str:
    """Text of a record as text: nothing in it is Markdown, a link, a formula or HTML."""
    special = "\\`*_{}[]()#+-.!|~>$:<&"
    return "".join(f"\\{char}" if char in special else char for char in text)
