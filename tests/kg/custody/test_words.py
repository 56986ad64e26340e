"""Every word of custody has its label in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

import ontology.custody
from kg.custody import choosing, custodian, deciding
from kg.custody.facts import KINDS, SCOPES
from kg.custody.headings import ROLES, table
from kg.messages import knows, say
from kg.readers.tables.folded import compact
from ontology.custody.ruling import DATED_AFTER_CLOSING
from ontology.custody.special import NONE
from ontology.custody.table import LAW_SURE


def _words(module: ModuleType) -> list[str]:
    """What a module tells to check: its public words."""
    return [
        value
        for name, value in vars(module).items()
        if name.isupper() and name[0] != "_" and isinstance(value, str) and value != NONE
    ]


_LISTS = {
    "facts_kind": (*KINDS, "finding_aid"),
    "facts_scope": SCOPES,
    "facts_against": ("same_day", "later_wins", "handed_elsewhere"),
    "law_sure": tuple(word for word in LAW_SURE if word),
    "to_check": (
        *(word for module in (choosing, custodian, deciding) for word in _words(module)),
        DATED_AFTER_CLOSING,
    ),
}


@pytest.mark.parametrize("key", [f"{name}_{word}" for name, words in _LISTS.items() for word in words])
def test_closed_words_have_labels(key: str) -> None:
    assert say(key, lang="vi") != say(key, lang="en")


def test_every_fault_of_a_table_is_told_in_both_languages() -> None:
    folder = Path(ontology.custody.__file__).parent
    text = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    codes = set(re.findall(r'BadCustodyTable\("(\w+)"', text)) | set(re.findall(r'yield "(\w+)"', text))
    assert len(codes) > 10
    for code in codes:
        for lang in ("vi", "en"):
            assert say(f"rules_{code}", lang=lang, column="c", value="v")


def test_every_role_has_headings_and_no_heading_two_roles() -> None:
    roles = table()["roles"]
    assert set(roles) | {"paper"} == set(ROLES)  # a paper cited whole is known by its words
    assert all(knows(f"facts_role_{role}") for role in ROLES)
    held = [key for forms in roles.values() for key in {compact(form) for form in forms}]
    assert all(held)
    assert len(held) == len(set(held))
    assert set(table()["kinds"]) == set(table()["names"]) == set(KINDS)
