"""The capitals and small letters of Vietnamese, for character classes (ontology/letters.py)."""

from __future__ import annotations

from ontology.letters import LOWER, UPPER

__all__ = ["LOWER", "UPPER"]
