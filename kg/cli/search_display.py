"""``search`` and ``similar`` for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.cli.moved_display import record_label
from kg.cli.printing import day, figure, plain, put, term
from kg.messages import say

_FACET_VALUES = 6
_SHOWN_FACETS = ("type", "year", "unit", "bloc", "fonds")
_AROUND = 160
_NAMES = 4


def show_search(value: Mapping[str, Any]) -> None:
    """The hits with their best passage, then the facets in short."""
    put(say("search_found", total=figure(value["total"])))
    if value["by_meaning"]:
        put(say("search_by_meaning", n=figure(value["by_meaning"])))
    _show_understood(value["understood"])
    for hit in value["hits"]:
        _show_hit(hit)
    put("")
    for name in _SHOWN_FACETS:
        values = value["facets"].get(name, [])
        if values:
            shown = "; ".join(f"{_value(name, row)} ({figure(row['count'])})" for row in values[:_FACET_VALUES])
            put(f"{_facet(name)}: {shown}")
    if value["withheld"]:
        put(say("withheld", n=figure(value["withheld"])))
    for note in value["notes"]:
        put(plain(note))


def show_similar(value: Mapping[str, Any]) -> None:
    """The records that are like one, each with what they have in common."""
    put(say("similar_to", record=plain(record_label(value["record"]))))
    if not value["hits"]:
        put(say("similar_none"))
    for hit in value["hits"]:
        _show_hit(hit)
        shared = hit["shared"]
        if shared["entities"]:
            put(f"  {say('shared_entities', names=plain('; '.join(one['name'] for one in shared['entities'])))}")
        if shared["words"]:
            put(f"  {say('shared_words', words=plain(', '.join(shared['words'])))}")
    put("")
    for note in value["notes"]:
        put(plain(note))


def _show_understood(understood: Mapping[str, Any]) -> None:
    if understood["restored"]:
        put(say("search_restored", text=plain(understood["restored"])))
    if understood["written_out"]:
        put(say("search_written_out", names=plain("; ".join(understood["written_out"].values()))))
    if understood["respelt"]:
        put(say("search_respelt", text=plain(understood["respelt"])))
    places = list(dict.fromkeys(unit["name"] for unit in understood["places"]))
    if places:
        put(say("search_understood", places=", ".join(places)))
    names = list(dict.fromkeys(entity["name"] for entity in understood["entities"]))
    if names:
        put(say("search_entities", names=plain("; ".join(names[:_NAMES]))))


def _show_hit(hit: Mapping[str, Any]) -> None:
    record = hit["record"]
    put(f"\n{record_label(record)}")
    put(f"  {plain(record['issuer'])} · {plain(record['id'])}")
    for passage in hit["passages"][:1]:
        put(f"  {say('page_label', page=passage['page'])}: {_marked(passage)}")
    ways = ", ".join(say(f"found_by_{way}") for way in hit["found_by"])
    if ways:
        put(f"  {say('found_by_label', ways=ways)} ({say('match_' + hit['certainty'])})")


def _value(name: str, row: Mapping[str, Any]) -> str:
    """A value of a facet; a unit that has ended with its last day, for its name may live on."""
    label = plain(row.get("label")) or term(name, row["value"])
    return say("unit_until", name=label, day=day(row["valid_to"])) if row.get("valid_to") else label


def _facet(name: str) -> str:
    return (
        say(f"column_{name}")
        if name not in ("year", "unit")
        else say({"year": "column_time", "unit": "column_place_old"}[name])
    )


def _marked(passage: Mapping[str, Any]) -> str:
    """The passage around the first word that was asked for."""
    text, marks = passage["text"], passage["marks"]
    first = marks[0][0] - passage["start"] if marks else 0
    left = max(0, first - _AROUND // 2)
    piece = text[left : left + 2 * _AROUND]
    return ("… " if left else "") + plain(piece) + (" …" if left + 2 * _AROUND < len(text) else "")
