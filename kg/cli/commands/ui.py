"""``hoso ui``: the pages, in a Streamlit process of their own."""

from __future__ import annotations

import os
import socket
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import StoreOption, fail, warn
from kg.errors import HosoError
from kg.messages import say

_OPTIONS = (
    "--server.headless=true",
    "--browser.gatherUsageStats=false",
    "--server.fileWatcherType=none",
    "--client.toolbarMode=minimal",
    "--client.showErrorDetails=none",
    "--logger.hideWelcomeMessage=true",
    "--theme.base=light",
    "--theme.primaryColor=#0b5394",
)


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def ui(
        store: StoreOption = None,
        port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port of the pages.")] = 8501,
        address: Annotated[str, typer.Option("--address", help="Address to listen on.")] = "127.0.0.1",
    ) -> None:
        """Open the pages in a browser (trang tra cứu)."""
        try:
            command, environment = _prepared(store, port, address)
        except HosoError as error:
            fail(error, as_json=False)
        warn(say("ui_started", url=f"http://{address}:{port}"))
        # The pages take this process's place: who stops it stops them.
        os.execve(command[0], command, environment)


def _prepared(store: str | None, port: int, address: str) -> tuple[list[str], dict[str, str]]:
    """The command line and environment of the pages. Raises HosoError when store or port cannot be used."""
    from kg.workspace import open_workspace

    with open_workspace(store) as workspace:
        location = workspace.location
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise HosoError(say("ui_port_taken", port=port), code="unavailable") from error
    spec = find_spec("ui")
    assert spec is not None
    assert spec.origin is not None
    script = Path(spec.origin).with_name("app.py")
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    environment = {**os.environ, "HOSO_STORE": location.url}
    if location.server and location.server.password:  # never on a command line, where other users would see it
        environment["HOSO_NEO4J_PASSWORD"] = location.server.password
    return [*command, f"--server.address={address}", *_OPTIONS], environment
