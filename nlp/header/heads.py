"""Head words of bodies (ỦY BAN NHÂN DÂN, PHÒNG, CHI BỘ ...): how a line of a head shows that a body begins."""

from __future__ import annotations

import re
from functools import cache

from nlp.data import table
from ontology.folding import fold

_NOT_HEAD = re.compile(
    r"^(?:phong (?:chong|chay|thu|ngua|benh|tru)|thue (?:dat|thu nhap|gia tri)|quy (?:che|dinh|hoach|uoc|trinh|mo)|doan (?:ket|vien)"
    r"|ban (?:dan(?! van)|hanh|giao|do|bac)|bo (?:may|doi|sung|nhiem|tri)|bao (?:ve|cao|dam|ton|hiem(?! xa hoi))|so (?:lieu|ket|luong|tien)"
    r"|hoi (?:nghi|thao|hop|dam)|vien (?:chuc|phi|tro)|cuc bo|vu (?:viec|an|mua|dong)|dai (?:hoi|bieu|dien)|doi (?:moi|voi|tuong|song))\b"
)


@cache
def _heads() -> tuple[tuple[str, str], ...]:
    rows = [(fold(row["head"]), row["needs"]) for row in table("issuer_heads.csv")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


@cache
def _by_letter() -> dict[str, tuple[tuple[str, str], ...]]:
    return {head[0]: tuple(row for row in _heads() if row[0][0] == head[0]) for head, _ in _heads()}


def head_word(folded: str) -> tuple[str, str] | None:
    """The head word of a body that the folded line opens with, and what it needs behind it ("place", "any", "")."""
    if _NOT_HEAD.match(folded):
        return None
    for head, needs in _by_letter().get(folded[:1], ()):
        if folded.startswith(head) and not folded[len(head) : len(head) + 1].isalnum():
            return head, needs
    return None
