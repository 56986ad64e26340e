"""Commands as a user types them, in this process."""

from __future__ import annotations

import json
from typing import Any

from click.testing import Result
from typer.testing import CliRunner

from kg.cli.app import build


def hoso(*words: str, given: str | None = None) -> Result:
    """The result of ``hoso WORDS``; ``given``: standard input."""
    return CliRunner().invoke(build(words[0]), list(words), input=given)


def value(*words: str) -> Any:
    """The JSON value that the command prints."""
    result = hoso(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def error(*words: str) -> Any:
    """The error that the command prints as JSON, said in one line on standard error."""
    result = hoso(*words, "--json")
    assert result.exit_code == 1, result.output
    assert len(result.stderr.strip().splitlines()) == 1
    return json.loads(result.stdout)["error"]
