"""Plain values of custody: a rule, the case it is asked about, what became of the creator's unit, and the ruling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ontology.errors import OntologyError
from ontology.model import Unit

Change = Literal["continues", "split_off", "merged", "divided", "district_ended", "ended_earlier", "unknown"]
"""What became of a unit: it goes on, goes on and lost a part (tách), went whole to one (sáp nhập, hợp nhất), went to
several (chia), was a district on 30/06/2025, was a district that ended before, or no act tells."""

CustodyCertainty = Literal["fact", "assigned", "by_rule_sure", "by_rule_likely", "not_assigned", "unknown_fonds"]
CUSTODY_ORDER: tuple[CustodyCertainty, ...] = (
    "fact",
    "assigned",
    "by_rule_sure",
    "by_rule_likely",
    "not_assigned",
    "unknown_fonds",
)
"""From the surest to the least sure."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table. Key columns hold one value, several with ``|``, or ``any``; of the ranges of days (ISO, both
    ends included, "" where open) ``changed`` is the day of the change that moves the creator's files, ``file`` the file's last day and
    ``valid`` the time in which the act was law."""

    id: str
    level: str
    change: str
    body: str
    bloc: str
    special: str
    retention: str
    carrier: str
    matter: str
    arranged: str
    changed_from: str
    changed_to: str
    file_from: str
    file_to: str
    valid_from: str
    valid_to: str
    name: str
    via: str
    certainty: CustodyCertainty
    due: str
    act: str
    article: str
    law_sure: str
    note: str


@dataclass(frozen=True, slots=True)
class Case:
    """What decides where a file must go. ``unit`` is the creator's unit version (None: not known); ``body`` the kind of
    body (None: as the creator's name tells), which tells the bloc too where the law does (Party, Front, unions);
    ``retention``: permanent, fixed or unknown; ``carrier``: paper or digital; ``arranged`` (chỉnh lý): yes, no or
    unknown; ``until``: the file's last day, ``on``: the day on which it is asked (None: today), both ISO."""

    level: str | None
    bloc: str | None
    unit: Unit | None
    creator: str
    retention: str = "unknown"
    carrier: str = "paper"
    special: str = "none"
    matter: str = "any"
    until: str | None = None
    body: str | None = None
    on: str | None = None
    arranged: str = "unknown"


@dataclass(frozen=True, slots=True)
class Succession:
    """What became of the creator's unit, as custody sees it: the kind of change, the one unit that goes on, and the day
    of the change (the first one without the unit; of a unit that lost a part, the last such day). ``decided`` is the day
    of the change that moves its files, where that is a later one: a commune that went whole to another in January, which
    was divided in July (None: ``changed``)."""

    change: Change
    successor: Unit | None = None
    changed: str | None = None
    decided: str | None = None

    @property
    def ended(self) -> bool:
        """Whether the creator's unit is no more."""
        return self.change in ("merged", "divided", "district_ended", "ended_earlier")


@dataclass(frozen=True, slots=True)
class Ruling:
    """Where the file must go by rule. ``name`` is None where nobody is assigned; ``via`` receives it first, to arrange
    it; ``unit`` is the unit of the receiving body; ``basis`` the act with article (None: no act was found);
    ``law_sure`` how sure the reading of that act is (sure, likely, check; None without an act or a reading);
    ``to_check`` what an archivist should look at (``dated_after_closing``)."""

    name: str | None
    certainty: CustodyCertainty
    basis: str | None
    rule: str
    change: Change
    due: str | None = None
    via: str | None = None
    unit: str | None = None
    note: str | None = None
    law_sure: str | None = None
    changed: str | None = None
    to_check: tuple[str, ...] = ()


class BadCustodyTable(OntologyError, ValueError):
    """A table of rules that cannot be used. ``code`` names what is wrong (unreadable, no_column, unknown_column,
    no_id, same_id, bad_value, bad_date, bad_range, bad_name, sure_without_act, name_not_assigned, no_name, no_rows),
    ``row`` is the row of the file from 1, None where it is about the whole."""

    def __init__(self, code: str, path: str, *, row: int | None = None, column: str = "", value: str = "") -> None:
        super().__init__(f"{path}: {code} (row {row}, column {column!r}: {value!r})")
        self.code = code
        self.path = path
        self.row = row
        self.column = column
        self.value = value
