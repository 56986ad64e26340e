"""``hoso ui``: the pages come up as a process of their own, and wrong use is one line."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.kg.ingest.batches import hoso

PATIENCE = 60.0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=5) as answer:
        return str(answer.read().decode())


def _healthy(url: str, process: subprocess.Popen[bytes]) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, "the pages ended"
        try:
            return _get(url)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    raise AssertionError("the pages did not come up")


def test_the_pages_come_up_and_end_with_the_command(store_url: str) -> None:
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "kg.cli.app", "ui", "--store", store_url, "--port", str(port)],
        env={**os.environ, "HOSO_LANG": "vi"}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert _healthy(f"http://127.0.0.1:{port}/_stcore/health", process) == "ok"
        assert "<html" in _get(f"http://127.0.0.1:{port}/moved").lower()
    finally:
        process.terminate()
        process.wait(timeout=30)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_no_store_is_one_line(tmp_path: Path) -> None:
    done = hoso("ui", "--store", f"sqlite:///{tmp_path / 'none.db'}")
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_one_line(store_url: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = hoso("ui", "--store", store_url, "--port", str(port))
    assert done.returncode == 1
    assert str(port) in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
