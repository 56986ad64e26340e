"""``entity``, ``path``, ``chain`` and ``stats`` for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.cli.printing import cited, day, figure, plain, put, table
from kg.cli.units_display import validity
from kg.messages import say


def show_entity(value: Mapping[str, Any]) -> None:
    """The entity, its other names, and its links with a passage for each."""
    kind = say(f"entity_kind_{value['kind']}")
    put(say("entity_title", name=plain(value["name"]), kind=kind, records=figure(value["records"])))
    put(plain(value["id"]))
    if value["aliases"]:
        put(say("entity_aliases", aliases="; ".join(plain(alias) for alias in value["aliases"])))
    if value["place"]:
        units = (value["place"], *value["place"]["parents"])
        put(say("entity_place", place=plain(", ".join(unit["name"] for unit in units))))
    if value["caution"]:
        put(value["caution"])
    shown = table("relation", "other", "records", "evidence", numbers=("records",))
    for link in value["links"]:
        arrow = "→" if link["outgoing"] else "←"
        shown.add_row(
            f"{arrow} {say('relation_' + link['type'].lower())}",
            _other(link["other"]),
            figure(link["records"]),
            _proof(link["evidence"]),
        )
    put(shown)
    if value["links_total"] > len(value["links"]):
        put(say("entity_more", shown=figure(len(value["links"])), total=figure(value["links_total"])))
    if value["newest"]:
        put(say("entity_newest", n=figure(len(value["newest"]))))
        newest = table("number", "date", "title")
        for record in value["newest"]:
            date = record["date"] or record["date_partial"]
            newest.add_row(
                plain(record["number"] or record["id"]), day(date) if date else "", plain(record["title"] or "")
            )
        put(newest)


def _other(node: Mapping[str, Any]) -> str:
    """The name of what a link leads to; units of one name are told apart by the days on which they stood."""
    if node["kind"] == "unit":
        from ontology.registry import load

        ontology = load()
        if unit := ontology.units.get(node["id"]):
            return say("unit_dated", name=plain(node["name"]), validity=validity(ontology.unit_json(unit)))
    return plain(node["name"])


def _proof(evidence: Sequence[Mapping[str, Any]]) -> str:
    """The first passage with its record and page."""
    if not evidence:
        return ""
    first = evidence[0]
    page = say("page_label", page=first["page"]) if first["page"] else ""
    words = plain(first.get("context") or first["text"])
    return " · ".join(part for part in (plain(first["record"]), page, words) if part)


def show_path(value: Mapping[str, Any]) -> None:
    """The steps, each with what proves it."""
    from kg.questions.path import MAX_LENGTH

    if not value["found"]:
        put(say("path_none", length=MAX_LENGTH))
        return
    put(
        say(
            "path_found",
            from_name=plain(value["from"]["name"]),
            to_name=plain(value["to"]["name"]),
            length=value["length"],
        )
    )
    for step in value["steps"]:
        ends = (step["to"], step["from"]) if step["reversed"] else (step["from"], step["to"])
        one, other = (f"{plain(end['name'])} ({say('entity_kind_' + end['kind'])})" for end in ends)
        put(f"  {one} — {say('relation_' + step['type'].lower())} → {other}")
        if proof := _proof(step["evidence"]):
            put(f"      {proof}")
        elif step["act"]:
            put(f"      {cited(step['act'], step['clause'])}")
    for warning in value["warnings"]:
        put(warning["message"])


def show_chain(value: Mapping[str, Any]) -> None:
    """The acts of the chain, then what links them."""
    names = {node["id"]: _act(node) for node in value["nodes"]}
    shown = table("number", "date", "issuer", "held", "status")
    for node in value["nodes"]:
        mark = "» " if node["id"] == value["asked"] else ""
        shown.add_row(
            mark + plain(node["number"] or node["title"] or node["id"]),
            day(node["date"]),
            plain(node["issuer"]),
            _held(node["evidence"]) if node["held"] else say("answer_no"),
            say(f"status_{node['status']}"),
        )
    put(shown)
    for node in value["nodes"]:
        if any("issuer_without_unit" in why for why in node["also_why"]):
            put(say("chain_issuer_without_unit", act=names[node["id"]], issuer=plain(node["issuer"])))
    for edge in value["edges"]:
        scope = f" {say('scope_part')}" if edge["scope"] == "part" else ""
        put(f"{names[edge['from']]} — {say('relation_' + edge['relation'])}{scope} → {names[edge['to']]}")
        if proof := _proof(edge["evidence"]):
            put(f"      {proof}")


def _held(evidence: Sequence[Mapping[str, Any]]) -> str:
    """The records that hold an act, each with the page."""
    told = (
        " · ".join(filter(None, (plain(one["record"]), say("page_label", page=one["page"]) if one["page"] else "")))
        for one in evidence
    )
    return "\n".join(told) or say("answer_yes")


def _act(node: Mapping[str, Any]) -> str:
    return " ".join(
        part for part in (plain(node["number"] or node["title"] or node["id"]), day(node["date"])) if part
    )


def show_stats(value: Mapping[str, Any]) -> None:
    """The figures of the store."""
    shown = table("kind", "count", numbers=("count",))
    for name, label in (
        ("records", "column_documents"),
        ("files", "column_files"),
        ("fonds", "column_fonds"),
        ("pages", "column_pages"),
        ("vectors", "column_vectors"),
    ):
        shown.add_row(say(label), figure(value[name]))
    for kind, count in value["entities"].items():
        shown.add_row(say(f"entity_kind_{kind}"), figure(count))
    for kind, count in value["edges"].items():
        shown.add_row(say(f"relation_{kind.lower()}"), figure(count))
    shown.add_row(say("label_quarantine"), figure(value["quarantined"]))
    shown.add_row(say("access_secret"), figure(value["secret"]))
    put(shown)
    put(say("stats_pages_aside"))
