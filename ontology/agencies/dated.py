"""Agencies as they stood between two days: plain values.

**What one agency is.** A body lives on while its unit does: through a new name, a loss or gain of territory, another
parent, as ``Ontology.same`` tells, which also says that a unit left unchanged on 1 July 2025 goes on. A unit of another
type (xã → phường, huyện → quận) has other bodies, though nothing else changed: acts found it anew on the area and people
of the old one, rural and urban governments differ in functions, and a change of functions that makes a new body closes
the old one's fonds (Circular 06/2025/TT-BNV, article 39; ``closes_new_type`` is ``likely``: no act was read that says it
of these bodies). The files go whole to the resulting body, so nothing is scattered. Others are also those of the units
made on 1 July 2025, also where name and code stayed. A body that ended and came back is two. Agency and successor are
two entities with a link, since a fonds closes on the day its creator ends. Entities of records follow the same spans
(``kg.linking.identity``).

**Ids** are the kind of body and the unit version in which it began: ``ubnd:00073@1981-01-03``; ``+2`` behind it where
one version saw the kind of body a second time. They stay as long as unit ids do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ontology.agencies.bodies import Body, Ground
from ontology.errors import OntologyError
from ontology.model import Extent, Unit
from ontology.validity import NEAR_DAYS, first_day

EndedBy = Literal["unit", "body", "absence"]
"""Why an agency ended: its unit did; its kind of body did; an act did away with it in some places."""


class AgencyNotFound(OntologyError):
    """No agency has that id."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Bound:
    """The first or last day of an agency, by a rule.

    ``day`` is ISO, maybe partial, None where nothing is known; not ``exact``: it was there by that day, since when is
    not known, though not before ``not_before``. ``rule`` is the row that says so; ``latest``: until then the act let
    the body go on where its heir had not begun. ``source`` is the file and row, ``note`` the remark, of an archive's own
    exception that says so.
    """

    day: str | None
    rule: str
    ground: Ground
    exact: bool = True
    not_before: str | None = None
    latest: str | None = None
    source: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Agency:
    """One body of one unit. ``units`` are the versions of its unit in its time, the earliest first; ``name`` is its
    full name, the last that it bore; ``province`` is the line (code) of the province around it. ``heirs``: who took
    over in this case, kinds of bodies of its unit or ids of agencies; none where its kind of body says it."""

    id: str
    body: Body
    name: str
    units: tuple[Unit, ...]
    province: str
    opened: Bound
    closed: Bound | None = None
    ended_by: EndedBy | None = None
    heirs: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """Of the id, which is unique."""
        return hash(self.id)

    @property
    def unit(self) -> Unit:
        """The last version of its unit in its time."""
        return self.units[-1]

    def in_force(self, day: str) -> bool:
        """Whether the agency was there on the day, for all that is known (ISO, maybe partial)."""
        return self.time_reason(day) == "in_force_at"

    def time_reason(self, day: str) -> str:
        """How the agency stands to the day on which its name is meant: a reason of ``ontology.scoring``."""
        start, end = self.opened.day, self.closed.day if self.closed else None
        if start and before(day, start):
            if not self.opened.exact and not (self.opened.not_before and before(day, self.opened.not_before)):
                return "before_first_list"
            return _beside(day, self.opened.not_before or start)
        if end and after(day, end):
            return _beside(day, end)
        if start is None and before(day, self.units[0].valid_from):
            return "before_first_list"
        return "in_force_at"


@dataclass(frozen=True, slots=True)
class AgencyLink:
    """An agency that another became, or was made of. ``extent`` is that of the change of units, None where the unit
    stayed and the kind of body changed; ``act`` and ``clause`` say what did it; ``after_absence``: it began only
    years after the other ended."""

    agency: Agency
    extent: Extent | None
    act: str | None
    clause: str | None
    after_absence: bool = False


@dataclass(frozen=True, slots=True)
class AgencyCandidate:
    """An agency that a name can mean: ``score`` in 0..1, ``reasons`` codes of the message catalogue.

    ``below``: the body named is not the agency itself but one below it ("Chi bộ 9": the agency is the ward's Party
    committee); ``unread``: words of the name that were not understood. Neither is ever dropped in silence.
    """

    agency: Agency
    score: float
    reasons: tuple[str, ...] = ()
    below: str | None = None
    unread: str | None = None


def before(day: str, other: str) -> bool:
    """Whether a day lies before another for certain: both may be partial (2008 is not before 2008-03-01)."""
    length = min(len(day), len(other))
    return day[:length] < other[:length]


def after(day: str, other: str) -> bool:
    """Whether a day lies after another for certain."""
    return before(other, day)


def _beside(day: str, edge: str) -> str:
    return "near_validity" if abs((first_day(edge) - first_day(day)).days) <= NEAR_DAYS else "not_in_force_at"
