"""A fonds asked for by the code that begins its folder's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import NotFound
from kg.ingest.run import ingest
from kg.questions.fonds import fonds
from kg.readers.batch import discover
from kg.workspace import open_workspace

NAMES = ("P01-UBND-QUAN-LONG-BIEN", "P02-A", "P02-B", "P010-C")


def test_the_one_fonds_that_begins_with_the_code_is_meant(tmp_path: Path) -> None:
    for name in NAMES:
        path = tmp_path / "lo" / name / "H01" / "1.txt"
        path.parent.mkdir(parents=True)
        path.write_text(f"Văn bản {name}", encoding="utf-8")
    with open_workspace(f"sqlite:///{tmp_path / 'kho.db'}", create=True) as workspace:
        ingest(workspace, discover([tmp_path / "lo"]), workers=1)
        for asked in ("P01", "p01", NAMES[0]):
            one = fonds(workspace, asked)
            assert isinstance(one, dict)
            assert (one["id"], one["files"]) == (NAMES[0], 1)
        for unknown in ("P02", "P0", "P01-U", "P.1"):
            with pytest.raises(NotFound):
                fonds(workspace, unknown)
