"""Bodies that papers name, as one body however offices write it: "Phường Từ Liêm", "Kho lưu trữ UBND P. Từ Liêm"."""

from __future__ import annotations

import re
from functools import lru_cache

from ontology import names
from ontology.agencies import recognise
from ontology.agencies.dated import Agency, AgencyCandidate
from ontology.agencies.in_time import agencies
from ontology.agencies.meanings import lacks_unit, meanings
from ontology.custody import name_key
from ontology.model import Unit
from ontology.registry import Ontology
from ontology.scoring import REASONS

_REMARK = re.compile(r"\s*\([^()]*\)")
_STORE = re.compile(
    r"^(?:(?:phòng|bộ phận|kho|văn thư|lưu trữ|tài liệu|hồ sơ|số|của|tại|và|\d+|[-,&:])\s*)+", re.IGNORECASE
)
"""What stands before a body whose store-room holds the file."""
_ARCHIVE = re.compile(r"\blưu trữ lịch sử\b", re.IGNORECASE)
_SAID_OR_NOT = re.compile(r"\b(?:nhà nước|trung tâm|lưu trữ|lịch sử|đảng|của|thuộc)\b", re.IGNORECASE)
"""Words that the name of one archive now has and now has not; what is left names its province or Party committee."""
_BETWEEN = re.compile(r"\s*(?:[,;+&]|\bvà\b)\s*", re.IGNORECASE)
_PHONG = re.compile(r"^phông\s+(?:lưu trữ\s+)?", re.IGNORECASE)
_COMMITTEE = "Ủy ban nhân dân "


class Receivers:
    """Lookups of one question, remembered. ``near`` is the unit of the fonds' creator: of several bodies of one name
    that of its province is meant."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._meant: dict[tuple[str, Unit | None], tuple[Agency, ...]] = {}
        self._provinces: dict[str, Unit] = {}
        self._keys: dict[tuple[str, Unit | None], str] = {}

    def unit(self, body: str, near: Unit | None = None) -> str | None:
        """The id of the unit in force whose body it is; None where its name does not decide that."""
        open_ones = [one for one in self.meant(body, near) if one.closed is None and one.unit.valid_to is None]
        return open_ones[0].unit.id if len(open_ones) == 1 else None

    def key(self, body: str, near: Unit | None = None) -> str:
        """What all names of one body share."""
        asked = (body, near)
        if asked not in self._keys:
            self._keys[asked] = self._key(body, near)
        return self._keys[asked]

    def full_name(self, body: str, near: Unit | None = None) -> str:
        """The name in full of the one body that is meant; as it is written of an archive, of several or of none."""
        found = self.meant(body, near)
        return found[0].name if len(found) == 1 and not _ARCHIVE.search(body) else body

    def meant(self, body: str, near: Unit | None = None) -> tuple[Agency, ...]:
        """The bodies that the name means, those that are there today alone where there are such; of an archive the
        committee that it is of. None where no name of a known body was written."""
        asked = (body, near)
        if asked not in self._meant:
            self._meant[asked] = self._find(body, near)
        return self._meant[asked]

    def _key(self, body: str, near: Unit | None) -> str:
        found = self.meant(body, near)
        archive = "archive " if _ARCHIVE.search(body) else ""
        if len(found) == 1:
            return archive + found[0].id
        return archive + name_key(_SAID_OR_NOT.sub(" ", body) if archive else body)

    def _find(self, body: str, near: Unit | None) -> tuple[Agency, ...]:
        for name in _readings(body, self.province(near).name if near else ""):
            known = [one for one in self._meanings(name, near) if _is_sure(one)]
            best = [one.agency for one in known if one.score == known[0].score]
            found = [one for one in best if one.closed is None] or best
            if len(found) > 1 and near is not None:
                province = self.province(near).line
                found = [one for one in found if one.province == province]
            if found:
                return tuple(found)
        return ()

    def _meanings(self, name: str, near: Unit | None) -> list[AgencyCandidate]:
        """What the name can mean; one that does not say of which unit ("UBND thành phố") is of ``near``'s province."""
        within = self.province(near).name if near and lacks_unit(name) else None
        return meanings(name, agencies(), within=within)

    def province(self, near: Unit) -> Unit:
        """The province that the unit lies in now."""
        if near.id not in self._provinces:
            above = (near, *self._ontology.parents(near))[-1]
            if above.valid_to is not None:
                steps = self._ontology.successors(above).steps
                above = steps[0].unit if len(steps) == 1 else above
            self._provinces[near.id] = above
        return self._provinces[near.id]


def _is_sure(one: AgencyCandidate) -> bool:
    """Whether the name is that body's own, and no near miss."""
    doubts = (REASONS[reason].doubt for reason in one.reasons if reason in REASONS)
    return not (one.below or one.unread or any(doubts))


@lru_cache(maxsize=65536)
def several_bodies(creator: str) -> bool:
    """Whether a creator's name is that of two bodies of two places ("UBND phường Phú Đô và UBND phường Mễ Trì")."""
    for match in _BETWEEN.finditer(creator):
        places = [_place(part) for part in (creator[: match.start()], creator[match.end() :])]
        if all(places) and places[0] != places[1]:
            return True
    return False


def creator_name(creator: str) -> str:
    """The creator of a fonds without the word "phông" before it ("Phông Trường THCS Phú Đô")."""
    return _PHONG.sub("", creator)


def _place(name: str) -> str | None:
    """The place of a body's name, None where it is not one."""
    known = recognise(creator_name(names.normalise(name)))
    return names.key(known.place_name) if known and known.place_name else None


def _readings(body: str, province: str) -> list[str]:
    """The body's name as it stands, without what names its store-room; a unit alone means its committee, an archive
    alone that of the ``province`` ("" where it is not known)."""
    bare = _bare(body)
    if _ARCHIVE.search(bare):
        rest = " ".join(_SAID_OR_NOT.sub(" ", bare).split()) or province
        return [rest, _COMMITTEE + rest] if rest else []
    found = [bare, _STORE.sub("", bare)]
    found += [_COMMITTEE + name for name in found if names.split_type(name)[0]]
    return list(dict.fromkeys(name for name in found if name))


def _bare(body: str) -> str:
    return " ".join(_REMARK.sub(" ", names.normalise(body)).split())
