"""Names of bodies: what kind of agency a name is, its full form, level, bloc and place.

``recognise`` reads one name ("UBND xã Mỹ Đình", "Hội LHPN phường Cửa Nam"); ``heads`` and ``grammar`` serve the
reader of running text. The tables are ``ontology/data/agency_*.csv``.
"""

from __future__ import annotations

from ontology.agencies.grammar import read_at
from ontology.agencies.parts import AgencyName, Reading
from ontology.agencies.places import Place, place_at
from ontology.agencies.recognise import recognise, recognise_whole

__all__ = ["AgencyName", "Place", "Reading", "place_at", "read_at", "recognise", "recognise_whole"]
