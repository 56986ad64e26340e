"""A sheet of questions, given to the search page, comes back as one workbook of what was found for each."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import streamlit as st

from kg.cli.batch_table import is_table, lines
from kg.cli.fields import SEARCH, check
from kg.errors import HosoError
from kg.export.lists import BatchList
from kg.messages import say
from kg.questions.failures import translated
from kg.questions.search import search
from kg.workspace import Workspace
from ontology.errors import OntologyError
from ui.conversion import own_name
from ui.desk import access, key_of, plain, show_error
from ui.words import figure, say_error, t

_MOST = 500
"""Questions that a page answers; a batch of more is for the command line, which can be left alone with it."""
_SHOWN = 10
"""Lines that could not be answered which are told."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def search_for_a_sheet(workspace: Workspace) -> None:
    """The part of the page: a file goes in, a workbook comes out. Nothing of the file is kept."""
    with st.expander(t("ui_batch")):
        given = st.file_uploader(
            t("ui_batch_file"), key="batch"
        )  # any kind: what cannot be read is said in our words
        if given is None:
            st.caption(t("ui_batch_help"))
            return
        key = key_of("batch-found", given.name, given.getvalue(), access())
        if key not in st.session_state:
            try:
                st.session_state[key] = _found(workspace, given.name, given.getvalue())
            except (HosoError, OntologyError) as error:
                show_error(translated(error))
                return
        rows, hits, wrong, book = st.session_state[key]
        st.write(plain(t("ui_batch_done", rows=figure(rows), hits=figure(hits))))
        if wrong:
            st.warning(plain(t("ui_batch_wrong", n=figure(len(wrong)))))
            for line, why in wrong[:_SHOWN]:
                st.caption(plain(t("ui_batch_line", line=line, why=why)))
        if book:
            st.download_button(
                t("ui_download"), book, file_name="tra-cuu-nhieu-cau.xlsx", key="download-batch", mime=_XLSX,
                on_click="ignore",
            )  # fmt: skip


def _found(workspace: Workspace, name: str, data: bytes) -> tuple[int, int, list[tuple[int, str]], bytes]:
    """Rows read, hits found, the rows that could not be answered with the reason, and the workbook."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / own_name(name)
        if not is_table(source.name):
            raise HosoError(say("ui_batch_kind", name=source.name))
        source.write_bytes(data)
        asked = lines(source, SEARCH)
        if len(asked) > _MOST:
            raise HosoError(say("ui_batch_most", n=len(asked), most=_MOST))
        bar = st.progress(0.0, t("ui_batch_running"))
        listed = BatchList()
        wrong = []
        for number, line in enumerate(asked, start=1):
            try:
                listed.add(number, *_answer(workspace, line(number)))
            except (HosoError, OntologyError) as error:
                wrong.append((number, say_error(translated(error))))
            bar.progress(number / len(asked), t("ui_batch_running"))
        bar.empty()
        return len(asked), len(listed), wrong, _workbook(Path(folder), listed)


def _answer(workspace: Workspace, request: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was asked, and the ``search`` value."""
    check(request, SEARCH)
    if "query" not in request:
        raise HosoError(say("missing_argument", name=say("column_query")))
    return request, search(workspace, **request, access=access())


def _workbook(folder: Path, listed: BatchList) -> bytes:
    if not listed.queries:
        return b""
    path = folder / "found.xlsx"
    listed.write(path)
    return path.read_bytes()
