"""The sample batch: every planted difference between lists and scans is found, and the totals add up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.ingest.run import ingest
from kg.questions.fonds import fonds
from kg.readers.batch import discover
from kg.workspace import Workspace, open_workspace
from tests.kg.questions.planted import check_reconciliation, check_totals

pytestmark = pytest.mark.ocr


@pytest.fixture(scope="module")
def delivered(sample: Path, tesseract: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The sample batch, taken in."""
    url = f"sqlite:///{tmp_path_factory.mktemp('delivered') / 'kho.db'}"
    with open_workspace(url, create=True) as workspace:
        ingest(workspace, discover([sample]), workers=2)
        yield workspace


def test_every_planted_difference_is_found_and_no_other(delivered: Workspace) -> None:
    check_reconciliation(delivered)


def test_totals_by_place_and_by_custody_are_the_stores_own(delivered: Workspace) -> None:
    check_totals(delivered)


def test_a_fonds_has_the_fields_of_the_circular(delivered: Workspace) -> None:
    one = fonds(delivered, "P01")
    assert isinstance(one, dict)
    assert (one["status"], one["opened"], one["closed"], one["closed_basis"]) == (
        "closed",
        "1961",
        "2025-06-30",
        "history",
    )
    told = {key for key, value in one["description"].items() if value is not None}
    assert told == {"name", "history", "period", "total", "scheme", "language", "backup", "note"}


def test_the_list_tells_of_missing_numbers_and_the_log_of_what_came(delivered: Workspace) -> None:
    one = fonds(delivered, "P15")
    assert isinstance(one, dict)
    (series,) = one["numbering"]
    assert (series["from"], series["to"], series["missing"], series["repeated"]) == ("01", "11", ["7"], [])
    assert one["bundles"] == sum(row["kind"] == "bundle" for row in one["file"]) > 0
    (event,) = one["events"]
    assert (event["files"], event["documents"]) == (one["files"], 0)
    assert {row["events"][0]["what"] for row in one["file"]} <= set(event["tables"])
