"""The words of the screens, from the one catalogue: Vietnamese unless HOSO_LANG says English."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from kg import messages, wording
from kg.errors import HosoError


def language() -> str:
    """``vi`` or ``en``; officials read Vietnamese, so the locale does not count here."""
    return "en" if os.environ.get("HOSO_LANG", "vi").lower().startswith("en") else "vi"


def t(key: str, /, **values: Any) -> str:
    """The text of that key in the language of the screens."""
    return messages.say(key, lang=language(), **values)


def term(prefix: str, value: object) -> str:
    """The label of a value of a closed list (``subject_land``), or the value as it stands; a dash for none."""
    if value is None or value == "":
        return "–"
    key = f"{prefix}_{value}"
    return t(key) if messages.knows(key) else str(value)


def say_error(error: HosoError) -> str:
    """The line of an error; ambiguity is said without the command line's options."""
    return t("ui_ambiguous", n=figure(len(error.candidates))) if error.code == "ambiguous" else error.message


def figure(number: float | None) -> str:
    """A number as Vietnamese papers write it, with at most two decimals: 12.900,5; a dash for none."""
    if number is None:
        return "–"
    return wording.short_figure(number, language())


def shelf(metres: float | None) -> str:
    """Metres of shelf; what is there is never written as 0."""
    return wording.shelf(metres, language())


def day(iso: str | None) -> str:
    """A date (full or partial ISO) as dd/mm/yyyy."""
    return wording.day(iso)


def certainty(value: str, options: int = 0) -> str:
    """The label of a certainty; for ``candidates`` with how many there are, in general where ``options`` is 0."""
    if value != "candidates":
        return term("certainty", value)
    if options == 0:
        return t("ui_candidates_many")
    return t("certainty_one_candidate") if options == 1 else t("certainty_candidates", n=options)


def lineage(answer: Mapping[str, Any], direction: str) -> str:
    """How sure the answer of ``successors`` or ``predecessors`` (the direction) is, in words."""
    found = answer[direction]
    if answer.get("all"):
        if any(step["extent"] == "possible" for step in found):
            return t("certainty_all_possible", n=len(found))
        return t("certainty_all" if direction == "successors" else "certainty_made_of", n=len(found))
    if direction == "predecessors" and answer["certainty"] == "certain":
        return t("certainty_from_one")
    return certainty(answer["certainty"], len(found))


def weakest(link: str | None) -> str:
    """The weakest link of an answer as a sentence, '' for none."""
    return t("weakest_is", weakest=term("weakest", link)) if link else ""


def clause(act: str | None, number: str | None) -> str:
    """An act with its clause, as officials cite it."""
    if not act:
        return ""
    return t("ui_act_clause", act=act, clause=number) if number else act
