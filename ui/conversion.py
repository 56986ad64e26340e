"""A sheet of old names or addresses, given to the page, comes back with the new units beside them."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import streamlit as st

from kg.convert.run import Report, Request, convert
from kg.errors import HosoError
from kg.localities.store import load_localities
from kg.questions.failures import translated
from ontology.addresses import forget
from ontology.errors import OntologyError
from ui.desk import plain, show_error, store_url
from ui.tables import numbers
from ui.words import figure, t, term

_ODD = re.compile(r"[\x00-\x1f/\\\\]+")
_LONGEST = 100
"""Characters of a file's name that are kept."""
_COUNTED = ("certain", "by_population", "candidates", "unknown", "blank")


def convert_a_sheet() -> None:
    """The tab: a file goes in, figures and files come out. Nothing of it is kept."""
    given = st.file_uploader(t("ui_convert_file"), key="sheet")  # any kind: what cannot be read is said in our words
    first, second = st.columns([2, 1])
    columns = first.text_input(t("ui_convert_columns"), placeholder=t("ui_convert_columns_hint"), key="columns")
    at = second.text_input(t("ui_units_at"), placeholder=t("ui_units_at_hint"), key="sheet-at").strip()
    if given is None:
        st.info(t("ui_convert_help"))
        return
    request = Request(columns=[name.strip() for name in columns.split(";") if name.strip()], at=at or None)
    try:
        with st.spinner(t("ui_convert_running")):
            report, files = _converted(given.name, given.getvalue(), request)
    except (HosoError, OntologyError) as error:
        show_error(translated(error))
        st.caption(t("ui_convert_columns_help"))
        return
    finally:
        forget()
    numbers({term("ui_convert", word): report.counts[word] for word in _COUNTED})
    st.caption(plain(t("ui_convert_read", columns=", ".join(report.columns))))
    if report.losses:
        st.warning(plain(t("convert_losses", what="; ".join(t(f"convert_loss_{key}") for key in report.losses))))
    for name, data in files:
        st.download_button(
            t("ui_convert_take", name=name), data, file_name=name, key=f"take-{name}", on_click="ignore"
        )
    if report.ambiguous and len(files) == 1:
        st.caption(plain(t("ui_convert_sheet", n=figure(report.ambiguous), title=report.ambiguous_at)))


def own_name(name: str) -> str:
    """The name that a file was given under as one that no folder can hide in, shortened from the left."""
    return _ODD.sub("-", name)[-_LONGEST:]


def _converted(name: str, data: bytes, request: Request) -> tuple[Report, list[tuple[str, bytes]]]:
    """The report and the files made: the sheet, and for CSV that of what is undecided."""
    own = Path(own_name(name))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / own.name
        source.write_bytes(data)
        made = Path(folder) / "made"
        made.mkdir()
        out = made / f"{own.stem}-{t('ui_convert_name')}{own.suffix}"
        report = convert(source, out, request, load_localities(store_url()))
        files = [(path.name, path.read_bytes()) for path in sorted(made.iterdir())]
    return report, files
