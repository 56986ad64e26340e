"""An answer as the cells that stand beside its row, and as the rows of the sheet of what is undecided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.convert.answers import Answer, Option
from kg.convert.readings import OWN_REASONS
from kg.messages import say
from ontology.localities import Locality
from ontology.model import Unit
from ontology.registry import load

COLUMNS = ("unit", "code", "province", "extent", "certainty", "word", "act", "clause", "note")
"""The added columns; their headings are ``convert_column_<name>``."""

OPTION_COLUMNS = (
    "sheet", "row", "written", "read", "possible", "code", "province", "extent", "act", "clause", "decides", "note",
)  # fmt: skip
"""The columns of the sheet of what is undecided."""

_NAMED = 6
"""Units named in a note before it says "and n more"."""
_EVENTS = 4
_OF_THE_UNIT = frozenset(
    {
        "only_district",
        "only_province",
        "near_miss",
        "in_force",
        "was_in_force",
        "not_yet",
        "readings_agree",
        "no_basis",
    }
)
"""Grounds of an answer whose words may name the unit read or the day asked."""
_GROUNDS = frozenset(
    {
        "no_unit",
        "too_long",
        "not_found",
        "not_looked_into",
        "several_readings",
        "local_several",
        "local_conflict",
        "local_table",
    }
)
_LACKS = {"no_basis": "act", "not_yet": "on"}
"""What would help where nothing is possible; the spelling for all others."""


def headings(columns: Sequence[str]) -> list[str]:
    """The headings of columns, in the user's language."""
    return [say(f"convert_column_{name}") for name in columns]


def cells(answer: Answer, on: str) -> tuple[str, ...]:
    """The added cells of a row (``COLUMNS``), as text."""
    step = answer.taker
    return (
        step.unit.name if step else _undecided(answer),
        (step.unit.code or "") if step else "",
        _province(answer, on),
        say(f"extent_{step.extent}") if step else "",
        _certainty(answer),
        answer.certainty,
        (step.act or "") if step else "",
        (step.clause or "") if step else "",
        note(answer, on),
    )


def option_cells(option: Option, on: str) -> tuple[str, ...]:
    """One possibility: ``OPTION_COLUMNS`` behind the row it belongs to and what was written there."""
    step = option.new
    return (
        _with_parents(option.read),
        step.unit.name if step else "",
        (step.unit.code or "") if step else "",
        _province_of(step.unit, on) if step else "",
        say(f"extent_{step.extent}") if step else "",
        (step.act or "") if step else "",
        (step.clause or "") if step else "",
        say(f"convert_decides_{option.decides}"),
        "; ".join(_reasons(option.reasons)),
    )


def lone_cells(answer: Answer, on: str) -> tuple[str, ...]:
    """The same for what has no possibility at all."""
    read = _with_parents(answer.read) if answer.read else ""
    decides = say(f"convert_decides_{_LACKS.get(answer.why, 'spelling')}")
    return (read, "", "", "", "", "", "", decides, note(answer, on))


def note(answer: Answer, on: str) -> str:
    """What a reader has to know beside the answer: what it was read as, its weakest link, what would decide it."""
    found = [*_what(answer, on), *_reasons(answer.reasons)]
    if answer.others:
        found.append(say("convert_note_land", units=_listed(step.unit for step in answer.others)))
    found += [_local(row) for row in answer.rows]
    found += _path(answer)
    if answer.weakest and answer.weakest != "succession":
        found.append(say("weakest_is", weakest=say(f"weakest_{answer.weakest}")).rstrip("."))
    if answer.options:
        found += filter(None, [_options(answer.options)])
        found += [say(f"convert_decides_{code}") for code in dict.fromkeys(one.decides for one in answer.options)]
    text = "; ".join(found)
    return text[:1].upper() + text[1:]


def _what(answer: Answer, on: str) -> list[str]:
    if answer.why in _OF_THE_UNIT:
        unit = _with_parents(answer.read) if answer.read else ""
        return [say(f"convert_why_{answer.why}", unit=unit, day=_day(on))]
    if answer.why in _GROUNDS:
        return [say(f"convert_why_{answer.why}")]
    return []


def _undecided(answer: Answer) -> str:
    units = len({option.new.unit.id for option in answer.options if option.new})
    if answer.certainty == "unknown":
        return say(f"convert_cell_{answer.why if answer.why in _LACKS else 'not_found'}")
    if answer.why == "only_province":
        return say("convert_cell_only_province")
    return say("convert_cell_one" if units == 1 else "convert_cell_undecided", n=units)


def _certainty(answer: Answer) -> str:
    if answer.certainty != "candidates":
        return say(f"convert_certainty_{answer.certainty}")
    if answer.why == "only_province":
        return say("convert_certainty_only_province")
    units = {option.new.unit.id for option in answer.options if option.new}
    return say("convert_certainty_one" if len(units) == 1 else "convert_certainty_candidates", n=len(units))


def _province(answer: Answer, on: str) -> str:
    """The province, where all possibilities lie in one."""
    if answer.taker:
        return _province_of(answer.taker.unit, on)
    if answer.certainty == "unknown":
        return ""
    provinces = {_province_of(option.new.unit, on) for option in answer.options if option.new}
    return provinces.pop() if len(provinces) == 1 else ""


def _province_of(unit: Unit, on: str) -> str:
    chain = (unit, *load().parents(unit, on))
    return next((one.name for one in chain if one.level == "province"), "")


def _options(options: Sequence[Option]) -> str:
    units = dict.fromkeys(option.new.unit for option in options if option.new)
    readings = dict.fromkeys(option.read for option in options)
    if len(readings) > 1:
        return say("convert_note_readings", units=_listed(readings, with_parents=True))
    return say("convert_note_possible", units=_listed(units)) if units else ""


def _listed(units: Iterable[Unit], *, with_parents: bool = False) -> str:
    names = list(dict.fromkeys(_with_parents(unit) if with_parents else unit.name for unit in units))
    mark = "; " if with_parents else ", "
    shown = mark.join(names[:_NAMED])
    return say("units_and_more", names=shown, n=len(names) - _NAMED) if len(names) > _NAMED else shown


def _with_parents(unit: Unit) -> str:
    """A unit with what it lay in, and its time where it has ended: names recur."""
    name = ", ".join(one.name for one in (unit, *load().parents(unit, unit.valid_to)))
    return f"{name} ({say('convert_until', day=_day(unit.valid_to))})" if unit.valid_to else name


def _reasons(reasons: Sequence[str]) -> list[str]:
    return [say(f"convert_reason_{reason}" if reason in OWN_REASONS else f"reason_{reason}") for reason in reasons]


def _local(row: Locality) -> str:
    return say(
        "convert_local", table=row.table, row=row.row, name=row.name, source=row.source, date=_day(row.date) or "–"
    )


def _path(answer: Answer) -> list[str]:
    """The changes on the way, where there was more than one day of change."""
    if answer.lineage is None or answer.why.startswith("only_"):
        return []
    events = answer.lineage.events
    if len({summary.event.date for summary in events}) < 2:
        return []
    steps = [
        say(
            "convert_step",
            date=_day(summary.event.date),
            act=summary.event.act or say("units_no_act"),
            units=_listed(summary.gave),
        )
        for summary in events[:_EVENTS]
    ]
    more = [say("convert_more_changes", n=len(events) - _EVENTS)] if len(events) > _EVENTS else []
    return [say("convert_path", steps="; ".join([*steps, *more]))]


def _day(value: str | None) -> str:
    return "/".join(reversed(value.split("-"))) if value else ""
