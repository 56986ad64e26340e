"""The names of things in RDF: one base, and an IRI for every id of the tables.

The base is an identifier, not an address: nothing is served there. Whoever publishes the data may register the path at
w3id.org, and no name changes by it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import quote

from ontology.folding import fold

BASE: Final = "https://w3id.org/hoso/"
VOCABULARY: Final = f"{BASE}def#"
VERSION: Final = f"{BASE}version/"

PREFIXES: Final[dict[str, str]] = {
    "act": f"{BASE}act/",
    "agency": f"{BASE}agency/",
    "agency-kind": f"{BASE}agency-kind/",
    "basis": f"{BASE}basis/",
    "body": f"{BASE}body/",
    "certainty": f"{BASE}certainty/",
    "change": f"{BASE}change/",
    "custody": f"{BASE}custody/",
    "dct": "http://purl.org/dc/terms/",
    "disagreement": f"{BASE}disagreement/",
    "dispute": f"{BASE}dispute/",
    "event": f"{BASE}event/",
    "extent": f"{BASE}extent/",
    "fonds": f"{BASE}fonds/",
    "hoso": VOCABULARY,
    "kind": f"{BASE}kind/",
    "level": f"{BASE}level/",
    "line": f"{BASE}line/",
    "matter": f"{BASE}matter/",
    "name": f"{BASE}name/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "paper": f"{BASE}paper/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "retention": f"{BASE}retention/",
    "rico": "https://www.ica.org/standards/RiC/ontology#",
    "rule": f"{BASE}rule/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "transfer": f"{BASE}transfer/",
    "type": f"{BASE}type/",
    "unit": f"{BASE}unit/",
    "version": VERSION,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes of files and queries."""


_NOT_IN_NAMES = re.compile(r"[^\w/@:.~-]")
"""What is written as its bytes. Letters of every script stay: these are IRIs (RFC 3987), to be read by people."""


def thing(prefix: str, identifier: str) -> str:
    """The IRI of an id of the tables: ``thing("event", "1656/NQ-UBTVQH15#3")`` ends in ``1656/NQ-UBTVQH15%233``."""
    written = unicodedata.normalize("NFC", identifier)
    return PREFIXES[prefix] + _NOT_IN_NAMES.sub(lambda found: quote(found[0], safe=""), written)


def concept(prefix: str, value: str) -> str:
    """The IRI of a value of a closed list, without accents and blanks: ``concept("type", "thị trấn")``."""
    return thing(prefix, fold(value).replace(" ", "-"))
