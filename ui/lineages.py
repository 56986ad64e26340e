"""Which unit a name means, and what became of it or what it was made of, as the pages show it."""

from __future__ import annotations

from typing import Any, Literal

import streamlit as st

from kg.questions.failures import translated
from kg.questions.units import predecessors, successors, unit
from ontology.errors import AmbiguousUnit, UnitNotFound
from ontology.model import Matter
from ontology.registry import load
from ontology.scoring import NEAR_MISS
from ui.desk import key_of, plain, show_error
from ui.rows import unit_name, validity
from ui.tables import grid
from ui.words import clause, day, lineage, t, term, weakest

Preferred = Literal["ended", "in_force"]
Direction = Literal["successors", "predecessors"]

_CHOICES = 12


def unit_meant(name: str, prefer: Preferred, *, at: str | None = None) -> str | None:
    """The id of the unit that the name means (``at``: on that day): the one that the question prefers, or the one
    that the user picks from all the dated units it can mean. None where nothing is chosen yet, which the page says."""
    try:
        argument = load().argument(name, at=at, prefer=prefer)
    except UnitNotFound as error:
        show_error(translated(error))
        return None
    except AmbiguousUnit:
        preferred = None
    else:
        preferred = argument.unit.id
    found = {entry["id"]: entry for entry in unit(name, at=at) if NEAR_MISS.isdisjoint(entry["reasons"])}
    ids = list(dict.fromkeys([*([preferred] if preferred else []), *list(found)[:_CHOICES]]))
    if preferred and (len(ids) == 1 or preferred not in found):
        return preferred
    chosen: str | None = st.selectbox(
        t("ui_which_one"),
        ids,
        index=0 if preferred else None,
        placeholder=t("ui_choose"),
        key=key_of("unit-pick", name, prefer, at),
        format_func=lambda value: f"{unit_name(found[value])} ({validity(found[value])})",
    )
    return chosen


def show_lineage(unit_id: str, direction: Direction, matter: Matter, *, on: str | None = None) -> None:
    """What became of the unit, or what it was made of, with act and clause, under its name."""
    answer = (successors if direction == "successors" else predecessors)(id=unit_id, kind=matter, on=on)
    st.subheader(plain(f"{unit_name(answer['unit'])} ({validity(answer['unit'])})"), anchor=False)
    if direction == "predecessors" and answer["unit"]["valid_to"]:
        st.warning(plain(t("ui_unit_ended", day=day(answer["unit"]["valid_to"]))))
    lineage_table(answer, direction)


def lineage_table(answer: dict[str, Any], direction: Direction) -> None:
    """The units at the other end, how sure they are, and the weakest link."""
    st.markdown(f"**{plain(lineage(answer, direction))}**")
    grid(
        [
            {
                t("ui_lies_now" if direction == "successors" else "ui_made_of"): unit_name(step),
                t("column_extent"): term("extent", step["extent"]),
                t("column_act"): clause(step["act"], step["clause"]),
            }
            for step in answer[direction]
        ]
    )
    if answer["weakest"] and not (answer.get("all") and answer["weakest"] == "succession"):
        st.caption(plain(weakest(answer["weakest"])))
    split = len(answer[direction]) > 1 and answer["weakest"] == "succession" and not answer.get("all")
    if direction == "successors" and split:
        st.caption(plain(t("units_split_hint")))
