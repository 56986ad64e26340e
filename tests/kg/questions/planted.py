"""What the reconciliation of the sample batch has to find, and what it found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.questions.fonds import fonds
from kg.questions.moved import moved
from kg.workspace import Workspace

_TRUTH = Path(__file__).resolve().parents[2] / "sample_truth" / "batch.json"


def planted() -> set[tuple[str, str, str]]:
    """(fonds, number of the file, kind) of every difference that was put into the lists, and of those of the bundles,
    which nobody scanned."""
    rows = json.loads(_TRUTH.read_text(encoding="utf-8"))["differences"]
    return {(row["fonds"], row["file"], row["kind"]) for row in rows}


def found(workspace: Workspace) -> tuple[set[tuple[str, str, str]], set[tuple[str, str, str]]]:
    """The differences told of files, and those told of bundles."""
    of_files: set[tuple[str, str, str]] = set()
    of_bundles: set[tuple[str, str, str]] = set()
    every = fonds(workspace)
    assert isinstance(every, list)
    for row in every:
        one = fonds(workspace, row["id"])
        assert isinstance(one, dict)
        assert one["differences"] == row["differences"]
        kinds = {file["id"]: file["kind"] for file in one["file"]}
        for difference in one["differences"]:
            told = of_bundles if kinds[difference["file"]] == "bundle" else of_files
            told.add((row["id"], difference["code"], difference["kind"]))
    return of_files, of_bundles


def check_reconciliation(workspace: Workspace) -> None:
    """Every difference that was planted is found, and no other."""
    of_files, of_bundles = found(workspace)
    assert {kind for _, _, kind in planted()} == {"not_scanned", "not_listed", "sheets", "in_two_fonds"}
    assert of_files == planted()
    assert {(fonds_id, kind) for fonds_id, _, kind in of_bundles} == {("P15", "not_scanned")}


def check_totals(workspace: Workspace) -> None:
    """The totals by place and by custody, the undecided among them, are the store's own."""
    store = workspace.store.counts()["totals"]
    for by in ("place", "custody"):
        value = moved(workspace, by=by)
        totals = value["totals"]
        assert totals["documents"] == store["records"], by
        assert totals["files"] == store["files"], by
        for key in ("files", "documents", "pages"):
            assert sum(part[key] for part in value["by_certainty"].values()) == totals[key], (by, key)
    assert _undecided(moved(workspace, by="place"), "candidates", "unknown") > 0
    assert _undecided(moved(workspace, by="custody"), "not_assigned", "unknown_fonds", "by_rule_likely") > 0
    every = fonds(workspace)
    assert isinstance(every, list)
    assert sum(row["documents"] for row in every) == store["records"]
    assert sum(row["files"] for row in every) == store["files"]


def _undecided(value: dict[str, Any], *certainties: str) -> int:
    return sum(value["by_certainty"][word]["files"] for word in certainties if word in value["by_certainty"])
