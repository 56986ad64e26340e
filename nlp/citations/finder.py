"""From one-line text to references: numbers with their type and date, numbers in rows, laws by title."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from nlp.citations.acts import Law, laws, type_before, types_by_folded
from nlp.citations.numbers import LISTED, Number, agreed, names_no_act, numbers, type_of_symbol
from nlp.citations.when import When, date_at, year_at
from nlp.flat import Flat

_SO = re.compile(r"(?<!\w)so\s?[:.]?\s?$")
_BETWEEN = re.compile(r"\s?(?:,|;|va|&)?\s?(?:so\s?[:.]?\s?)?$")
_SYMBOLLESS = re.compile(
    r"(?<!\w)(?P<type>nghi dinh|chi thi|nghi quyet|quyet dinh|thong tu|phap lenh|sac lenh)\s(?:so\s)?(?P<digits>\d{1,4})"
    r"(?:/(?P<year>(?:19|20)\d\d))?(?![\d/⁄\-–.]|\s?[/⁄])"
)
_TYPES = {
    "nghi dinh": "Nghị định", "chi thi": "Chỉ thị", "nghi quyet": "Nghị quyết", "quyet dinh": "Quyết định",
    "thong tu": "Thông tư", "phap lenh": "Pháp lệnh", "sac lenh": "Sắc lệnh",
}  # fmt: skip
_SO_REACH = 16
_LAW_BEFORE = re.compile(r"\s?(?:\(?\s?luat\s)?so\s?[:.]?\s?$")


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference in the flat text. ``start``..``end`` covers type, number and date; ``head`` is where the number
    begins, ``listed`` whether it continues a row of numbers."""

    number: str | None
    type: str | None
    date: str | None
    partial: str | None
    title: str | None
    start: int
    end: int
    head: int
    listed: bool = False


def laws_of(flat: Flat) -> list[Law]:
    """The laws named by title, found once a text."""
    if "laws" not in flat.memo:
        flat.memo["laws"] = laws(flat.shown, flat.folded)
    found: list[Law] = flat.memo["laws"]
    return found


def numbers_of(flat: Flat) -> list[Number]:
    """The full numbers, found once a text."""
    if "numbers" not in flat.memo:
        flat.memo["numbers"] = numbers(flat.shown)
    found: list[Number] = flat.memo["numbers"]
    return found


_FORM = re.compile(
    r"(?<!\w)(?:(?:bieu )?mau|bieu|quyen|so chung thuc|so cong chung|(?:so )?nha|can ho|toa nha|lo(?: dat)?)"
    r"\s?(?:so)?\s?[:.]?\s?$"
)
"""Before the number of a form, a book or a house."""
_OF_BODY = re.compile(r"\s?cua\s(?P<body>(?:(?! ve | v/v )[^,;:()\d\n]){2,90}?)(?=\s?(?:,|ra|ky|ban hanh)?\s?ngay\s)")
"""A body between an act's number and its date: "số 7/QĐ-UB của UBND huyện Ba Vì ngày 1/1/2001"."""
_LEVEL_BEHIND = re.compile(
    r"\s?cua\s(?:[^,.;:()\n]{0,40}?\s)?(?P<level>tinh|thanh pho|t\.?p|huyen|quan|thi xa|xa|phuong|thi tran|bo|chinh phu|thu tuong)(?!\w)"
)
_LEVELS = {"tp": "province", "thanh pho": "province", "tinh": "province", "thu tuong": "chinh phu"} | dict.fromkeys(
    ("huyen", "quan", "thi xa"), "district") | dict.fromkeys(("xa", "phuong", "thi tran"), "commune")  # fmt: skip
_PLURAL = re.compile(
    r"(?<!\w)cac (?P<type>nghi dinh|quyet dinh|nghi quyet|chi thi|thong tu|cong van|thong bao)"
    r"(?: cua [^:;.()]{2,60})?\s?:\s?so\s?[:.]?\s?$"
)
"""The type of a row of numbers: "các Nghị định của Chính phủ: số 64/CP ngày ...; số 02/CP ngày ..."."""
_PLURAL_REACH = 110
_ANOTHER_DATE = re.compile(r"\s?(?:,|va|, va)\s(?=ngay\s\d)")


def level_behind(folded: str, position: int) -> str | None:
    """The level of the body whose act it is, where the text names one behind the reference ("... của UBND huyện")."""
    match = _LEVEL_BEHIND.match(folded, position)
    if match is None:
        return None
    word = match.group("level").replace(".", "")
    return _LEVELS.get(word, word)


def references(flat: Flat, *, scanned: bool = False) -> list[Reference]:
    """Every reference to an act, in order of the text, repeated ones too. On a ``scanned`` page the symbol of a type
    yields to the type's word beside it ("Tờ trình số 407/TT-UBND"); elsewhere it stands as printed."""
    found_laws = laws_of(flat)
    result = _numbered(flat, found_laws, scanned=scanned)
    taken = flat.mask(result)
    for ref in (*_by_title(flat, found_laws), *_symbolless(flat)):
        if taken.free(ref.start, ref.end):
            result.append(ref)
    return sorted(result, key=lambda ref: (ref.start, ref.end))


def _numbered(flat: Flat, found_laws: list[Law], *, scanned: bool) -> list[Reference]:
    result: list[Reference] = []
    for number in numbers_of(flat):
        result.extend(_references_of(flat, number, found_laws, result[-1] if result else None, scanned=scanned))
    return _share_dates(flat, result)


def _references_of(
    flat: Flat, number: Number, found_laws: list[Law], previous: Reference | None, *, scanned: bool
) -> list[Reference]:
    folded = flat.folded
    head = number.start
    if names_no_act(number.symbol) or _FORM.search(folded[max(0, head - 24) : head]):
        return []
    row = LISTED.search(folded[max(0, head - 60) : head])
    first = head - len(row.group()) if row else head
    typed = type_before(folded, first)
    law = _law_before(folded, first, found_laws)
    listed = False
    if row and typed is None and not _SO.search(folded[max(0, first - 8) : first]):
        row, first = None, head  # "ngày 5 và 217/CĐ": no head word before the row
        typed = type_before(folded, head)
    start = typed[1] if typed else first
    kind: str | None = typed[0] if typed else None
    title = None
    if law is not None:
        start, kind, title = law.start, law.kind, law.title
    elif kind is None and previous and _continues(folded, previous, first):
        kind, listed = previous.type, True
    elif kind is None and (plural := _PLURAL.search(folded[max(0, first - _PLURAL_REACH) : first])):
        kind = types_by_folded()[plural.group("type")]
    kind = _decided_type(kind, number)
    if kind is None and not _SO.search(folded[max(0, first - 8) : first]):
        return []
    when = date_at(folded, number.end)
    end = when.end if when else number.end
    when = when or _date_behind_body(folded, number.end)
    date, partial = (when.date, when.partial) if when else (None, None)
    text = number.digits + number.joint + agreed(number.symbol, kind, scanned=scanned)
    ref = Reference(text, kind, date, partial, title, start, end, head, listed)
    before = (
        [replace(ref, number=digits + text[len(number.digits) :]) for digits in re.findall(r"\d+", row.group())]
        if row
        else []
    )
    return [*before, ref]


def _date_behind_body(folded: str, position: int) -> When | None:
    match = _OF_BODY.match(folded, position)
    return date_at(folded, match.end()) if match else None


def _decided_type(written: str | None, number: Number) -> str | None:
    """The type word on the page; the symbol's where there is none, and for "Văn bản số ..."."""
    implied = type_of_symbol(number.symbol)
    if written is None or written == "Văn bản":
        return implied or written
    return written


def _law_before(folded: str, position: int, found_laws: list[Law]) -> Law | None:
    """The law whose title stands right before "số 72/2025/QH15"."""
    index = bisect_right(found_laws, position, key=lambda law: law.end)
    if index == 0:
        return None
    law = found_laws[index - 1]
    return law if position - law.end < _SO_REACH and _LAW_BEFORE.fullmatch(folded, law.end, position) else None


def _continues(folded: str, previous: Reference, position: int) -> bool:
    return previous.end <= position and _BETWEEN.fullmatch(folded, previous.end, position) is not None


def _share_dates(flat: Flat, refs: list[Reference]) -> list[Reference]:
    """Numbers in a row share the date behind the last ("217/CĐ-TTg, 218/CĐ-TTg và 222/CĐ-TTg ngày 19/11/2025")."""
    result = list(refs)
    for index in range(len(result) - 2, -1, -1):
        ref, after = result[index], result[index + 1]
        if ref.date is None and ref.partial is None and after.listed and after.date:
            result[index] = replace(ref, date=after.date)
    return result


def _by_title(flat: Flat, found_laws: list[Law]) -> list[Reference]:
    result = []
    for law in found_laws:
        if law.title is None and law.kind != "Hiến pháp":
            continue
        when = date_at(flat.folded, law.end) or year_at(flat.folded, law.end)
        title = law.title or law.kind
        date, partial, end = (when.date, when.partial, when.end) if when else (None, None, law.end)
        result.append(Reference(None, law.kind, date, partial, title, law.start, end, law.start))
        while when and when.date and (joint := _ANOTHER_DATE.match(flat.folded, when.end)):
            # "Luật sửa đổi ... ngày 02/12/1998 và ngày 29/6/2001" are two laws of one title.
            when = date_at(flat.folded, joint.end())
            if when and when.date:
                result.append(Reference(None, law.kind, when.date, None, title, joint.end(), when.end, joint.end()))
    return result


def _symbolless(flat: Flat) -> list[Reference]:
    """Old short forms, "Nghị định 64 ngày 27-9-1993": taken only with a date or a year, else they name nothing."""
    result = []
    for match in _SYMBOLLESS.finditer(flat.folded):
        if not flat.shown[match.start()].isupper():
            continue
        when = date_at(flat.folded, match.end())
        if match.group("year") is None and (when is None or when.date is None):
            continue
        number = match.group("digits") + (f"/{match.group('year')}" if match.group("year") else "")
        date, partial, end = (when.date, when.partial, when.end) if when else (None, None, match.end())
        result.append(
            Reference(
                number, _TYPES[match.group("type")], date, partial, None, match.start(), end, match.start("digits")
            )
        )
    return result
