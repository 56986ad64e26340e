"""The tables of units in a narrow terminal: what is copied from them, ids and numbers of acts, is never cut."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from kg.cli.app import build


@pytest.mark.parametrize("width", ["72", "80", "96", "120"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_number_of_an_act_stays_whole(language: str, width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", language)
    monkeypatch.setenv("COLUMNS", width)
    words = ["successors", "Phường Cửa Nam, Quận Hoàn Kiếm"]
    shown = CliRunner().invoke(build("successors"), words).stdout
    assert shown.count("1656/NQ-UBTVQH15") == 4
    assert all(unit in shown for unit in ("00004@2025-07-01", "00070@2025-07-01", "00082@2025-07-01"))
    assert all(len(line) <= int(width) for line in shown.splitlines() if "@2025" in line)
