"""How fast pages are read, beside underthesea's ``ner`` on the same pages in the same run, where the time goes, how much
memory it takes, and how time grows with length.

    python -m benchmarks.extraction [FOLDER] [--rounds 5] [--parts all|speed|profile|growth]

FOLDER: a folder of texts (default: those of the sample batch). A page is 1,800 characters. Times are processor time of
one process; both readers take turns, so that each round compares them under the same load. ``extract`` is the whole
reading, resolution of places and agencies to dated units included; underthesea is given sentence by sentence, as it
splits them.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from kg.machine import machine
from nlp import extract
from nlp.evaluation.reading import SENTENCES, recognise
from nlp.model import Extraction
from nlp.pipeline import pipeline
from nlp.repair.normalise import normalise

SAMPLE = Path(__file__).resolve().parent.parent / "tests" / "sample"
PAGE = 1_800
"""Characters of a page."""
COMPARED = 12
"""Pages that underthesea reads in a round: it takes a tenth of a second and more for each."""
SIZES = (250, 500, 1_000)
"""Pages of the long records."""


def texts(folder: Path) -> list[str]:
    """The texts of a folder, mixed, the same on every run."""
    found = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.txt"))]
    return random.Random(1).sample(found, k=len(found))


def seconds(work: Callable[[], object]) -> float:
    """Processor time of a piece of work."""
    started = time.process_time()
    work()
    return time.process_time() - started


def pages(some: Sequence[str]) -> float:
    """How many pages these texts are."""
    return sum(map(len, some)) / PAGE


def speed(every: Sequence[str], rounds: int) -> None:
    """Pages a second, and how many times those of underthesea."""
    compared = sample([normalise(text).text for text in every], COMPARED)
    for text in compared[:1]:
        recognise(text, SENTENCES)
        extract(text)
    ours, theirs, whole = [], [], []
    for _ in range(rounds):
        theirs.append(seconds(lambda: [recognise(text, SENTENCES) for text in compared]))
        ours.append(seconds(lambda: [extract(text) for text in compared]))
        whole.append(seconds(lambda: [extract(text) for text in every]))
    print(f"{len(every)} texts, {pages(every):.0f} pages; {rounds} rounds, medians (lowest to highest)")
    rates = [pages(every) / one for one in whole]
    print(f"  extract      {_told(rates)} pages/s on all texts, {len(every) / pages(every):.2f} texts a page")
    print(f"  extract      {_told([pages(compared) / one for one in ours])} pages/s on {pages(compared):.0f} pages")
    print(f"  underthesea  {_told([pages(compared) / one for one in theirs])} pages/s on the same")
    print(f"  ratio        {_told([b / a for a, b in zip(ours, theirs, strict=True)])}")


def sample(every: Sequence[str], wanted: int) -> list[str]:
    """So many pages of whole texts."""
    found: list[str] = []
    for text in every:
        if pages([*found, text]) <= wanted:
            found.append(text)
    return found or list(every[:1])


def _told(values: Sequence[float]) -> str:
    return f"{statistics.median(values):8.1f} ({min(values):.1f} to {max(values):.1f})"


def profile(every: Sequence[str]) -> None:
    """Share of the time that each component takes."""
    from spacy.tokens import Doc

    language = pipeline()
    spent: dict[str, float] = defaultdict(float)
    for text in every:
        started = time.process_time()
        extraction = Extraction(text=normalise(text).text)
        spent["repair"] += time.process_time() - started
        doc = Doc(language.vocab, words=[extraction.text] if extraction.text else [], spaces=None)
        doc._.extraction = extraction
        for name, component in language.pipeline:
            started = time.process_time()
            doc = component(doc)
            spent[name.removeprefix("hoso_")] += time.process_time() - started
            if extraction.secrecy:
                break
    total = sum(spent.values())
    print(f"where the time goes ({total / pages(every) * 1000:.2f} ms a page)")
    for name, one in sorted(spent.items(), key=lambda pair: -pair[1]):
        print(f"  {name:<10} {one / total:6.1%}  {one / pages(every) * 1000:.2f} ms a page")


def growth(every: Sequence[str]) -> None:
    """Time of records twice and four times as long, and of text that no page should be."""
    text = "\n".join(every)
    while len(text) < SIZES[-1] * PAGE:
        text += "\n" + text
    joined = text.replace("\n", " ")
    cases: dict[str, Callable[[int], str]] = {
        "a record of 250, 500, 1,000 pages": lambda count: _broken(text[: count * PAGE]),
        "¼, ½, 1 MB without a line break": lambda count: joined[: count * 1_000],
        "the same below a head that OCR joined": lambda count: _JOINED_HEAD + joined[: count * 1_000],
        "25,000, 50,000, 100,000 dots": lambda count: "." * count * 100,
        "the same of spaces": lambda count: "a" + " " * count * 100 + "b",
        "the same of digits": lambda count: "1" * count * 100,
        "the same of letters": lambda count: "Đ" * count * 100,
    }
    print("growth: seconds, and the last as a multiple of the first (4 is linear)")
    for name, make in cases.items():
        found = [min(seconds(lambda one=one: extract(one)) for _ in range(2)) for one in map(make, SIZES)]  # type: ignore[misc]
        shown = ", ".join(f"{one:.2f}" for one in found)
        print(f"  {name:<36} {shown:<22} × {found[-1] / max(found[0], 1e-9):.1f}")
    print(f"highest memory of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


_JOINED_HEAD = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ TÂN AN Độc lập - Tự do - Hạnh phúc
Số: 12/BC-UBND Tân An, ngày 3 tháng 4 năm 2012
BÁO CÁO
Kết quả công tác năm 2012
"""


def _broken(text: str) -> str:
    """The text with a page break at each page."""
    return "\f".join(text[start : start + PAGE] for start in range(0, len(text), PAGE))


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=SAMPLE)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--parts", choices=("all", "speed", "profile", "growth"), default="all")
    asked = parser.parse_args()
    print(machine())
    every = texts(asked.folder)
    if asked.parts in ("all", "profile"):
        profile(every)
    if asked.parts in ("all", "growth"):
        growth(every)
    if asked.parts in ("all", "speed"):
        speed(every, asked.rounds)


if __name__ == "__main__":
    main()
