"""Who signed: powers, positions and names of the signature block, beside "Nơi nhận" or below it (Decree 30/2020,
Appendix I; Party: T/M, K/T, T/L), and the two or more signers of minutes and contracts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.language import Language as _Language

from nlp.authorship import author_of, in_first_person
from nlp.header.body_names import repair_body
from nlp.header.heads import head_word
from nlp.header.types import family
from nlp.model import Extraction, Signer, Zone
from nlp.person_names import folded_surnames, surnames
from nlp.repair.confusion import lost_marks
from nlp.zones.blocks import Block
from nlp.zones.layout import Layout, layout_of
from nlp.zones.lines import Cell, Line, is_capital, key
from nlp.zones.names import person_name
from nlp.zones.positions import position, positions
from nlp.zones.powers import has_power, opens_with_power
from nlp.zones.signature import SignatureReader
from ontology.folding import fold

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_RECIPIENTS = re.compile(r"^\W{0,4}\S{0,3}[oơớờ]i\s{0,3}(?:nh[aâậạă]n|g[uưửứ]i)\b", re.IGNORECASE | re.MULTILINE)
_REACH = 45


class Signers:
    """Fills ``signers``, ``author`` and the zones of signature and recipients."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill in place."""
        extraction: Extraction = doc._.extraction
        fill_signers(extraction, layout_of(doc))
        return doc


def _in_first_person(extraction: Extraction, layout: Layout, kind: str | None) -> bool:
    """Whether a form or a page without a heading that no body issued is somebody's own: it says "tôi là ..."."""
    if layout.head.issuer or extraction.issuer or kind not in {None, "form"}:
        return False
    return in_first_person(extraction.text[layout.start : layout.end])


_ALL_SIGN = frozenset({"minutes", "contract", "voucher", "register", "list"})
"""Families of papers that all who made them sign, in the order of the page."""


def _joined(lines: list[Line]) -> bool:
    """Whether the recipients' column shares its lines with the signature's: a power or a title stands right behind
    "Nơi nhận:"."""
    for line in lines:
        match = _RECIPIENTS.match(line.text)
        if match is None:
            continue
        behind = line.text[match.end() :].strip(" :.\t_*")
        if behind and len(line.cells()) == 1:
            return opens_with_power(behind) or position(behind) is not None
    return False


def _signed_for(extraction: Extraction, block: Block, *, scanned: bool) -> None:
    """The issuer of a paper without a left column: the body with its place for which it is signed."""
    if block.body is None or extraction.type is None:
        return
    head = head_word(block.body.folded)
    if head is not None and head[1] == "place" and len(block.body.folded) > len(head[0]) + 3:
        extraction.issuer = " ".join(block.body.text.split())
        extraction.confidence["issuer"] = 0.5 if scanned else 0.8


def _confirms(block: Block, *, personal: bool) -> bool:
    """Whether the signature below somebody's own paper is an official's."""
    if block.powers or (block.confirms and block.position is not None):
        return True
    return not personal and block.position is not None and not block.lay


_DECLARES = re.compile(
    r"nguoi (?:khai|ke khai|viet|lam don|de nghi|yeu cau|cam (?:ket|doan)|nop don|dang ky|bao tin)\b"
)
"""Who fills in a form for himself."""


def _official(blocks: list[Block]) -> list[Block]:
    """Of the signatures side by side the official's, with a power before one without; all that have a power where
    several bodies sign together."""
    powers = [block for block in blocks if block.powers]
    bodies = [block for block in blocks if block.body is not None]
    if len(bodies) > 1 or len(powers) > 1:
        return bodies if len(bodies) > len(powers) else powers
    office = [block for block in blocks if not block.lay]
    heads = [block for block in office if not block.clerk]
    return (powers or heads or office or blocks)[:1]


@_Language.factory("hoso_signers")
def make(nlp: Language, name: str) -> Signers:
    """The factory of the component."""
    return Signers()


def fill_signers(extraction: Extraction, layout: Layout) -> None:
    """Write signers (or the author of a letter) and their zones."""
    if not extraction.readable or layout.archive:
        return
    lines = layout.lines[layout.head.lines_used :]
    kind = family(extraction.type)
    personal = kind == "personal"
    letter = extraction.number is None and (personal or _in_first_person(extraction, layout, kind))
    many = kind in _ALL_SIGN or letter
    recipients = _recipients(extraction.text, layout)
    window = _window(lines, recipients, many=many)
    if letter:
        _author(extraction, [], layout)
    reader = SignatureReader(
        window,
        joined=_joined(window),
        many=many,
        personal=personal,
        scanned=layout.scanned,
        author=extraction.author,
    )
    blocks = reader.read()
    if letter:
        _author(extraction, blocks, layout)
        # Who writes is the author; signers of such a paper are the officials who confirm it.
        kept = [block for block in blocks if _confirms(block, personal=personal)][:1]
    else:
        kept = blocks if many else _official(blocks)
        if kind == "form" and kept and kept[0].position is not None and _DECLARES.match(kept[0].position.folded):
            _author(extraction, blocks, layout)
            kept = []
        if not many and recipients is not None and not (kept and kept[0].name):
            kept = _named_below(kept, lines, recipients[1])
    alone = not personal and not letter and kind not in {"minutes", "contract"} and len(kept) == 1
    if extraction.issuer is None and alone:
        _signed_for(extraction, kept[0], scanned=layout.scanned)
    for block in kept:
        extraction.signers.append(
            Signer(
                block.name or "",
                _spoken(block.position, scanned=layout.scanned),
                tuple(block.powers),
                block.start,
                block.end,
            )
        )
    for block in kept or blocks[:1]:
        if block.start is not None:
            extraction.zones.append(Zone("signature", block.start, block.end))
    if recipients is not None:
        extraction.zones.append(Zone("recipients", *recipients))
    if kept:
        extraction.confidence["signer"] = _confidence(kept[0], scanned=layout.scanned)
        if kept[0].position is not None:
            extraction.confidence["position"] = _of_position(kept[0], scanned=layout.scanned)


def _named_below(blocks: list[Block], lines: list[Line], end: int) -> list[Block]:
    """A signature whose power and position the stamp hid: the name stands alone below the recipients all the same."""
    below = [line for line in lines if line.start >= end][:_BELOW]
    for cell in (cell for line in below for cell in line.cells()):
        name = person_name(cell.text.strip(" .,;:_-–—*~'`\"|"))
        if name is not None and name.split()[0] in surnames():
            block = blocks[0] if blocks else Block()
            block.name = name
            block.touch(cell)
            return [block]
    return blocks


_BELOW = 4


def _confidence(block: Block, *, scanned: bool) -> float:
    known = block.name is not None and fold(block.name.split()[0]) in folded_surnames()
    base = 0.95 if block.position is not None else 0.75 if block.powers else 0.7
    if block.doubtful:
        base = 0.5
    if not known:
        base -= 0.2
    return min(base, 0.7 if known else 0.4) if scanned else base


def _of_position(block: Block, *, scanned: bool) -> float:
    """For the position: one of the closed list is surer than what only opens like one."""
    listed = block.position is not None and key(block.position.text) in positions()
    if block.doubtful:
        return 0.5
    return (0.7 if listed else 0.5) if scanned else (0.95 if listed else 0.85)


def _recipients(text: str, layout: Layout) -> tuple[int, int] | None:
    """Where the list of recipients stands: from "Nơi nhận" to its last line ("Lưu: ...")."""
    body = layout.head.body if layout.head.body is not None else layout.start
    match = _RECIPIENTS.search(text, body, layout.end)
    if match is None:
        return None
    end = match.end()
    for line in layout.lines:
        if line.start <= match.start():
            continue
        folded = fold(line.text)
        if line.start - match.start() > 3500:
            break
        if line.text[:1] in "-–~+•*" or re.match(r"^\W*(?:nhu |luu|l[uư]u\b)", folded) or line.text[:1].islower():
            end = line.end
        if re.match(r"^\W{0,4}l[uư]u\b", folded):
            break
    return match.start(), end


def _window(lines: list[Line], recipients: tuple[int, int] | None, *, many: bool) -> list[Line]:
    """The lines among which the signature stands: about the first "Nơi nhận", else about the first power, else the
    end. Minutes and contracts: the end, where all sign."""
    if not lines:
        return []
    if many:
        return lines[-_REACH:]
    if recipients is not None:
        at = next((i for i, line in enumerate(lines) if line.end > recipients[0]), 0)
        return lines[max(0, at - 14) : at + _REACH]
    for index, line in enumerate(lines):
        text = line.text
        if len(text) < 90 and ("." in text[:4] or "/" in text[:4] or index > 3) and has_power(text):
            return lines[max(0, index - 3) : index + _REACH]
    return lines[-30:]


def _author(extraction: Extraction, blocks: list[Block], layout: Layout) -> None:
    """The author of a letter; a signature of somebody who holds no office counts before others."""
    own = [block for block in blocks if block.name and not block.powers and not block.confirms]
    signed = [block.name or "" for block in sorted(own, key=lambda block: not block.lay)]
    text = extraction.text[layout.start : layout.end]
    if (author := author_of(text, layout.lines, signed, scanned=layout.scanned)) is not None:
        extraction.author = author.name
        extraction.confidence["author"] = author.confidence


def _spoken(cell: Cell | None, *, scanned: bool) -> str | None:
    """The position as printed; from a scan without dirt, and in the spelling of the closed list where it is there."""
    if cell is None:
        return None
    text = re.sub(r"\s+", " ", cell.text).strip(" .,:;_-–—*~'`\"|")
    if scanned:
        text = re.sub(r"^[\W_ˆ]+|[^\w)]+$", "", text.strip(" ˆ"))
    if not is_capital(text):
        return text or None
    known = positions().get(key(text)) or _typed(text)
    if known is not None and (scanned or lost_marks(text, known)):
        return known
    return text or None


def _typed(text: str) -> str | None:
    """A position and the body it belongs to (``CHU TICH UY BAN NHÂN DÂN HUYÊN ĐÂM HA``) in their own spelling, where
    both are known."""
    words = text.split()
    for count in range(min(4, len(words) - 1), 1, -1):
        title = positions().get(key(" ".join(words[:count])))
        body = repair_body(" ".join(words[count:]), near=False) if title is not None else None
        if title is not None and body is not None:
            return f"{title} {body}"
    return None
