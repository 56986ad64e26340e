"""The words of the screens, from the one catalogue: Vietnamese unless HOSO_LANG says English."""

from __future__ import annotations

import os
from typing import Any

from kg import messages


def language() -> str:
    """``vi`` or ``en``; officials read Vietnamese, so the locale does not count here."""
    return "en" if os.environ.get("HOSO_LANG", "vi").lower().startswith("en") else "vi"


def t(key: str, /, **values: Any) -> str:
    """The text of that key in the language of the screens."""
    return messages.say(key, lang=language(), **values)


def term(prefix: str, value: object) -> str:
    """The label of a value of a closed list (``subject_land``), or the value as it stands."""
    if value is None or value == "":
        return "–"
    key = f"{prefix}_{value}"
    return t(key) if messages.knows(key) else str(value)


def figure(number: float | None) -> str:
    """A number as Vietnamese papers write it: 12.900,5; a dash for none."""
    if number is None:
        return "–"
    text = f"{number:,.1f}" if isinstance(number, float) and not number.is_integer() else f"{int(number):,}"
    return text.translate(str.maketrans(",.", ".,")) if language() == "vi" else text


def day(iso: str | None) -> str:
    """A date (full or partial ISO) as dd/mm/yyyy."""
    return "/".join(reversed(iso.split("-"))) if iso else ""


def certainty(value: str, options: int = 0) -> str:
    """The label of a certainty; for ``candidates`` with how many there are."""
    if value == "candidates":
        return t("certainty_one_candidate") if options == 1 else t("certainty_candidates", n=options or "N")
    return term("certainty", value)


def clause(act: str | None, number: str | None) -> str:
    """An act with its clause, as officials cite it."""
    if not act:
        return ""
    return t("ui_act_clause", act=act, clause=number) if number else act
