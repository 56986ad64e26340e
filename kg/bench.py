"""The benchmark: how fast deliveries are read on this machine, beside a yardstick measured in the same run.

Machines are shared and noisy: the figure to compare is the ratio to underthesea's named-entity recogniser (CRF), run
in one process on pages of the same delivery.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from kg.ingest.run import ingest
from kg.linking.record import CHARACTERS_A_PAGE
from kg.machine import machine
from kg.readers.batch import discover
from kg.store.texts import Text
from kg.workspace import open_workspace

_YARDSTICK_PAGES = 12
_YARDSTICK_RECORDS = 200


def bench(paths: Sequence[Path], *, workers: int | None = None) -> dict[str, Any]:
    """Ingest the deliveries into a store that is thrown away.

    Returns records and pages a second (from reading to the searchable store), the yardstick's pages a second, their
    ratio, and the machine. Raises what ``ingest`` raises.
    """
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        with open_workspace(url, create=True) as workspace:
            report = ingest(workspace, discover(paths), workers=workers)
            text = _some_text(
                workspace.texts.get_many(list(islice(workspace.store.record_ids(), _YARDSTICK_RECORDS)))
            )
    pages_a_second = report.pages / report.seconds
    yardstick = _yardstick(text)
    return {
        "records": report.new,
        "pages": report.pages,
        "seconds": round(report.seconds, 2),
        "records_a_second": round(report.new / report.seconds, 1),
        "pages_a_second": round(pages_a_second, 1),
        "yardstick": "underthesea.ner, one process",
        "yardstick_pages_a_second": round(yardstick, 2) if yardstick else None,
        "ratio": round(pages_a_second / yardstick, 1) if yardstick else None,
        "machine": machine(),
    }


def _some_text(texts: Mapping[str, Text]) -> str:
    joined = "\n".join(texts[record].text for record in sorted(texts))
    return joined[: _YARDSTICK_PAGES * CHARACTERS_A_PAGE]


def _yardstick(text: str) -> float | None:
    """Pages a second of underthesea's recogniser on this text, sentence by sentence; None without text."""
    from underthesea import ner, sent_tokenize

    sentences = [sentence for sentence in sent_tokenize(text) if sentence.strip()]
    if not sentences:
        return None
    ner(sentences[0])
    started = time.perf_counter()
    for sentence in sentences:
        ner(sentence)
    return len(text) / CHARACTERS_A_PAGE / (time.perf_counter() - started)
