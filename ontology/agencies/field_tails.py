"""Tails that are the field in which a body works: of the closed list, or a run of capitals."""

from __future__ import annotations

import re

from ontology.agencies.parts import Site, Tail
from ontology.agencies.places import place_at
from ontology.agencies.runs import run_end
from ontology.agencies.words import WORD, Head, agrees, domains_by_first
from ontology.letters import LOWER, UPPER


def domain_tail(site: Site) -> Tail | None:
    """A field, with the place behind it if there is one; ministries and departments only with known fields or letters."""
    if site.folded[site.after : site.after + 1] not in (" ", "."):
        return None
    begin = site.after + 1
    known = _known_domain(site.shown, site.folded, begin, site.head)
    if known is not None:
        text, end = known
    else:
        end = _domain_run(site.shown, site.folded, begin, site.caps) or 0
        text = site.shown[begin:end]
        if not end or (site.head.kind in ("ministry", "department") and not _abbreviation(text)):
            return None
    place = place_at(site.shown, site.folded, end, caps=site.caps, strict=True)
    if (
        place is None
        and site.head.kind in ("centre", "institute")
        and (match := _PROPER.match(site.shown, end))
        and not site.caps
    ):
        return Tail(f"{text}{match.group()}", match.end(), known=False)
    if place is None:
        return Tail(text, end, known=known is not None)
    return Tail(f"{text} {place.text}", place.end, place, known=known is not None)


_PROPER = re.compile(rf"(?: [{UPPER}][{LOWER}]*){{2,4}}(?=[,;.:)\n]|$| [{LOWER}(-])")
"""A name of its own behind the field: "Trung tâm CNTT Tây Bắc"."""


def _known_domain(shown: str, folded: str, begin: int, head: Head) -> tuple[str, int] | None:
    """The longest field of the closed list, and what is joined to it by a hyphen or "và"."""
    word = WORD.match(folded, begin)
    if word is None:
        return None
    for domain in domains_by_first().get(word.group(), ()):
        end = begin + len(domain.folded)
        if not folded.startswith(domain.folded, begin) or folded[end : end + 1].isalnum():
            dashed = domain.folded.replace(" - ", " – ")
            if not folded.startswith(dashed, begin) or folded[end : end + 1].isalnum():
                continue
        written = shown[begin:end]
        capital = (
            written[0].isupper() or domain.name[0].islower() or (head.canonical in domain.heads and " " in written)
        )
        if capital and (
            written.isupper()
            or agrees(written, domain.name)
            or agrees(written, domain.form)
            or fold_is(written, domain.folded)
        ):
            return domain.name, end
    return None


def fold_is(written: str, folded: str) -> bool:
    """Whether a written abbreviation has capitals only where it has letters."""
    return sum(char.isupper() for char in written) >= 2 and len(written) == len(folded)


def _abbreviation(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return (
        2 <= len(letters) <= 24
        and sum(char.isupper() for char in letters) >= 2
        and not any(word.islower() and word not in ("và",) for word in text.split())
        and all(sum(c.isupper() for c in word) >= 2 or word == "và" for word in re.findall(r"\w+", text))
    )


def _domain_run(shown: str, folded: str, begin: int, caps: bool) -> int | None:
    """Where an unlisted field ends: capitals with at most one small syllable each, joined by "-", "và", "&"."""
    return run_end(shown, begin, caps, small=1)
