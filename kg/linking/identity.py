"""Who is who: ids of entities as functions of what identifies them, so that every run and order gives the same graph.

An id is ``kind:slug-hash``; the hash covers the exact identifying values, so that Sơn Đông and Sơn Đồng, whose slugs
are one, stay two. Nothing here merges two identities: that is a judgement, made and undone by people (DESIGN.md §4.10).
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from kg.ids import slug
from kg.model import Node
from ontology import names
from ontology.agencies.bodies import Body, bodies, forms
from ontology.agencies.dated import Agency
from ontology.agencies.in_time import Agencies, agencies
from ontology.agencies.papers import named_of, of_day
from ontology.agencies.spans import span_of
from ontology.registry import load
from ontology.validity import REFORM

_LEADING_ZEROS = re.compile(r"^0+(?=\d)")
_SPACES = re.compile(r"\s+")
_SLUG_LENGTH = 60


def entity_id(kind: str, name: str, *qualifiers: str | None) -> str:
    """The id of an entity: kind, readable slug of its name, sixteen hex digits over name and qualifiers."""
    digest = hashlib.sha256("\x1f".join([name, *(part or "" for part in qualifiers)]).encode()).hexdigest()
    return f"{kind}:{slug(name).lower()[:_SLUG_LENGTH].strip('-.')}-{digest[:16]}"


def number_key(number: str) -> str:
    """A document number as it is compared: no spaces, upper case, Ð as Đ, no leading zeros (``07/QĐ-UB`` is
    ``7/QĐ-UB``)."""
    packed = _SPACES.sub("", names.normalise(number)).upper().replace("–", "-")
    return _LEADING_ZEROS.sub("", packed)


@lru_cache(maxsize=65536)
def _body_of(unit: str | None) -> str | None:
    """What of its unit tells a body from others of its name: the unit as its bodies see it (``ontology.agencies.spans``),
    so that agencies in time and entities are the same bodies.

    A body lives on through changes of its unit's name, territory or parent. A unit of another type (xã → phường) has
    other bodies, also where nothing else changed: acts *found* the ward on the area and people of the commune, rural and
    urban governments have functions of their own, and a change of functions that makes a new body closes the fonds of
    the old one, whose files go to the resulting body (Circular 06/2025/TT-BNV, article 39, PRACTICE.md §1.9: a body and
    its successor are two entities with a link). That the ward's archive often goes on in the commune's fonds is no
    ground to merge them here: that is a judgement, made by people. Committees and councils of before 1 July 2025 ended
    with that day's reorganisation (NQ 76/2025/UBTVQH15, article 10.7), also where the new unit kept name and code; those
    of a unit that was left as it was go on.

    A kind of body that ended and came back, or that another of its name followed in the same unit, is told apart by the
    agency itself (``agency_node``). The last bodies of a code before that day are told by the code alone, others by the day on which theirs began.
    """
    if unit is None:
        return None
    line, _, since = unit.rpartition("@")
    ontology = load()
    version = ontology.units.get(unit)
    if version is None:
        return f"{line}@{REFORM}" if since >= REFORM else line
    first = span_of(version, ontology)[0]
    before = [one for one in ontology.versions(version.line) if one.valid_from < REFORM]
    return line if before and first is span_of(before[-1], ontology)[0] else f"{line}@{first.valid_from}"


def agency_node(canonical: str, unit: str | None, *, surface: str | None = None, kind: str = "", level: str | None = None,
                bloc: str | None = None, date: str | None = None) -> Node:  # fmt: skip
    """An agency: its full name and the unit version it is of. A body and its successor are two entities
    (PRACTICE.md §1.9); the same name in two units is two bodies.

    Where the name means an agency in time (``hoso agency``) the entity is that agency, whatever it is called ("Quận ủy",
    "Đảng bộ quận"), and ``props["agency"]`` is its id. ``date`` (ISO, maybe partial), that of the paper, decides between
    agencies of one name and unit (the district's Phòng Nội vụ before and since 2025); without it a name that can mean
    several is an entity of its own.
    """
    name = names.normalise(canonical)
    known = agencies()
    agency = of_day(_meant(name, unit, known), date)
    called = names.normalise(surface) if surface else name
    shown = agency.name if agency else name
    told = (
        ("kind", kind),
        ("level", level),
        ("bloc", bloc),
        ("unit", unit),
        ("agency", agency.id if agency else None),
    )
    return Node(
        id=entity_id("agency", names.key(shown), _body_of(unit), *(_apart(agency.id, known) if agency else ())),
        kind="agency",
        name=shown,
        aliases=tuple(dict.fromkeys(alias for alias in (name, called) if alias != shown)),
        props={key: value for key, value in told if value},
    )


@lru_cache(maxsize=65536)
def _meant(name: str, unit: str | None, known: Agencies) -> tuple[Agency, ...]:
    """The agencies in time that a name of that unit can mean."""
    version = load().units.get(unit) if unit else None
    return named_of(name, version, known) if version else ()


@lru_cache(maxsize=1024)
def _of_its_names(body: str, known: Agencies) -> list[Body]:
    """The kinds of bodies that bear one of its full names; ``known`` stands for the tables in use."""
    full = {each: {form.text for form in group if form.style == "full"} for each, group in forms().items()}
    return [other for other in bodies().values() if full[other.id] & full[body]]


@lru_cache(maxsize=65536)
def _apart(agency: str, known: Agencies) -> tuple[str, ...]:
    """The agency's id where others of its unit bear its name; mostly nothing, so that ids stay what they are."""
    one = known.agency(agency)
    others = known.of(one.units[0], kinds=_of_its_names(one.body.id, known))
    alike = (other for other in others if other.name == one.name and other.id != one.id)
    return (agency,) if next(alike, None) else ()


def person_node(name: str, context: str | None) -> Node:
    """A person: a name within a body or fonds (``context`` is its id). Two papers of one body that name
    "Nguyễn Thị Lan" mean one entity until someone says otherwise; across bodies namesakes stay apart."""
    spoken = " ".join(part[:1].upper() + part[1:] for part in names.normalise(name).casefold().split())
    return Node(id=entity_id("person", spoken, context), kind="person", name=spoken, props={"context": context or ""})


def act_node(
    number: str | None, *, type_: str | None, date: str | None, issuer: str | None, title: str | None = None
) -> Node | None:
    """A legal act: number, issuer and date together (59/QĐ-UBND recurs in every unit and year, DESIGN.md §5), named by
    the number as the page has it (``55/TTr-TCKH``); a law without a number by type, title and date. None when neither is known: a symbol whose digits were lost
    (``/QĐ-UBND``) tells no act from another."""
    issuer = names.normalise(issuer) if issuer else None
    issuer_key = names.key(issuer) if issuer else None
    if number and number_key(number)[:1].isdigit():
        key = number_key(number)
        shown = _SPACES.sub("", names.normalise(number)).replace("–", "-")
        props = {"number": shown, "number_key": key, "date": date, "issuer": issuer}
        identity = entity_id("act", key, date, issuer_key)
        name = shown
    elif title:
        title = names.normalise(title)
        props = {"type": type_, "title": title, "date": date, "issuer": issuer}
        identity = entity_id("act", names.key(title), date, issuer_key)
        name = title
    else:
        return None
    return Node(id=identity, kind="legal_act", name=name, props={key: value for key, value in props.items() if value})


def project_node(name: str, province: str | None) -> Node:
    """A project: its name within a province (a code)."""
    shown = names.normalise(name)
    return Node(id=entity_id("project", names.key(shown), province), kind="project", name=shown)
