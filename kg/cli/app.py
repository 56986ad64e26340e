"""The console script ``hoso``: one module a command in ``kg/cli/commands``, imported only when it is asked for."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from typing import Annotated, Any

import typer

from kg.cli import commands
from kg.cli.common import guard, speak_utf8
from kg.cli.help_spoken import speak_help
from kg.cli.usage import UsageError, told

_STOPPED = 130


def build(only: str | None = None) -> typer.Typer:
    """The program with every command, or with the one named (its module alone is imported)."""
    app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc_line__)
    names = sorted(module.name for module in pkgutil.iter_modules(commands.__path__))
    for name in [only] if only in names else names:
        module: Any = importlib.import_module(f"{commands.__name__}.{name}")
        module.register(app)

    @app.callback()
    def root(
        version: Annotated[
            bool, typer.Option("--version", is_eager=True, callback=_print_version, help="The version; nothing else.")
        ] = False,
    ) -> None:
        """Hồ sơ lưu trữ: đọc, liên kết, tra cứu · records read, linked and asked."""

    return app


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"hoso {version('hoso')}")
        raise typer.Exit


__doc_line__ = "hoso: the knowledge graph of Viet Nam's archived records."


def main() -> None:
    """Entry point of the console script."""
    speak_utf8()
    guard(_run)


def _run() -> None:
    asked = next((word for word in sys.argv[1:] if not word.startswith("-")), None)
    try:
        command = typer.main.get_command(build(asked))
        if "--help" in sys.argv:
            speak_help(command)
        status = command.main(prog_name="hoso", standalone_mode=False)
    except UsageError as error:
        status = told(error)
    except typer.Abort as abort:
        if isinstance(abort.__cause__ or abort.__context__, KeyboardInterrupt):
            raise KeyboardInterrupt from None
        status = 1
    except SystemExit as end:  # how typer ends where who reads the output has gone: no error here
        if isinstance(end.__context__, BrokenPipeError):
            raise end.__context__ from None
        raise
    if status == _STOPPED:  # newer versions of typer make an exit status of Ctrl-C
        raise KeyboardInterrupt
    if isinstance(status, int) and status:
        sys.exit(status)


if __name__ == "__main__":
    main()
