"""The table of rules in words: for whom each is, where its files go, by when, on what ground, how sure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg.cli.printing import day, plain, put, put_entry
from kg.messages import knows, say

_KEYS = ("level", "change", "body", "bloc", "special", "retention", "carrier", "matter", "arranged")
_RANGES = (
    ("changed", "changed_from", "changed_to"),
    ("file", "file_from", "file_to"),
    ("valid", "valid_from", "valid_to"),
)


def show_rules(value: Mapping[str, Any]) -> None:
    """Each rule as an entry: whom it is for as the heading; the first that fits a file decides."""
    if value["written"]:
        put(say("rules_written", path=plain(value["written"])))
        return
    put(say("rules_order", n=len(value["rules"])))
    for number, rule in enumerate(value["rules"], start=1):
        told = {
            "destination": receiver(rule),
            "due": due(rule["due"]),
            "basis": _basis(rule),
            "rule_sure": say(f"custody_{rule['certainty']}"),
            "rule_note": plain(rule["note"]),
            "rule": rule["id"],
        }
        put_entry(f"{number}. {'; '.join(for_whom(rule)) or say('rules_for_all')}", told)


def for_whom(rule: Mapping[str, Any]) -> Iterator[str]:
    """What a case must be for the rule, each condition in words; what may be anything is left out."""
    for key in _KEYS:
        values = rule.get(key) or "any"
        if values != "any":
            words = (_word(key, value.strip()) for value in values.split("|"))
            yield say(f"rules_key_{key}", value=f" {say('rules_or')} ".join(words))
    for name, first, last in _RANGES:
        start, end = rule[first], rule[last]
        if start and end:
            yield say(f"rules_{name}_between", first=day(start), last=day(end))
        elif start or end:
            yield say(f"rules_{name}_{'from' if start else 'to'}", day=day(start or end))


def _word(key: str, value: str) -> str:
    return say(f"rules_{key}_{value}") if knows(f"rules_{key}_{value}") else plain(value)


def receiver(rule: Mapping[str, Any]) -> str:
    """Who must receive the files; of a rule that names nobody that, with who receives them first to arrange them."""
    if rule["name"]:
        return _filled(rule["name"])
    nobody = say("custody_not_assigned")
    return say("rules_via", via=_filled(rule["via"]), nobody=nobody) if rule["via"] else nobody


def _filled(wording: str) -> str:
    """A rule's wording with what stands in braces said in words: "Ủy ban nhân dân [đơn vị kế tiếp]"."""
    from ontology.custody.table import NAMES

    return plain(wording.format(**{name: f"[{say(f'rules_name_{name}')}]" for name in NAMES}))


def due(code: str) -> str:
    """By when, '' where the rule names no term."""
    return say(f"rules_due_{code}") if knows(f"rules_due_{code}") else day(code)


def _basis(rule: Mapping[str, Any]) -> str:
    basis = ", ".join(part for part in (rule["article"], rule["act"]) if part)
    sure = say(f"law_sure_{rule['law_sure']}") if rule["law_sure"] else ""
    return plain(f"{basis} ({sure})" if basis and sure else basis or sure)
