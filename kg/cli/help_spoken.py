"""The help pages in the user's language: the code has them in English, ``kg/data/help_vi.yaml`` in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import typer

from kg.messages import language, say

_WORDS = {
    "ARGUMENTS_PANEL_TITLE": "help_arguments",
    "OPTIONS_PANEL_TITLE": "help_options",
    "COMMANDS_PANEL_TITLE": "help_commands",
    "DEFAULT_STRING": "help_default",
    "REQUIRED_LONG_STRING": "help_required",
}
"""Typer's own words on a help page, and the messages that stand for them."""


@cache
def vietnamese() -> dict[str, str]:
    """The Vietnamese text by the English one."""
    import yaml

    text = files("kg").joinpath("data/help_vi.yaml").read_text(encoding="utf-8")
    loaded: dict[str, str] = yaml.safe_load(text)
    return loaded


def speak_help(command: Any) -> None:
    """Put the help of a command, and of all below it, into the user's language; one that is not translated stays as it
    is."""
    if language() != "vi":
        return
    from typer import rich_utils

    for name, message in _WORDS.items():
        if hasattr(rich_utils, name):
            setattr(rich_utils, name, say(message))
    for one in _with_below(command):
        one.help = vietnamese().get(one.help, one.help)
        one.options_metavar = say("help_options_metavar")
        if hasattr(one, "subcommand_metavar"):
            one.subcommand_metavar = say("help_commands_metavar")
        for parameter in (*one.params, one.get_help_option(typer.Context(one))):
            if text := getattr(parameter, "help", None):
                parameter.help = vietnamese().get(text, text)


def _with_below(command: Any) -> Iterator[Any]:
    yield command
    for one in getattr(command, "commands", {}).values():
        yield from _with_below(one)
