"""A small country as facts: a merger by an act, a list that says only that a commune is gone, another name, a
disagreement; every class and property of the vocabulary occurs."""

from __future__ import annotations

from dataclasses import replace

from ontology.model import Alias, Disagreement, Edge, Event, EventUnit
from ontology.rdf.facts import Facts
from tests.ontology.small import unit

ACT, LIST = "1/NQ-UBTVQH15#1", "list:2010-01-01:001"


def small_facts() -> Facts:
    """The facts; ids as in ``broken.csv``."""
    by_list = {"ended_by": LIST}
    by_act = {"ended_by": ACT}
    units = [
        unit("01", "Tỉnh Một"),
        unit("001", "Huyện Hai", "01", "1978-12"),
        replace(unit("00001", "Xã Ba", "001", end="2009-12-31"), **by_list),
        replace(unit("00002", "Xã Bốn", "001", end="2025-06-30", certain=False), **by_act),
        replace(unit("00003", "Xã Năm", "001", end="2009-12-31"), **by_list),
        replace(unit("00003", "Xã Sáu", "001", "2010-01-01", "2025-06-30"), began_by=LIST, **by_act),
        replace(unit("00002", "Phường Bảy", "01", "2025-07-01"), began_by=ACT),
        replace(unit("00003", "Phường Tám", "01", "2025-07-01"), began_by=ACT),
    ]
    events = [
        Event(ACT, "2025-07-01", "1/NQ-UBTVQH15", "1", "merge", "act", "the act", "sure", "a note"),
        Event(LIST, "2010-01-01", None, None, "listed", "list", "a list", "likely"),
    ]
    edges = [
        Edge(ACT, "00002@2000-01-01", "00002@2025-07-01", "whole"),
        Edge(ACT, "00003@2010-01-01", "00002@2025-07-01", "part"),
        Edge(ACT, "00003@2010-01-01", "00003@2025-07-01", "part_area_all_pop"),
        Edge(LIST, "00003@2000-01-01", "00003@2010-01-01", "unchanged"),
    ]
    parts = [EventUnit(event, unit, "took") for event, unit in dict.fromkeys((e.event, e.source) for e in edges)]
    parts += [EventUnit(event, unit, "gave") for event, unit in dict.fromkeys((e.event, e.target) for e in edges)]
    parts += [EventUnit(LIST, "00001@2000-01-01", "took"), EventUnit(LIST, "00002@2000-01-01", "gave")]
    aliases = [Alias("00002@2000-01-01", 'Xã Chín "cũ"\n<b>', "a paper", "1999")]
    disagreements = [
        Disagreement(
            *("d1", "edge", "00001@2000-01-01", "00003@2010-01-01", "2010-01-01"),
            *("one", "goes there", "two", "does not go there", "goes there: possible", "no act at hand"),
        )
    ]
    return Facts(
        {one.id: one for one in units}, {one.id: one for one in events}, edges, parts, aliases, disagreements
    )
