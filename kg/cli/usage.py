"""Wrong usage: one line on standard error, in the user's language, that says where to look; exit status 2."""

from __future__ import annotations

import re
from typing import Any

import typer

from kg.cli.common import warn
from kg.cli.help_spoken import speak_help
from kg.messages import language, say

# typer carries its own copy of click or not, by its version: its classes are those from which the public one derives.
UsageError: Any = typer.BadParameter.__mro__[1]

_NO_COMMAND = re.compile(r"No such command '(.*)'")


def told(error: Any) -> int:
    """Print what is wrong with the command line; the exit status. ``error``: a UsageError of click."""
    context = error.ctx
    command = context.command_path if context is not None else "hoso"
    if type(error).__name__ == "NoArgsIsHelpError":
        speak_help(context.command)
        typer.echo(context.get_help())
    else:
        warn(f"{_message(error)} {say('usage_see', command=command)}")
    return int(error.exit_code)


def _message(error: Any) -> str:
    """What is wrong. click's own reasons are English; for readers of Vietnamese they follow a Vietnamese lead."""
    kind = type(error).__name__
    if kind == "NoSuchOption":
        return say("usage_no_option", name=error.option_name)
    parameter = getattr(error, "param", None)
    if kind == "MissingParameter" and parameter is not None:
        return say("usage_missing", name=_name(parameter, error.ctx))
    if kind == "BadParameter" and parameter is not None:
        return say("usage_bad_value", name=_name(parameter, error.ctx), why=_why(error))
    if kind == "BadParameter":  # our own: already a sentence in the user's language
        return _sentence(error.message)
    if error.message.startswith("Missing command"):
        return say("usage_no_command", commands=", ".join(sorted(getattr(error.ctx.command, "commands", {}))))
    if found := _NO_COMMAND.match(error.message):
        return say("usage_no_such_command", name=found[1])
    why = _sentence(error.format_message())
    return say("usage_other", why=why) if language() == "vi" else why


def _why(error: Any) -> str:
    """Why a value cannot be used. Newer versions of typer check values with pydantic, whose error is the cause."""
    told_by = getattr(error.__cause__, "errors", None)
    detail: dict[str, Any] = told_by()[0] if callable(told_by) else {"type": ""}
    if detail["type"].startswith("int_"):
        return say("usage_whole_number")
    if detail["type"] in ("greater_than_equal", "less_than_equal"):
        return say(f"usage_{detail['type']}", bound=next(iter(detail["ctx"].values())))
    if choices := getattr(getattr(error.param, "type", None), "choices", ()):
        return say("usage_choice", choices=", ".join(str(getattr(choice, "value", choice)) for choice in choices))
    if "not a valid int" in error.message:
        return say("usage_whole_number")
    if " range " in error.message and (bound := _bound(error)):
        return bound
    return _sentence(error.message.removeprefix("Value error, "))


def _bound(error: Any) -> str:
    """The bound that a number is beyond; '' where that cannot be told."""
    kind = getattr(error.param, "type", None)
    value = error.message.split()[0]
    if not value.lstrip("-").isdecimal():
        return ""
    least, most = getattr(kind, "min", None), getattr(kind, "max", None)
    if least is not None and int(value) < least:
        return say("usage_greater_than_equal", bound=least)
    if most is not None and int(value) > most:
        return say("usage_less_than_equal", bound=most)
    return ""


def _name(parameter: Any, context: Any) -> str:
    """``--limit``, or ``UNIT``."""
    options = getattr(parameter, "opts", ())
    if parameter.param_type_name == "option" and options:
        return str(max(options, key=len))
    return str(parameter.metavar or parameter.make_metavar(context))


def _sentence(text: str) -> str:
    return text.strip().rstrip(".") + "."
