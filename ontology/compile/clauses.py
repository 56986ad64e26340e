"""The grammar of a clause of article 1: what a new unit took in, in whole or in part, and what stayed as it was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ontology.model import Extent
from ontology.names import normalise

Share = Literal["whole", "part", "part_area_only", "part_area_all_pop", "part_pop", "area_only", "remainder"]

_TYPES = "xã|phường|thị trấn|đặc khu|huyện"
_SHARES: tuple[tuple[Share, str], ...] = (
    ("part_area_all_pop", r"một phần diện tích tự nhiên, toàn bộ quy mô dân số"),
    ("whole", r"(?:toàn )?bộ diện tích tự nhiên(?:,| và)? quy mô dân(?: số)?"),
    ("part", r"một phần diện tích(?: tự nhiên)?(?:,| và)? quy mô dân(?: số)?"),
    ("part_area_only", r"một phần diện tích(?: tự nhiên)?"),
    ("area_only", r"toàn bộ diện tích tự nhiên"),
    ("part_pop", r"một phần quy mô dân số|phần quy mô dân số còn lại"),
    ("remainder", r"phần còn lại"),
    ("whole", r"toàn bộ"),
)
_SHARE = re.compile("|".join(f"(?P<s{i}>{pattern})" for i, (_, pattern) in enumerate(_SHARES)))
_ACCORDING = re.compile(
    r"sau khi (?:thực hiện )?sắp xếp theo quy định tại (?:các )?khoản *\d+(?:,? (?:và )?(?:khoản )?\d+)*(?:(?: của)? Điều này)?"
)
_MERGE = re.compile(rf"(?:Sắp xếp|Nhập) (?P<taken>.*) thành (?:{_TYPES})\b(?P<tail>.*)\.$")
_RENAME = re.compile(rf"Đổi tên (?P<old>(?:{_TYPES}) .*?) thành (?P<new>(?:{_TYPES}) .*)\.$")
_CLOSING = re.compile(r"Sau khi sắp xếp, (?P<province>(?:tỉnh|[Tt]hành phố) [^,]*?) có \d+ đơn vị hành chính")
_UNCHANGED = re.compile(r"không thực hiện sắp xếp là (?P<list>.*)\.$")
_NAMED = re.compile(r"tên gọi là (?P<name>.*)$")
_PARENTHESIS = re.compile(r"\s*\(([^)]*)\)")
_ITEM = re.compile(rf"^(?:của )*(?:các )?(?:(?P<type>{_TYPES})(?= ) ?)*(?P<name>.*)$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit as a clause names it: type word (carried on through a list), bare name, what stands in brackets, share."""

    type: str
    name: str
    within: str | None
    share: Share | None


@dataclass(frozen=True, slots=True)
class Merge:
    """``target`` was made of ``taken``."""

    target: Mention
    taken: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Rename:
    """A unit that only got another name."""

    old: Mention
    new: Mention


@dataclass(frozen=True, slots=True)
class Closing:
    """The last clause: the province, and its communes that were left as they were."""

    province: str
    unchanged: tuple[Mention, ...]


def parse(text: str) -> Merge | Rename | Closing:
    """One clause (spaces repaired, see ``acts.unglued``). Raises ValueError for a sentence that is none of the three."""
    if match := _CLOSING.match(text):
        listed = _UNCHANGED.search(text)
        return Closing(match.group("province"), tuple(_mentions(listed.group("list"))) if listed else ())
    if match := _RENAME.match(text):
        (old,), (new,) = _mentions(match.group("old")), _mentions(match.group("new"))
        return Rename(old, new)
    if match := _MERGE.match(_ACCORDING.sub("", text)):
        tail = match.group("tail")
        named = _NAMED.search(tail)
        type_word = match.string[match.end("taken") : match.start("tail")].removeprefix(" thành ")
        (target,) = _mentions(named.group("name") if named else f"{type_word} {tail.strip()}")
        return Merge(target, tuple(_shared(match.group("taken"))))
    raise ValueError(f"not a clause of a known form: {text}")


def extents(shares: list[Share]) -> list[Extent]:
    """The extents of all the shares of one old unit, in the order of the clauses.

    "Phần còn lại" is what the others left: land only when another took all the people, all the people when the others
    took land only, else a part. All the land without people is ``whole_area_only`` when people went elsewhere.
    """
    if len(shares) == 1:
        return ["whole" if shares[0] == "remainder" else "whole_area_only" if shares[0] == "area_only" else shares[0]]
    found: list[Extent] = []
    for share in shares:
        others = [other for other in shares if other is not share] if shares.count(share) == 1 else list(shares)
        if share == "area_only":
            found.append("whole_area_only")
        elif share != "remainder":
            found.append(share)
        elif "part_area_all_pop" in others:
            found.append("part_area_only")
        elif set(others) <= {"part_area_only", "remainder"}:
            found.append("part_area_all_pop")
        elif "area_only" in others:
            found.append("part_pop")
        else:
            found.append("part")
    return found


def _shared(taken: str) -> list[Mention]:
    mentions: list[Mention] = []
    marks = list(_SHARE.finditer(taken))
    for mark, end in zip(marks, [*(following.start() for following in marks[1:]), len(taken)], strict=True):
        share = _SHARES[int((mark.lastgroup or "s0")[1:])][0]
        mentions += _mentions(taken[mark.end() : end], share)
    return mentions


def _mentions(listed: str, share: Share | None = None) -> list[Mention]:
    """The units of a list: a type word holds until the next one, brackets belong to the name before them."""
    brackets = _PARENTHESIS.findall(listed)
    masked = _with_commas(_PARENTHESIS.sub(lambda _: "\x00", listed))
    mentions: list[Mention] = []
    type_word, bracket = "", iter(brackets)
    for part in re.split(r",(?:\s*và\b)?|\bvà\b", masked):
        item = _ITEM.match(" ".join(part.split()).strip(" .;"))
        if item is None or not (name := item.group("name").replace("\x00", "").strip()):
            continue
        within = next(bracket) if "\x00" in part else None
        if name.startswith("Phường "):
            type_word, name = "phường", name.removeprefix("Phường ")
        type_word = item.group("type") or type_word
        mentions.append(Mention(type_word, normalise(name), within, share))
    return mentions


def _with_commas(listed: str) -> str:
    """The list with the comma that two acts lost before a type word ("thị trấn Nghèn xã Thiên Lộc")."""
    words = listed.split()
    for index, word in enumerate(words[1:], start=1):
        before = words[index - 1]
        if word in ("xã", "phường") and (before[0].isupper() or before[0].isdigit()) and before[-1].isalnum():
            words[index - 1] = f"{before},"
    return " ".join(words)
