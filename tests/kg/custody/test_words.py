"""Every word of custody has its label in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

import ontology.custody
from kg.custody import choosing, custodian, deciding
from kg.custody.facts import KINDS, SCOPES
from kg.custody.headings import ROLES, meaning, table
from kg.custody.remarks import CODES
from kg.messages import knows, say
from kg.readers.tables.folded import compact
from kg.readers.tables.heading import Label
from ontology.custody.ruling import DATED_AFTER_CLOSING
from ontology.custody.special import NONE
from ontology.custody.table import KEYS, LAW_SURE, NAMES, _allowed, rules


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


@pytest.mark.parametrize("code", CODES)
def test_every_remark_is_told_in_both_languages(code: str) -> None:
    told = [say(f"facts_check_{code}", lang=lang, about="P1", value="x") for lang in ("vi", "en")]
    assert told[0] != told[1]


@pytest.mark.parametrize("key", KEYS)
def test_every_word_that_a_rule_may_hold_is_told(key: str) -> None:
    """A table of the archive's own may hold any word that is allowed."""
    assert _allowed(key)
    assert [word for word in sorted(_allowed(key)) if not knows(f"rules_{key}_{word}")] == []
    assert knows(f"rules_key_{key}")


def test_what_rules_fill_in_and_their_terms_are_told() -> None:
    assert [name for name in NAMES if not knows(f"rules_name_{name}")] == []
    terms = {rule.due for rule in rules() if rule.due and rule.due[4:5] != "-"}
    assert terms
    assert [term for term in terms if not knows(f"rules_due_{term}")] == []


def test_every_column_of_an_empty_list_is_known() -> None:
    for headings in table()["templates"].values():
        roles = [told[0] if (told := meaning(Label(label))) else None for label in headings]
        assert [label for label, role in zip(headings, roles, strict=True) if role is None] == (
            ["Tiêu đề hồ sơ"] if "Tiêu đề hồ sơ" in headings else []
        )
        assert len(roles) == len(set(roles))
    assert set(table()["templates"]) == set(KINDS)
