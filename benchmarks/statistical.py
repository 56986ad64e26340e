"""Whether trained components add to the rules: names by two taggers, confidences by fitted shares (docs/statistical.md).

    python -m benchmarks.statistical train FOLDER [--seed 4711] [--count 700] [--spacy]
    python -m benchmarks.statistical names GOLD [--split held] [--spacy FOLDER]
    python -m benchmarks.statistical confidences GOLD [--split held] [--seed 4711] [--count 700]

``train`` makes documents of the layouts for building, as printed and as read from scans of three strengths, and trains the
net of nlp/tagger.py: first without a fifth of the layouts, to print how people are found there at several least
probabilities, then with all of them. It writes FOLDER/names.npz (nlp/data holds the one that is shipped), and with
``--spacy`` FOLDER/spacy, a spaCy NER trained on the same. ``names`` prints precision, recall and F1 (strict/fuzzy) of the
lists of names by the rules alone, with the component, and with every other use of the taggers. ``confidences`` fits the
share right of each confidence of each field, and prints the calibration with and without.
"""

from __future__ import annotations

import argparse
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks import confidences
from benchmarks.marked_text import Marked, documents
from benchmarks.taggers import Spans, spacy_spans, train_net, train_spacy
from nlp import extract
from nlp.evaluation.gold import LEVELS, BadGold, Gold, load, texts
from nlp.evaluation.measures import list_scores
from nlp.evaluation.mentions import NAMES, lists
from nlp.model import Extraction
from nlp.pipeline import pipeline
from nlp.statistical import found
from nlp.tagger import Tagger, tagger

LISTS: Final = {"AGENCY": "agencies", "PERSON": "people", "PLACE": "places"}
CUTS: Final = (0.5, 0.8, 0.9, 0.95, 0.99)
COMPONENT: Final = "hoso_trained_people"
PAGE: Final = 1_800
Add = Callable[[Extraction], Iterable[tuple[str, str]]]
"""From a reading to more names: (list, surface)."""


# training


def train(folder: Path, seed: int, count: int, *, spacy: bool) -> None:
    """Train, print what layouts that were kept back say, write."""
    folder.mkdir(parents=True, exist_ok=True)
    every = list(documents(count, seed, "build"))
    kept = [one for one in every if is_kept(one.layout)]
    rest = [one for one in every if not is_kept(one.layout)]
    print(f"{len(every)} texts, {len(kept)} of them of layouts kept back")
    train_net(rest, folder / "part.npz")
    _people_kept(Tagger.read((folder / "part.npz").read_bytes()), kept)
    train_net(every, folder / "names.npz")
    if spacy:
        train_spacy(every, folder / "spacy")


def is_kept(layout: str) -> bool:
    """Whether the layout is one of the fifth that thresholds are chosen by."""
    return zlib.crc32(layout.encode()) % 5 == 0


def _people_kept(net: Tagger, kept: Sequence[Marked]) -> None:
    """Precision and recall of people by the net alone, by least probability."""
    for cut in CUTS:
        counts: Counter[str] = Counter()
        for one in kept:
            names = {span[:2] for span in one.spans if span[2] == "PERSON"}
            given = {span[:2] for span in _all(net)(one.text) if span[2] == "PERSON" and span[3] >= cut}
            counts += Counter(right=len(names & given), given=len(given), there=len(names))
        precision, recall = counts["right"] / counts["given"], counts["right"] / counts["there"]
        print(f"  people of probability {cut} and more: precision {precision:.3f}, recall {recall:.3f}")


# names


def names(root: Path, split: str | None, spacy: Path | None) -> None:
    """The lists of names by the rules and by each candidate with them."""
    language = pipeline()
    if COMPONENT in language.pipe_names:
        language.disable_pipe(COMPONENT)
    ways: dict[str, Add] = {"rules": lambda _: (), "rules + component": _component}
    net = _all(tagger())
    ways |= {f"rules + net ≥ {cut}": _union(net, cut) for cut in CUTS}
    ways["rules that the net agrees with"] = lambda _: ()
    if spacy:
        ways["rules + spaCy NER"] = _union(spacy_spans(spacy), 0)
    golds = load(root, split)
    for band in LEVELS:
        try:
            texts_ = texts(golds, band)
        except BadGold:
            continue
        reads = [(gold, extract(text, id=gold.id, context=gold.context(band))) for gold, text in texts_]
        pages = sum(len(read.text) for _, read in reads) / PAGE
        print(f"{band}: {len(reads)} documents, {pages:.0f} pages")
        for name, add in ways.items():
            keep = net if name == "rules that the net agrees with" else None
            started = time.process_time()
            more = [list(add(read)) if read.secrecy is None else [] for _, read in reads]
            spent = time.process_time() - started
            scores = _scores(reads, more, keep)
            print(f"  {name:<31} {spent / pages * 1000:6.2f} ms a page  {scores}")


def _component(read: Extraction) -> Iterator[tuple[str, str]]:
    for mention in found(read):
        yield "people", mention.surface


def _all(net: Tagger) -> Callable[[str], Spans]:
    return lambda text: net.spans(text, [(0, len(text))])


def _union(spans: Callable[[str], Spans], cut: float) -> Add:
    """What a tagger finds where the rules found nothing."""

    def add(read: Extraction) -> Iterator[tuple[str, str]]:
        taken = [(one.start, one.end) for one in (*read.agencies, *read.people, *read.places)]
        for start, end, label, chance in spans(read.text):
            if chance >= cut and not any(a < end and start < b for a, b in taken):
                yield LISTS[label], read.text[start:end]

    return add


def _scores(
    reads: Sequence[tuple[Gold, Extraction]],
    more: Sequence[Iterable[tuple[str, str]]],
    keep: Callable[[str], Spans] | None,
) -> str:
    compared = []
    for (gold, read), names_ in zip(reads, more, strict=True):
        values = read.to_json()
        if keep is not None and read.secrecy is None:
            values |= _agreed(read, keep(read.text))
        for list_, surface in names_:
            values[list_] = [*values[list_], surface]
        compared += [one for one in lists(gold, values) if one.kind in NAMES]
    return "  ".join(
        f"{one.name} {one.strict.f1 or 0:.3f}/{one.fuzzy.f1 or 0:.3f} ({one.fuzzy.precision or 0:.2f}, {one.fuzzy.recall or 0:.2f})"
        for one in list_scores(compared)
    )


def _agreed(read: Extraction, spans: Spans) -> Mapping[str, list[str]]:
    """The names of the rules where the net sees some name too."""
    groups = {"agencies": read.agencies, "people": read.people, "places": read.places}
    return {
        name: [one.surface for one in group if any(a < one.end and one.start < b for a, b, *_ in spans)]  # type: ignore[attr-defined]
        for name, group in groups.items()
    }


def main() -> None:
    """Run one of the three."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.statistical",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", choices=("train", "names", "confidences"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", choices=("build", "held"))
    parser.add_argument("--spacy", nargs="?", const="spacy")
    parser.add_argument("--seed", type=int, default=4711)
    parser.add_argument("--count", type=int, default=700)
    asked = parser.parse_args()
    if asked.what == "train":
        train(asked.folder, asked.seed, asked.count, spacy=bool(asked.spacy))
    elif asked.what == "names":
        names(asked.folder, asked.split, Path(asked.spacy) if asked.spacy else None)
    else:
        confidences.compare(asked.folder, asked.split, asked.seed, asked.count)


if __name__ == "__main__":
    main()
