"""People named in a record: signers, those named after a title or a cue, numbered lists of persons.

A name is two to five words with capitals, a Vietnamese surname first; communes, streets and schools that bear a
person's name are known by the word before them and by what other components found.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from spacy.language import Language as _Language

from nlp.data import column, table
from nlp.flat import Flat, Mask, flat_of
from nlp.model import AgencyMention, Extraction, PersonMention, Signer
from nlp.people_lists import beside_recipients, in_foot, numbered, rows
from nlp.person_names import NAME, Found, common_surnames, name_at, never, within_line
from nlp.zones.names import titles_before_names
from ontology.folding import fold

if TYPE_CHECKING:
    from spacy.language import Language

_BETWEEN_CUE = re.compile(
    r"[ :.]{1,4}(?:\(?(?:ba|ong|in hoa|viet bang chu in hoa|chu in hoa|ho va ten)\)?[ :.]{1,3})?"
)
_SUBJECT_BEFORE = re.compile(
    r"(?:doi voi|bo nhiem|mien nhiem|dieu dong|khen thuong|tang|ky luat|nghi huu|cua|cho|cap cho|thu hoi (?:dat )?cua)\s(?:ho\s|gia dinh\s|dong chi\s)?$"
)
_WHOLE_NAME = 3
"""Syllables of which a name on one line may be whole."""
_WITH_COLON = "colon"
"""Cues that are everyday words: only a colon behind them makes a name of what follows ("Cha: ...")."""
_NEXT = re.compile(r" ?(?:,|;| và) (?:ông |bà |đồng chí |đ/c )?")
_COLON = re.compile(r" ?:")
_ADDRESS = re.compile(r"kinh gui ?:")


@cache
def _post_behind() -> re.Pattern[str]:
    """A post said behind a name (", Giám đốc ...")."""
    posts = "|".join(fold(post) for post in sorted(column("posts.csv", "post"), key=len, reverse=True))
    return re.compile(rf" ?[,(–-] ?(?P<title>(?:nguyen |quyen )?(?:pho )?(?:{posts}))(?!\w)")


@cache
def _post_before() -> re.Pattern[str]:
    """The post of who heads a body, right before the body's name."""
    posts = (fold(row["post"]) for row in table("posts.csv") if row["heads_body"])
    return re.compile(rf"(?:{'|'.join(posts)}) $")


@cache
def _short_titles() -> re.Pattern[str]:
    """Ranks, degrees and shortened posts between a cue and the name ("Đ/c PGĐ Phạm ...")."""
    return re.compile(rf"(?:(?:{titles_before_names(_RANKS, cased=True)})[. ]{{1,2}}){{1,2}}")


_RANKS = frozenset({"rank", "degree", "honour", "clergy", "office"})


@cache
def _cues() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    known = {fold(row["cue"]): (row["role"], row["strength"]) for row in table("person_cues.csv")}
    words = "|".join(re.escape(cue) for cue in sorted(known, key=len, reverse=True))
    return re.compile(rf"(?<![\w])(?P<cue>{words})(?!\w)"), known


@cache
def _cue_forms() -> frozenset[str]:
    return frozenset(row["cue"] for row in table("person_cues.csv"))


class People:
    """Reads signers, agencies and citations; fills ``people``, one an occurrence."""

    def __call__(self, doc: Any) -> Any:
        """Fill in place."""
        extraction: Extraction = doc._.extraction
        if extraction.secrecy is None and extraction.text:
            extraction.people = people(flat_of(doc), extraction)
        return doc


@_Language.factory("hoso_people")
def make(nlp: Language, name: str) -> People:
    """The factory of the component."""
    return People()


def people(flat: Flat, extraction: Extraction) -> list[PersonMention]:
    """Every person named, in order of the text."""
    taken = flat.mask_text(extraction.agencies, extraction.cites)
    mentions = [mention for signer in extraction.signers if (mention := _signer(flat, signer)) is not None]
    for mention in mentions:
        taken.take(flat.forth(mention.start), flat.forth(mention.end - 1) + 1)
    signers = {_key(mention.name): mention for mention in mentions}
    for found in (
        *_after_cues(flat),
        *numbered(flat),
        *rows(flat),
        *_in_office(flat, extraction.agencies),
        *beside_recipients(flat),
        *in_foot(flat),
    ):
        until = _free_until(flat, taken, found)
        if until is None:
            continue
        taken.take(found.start, until)
        start, end = flat.span(found.start, until)
        surface = flat.surface(start, end)
        name = " ".join(surface.split())
        position, agency = _post(flat, until, extraction.agencies)
        role = _role(flat, found, extraction, name)
        if position is None and (signer := signers.get(_key(name))):
            position, agency = signer.position, signer.agency
        mentions.append(PersonMention(surface, start, end, name, role, position, agency))
    if author := _author(extraction, mentions):
        mentions.append(author)
    return sorted(mentions, key=lambda mention: mention.start)


def _free_until(flat: Flat, taken: Mask, found: Found) -> int | None:
    """Where the name ends, before a body's that is written right behind it ("ông Đỗ Văn Hùng Phòng Địa chính"); None
    where it is none of a person."""
    limit = taken.first(found.start, found.end)
    if limit == found.end:
        return limit
    name = flat.shown[found.start : limit]
    whole = name.endswith(" ") and len(name.split()) >= _WHOLE_NAME
    return found.start + len(name.rstrip()) if whole else None


def _author(extraction: Extraction, mentions: list[PersonMention]) -> PersonMention | None:
    """The author of a letter whom no other mention names: where his signature stands."""
    name = extraction.author
    if not name or any(_key(mention.name) == _key(name) for mention in mentions):
        return None
    words = re.compile(r"\s+".join(map(re.escape, name.split())))
    match = next(reversed(list(words.finditer(extraction.text))), None)
    return PersonMention(match.group(), match.start(), match.end(), name, "author") if match else None


def _key(name: str) -> str:
    return fold(" ".join(name.split()))


def _signer(flat: Flat, signer: Signer) -> PersonMention | None:
    """The signer's name where it stands in the signature."""
    if not signer.name or signer.name in never():
        return None
    start = -1
    if signer.start is not None and signer.end is not None:
        inside = flat.text.find(signer.name, signer.start, signer.end)
        start = inside if inside >= 0 else -1
    if start < 0:
        start = flat.text.rfind(signer.name)
    if start < 0:
        return None
    end = start + len(signer.name)
    return PersonMention(flat.text[start:end], start, end, " ".join(signer.name.split()), "signer", signer.position)


def _after_cues(flat: Flat) -> list[Found]:
    shown, folded = flat.shown, flat.folded
    pattern, known = _cues()
    found: list[Found] = []
    for match in pattern.finditer(folded):
        if found and match.start() < found[-1].end:
            continue  # within the row that an earlier cue began
        written = shown[match.start("cue") : match.end("cue")]
        if written.lower() not in _cue_forms() and not written.isupper():
            continue
        role, strength = known[match.group("cue")]
        gap = _BETWEEN_CUE.match(folded, match.end())
        if gap is None or (strength == _WITH_COLON and not _COLON.match(folded, match.end())):
            continue
        cursor = _behind_titles(shown, folded, gap.end())
        form = strength != "weak" and _COLON.match(folded, match.end()) is not None
        if end := name_at(shown, folded, cursor, strong=strength != "weak", capitals=role == "subject", in_form=form):
            end = within_line(flat, cursor, _on_its_line(flat, cursor, end))
            found.append(Found(cursor, end, role))
            found.extend(_listed(shown, folded, end, role))
    return found


def _on_its_line(flat: Flat, start: int, end: int) -> int:
    """The name without what begins the next line: "Họ tên: Vũ Minh Hòa / Vĩnh Thanh, ngày ..."; a last syllable may
    stand there."""
    for count, match in enumerate(re.finditer(" ", flat.shown[start:end]), 1):
        gap = start + match.start()
        if count >= _WHOLE_NAME and flat.broken(gap, gap + 1) and NAME.match(flat.shown, gap + 1):
            return gap
    return end


def _behind_titles(shown: str, folded: str, position: int) -> int:
    """Behind further titles: "Đ/c PGĐ Phạm ...", "đồng chí Phó Chủ tịch UBND Nguyễn ..." are followed to the name."""
    match = _short_titles().match(shown, position)
    return match.end() if match else position


def _listed(shown: str, folded: str, end: int, role: str) -> list[Found]:
    """Names that go on the row: "các đồng chí Nguyễn Văn A, Trần Thị B và Lê C"."""
    found: list[Found] = []
    while (match := _NEXT.match(shown, end)) and (stop := name_at(shown, folded, match.end(), strong=False)):
        found.append(Found(match.end(), stop, role))
        end = stop
    return found


def _in_office(flat: Flat, agencies: list[AgencyMention]) -> list[Found]:
    """Who is named right behind title and body: "Chủ tịch UBND huyện X Nguyễn Văn A"."""
    found: list[Found] = []
    for agency in agencies:
        start, end = flat.forth(agency.start), flat.forth(agency.end - 1) + 1
        if not _post_before().search(flat.folded[max(0, start - 20) : start]) or flat.shown[end : end + 1] != " ":
            continue
        stop = name_at(flat.shown, flat.folded, end + 1, strong=False, behind_body=True)
        if stop and flat.shown[end + 1 :].split(" ", 1)[0] in common_surnames():
            found.append(Found(end + 1, stop, ""))
    return found


def _post(flat: Flat, end: int, agencies: list[AgencyMention]) -> tuple[str | None, str | None]:
    """Position and agency said behind the name (", Giám đốc Sở Tư pháp")."""
    match = _post_behind().match(flat.folded, end)
    if match is None:
        return None, None
    position = flat.shown[match.start("title") : match.end("title")]
    after = flat.back(match.end()) if match.end() < len(flat.shown) else len(flat.text)
    agency = next((m for m in agencies if after <= m.start <= after + 2), None)
    return position, agency.name if agency else None


def _role(flat: Flat, found: Found, extraction: Extraction, name: str) -> str:
    if extraction.author and _key(extraction.author) == _key(name):
        return "author"
    if found.role:
        return found.role
    offset = flat.back(found.start)
    abstract = extraction.zone("abstract")
    if abstract and abstract.start <= offset < abstract.end:
        return "subject"
    line = flat.folded[flat.line_start(found.start) : found.start]
    if _ADDRESS.search(line):
        return "addressee"
    before = re.sub(r"(?:ong|ba|dong chi|đ/c|d/c)[ :.]*$", "", flat.folded[max(0, found.start - 48) : found.start])
    return "subject" if _SUBJECT_BEFORE.search(before) else "mention"
