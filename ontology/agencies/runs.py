"""Where a name of several words ends when no list has it: capitals, compounds, joints."""

from __future__ import annotations

import re

from ontology.agencies.places import begins_place
from ontology.agencies.words import (
    WORD,
    agrees,
    hard_stops,
    head_at,
    phrases_by_first,
    stops,
    title_at,
    title_words,
)
from ontology.folding import fold
from ontology.letters import LOWER, UPPER

_LONGEST_NAME = 14


def run_end(shown: str, begin: int, caps: bool, small: int) -> int | None:
    """Where a run of name words ends. ``small``: small syllables allowed in a row before the next capital.

    Behind one capital a small syllable completes the word ("Hợp tác"); behind two capitals in a row, or a compound of
    the closed list, it begins the sentence's verb, unless the name goes on with a capital ("kinh tế mở Chu Lai").
    """
    cursor, end = begin, None
    capitals = lower = 0
    for count in range(_LONGEST_NAME):
        word = WORD.match(shown, cursor)
        if word is None or _begins_another(shown, word.start(), count):
            break
        text = word.group()
        if compound := compound_at(shown, cursor, caps, count):
            stop = end = compound
            capitals = lower = 0
        elif caps:
            if not (text.isupper() or text.isdigit()) or text.lower() in hard_stops():
                break
            stop = end = word.end()
        elif text[0].isupper() or (text[0].isdigit() and count):
            stop = end = word.end()
            capitals, lower = capitals + 1, 0
        else:
            if count == 0 or text in hard_stops():
                break
            stop, lower = word.end(), lower + 1
            if lower == 1 and capitals == 1 and not (text in stops() and _sure_verb(shown, word.start())):
                end = stop
            elif lower > small or text in stops() or not _goes_on(shown, stop, small - lower):
                break
            capitals = 0
        step = _step(shown, stop, caps)
        if step is None:
            break
        if step > stop + 1:
            capitals = 0
        cursor = step
    return end


def _goes_on(shown: str, position: int, more: int) -> bool:
    """Whether a capital follows, after at most ``more`` small syllables."""
    return _GOING_ON[max(more, 0)].match(shown, position) is not None


_GOING_ON = tuple(re.compile(rf"(?: [{LOWER}]\w*){{0,{more}}} [{UPPER}]") for more in range(3))


def compound_at(shown: str, position: int, caps: bool, count: int) -> int | None:
    """Where a compound of the closed list ends that begins here; the first word of a name needs its capital."""
    if count == 0 and not shown[position].isupper():
        return None
    folded = fold(shown[position : position + 40])
    word = WORD.match(folded)
    for phrase in phrases_by_first().get(word.group(), ()) if word else ():
        if folded.startswith(fold(phrase)) and not folded[len(phrase) : len(phrase) + 1].isalnum():
            written = shown[position : position + len(phrase)]
            if agrees(written, phrase) and (not caps or written.isupper()):
                return position + len(phrase)
    return None


def _sure_verb(shown: str, position: int) -> bool:
    """A stop word right behind a capital syllable: a verb where another small word follows it ("Mai trình Sở")."""
    return _SMALL_PAIR.match(shown, position) is not None


_SMALL_PAIR = re.compile(rf"\w+ [{LOWER}]")


_FIELD = re.compile(r"(?:Số|Ngày)\s?[:\d]|(?:Căn cứ|Kính gửi|Nơi nhận|Theo đề nghị|Xét đề nghị|Điều \d)\b")
"""What opens the next line of a page, behind a name on the flat line: number, day, grounds."""


def _begins_another(shown: str, position: int, count: int) -> bool:
    if count and _FIELD.match(shown, position):
        return True
    stretch = shown[position : position + 60]
    folded = fold(stretch)
    if len(folded) != len(stretch):
        return False
    if stretch[:1].isupper() and title_at(stretch, folded):
        return True  # whoever signs, not a part of the name
    if count == 0:
        return False
    if begins_place(stretch, folded):
        return True
    if stretch[0].islower():
        return False
    head = head_at(stretch, folded, 0)
    return head is not None and (
        head.syllables > 1
        or head.acronym
        or (head.kind in ("ministry", "department") and _NAMED.match(stretch, len(head.folded)) is not None)
    )


_NAMED = re.compile(rf" [{UPPER}]")
"""A department has a field: "Ngã Tư Sở" is a place."""

_STEP = re.compile(
    rf" và (?:các )?(?=[kK]hu|[cC]ụm|KHU)| [-–] (?=[{UPPER}])| ?& ?| (?:và|VÀ) (?=[{UPPER}])|-(?=\w)| "
)


def _step(shown: str, cursor: int, caps: bool) -> int | None:
    match = _STEP.match(shown, cursor)
    if match is None:
        return None
    if "khu" in shown[match.end() : match.end() + 3].lower():
        return match.end()
    if "và" in match.group().lower() or "-" in match.group() or "–" in match.group():
        follower = WORD.match(shown, match.end())
        if follower is None or not follower.group()[0].isupper() or _begins_another(shown, match.end(), 1):
            return None
        if "và" in match.group().lower() and follower.group().lower() in title_words():
            return None
    return match.end()


def running(text: str) -> str:
    """A name in capitals as running text writes it: compounds of the closed list with one capital, else one a word."""
    if not text.isupper() or " " not in text:
        return text
    shown, position = [], 0
    while (word := WORD.search(text, position)) is not None:
        shown.append(text[position : word.start()])
        end = compound_at(text, word.start(), True, 0) or word.end()
        shown.append(text[word.start() : end].capitalize())
        position = end
    return "".join([*shown, text[position:]])
