"""What became of the creator's unit, as custody sees it."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from ontology import dates, names
from ontology.custody.model import Change, Succession
from ontology.model import Unit
from ontology.registry import Ontology
from ontology.validity import REFORM, day_after, day_before

_LEAVING = frozenset({"part", "part_area_only", "part_area_all_pop", "part_pop"})


def succession(unit: Unit | None, level: str | None, ontology: Ontology, on: str | None = None) -> Succession:
    """What became of the unit by that day (ISO; None: today). A district without a known unit ended with all districts
    on 01/07/2025.

    A unit that was divided stays so where its parts met again in one new unit: its files had gone apart.
    """
    return _succession(unit, level, ontology, on or dates.today())


@lru_cache(maxsize=8192)
def _succession(unit: Unit | None, level: str | None, ontology: Ontology, on: str) -> Succession:
    if unit is None:
        ended = level == "district" and on >= REFORM
        return Succession("district_ended", changed=REFORM) if ended else Succession("unknown")
    latest = last_of_name(unit, ontology, on)
    if gone := _parted_under_its_name(unit, latest, ontology):
        return gone
    if latest.valid_to is None or latest.valid_to >= on:
        lost = _lost_a_part(unit, ontology, on)
        return Succession("split_off" if lost else "continues", latest, lost)
    changed = day_after(latest.valid_to)
    if latest.level == "district":
        reform = latest.valid_to >= day_before(REFORM)
        return Succession("district_ended" if reform else "ended_earlier", changed=changed)
    then = ontology.successors(latest, changed).steps
    now = ontology.successors(latest, on).steps
    if not then or not now or any(step.extent == "possible" for step in (*then, *now)):
        return Succession("unknown", changed=changed)
    if now[0].extent == "unchanged" and len(now) == 1:
        return Succession("continues", now[0].unit)
    parted = any(len(takers) > 1 or takers[0].extent in _LEAVING for takers in (then, now))
    decided = changed
    if len(then) == 1 and then[0].extent not in _LEAVING:
        # It went whole to one, whose own end moved what it had received.
        later = _succession(then[0].unit, level, ontology, on)
        decided = later.decided or changed if later.ended else changed
    kind: Change = "divided" if parted else "merged"
    return Succession(kind, None if parted else now[0].unit, changed, decided)


def _parted_under_its_name(unit: Unit, latest: Unit, ontology: Ontology) -> Succession | None:
    """What became of a commune that went to several new ones of another type of which one took its name and code (xã
    Mễ Trì: phường Mễ Trì and phường Phú Đô): it ended then, its name going on is no succession. None for others."""
    versions = ontology.same(unit)
    chain = versions[versions.index(unit) : versions.index(latest) + 1]
    for before, after in pairwise(chain):
        if before.level != "commune" or before.type == after.type:
            continue
        steps = ontology.successors(before, after.valid_from).steps
        if len(steps) > 1:
            known = all(step.extent != "possible" for step in steps)
            return Succession("divided" if known else "unknown", changed=after.valid_from)
    return None


def last_of_name(unit: Unit, ontology: Ontology, on: str) -> Unit:
    """The last version of the unit under its name (of any type) that had begun by then: a list may carry a code on to
    the larger part of a unit that was divided, under another name (huyện Từ Liêm, quận Nam Từ Liêm)."""
    bare = names.folded_key(names.split_type(unit.name)[1])
    versions = [one for one in ontology.same(unit) if one.valid_from <= on or one == unit]
    return [one for one in versions if names.folded_key(names.split_type(one.name)[1]) == bare][-1]


def _lost_a_part(unit: Unit, ontology: Ontology, on: str) -> str | None:
    """The last day by then on which a part of the unit, in any version, went to another; None where none did."""
    own = {one.id for one in ontology.same(unit)}
    days = [
        ontology.changes.events[edge.event].date
        for version in ontology.same(unit)
        for edge in ontology.changes.leaving(version.id)
        if edge.extent in _LEAVING and edge.target not in own
    ]
    return max((day for day in days if day <= on), default=None)
