"""Empty lists with the headings of their kind, as workbooks that ``hoso custody load`` takes when they are filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kg.custody.headings import meaning, table
from kg.custody.kinds import kind_of
from kg.custody.rows import kinds_told
from kg.errors import HosoError
from kg.messages import knows, say
from kg.readers.tables.heading import Label
from kg.sheets import write_xlsx

_LANG = "vi"
"""The headings are those of Vietnamese offices, whatever language the program speaks."""


def write(kind: str, out: Path) -> dict[str, Any]:
    """Write the workbook of a kind of list, named in words or by its code: a sheet to fill in, which is called after the
    kind, and one that says what each column holds. Raises HosoError(bad_input) for a kind that is not known and where
    ``out`` cannot be written."""
    known = kind_of(kind) or kind
    headings = table()["templates"].get(known)
    if headings is None:
        raise HosoError(say("facts_bad_kind", text=kind, known=kinds_told()))
    if out.suffix.lower() != ".xlsx":
        raise HosoError(say("facts_template_suffix", path=out))
    title = say(f"facts_kind_{known}", lang=_LANG)
    helped = [(label, _help(label)) for label in headings]
    columns = (say("facts_template_column", lang=_LANG), say("facts_template_help", lang=_LANG))
    write_xlsx(out, {title: (headings, ()), say("facts_template_sheet", lang=_LANG): (columns, helped)})
    return {"written": str(out), "kind": known, "title": title, "headings": headings}


def _help(label: str) -> str:
    told = meaning(Label(label))
    key = f"facts_help_{told[0]}" if told else ""
    return say(key, lang=_LANG) if knows(key) else ""
