"""What every page needs: the store, what the reader may see, and errors as one clear line."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from kg.access import Access, access_level
from kg.errors import HosoError
from kg.questions.failures import translated
from kg.workspace import Workspace, open_workspace
from ontology.errors import OntologyError
from ui.words import say_error, t

_LOG = logging.getLogger("hoso.ui")
_SHOWN = 8
_SPECIAL = frozenset("\\`*_{}[]()#+-.!|~>$:<&=@/^")
_ADDRESS = re.compile(r"https?:|www|@|mailto:|xmpp:", re.IGNORECASE)
_JOINER = "\u2060"


def store_url() -> str | None:
    """The store of these pages (``hoso ui --store``, or HOSO_STORE)."""
    return os.environ.get("HOSO_STORE")


def access() -> Access:
    """What the reader of these pages may see: set by the office that starts them (HOSO_ACCESS), never by the reader.

    Raises HosoError(bad_input) when that is no known level.
    """
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


@contextmanager
def guarded() -> Iterator[None]:
    """No page ends in a traceback: what nobody foresaw is one line on the screen, and its place in the log.

    The message of such an error may hold words of a record, so only its kind and the lines of code are logged.
    """
    try:
        yield
    except Exception as error:  # Streamlit's own ways to stop or rerun a page are no Exceptions
        if os.environ.get("HOSO_DEBUG"):
            raise
        where = " < ".join(
            f"{frame.filename}:{frame.lineno}" for frame in reversed(traceback.extract_tb(error.__traceback__)[-4:])
        )
        _LOG.error("%s at %s", type(error).__name__, where)
        st.error(plain(t("ui_unexpected", kind=type(error).__name__)))


def show_error(error: HosoError) -> None:
    """One clear line, and the candidates where there are some."""
    st.error(plain(say_error(error)))
    names = list(dict.fromkeys(name for candidate in error.candidates if (name := candidate_name(candidate))))
    if names:
        st.caption(plain(t("ui_did_you_mean") + " " + " · ".join(names[:_SHOWN])))


def candidate_name(candidate: object) -> str:
    """How a candidate of an error is called: its name and what it lies in or belongs to."""
    if not isinstance(candidate, dict):
        return str(candidate)
    name = str(candidate.get("name") or candidate.get("creator") or candidate.get("id") or "")
    parents = [parent["name"] for parent in candidate.get("parents", ())]
    return ", ".join(part for part in (name, *parents, candidate.get("of")) if part)


def plain(text: str) -> str:
    """Text of a record as text, on one line: nothing in it is Markdown, a link, a formula, an icon or HTML.

    Addresses become links even where every character of them is escaped: an invisible joiner parts them.
    """
    parted = _ADDRESS.sub(lambda found: found.group() + _JOINER, " ".join(text.split()))
    return "".join(f"\\{char}" if char in _SPECIAL else char for char in parted)


def key_of(name: str, *question: Any) -> str:
    """A widget key that changes with the question asked, so that no choice outlives the rows it was made among."""
    return f"{name}-{hashlib.sha256(repr(question).encode()).hexdigest()[:16]}"
