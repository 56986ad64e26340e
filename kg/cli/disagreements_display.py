"""Disagreements of sources as people read them: what each says, what is held, why; and the table of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.cli.printing import cited, figure, plain, put, term
from kg.cli.printing import day as printed_day
from kg.messages import knows, language, say

_COLUMNS = ("kind", "unit", "other", "date", "source", "says", "against", "against_says", "held", "reason", "id")
_DIFFERENCE_COLUMNS = ("difference", "row", "old", "new", "there", "here", "act", "goes_to")
_SHOWN = 40
"""Disagreements printed before it says how many more."""
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_ISO_DAY = re.compile(r"\d{4}(?:-\d{2}){0,2}$")


def show(found: list[dict[str, Any]], out: Path | None) -> None:
    """A block a disagreement, with a line for each source."""
    if out:
        put(say("disagreements_written", n=figure(len(found)), path=out))
        return
    if not found:
        put(say("disagreements_none"))
        return
    for one in found[:_SHOWN]:
        put(_title(one))
        for claim in one["claims"]:
            put(
                f"  {say('disagreements_claim', source=_source(claim['source']), says=_phrase(claim['says'], 'claim'))}"
            )
        put(f"  {say('disagreements_held', held=_phrase(one['held'], 'claim'))}")
        put(f"  {say('disagreements_reason', reason=_phrase(one['reason'], 'ground'))}")
    if len(found) > _SHOWN:
        put(say("disagreements_more", n=figure(len(found) - _SHOWN)))
    kinds = Counter(one["kind"] for one in found)
    counted = "; ".join(f"{term('dispute', kind)}: {figure(number)}" for kind, number in kinds.most_common())
    put(say("disagreements_total", n=figure(len(found)), kinds=counted))


def write(found: list[dict[str, Any]], out: Path) -> None:
    """All of them into a workbook or CSV. Raises HosoError for another suffix."""
    from kg.export.lists import write_table

    header = [say(f"disagreements_column_{column}") for column in _COLUMNS]
    write_table(out, say("disagreements_sheet"), header, (_row(one) for one in found))


def show_differences(value: dict[str, Any], out: Path | None) -> None:
    """How a table differs from the acts: counts, then a line each."""
    put(say("mapping_counts", **{key: figure(value[key]) for key in ("rows", "edges", "agree")}, file=value["file"]))
    kinds = Counter(one["difference"] for one in value["differ"])
    for kind, number in sorted(kinds.items()):
        put(say(f"mapping_n_{kind}", n=figure(number)))
    if value["unread"]:
        put(say("mapping_n_unread", n=figure(len(value["unread"]))))
    if out:
        put(say("disagreements_written", n=figure(len(value["differ"])), path=out))
        return
    for one in value["differ"][:_SHOWN]:
        put(f"  {_difference(one)}")
    for one in value["unread"][:_SHOWN]:
        why = say(f"mapping_why_{one['why']}")
        put(f"  {say('mapping_unread', row=one['row'], old=plain(one['old']), new=plain(one['new']), why=why)}")
    hidden = max(len(value["differ"]) - _SHOWN, 0) + max(len(value["unread"]) - _SHOWN, 0)
    if hidden:
        put(say("disagreements_more", n=figure(hidden)))


def write_differences(value: dict[str, Any], out: Path) -> None:
    """The differences into a workbook or CSV. Raises HosoError for another suffix."""
    from kg.export.lists import write_table

    header = [say(f"mapping_column_{column}") for column in _DIFFERENCE_COLUMNS]
    write_table(out, say("mapping_sheet"), header, (_difference_row(one) for one in value["differ"]))


def _title(one: dict[str, Any]) -> str:
    date = one["date"] or one.get("date_partial")
    units = " → ".join(_unit(end) for end in (one["unit"], one["other"]) if end)
    return say("disagreements_title", kind=term("dispute", one["kind"]), units=units, date=printed_day(date) or "–")


def _unit(unit: dict[str, Any]) -> str:
    names = [unit["name"], *(parent["name"] for parent in unit["parents"])]
    return f"{', '.join(names)} [{unit['id']}]"


def _row(one: dict[str, Any]) -> list[str | None]:
    first, second = one["claims"]
    return [
        term("dispute", one["kind"]),
        _unit(one["unit"]),
        _unit(one["other"]) if one["other"] else None,
        printed_day(one["date"] or one.get("date_partial")),
        *(_source(first["source"]), _phrase(first["says"], "claim")),
        *(_source(second["source"]), _phrase(second["says"], "claim")),
        _phrase(one["held"], "claim"),
        _phrase(one["reason"], "ground"),
        one["id"],
    ]


def _phrase(text: str, prefix: str) -> str:
    """A claim or a reason in the user's language: the phrase of the closed list, and its value."""
    from kg.questions.disagreements import reason_in
    from ontology.disagreements import taken_apart

    phrase, value = taken_apart(text)
    key = f"{prefix}_{_slug(phrase)}"
    if not knows(key):
        return plain(reason_in(language(), text))
    if knows(f"extent_{value}"):
        value = say(f"extent_{value}")
    elif _ISO_DAY.match(value):
        value = printed_day(value)
    return f"{say(key)}: {plain(value)}" if value else say(key)


def _source(text: str) -> str:
    """A source: the ones that the product names itself in the user's language, an act as it is cited, others as they
    are; what stands behind a comma or colon stays."""
    name, mark, rest = text.partition(": ") if ": " in text else text.partition(", row")
    key = f"origin_{_slug(name)}"
    if knows(key):
        return (
            f"{say(key)}{mark}{plain(rest)}"
            if mark == ": "
            else say(key) + (f" ({plain(rest)[-5:]})" if rest else "")
        )
    act, _, clause = text.partition("#")
    return cited(act, clause or None) if re.match(r"\d+/", act) else plain(text)


def _slug(text: str) -> str:
    return _NOT_A_WORD.sub("_", text.lower()).strip("_")


def _difference(one: dict[str, Any]) -> str:
    values = {"old": _unit(one["old"]), "new": _unit(one["new"]), "row": one["row"]}
    if one["difference"] == "missing_here":
        return say("mapping_missing_here", **values, goes="; ".join(_goes(one)) or "–")
    act = cited(one["act"], one["clause"])
    if one["difference"] == "missing_there":
        return say("mapping_missing_there", **values, here=say(f"extent_{one['here']}"), act=act)
    return say(
        "mapping_extent", **values, there=say(f"share_{one['there']}"), here=say(f"extent_{one['here']}"), act=act
    )


def _goes(one: dict[str, Any]) -> Iterator[str]:
    for taker in one["goes_to"]:
        extent, act = say(f"extent_{taker['extent']}"), cited(taker["act"], taker["clause"])
        yield f"{taker['name']} ({extent}; {act})"


def _difference_row(one: dict[str, Any]) -> list[Any]:
    return [
        say(f"mapping_kind_{one['difference']}"),
        one["row"],
        _unit(one["old"]),
        _unit(one["new"]),
        say(f"share_{one['there']}") if one["there"] else None,
        say(f"extent_{one['here']}") if one["here"] else None,
        cited(one["act"], one["clause"]) if one["act"] else None,
        "; ".join(_goes(one)),
    ]
