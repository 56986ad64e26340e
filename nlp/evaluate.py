"""Measure how well records are read: ``python -m nlp.evaluate GOLD``.

GOLD is a folder of annotated documents: gold/<id>.json, the texts, and their noisy versions in ocr/<band>/<id>.txt.
Printed are precision, recall and F1 of every header field and list, strict and fuzzy, by era, type and level of the
documents, and how reliable the confidences are.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from nlp.evaluation import tables
from nlp.evaluation.errors import errors
from nlp.evaluation.gold import CLEAN, LEVELS, load
from nlp.evaluation.reading import FEEDS, SENTENCES, Read, read_all
from nlp.evaluation.summary import GROUPS, grouped, summarise, summary_json

_BY = ("era", "kind", "level")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the evaluation; 2 where the folder cannot be read as annotated documents."""
    options = _options().parse_args(arguments)
    try:
        golds = load(options.gold, options.split)
        bands = list(dict.fromkeys(options.ocr or [CLEAN]))
        reads = {band: list(read_all(golds, band, underthesea=options.underthesea)) for band in bands}
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    by = list(dict.fromkeys(options.by or _BY))
    if options.json:
        print(json.dumps(_json(reads, by, listed=options.errors), ensure_ascii=False))
    else:
        for shown in _shown(reads, by, options):
            tables.put(shown)
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m nlp.evaluate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, metavar="GOLD", help="folder of annotated documents")
    parser.add_argument("--ocr", action="append", choices=LEVELS, help="noise band; may be repeated (default: clean)")
    parser.add_argument("--split", choices=("build", "held"), help="only this part of a generated set")
    parser.add_argument("--by", action="append", choices=list(GROUPS), help=f"groups (default: {', '.join(_BY)})")
    parser.add_argument("--errors", action="store_true", help="list the errors")
    parser.add_argument("--calibration", action="store_true", help="table of the reliability of the confidences")
    parser.add_argument(
        "--underthesea",
        nargs="?",
        const=SENTENCES,
        choices=FEEDS,
        help=f"compare with underthesea's ner on the same texts, given them so (default: {SENTENCES})",
    )
    parser.add_argument("--json", action="store_true", help="one JSON value")
    return parser


def _json(reads: Mapping[str, Sequence[Read]], by: Sequence[str], *, listed: bool) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for band, found in reads.items():
        value[band] = summary_json(summarise(found), groups={one: grouped(found, one) for one in by})
        if listed:
            value[band]["errors"] = [error.to_json() for error in errors(found)]
    return value


def _shown(reads: Mapping[str, Sequence[Read]], by: Sequence[str], options: argparse.Namespace) -> Iterator[Any]:
    """The tables in the order they are printed, with their headings."""
    bands = {band: summarise(found) for band, found in reads.items()}
    for band, summary in bands.items():
        yield f"{band}: {summary.documents} documents, {tables.speed(summary)}"
        yield tables.fields(summary)
        yield tables.lists(summary.lists)
        if summary.units:
            yield tables.units(summary)
        if summary.other:
            yield f"underthesea's ner on the same texts, by {options.underthesea}"
            yield tables.lists(summary.other)
        for one in by:
            yield tables.groups(one, grouped(reads[band], one))
        if options.calibration:
            yield tables.calibration(summary)
        if options.errors:
            found = list(errors(reads[band]))
            yield tables.causes(found)
            yield tables.errors(found)
    if len(bands) > 1:
        yield tables.groups("noise band", bands)


if __name__ == "__main__":
    sys.exit(main())
