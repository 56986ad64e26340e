"""The act that the list names for a day on which it names one alone: where to look for the text of what changed.

The list gives the acts of a day together, cut off. Its number is the list's word and not always right (it has the
resolution on Tân Đức as a decree), so it is a note of the event and never its ``act``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from ontology.compile.corrections import Corrections
from ontology.compile.ledger import Happening, Ledger
from ontology.compile.reading import read_csv
from ontology.names import key, split_type

_NUMBER = re.compile(r"(?P<number>\d+)(?:/(?P<year>\d{4}))?\s*/?\s*(?P<kind>N[ĐQ]-CP|NQ-UBTVQH\d+|NQ-QH\d+|QH\d+)\b")
_DISTRICT = re.compile(r"list:[^:]+:(?P<district>\d{3})$")


def note_acts(ledger: Ledger, path: Path, corrections: Corrections) -> None:
    """Notes of the list's events of days with one act: all of them where they lie in one province, else those whose
    district or province the list's words for the act name. Rows that a correction moved keep out."""
    moved = {(each.value, each.subject) for each in corrections.all("list_day")}
    messages: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in read_csv(path):
        messages[row["date"]].append(row)
    days: dict[str, list[tuple[Happening, str]]] = defaultdict(list)
    for event in ledger.events.values():
        if match := _DISTRICT.match(event.id):
            days[event.date].append((event, match["district"]))
    for day, events in days.items():
        rows = messages.get(day, [])
        if len(rows) != 1 or rows[0]["n_decrees"] != "1" or not (act := number(rows[0]["message"])):
            continue
        provinces = {_province(ledger, district, day) for _, district in events}
        for event, district in events:
            names = (district, _province(ledger, district, day))
            told = any(_bare(ledger, line) in key(rows[0]["message"]) for line in names if line)
            if (len(provinces) == 1 or told) and (day, district) not in moved:
                event.note = "; ".join(filter(None, (event.note, f"the list names {act} for the day, text not read")))


def number(message: str) -> str:
    """The act's number at the head of the list's words for it, well written: "41/2008/NĐ-CP", "34/NQ-CP"; '' where
    there is none."""
    match = _NUMBER.match(message.strip())
    if match is None:
        return ""
    return "/".join(part for part in (match["number"], match["year"], match["kind"]) if part)


def _province(ledger: Ledger, district: str, day: str) -> str:
    version = ledger.at(district, day) or next(iter(ledger.lines.get(district, ())), None)
    return version.parent if version else ""


def _bare(ledger: Ledger, line: str) -> str:
    versions = ledger.lines.get(line, ())
    return key(split_type(versions[-1].name)[1]) if versions else "\0"
