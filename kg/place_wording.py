"""How the place that a record speaks of is said: the units then and now, how sure that is, the acts behind it. Values are
told as they stand: who prints them makes them harmless."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg import wording
from kg.messages import language, say


def certainty_label(word: str, by: str, n: int | None = None) -> str:
    """The label of a certainty word, of places or of custody; ``n``: how many units it leaves, None where that is not
    one figure."""
    if by == "custody":
        return say(f"custody_{word}")
    if word != "candidates":
        return say(f"certainty_{word}", n=n)
    if n is None:
        return say("ui_candidates_many")
    return say("certainty_one_candidate") if n == 1 else say("certainty_candidates", n=n)


def place_certainty(place: Mapping[str, Any]) -> str:
    """How sure the place of today is, and the weakest link where it is not certain."""
    label = certainty_label(place["certainty"], "place", len(place["new"]) or None)
    if not place["weakest"] or place["certainty"] == "certain" or not place["new"]:
        return label
    return f"{label} ({say('weakest_' + place['weakest'])})"


def act_label(step: Mapping[str, Any]) -> str:
    """Act and clause of a step as officials cite them, '' where there is none."""
    if not step.get("act"):
        return ""
    name = wording.act_name(step["act"], language())
    return say("units_clause", clause=step["clause"], act=name) if step.get("clause") else name


def unit_label(unit: Mapping[str, Any] | None) -> str:
    """A unit with what it lies in, '' for none."""
    return ", ".join([unit["name"], *(parent["name"] for parent in unit["parents"])]) if unit else ""
