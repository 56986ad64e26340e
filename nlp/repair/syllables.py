"""Which words can be Vietnamese syllables: how much of a text reads as Vietnamese at all."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()
_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et "
    "ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan "
    "oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong ooc op ot ô ôc ôi ôm ôn ông "
    "ôp ôt ơ ơi ơm ơn ơp ơt u ua uac uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uy "
    "uya uych uyên uyêt uyn uynh uyp uyt uyu uơ ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm "
    "yên yêng yêt yêu ak ăk âk ek êk ok ôk uk ưk ik"
).split()
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _toneless() -> frozenset[str]:
    plain = {onset + rime for onset in ["", *_ONSETS] for rime in _RIMES}
    # "gi" and "qu" share their last letter with a rime that begins with it (gì, giêng, quy).
    plain |= {onset[:-1] + rime for onset in ("gi", "qu") for rime in _RIMES if rime[0] == onset[-1]}
    return frozenset(plain)


@cache
def _is_syllable(word: str) -> bool:
    parts = unicodedata.normalize("NFD", word)
    tones = [char for char in parts if char in _TONES]
    if len(tones) > 1:
        return False
    plain = unicodedata.normalize("NFC", "".join(char for char in parts if char not in _TONES))
    if plain not in _toneless():
        return False
    closed = plain.endswith(("p", "t", "c", "ch"))
    return not closed or (bool(tones) and tones[0] in "\u0301\u0323")


def is_syllable(word: str) -> bool:
    """Whether the word obeys Vietnamese spelling (onset, rime, and the two tones of a stopped syllable)."""
    return len(word) <= 7 and _is_syllable(word.lower())


def share_of_syllables(text: str) -> float:
    """The share of words written small that are syllables (0..1); 0 for a text without words."""
    words = [word for word in _WORD.findall(text) if word[-1].islower()]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0
