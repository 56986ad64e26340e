"""Help pages and wrong usage speak the user's language."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from kg.cli.app import build
from kg.cli.help_spoken import vietnamese


def _texts(command: Any) -> Iterator[str]:
    for one in (command, *command.params, command.get_help_option(typer.Context(command))):
        if text := getattr(one, "help", None):
            yield text
    for below in getattr(command, "commands", {}).values():
        yield from _texts(below)


def test_every_help_text_is_there_in_vietnamese_and_none_is_left_over() -> None:
    texts = set(_texts(typer.main.get_command(build())))
    assert sorted(texts - set(vietnamese())) == []
    assert sorted(set(vietnamese()) - texts) == []


def _hoso(language: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg.cli.app", *arguments],
        capture_output=True, text=True, encoding="utf-8", env={"HOSO_LANG": language, "COLUMNS": "80"}, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("arguments", [("--help",), ("moved", "--help"), ("custody", "load", "--help")])
def test_a_help_page_is_in_one_language(arguments: tuple[str, ...]) -> None:
    spoken, english = (_hoso(language, *arguments) for language in ("vi", "en"))
    assert (spoken.returncode, english.returncode) == (0, 0)
    assert "Tùy chọn" in spoken.stdout
    for word in ("Options", "Show this message", "[default", "[required]"):
        assert word not in spoken.stdout
    assert "Options" in english.stdout
    assert "Tùy chọn" not in english.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("moved", "--by", "giữ"), "chỉ nhận một trong: place, custody"),
        (("custody",), "Thiếu lệnh"),
        (("custody", "abc"), "Không có lệnh 'abc'"),
        (("abc",), "Không có lệnh 'abc'"),
    ],
)
def test_wrong_usage_is_told_in_vietnamese(arguments: tuple[str, ...], told: str) -> None:
    done = _hoso("vi", *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
