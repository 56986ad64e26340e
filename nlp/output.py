"""The JSON of an Extraction (DESIGN.md §6)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nlp.model import Citation, Effect, Extraction, Identifier, PlaceMention, Signer


def extraction_json(extraction: Extraction) -> dict[str, Any]:
    """The contract's JSON. A record with a secrecy stamp gives its id, source and level, and an error that says so:
    no text and no field (Law 117/2025/QH15; DESIGN.md §4.11)."""
    if extraction.secrecy is not None:
        return {
            "id": extraction.id,
            "source": extraction.source,
            "secrecy": extraction.secrecy,
            "error": {"code": "secret", "message": "", "candidates": []},
        }
    return {
        "id": extraction.id,
        "source": extraction.source,
        **_header(extraction),
        "cites": [_citation(cite) for cite in _each_once(extraction.cites)],
        "affects": [_effect(effect) for effect in extraction.affects],
        "agencies": _distinct(mention.surface for mention in extraction.agencies),
        "people": _distinct(mention.surface for mention in extraction.people),
        "places": _places(extraction.places),
        "identifiers": [_identifier(one) for one in extraction.identifiers],
        "projects": _distinct(project.name for project in extraction.projects),
        "subject": extraction.subject,
        "retention": extraction.retention,
        "secrecy": None,
        "spans": [
            {"start": span.start, "end": span.end, "label": span.label, "text": span.text}
            for span in extraction.spans
        ],
        "confidence": {field: round(value, 3) for field, value in extraction.confidence.items()},
        "parts": [_part(part) for part in extraction.parts],
        "readable": extraction.readable,
        "text": extraction.text,
    }


def _header(extraction: Extraction) -> dict[str, Any]:
    signers = [_signer(signer) for signer in extraction.signers]
    fields: dict[str, Any] = {
        "issuer": extraction.issuer,
        "issuer_parent": extraction.issuer_parent,
        "number": extraction.number,
        "type": extraction.type,
        "place": extraction.place,
        "date": extraction.date,
        "abstract": extraction.abstract,
        "signer": signers[0] if signers else None,
        "signers": signers,
        "author": extraction.author,
    }
    if extraction.date is None:
        fields["date_partial"] = extraction.date_partial
    return fields


def _part(part: Extraction) -> dict[str, Any]:
    return {**_header(part), "confidence": {field: round(value, 3) for field, value in part.confidence.items()}}


def _signer(signer: Signer) -> dict[str, Any]:
    return {"name": signer.name or None, "position": signer.position, "power": list(signer.power)}


_STRENGTH = ("affected", "basis", "mention")


def _each_once(cites: Iterable[Citation]) -> list[Citation]:
    """Each act once with its strongest role: the documents of one file cite the same laws."""
    found: dict[tuple[str | None, ...], Citation] = {}
    for cite in cites:
        key = (cite.number, cite.type, cite.date or cite.date_partial, None if cite.number else cite.title)
        known = found.setdefault(key, cite)
        found[key] = min(known, cite, key=lambda one: _STRENGTH.index(one.role))
    return list(found.values())


def _citation(cite: Citation) -> dict[str, Any]:
    value: dict[str, Any] = {
        "number": cite.number,
        "type": cite.type,
        "date": cite.date,
        "title": cite.title,
        "role": cite.role,
        "issuer": cite.issuer,
    }
    if cite.date is None and cite.date_partial is not None:
        value["date_partial"] = cite.date_partial
    return value


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "number": effect.number,
        "relation": effect.relation,
        "scope": effect.scope,
        "type": effect.type,
        "date": effect.date,
        "title": effect.title,
    }


def _places(mentions: Iterable[PlaceMention]) -> list[dict[str, Any]]:
    """Places once each, by surface and unit, in order of first mention."""
    found: dict[tuple[str, str | None], dict[str, Any]] = {}
    for place in mentions:
        surface = " ".join(place.surface.split())
        found.setdefault(
            (surface, place.unit),
            {
                "surface": surface,
                "type": place.type,
                "unit": place.unit,
                "certainty": place.certainty,
                "candidates": list(place.candidates),
            },
        )
    return list(found.values())


def _identifier(one: Identifier) -> dict[str, Any]:
    return {"kind": one.kind, "value": one.value, "within": one.within, "start": one.start, "end": one.end}


def _distinct(surfaces: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(" ".join(surface.split()) for surface in surfaces))
