"""Signing powers: TM., KT., TL., TUQ., Q. of the state, T/M, K/T, T/L of the Party, before words in capitals."""

from __future__ import annotations

import re
from functools import cache

from nlp.data import table
from nlp.letters import UPPER

POWER = re.compile(
    r"(?<![\w./])(?:(?P<state>(?:T\.?\s?M|K\.?\s?T|T\.?\s?L|T\.?\s?[UƯ]\.?\s?Q|TH\.?[UƯ]\.?Q)(?=\s?[.,/])|Q(?=\s?[.,]))\s?[.,/]\s?(?!\w\.)"
    rf"|(?P<dotted>T\.M|K\.T|T\.L|T\.U\.Q)\s+|(?P<party>T\s?/\s?M|K\s?/\s?T|T\s?/\s?L)[.,]?\s+)(?=[{UPPER}“\"]{{2}})"
)
BARE_POWER = re.compile(rf"^\W*(?P<state>TM|KT|TL|TUQ)\s+(?=[{UPPER}]{{2}})")


@cache
def power_codes() -> dict[str, str]:
    """Form of a power as printed, without its stops → its code."""
    return {form: row["code"] for row in table("powers.csv") for form in row["forms"].split(";")}


def power_code(power: re.Match[str]) -> str:
    """The letters of a power without what stands between them: ``TM``, ``KT``; ``T/M`` with its slash."""
    groups = power.groupdict()
    printed = groups.get("state") or groups.get("dotted") or groups.get("party") or ""
    return re.sub(r"[\s.]", "", printed).upper().replace("Ư", "U")


def has_power(text: str) -> bool:
    """Whether a power (TM., KT., T/M ...) stands in the line before words in capitals."""
    return POWER.search(text) is not None


def opens_with_power(text: str) -> bool:
    """Whether the line opens with a power; "Q." alone may be a quận's."""
    power = POWER.match(text.lstrip(" -*")) or BARE_POWER.match(text)
    return power is not None and power_code(power) != "Q"
