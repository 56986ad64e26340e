"""How a council of 2025 counts its terms (khóa): by resolution 76/2025/UBTVQH15 article 10.3 the council of a new unit
that keeps the name of one of the old units goes on counting, any other begins with term I. So numbers of its papers may
begin again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from ontology.agencies.bodies import Ground
from ontology.agencies.dated import Agency
from ontology.agencies.heirs import predecessors
from ontology.agencies.in_time import Agencies
from ontology.name_index import same_name
from ontology.validity import REFORM

GROUND: Final = Ground("sure", "Nghị quyết 76/2025/UBTVQH15", "Điều 10 khoản 3", "sure")


@dataclass(frozen=True, slots=True)
class CouncilTerms:
    """``counting``: goes on from that of ``former``, or begins with the first term."""

    counting: Literal["goes_on", "begins"]
    former: Agency | None
    ground: Ground = GROUND


def council_terms(agency: Agency, known: Agencies) -> CouncilTerms | None:
    """How the council counts its terms; None for what is no council of a unit made on 1 July 2025."""
    if agency.body.kind != "people_council" or agency.units[0].valid_from != REFORM or agency.opened.day != REFORM:
        return None
    of_name = [link.agency for link in predecessors(agency, known) if same_name(link.agency.unit, agency.units[0])]
    return CouncilTerms("goes_on", of_name[0]) if of_name else CouncilTerms("begins", None)
