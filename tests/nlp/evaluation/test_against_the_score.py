"""The figures of the real documents are those of the score that comes with them."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from nlp import Context, extract
from nlp.evaluate import main

_BANDS = ("clean", "light", "heavy", "realscan")
_FIELDS = ("issuer", "number", "symbol", "date", "type", "abstract", "signer", "position")
_LISTS = ("cites", "agencies", "people", "places")


@pytest.fixture(scope="module")
def scored(shared: Path) -> dict[str, dict[str, float]]:
    """The figures of score.py by band, its readings made in this process."""
    spec = importlib.util.spec_from_file_location("corpus_score", shared / "corpus" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)

    def run(_: str, files: list[str]) -> list[dict[str, Any]]:
        known = [(Path(file), Context(file_name=Path(file).name, method="text")) for file in files]
        return [extract(path.read_text(encoding="utf-8"), context=context).to_json() for path, context in known]

    lines: list[str] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(score, "run", run)
        patched.setattr(score, "print", lines.append, raising=False)
        patched.setattr(sys, "argv", ["score.py", "", str(shared / "corpus"), *_BANDS])
        score.main()
    result: dict[str, dict[str, float]] = json.loads(lines[-1])
    return result


@pytest.mark.shared
def test_the_figures_are_those_of_the_score(
    scored: dict[str, dict[str, float]], shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(shared / "corpus"), "--json", *(word for band in _BANDS for word in ("--ocr", band))]) == 0

    mine = json.loads(capsys.readouterr().out)
    for band in _BANDS:
        found = {name: mine[band]["fields"][name]["right"] for name in _FIELDS}
        found["overconfident"] = mine[band]["overconfident"]
        for name in _LISTS:
            found[name] = mine[band]["lists"][name]["strict"]["f1"]
            found[f"{name}_fuzzy"] = mine[band]["lists"][name]["fuzzy"]["f1"]
        assert found == scored[band]
