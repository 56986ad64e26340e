"""Someone who searches while records come in: ``python -m tests.kg.search.beside URL [--again]`` asks until its standard
input ends, then says in one JSON value what was seen. ``--again``: the store is opened for each question, as pages do."""

from __future__ import annotations

import json
import select
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from kg.questions.search import search
from kg.workspace import Workspace, open_workspace
from tests.kg.questions import forms

QUERIES = ("kinh phí sửa chữa", "kinh phi sua chua nha phuong hang bac", "hỗ trợ người dân", "12/QĐ-UBND", "")
"""By words of every record, without accents, by meaning, by number; and all that there is."""
_SINGLE = ("issuer", "type", "year", "bloc", "level", "subject", "retention", "access", "fonds")
"""Facets of which a record has one value at most."""


@contextmanager
def _opened(url: str, kept: Workspace | None) -> Iterator[Workspace]:
    if kept is not None:
        yield kept
        return
    with open_workspace(url) as workspace:
        yield workspace


def look(url: str, kept: Workspace | None, query: str) -> dict[str, Any]:
    """One question, its answer checked by itself."""
    with _opened(url, kept) as workspace:
        found = search(workspace, query, limit=8)
    forms.check(forms.Search, found)
    whole(found)
    return found


def whole(found: Mapping[str, Any]) -> None:
    """Assert that an answer agrees with itself: passages, marks, counts."""
    for hit in found["hits"]:
        assert hit["record"]["title"], hit
        for passage in hit["passages"]:
            start, end, text = passage["start"], passage["end"], passage["text"]
            assert len(text) == end - start > 0, passage
            assert passage["page"] >= 1
            assert text == text.strip(), passage
            last = start
            for first, stop in passage["marks"]:
                assert last <= first < stop <= end, passage
                last = stop
    total = found["total"]
    assert len({hit["record"]["id"] for hit in found["hits"]}) == len(found["hits"]) <= total
    for name in _SINGLE:
        counts = [entry["count"] for entry in found["facets"][name]]
        assert all(count > 0 for count in counts)
        assert sum(counts) <= total, (name, total, counts)
    assert sum(entry["count"] for entry in found["facets"]["access"]) == total
    for entry in found["facets"]["unit"]:
        inside = [other["count"] for other in found["facets"]["unit"] if other.get("parent") == entry["value"]]
        assert max(inside, default=0) <= entry["count"] <= total


def main() -> None:
    """Ask until told to stop."""
    url, again = sys.argv[1], "--again" in sys.argv
    totals: dict[str, list[int]] = defaultdict(list)
    seen: set[tuple[str, str, str]] = set()
    methods: set[str] = set()
    rounds = 0
    with open_workspace(url) as workspace:
        kept = None if again else workspace
        while True:
            for query in QUERIES:
                time.sleep(0.3)  # the cores are the delivery's too
                found = look(url, kept, query)
                totals[query].append(found["total"] - found["by_meaning"])
                methods |= {found["method"]}
                for hit in found["hits"]:
                    record = hit["record"]
                    seen |= {(record["id"], record["title"], passage["text"]) for passage in hit["passages"]}
            rounds += 1
            if rounds == 1:
                print("ready", flush=True)
            if select.select([sys.stdin], [], [], 0)[0]:
                break
    print(json.dumps({"totals": totals, "seen": sorted(seen), "methods": sorted(methods), "rounds": rounds}))


if __name__ == "__main__":
    main()
