"""What ``hoso custody`` prints for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.cli.printing import day, figure, plain, put, show_rejected, table
from kg.messages import say

_SHOWN = 20
"""Rows shown to people before "and n more"; ``--json`` has all."""
_PAPERS = 3
_HASH = 12


def show_loaded(value: Sequence[Mapping[str, Any]]) -> None:
    """The lists that were read, and what to look at."""
    for one in value:
        key = "facts_loaded" if one["written"] else "facts_checked"
        put(say(key, file=plain(one["file"]), id=one["id"], n=figure(one["facts"])))
        put(say("facts_kinds", parts=_kinds(one["kinds"])))
        for name in ("repeated", "unbound", "ambiguous"):
            if one[name]:
                put(say(f"facts_{name}", n=figure(one[name])))
        if absent := one["no_file"]:
            named = plain("; ".join(absent[:_SHOWN])) + (" …" if len(absent) > _SHOWN else "")
            put(say("facts_no_file", n=figure(len(absent)), names=named))
        if one["changed_from"]:
            earlier = one["changed_from"]
            put(say("facts_changed", id=earlier["id"], at=day(earlier["loaded"][:10])))
        show_rejected(one["rejected"])


def show_lists(value: Mapping[str, Any]) -> None:
    """The lists and their contradictions."""
    if not value["lists"]:
        put(say("facts_none"))
        return
    put(_lists(value["lists"]))
    for name in ("unbound", "ambiguous"):
        if number := sum(one[name] for one in value["lists"]):
            put(say(f"facts_{name}", n=figure(number)))
    against = value["contradictions"]
    if against:
        put(say("facts_contradictions", n=figure(len(against))))
        shown = table("about", "body", "paper", "against")
        for one in against[:_SHOWN]:
            for fact in one["facts"]:
                shown.add_row(_about(fact), plain(fact["body"]), _cited(fact), say(f"facts_against_{one['kind']}"))
        put(shown)
        _say_more(len(against))


def show_list(value: Mapping[str, Any]) -> None:
    """One list with its facts."""
    put(_lists([value]))
    shown = table("row", "fact_kind", "about", "body", "date", "paper", "state", numbers=("row",))
    for fact in value["facts"][:_SHOWN]:
        state = "in_use" if fact["in_use"] else "withdrawn"
        shown.add_row(
            str(fact["row"]),
            say(f"facts_kind_{fact['kind']}"),
            _about(fact),
            plain(fact["body"]),
            day(fact["since"]),
            _cited(fact),
            say(f"facts_state_{state}"),
        )
    put(shown)
    _say_more(len(value["facts"]))


def show_rules(value: Mapping[str, Any]) -> None:
    """The table of rules: what decides, where to, by which act and how sure."""
    if value["written"]:
        put(say("rules_written", path=plain(value["written"])))
        return
    shown = table("rule", "destination", "due", "basis", "custody")
    for rule in value["rules"]:
        basis = ", ".join(part for part in (rule["act"], rule["article"]) if part)
        sure = f" ({say('law_sure_' + rule['law_sure'])})" if rule["law_sure"] else ""
        name = rule["name"] or rule["via"]
        shown.add_row(rule["id"], plain(name), rule["due"], plain(basis + sure), say(f"custody_{rule['certainty']}"))
    put(shown)


def _lists(lists: Sequence[Mapping[str, Any]]) -> Any:
    shown = table("list", "facts", "paper", "loaded", "hash", "state", numbers=("facts",))
    for one in lists:
        papers = [plain(paper["cited"]) for paper in one["papers"]]
        more = f"; … (+{len(papers) - _PAPERS})" if len(papers) > _PAPERS else ""
        shown.add_row(
            plain(one["id"]),
            f"{figure(one['in_use'])}/{figure(one['rows'])}",
            "; ".join(papers[:_PAPERS]) + more,
            day(one["loaded"][:10]),
            one["sha256"][:_HASH],
            say("facts_state_withdrawn" if one["withdrawn"] else "facts_state_in_use"),
        )
    return shown


def _about(fact: Mapping[str, Any]) -> str:
    target = fact["target"]
    told = [target.get(key) for key in ("fonds", "inventory", "file", "creator", "level", "unit")]
    return f"{say('facts_scope_' + fact['scope'])}: {', '.join(plain(part) for part in told if part)}"


def _cited(fact: Mapping[str, Any]) -> str:
    return plain(fact["paper"]["cited"])


def _kinds(kinds: Mapping[str, int]) -> str:
    return ", ".join(f"{say('facts_kind_' + kind)} {figure(number)}" for kind, number in kinds.items())


def _say_more(n: int) -> None:
    if n > _SHOWN:
        put(say("local_more", n=figure(n - _SHOWN)))
