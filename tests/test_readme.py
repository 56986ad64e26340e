"""The README tells what the program does: its commands, its first session and its dependencies are checked."""

from __future__ import annotations

import pkgutil
import re
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import commands
from kg.cli.app import build

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_is_in_the_readme_and_no_other() -> None:
    table = README.partition("| command | answers |")[2].partition("\n\n")[0]
    first_cells = " ".join(line.split(" | ")[0] for line in table.splitlines())
    told = set(re.findall(r"`([a-z]+)", first_cells))
    assert told == {module.name for module in pkgutil.iter_modules(commands.__path__)}


def test_the_session_shown_is_what_the_program_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    block = re.search(r"```console\n\$ hoso (successors .*?)\n(.*?)```", README, re.DOTALL)
    assert block is not None
    arguments = [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', block.group(1))]
    monkeypatch.setenv("HOSO_LANG", "en")
    monkeypatch.setenv("COLUMNS", "120")
    printed = CliRunner().invoke(build("successors"), arguments).output
    assert _lines(printed) == _lines(block.group(2))


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def test_nothing_is_left_to_be_filled_in() -> None:
    assert "@@" not in README
    assert "@@" not in (ROOT / "README.vi.md").read_text(encoding="utf-8")


def test_every_dependency_is_named_with_what_it_is_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[<>=\[ ]", line)[0] for line in project["dependencies"]}
    table = README.partition("| dependency | what it is for |")[2].partition("\n\n")[0]
    told = set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", " ".join(line.split(" | ")[0] for line in table.splitlines())))
    assert needed <= told
