"""Who must receive a file after its creator's unit changed: rules as data, the first row that fits decides (README.md).

``data/custody_rules.csv`` is the table; an archive may put its own in its place (``HOSO_CUSTODY_RULES``). A rule never
makes an answer a fact: that takes a signed paper. The map is not asked: the communes that a divided commune's land went
to are candidates for the subject, never custodians.
"""

from __future__ import annotations

from ontology.custody.bodies import body_kind, has_own_way, name_key
from ontology.custody.due import due_day
from ontology.custody.model import (
    CUSTODY_ORDER,
    BadCustodyTable,
    Case,
    Change,
    CustodyCertainty,
    Rule,
    Ruling,
    Succession,
)
from ontology.custody.ruling import outcome_of, rule_for
from ontology.custody.special import special_kind
from ontology.custody.succession import succession
from ontology.custody.table import rules

__all__ = [
    "CUSTODY_ORDER",
    "BadCustodyTable",
    "Case",
    "Change",
    "CustodyCertainty",
    "Rule",
    "Ruling",
    "Succession",
    "body_kind",
    "due_day",
    "has_own_way",
    "name_key",
    "outcome_of",
    "rule_for",
    "rules",
    "special_kind",
    "succession",
]
