"""Signing powers: TM., KT., TL., TUQ., Q. of the state, T/M, K/T, T/L of the Party, before words in capitals."""

from __future__ import annotations

import re
from functools import cache

from nlp.data import table
from nlp.header.heads import head_word
from nlp.letters import LOWER, UPPER
from nlp.zones.positions import opens_with_position
from ontology.folding import fold

POWER = re.compile(
    r"(?<![\w./])(?:(?P<state>(?:T\.?\s?M|K\.?\s?T|T\.?\s?L|T\.?\s?[UƯ]\.?\s?Q|TH\.?[UƯ]\.?Q)(?=\s?[.,/])|Q(?=\s?[.,]))\s?[.,/]\s?(?!\w\.)"
    rf"|(?P<dotted>T\.M|K\.T|T\.L|T\.U\.Q)\s+|(?P<party>T\s?/\s?M|K\s?/\s?T|T\s?/\s?L)[.,]?\s+)(?=[{UPPER}“\"]{{2}})"
)
BARE_POWER = re.compile(rf"^\W*(?P<state>TM|KT|TL|TUQ)\s+(?=[{UPPER}]{{2}})")

_SMALL_POWER = re.compile(
    r"^\W*(?P<state>T\.?\s?M|K\.?\s?T|T\.?\s?L|T\.?\s?U\.?\s?Q|T\s?/\s?M|K\s?/\s?T|T\s?/\s?L)\s?[./]?\s"
    rf"(?=[{UPPER}][{LOWER}])"
)
"""A power before a post or body in small letters ("K.T Chủ tịch"), as typists wrote it."""
_SMALL = 60
"""Characters of a line that a power in small letters fills."""


@cache
def power_codes() -> dict[str, str]:
    """Form of a power as printed, without its stops → its code."""
    return {form: row["code"] for row in table("powers.csv") for form in row["forms"].split(";")}


def power_code(power: re.Match[str]) -> str:
    """The letters of a power without what stands between them: ``TM``, ``KT``; ``T/M`` with its slash."""
    groups = power.groupdict()
    printed = groups.get("state") or groups.get("dotted") or groups.get("party") or ""
    return re.sub(r"[\s.]", "", printed).upper().replace("Ư", "U")


def small_power(text: str) -> re.Match[str] | None:
    """A power before a post or body in small letters that fills the short line."""
    match = _SMALL_POWER.match(text)
    if match is None or len(text) > _SMALL or text.rstrip()[-1:] in ".,;:":
        return None
    rest = text[match.end() :]
    return match if opens_with_position(rest) or head_word(fold(rest)) is not None else None


def has_power(text: str) -> bool:
    """Whether a power (TM., KT., T/M ...) stands in the line before words in capitals."""
    return POWER.search(text) is not None


def opens_with_power(text: str) -> bool:
    """Whether the line opens with a power; "Q." alone may be a quận's."""
    power = POWER.match(text.lstrip(" -*")) or BARE_POWER.match(text) or small_power(text)
    return power is not None and power_code(power) != "Q"
