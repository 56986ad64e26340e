"""Columns of a table as the user names them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from kg.errors import HosoError
from kg.messages import say

Role = TypeVar("Role", bound=str)


def given_columns(pairs: Iterable[str], roles: Sequence[Role]) -> dict[Role, str]:
    """``ROLE=HEADING`` pairs of the command line. Raises HosoError(bad_input), which names the roles."""
    found: dict[Role, str] = {}
    for pair in pairs:
        role, sign, label = pair.partition("=")
        known = next((one for one in roles if one == role.strip().lower()), None)
        if not sign or known is None or not label.strip():
            raise HosoError(say("local_bad_column", given=pair, known=", ".join(roles)))
        found[known] = label
    return found
