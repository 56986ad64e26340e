"""Inputs that no page should be: ``python -m tests.nlp.fuzzing [--count 100000] [--seed 1]`` reads so many of them as a
delivery would (bytes, their encoding, extraction) and tells of each that raises, hangs or gives spans that do not fit.

Random bytes, cut UTF-8, encodings mixed in one text, markers of the page repeated, marks of direction and combining
signs anywhere, numbers without end, pages shuffled and glued together.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import FrameType

import yaml

from kg.readers.encodings import UndecidableEncoding, decode
from nlp import extract

HANGS = 20
"""Seconds of processor time after which an input of at most LONGEST characters counts as one that hangs (a page takes
about 5 ms)."""
LONGEST = 20_000

MARKERS = (
    "Số:", "Số 12/QĐ-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ĐẢNG CỘNG SẢN VIỆT NAM",
    "QUYẾT ĐỊNH", "Điều 1.", "Căn cứ", "Nơi nhận:", "KT. CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN", "ngày 31 tháng 12 năm 1999",
    "V/v", "Kính gửi:", "MẬT", "TUYỆT MẬT", "ỦY BAN NHÂN DÂN PHƯỜNG", "xã", "huyện Từ Liêm,", "tổ dân phố số", "bãi bỏ",
    "sửa đổi, bổ sung", "Luật", "số 1, 2, 3 và 4/CT-UB", "ông Nguyễn Văn A", "thửa đất số", "tờ bản đồ số", "Phông số",
    "(", ")", "\"", "“", "”", "/", "-", ".", ",", ";", ":", "*", "|", "\n", "\t", "\f", " ", "\u00a0",
)  # fmt: skip
MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200c\u200d\ufeff\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b\u00ad\u0000\u0085\u2028\u2029\ufffd"
ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-32", "cp1258", "latin-1", "cp1252")


@cache
def pages() -> tuple[str, ...]:
    """Pages of every kind, made up (``layouts.yaml``)."""
    cases = yaml.safe_load((Path(__file__).parent / "layouts.yaml").read_text(encoding="utf-8"))
    return tuple(case["text"] for case in cases)


# -- what is done to a page
def noise(dice: random.Random) -> bytes:
    return dice.randbytes(dice.randint(0, 3000))


def any_characters(dice: random.Random) -> bytes:
    ranges = ((0x20, 0x7E), (0xA0, 0x1EFF), (0x300, 0x36F), (0x600, 0x6FF), (0x2000, 0x2FFF), (0x1F300, 0x1FAFF))
    found = (chr(dice.randint(*dice.choice(ranges))) for _ in range(dice.randint(0, 1500)))
    return "".join(found).encode("utf-8", "ignore")


def cut_short(dice: random.Random) -> bytes:
    data = dice.choice(pages()).encode()
    start = dice.randint(0, len(data))
    return data[start : dice.randint(start, len(data))]


def broken_bytes(dice: random.Random) -> bytes:
    data = bytearray(dice.choice(pages()).encode())
    for _ in range(dice.randint(1, 40)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    return bytes(data)


def mixed_encodings(dice: random.Random) -> bytes:
    parts = []
    for line in dice.choice(pages()).splitlines(keepends=True):
        parts.append(line.encode(dice.choice(ENCODINGS), "ignore"))
    return b"".join(parts)


def repeated(dice: random.Random) -> bytes:
    some = [dice.choice(MARKERS) for _ in range(dice.randint(1, 4))]
    between = dice.choice(("", " ", "\n", ", "))
    unit = between.join(some) + between
    return (unit * dice.randint(1, max(1, 6000 // len(unit)))).encode()


def strewn(dice: random.Random) -> bytes:
    words = [dice.choice(MARKERS) + dice.choice((" ", "", "\n")) for _ in range(dice.randint(1, 300))]
    return "".join(words).encode()


def marked(dice: random.Random) -> bytes:
    found = []
    often = dice.choice((0.005, 0.05, 0.5))
    for char in dice.choice(pages()):
        found.append(char)
        if dice.random() < often:
            found.append(dice.choice(MARKS) * dice.choice((1, 1, 1, 50)))
    return "".join(found).encode()


def endless_numbers(dice: random.Random) -> bytes:
    def number() -> str:
        digits = "".join(dice.choices("0123456789", k=dice.choice((1, 5, 30, 4000))))
        return digits if dice.random() < 0.8 else "²³٣४Ⅷ".replace("", digits[:3])

    text = dice.choice(pages())
    found = "".join(number() if char.isdigit() and dice.random() < 0.2 else char for char in text)
    return found[:LONGEST].encode()


def shuffled(dice: random.Random) -> bytes:
    lines = [line for page in dice.sample(pages(), 2) for line in page.splitlines()]
    dice.shuffle(lines)
    return dice.choice(("\n", "", " ", "\f", "\r", "\n\n\n")).join(lines).encode()


def glued(dice: random.Random) -> bytes:
    text = "".join(dice.choice(pages()) for _ in range(dice.randint(1, 4)))
    for _ in range(dice.randint(0, 30)):
        start = dice.randint(0, len(text))
        end = start + dice.randint(0, 60)
        text = (
            text[:start] + dice.choice(("", dice.choice(MARKERS), text[start:end] * 3, ".....", "____")) + text[end:]
        )
    return text[:LONGEST].encode()


Kind = Callable[[random.Random], bytes]
KINDS: tuple[Kind, ...] = (
    noise, any_characters, cut_short, broken_bytes, mixed_encodings, repeated, strewn, marked, endless_numbers, shuffled,
    glued,
)  # fmt: skip


def dice(name: str) -> random.Random:
    """A stream of chance of its own for each name."""
    return random.Random(name)


def inputs(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """So many inputs, each with the name of what was done; the same ones for a seed."""
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        yield kind.__name__, kind(dice(f"{seed}/{number}"))


def read(data: bytes) -> bool:
    """Read bytes as an official's file is: whether they are a text. Asserts that what is found lies in the text."""
    try:
        text = decode(data).text
    except UndecidableEncoding:
        text = data.decode("utf-8", "replace")  # the extraction has to stand it all the same
        decided = False
    else:
        decided = True
    found = extract(text[:LONGEST], id="fuzz", source="fuzz.txt").to_json()
    if found.get("secrecy"):
        assert not found.get("text"), "a secret text leaves"
        return decided
    whole = found["text"]
    for span in found["spans"]:
        assert 0 <= span["start"] < span["end"] <= len(whole), span
        assert whole[span["start"] : span["end"]] == span["text"], span
    assert all(0.0 <= value <= 1.0 for value in found["confidence"].values())
    return decided


def _too_long(number: int, frame: FrameType | None) -> None:
    raise TimeoutError


def main() -> int:
    """Read them all; 1 where any failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    signal.signal(signal.SIGVTALRM, _too_long)
    extract(pages()[0])  # tables and libraries are loaded once
    failed: Counter[str] = Counter()
    decided = done = 0
    for kind, data in inputs(asked.seed, asked.count):
        signal.setitimer(signal.ITIMER_VIRTUAL, HANGS)
        try:
            decided += read(data)
        except Exception:  # whatever it is, it is what is looked for
            failed[kind] += 1
            print(f"input {done} of seed {asked.seed} ({kind}):\n{traceback.format_exc()}", flush=True)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        done += 1
    print(f"{done} inputs, {decided} of them in an encoding that can be told; failed: {dict(failed) or 'none'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
