"""A small store, and the pages run on it as Streamlit's own test runner runs them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.kg.ingest.batches import hoso, page

HOSTILE = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) $\\LaTeX$ :red[nguy] **to** https://example.com"
COUNT = 12
RUN_SECONDS = 60


@pytest.fixture(scope="session")
def store_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A dozen decisions of one district, one with a hostile title, one file that cannot be read: every
    page has something to say about it."""
    folder = tmp_path_factory.mktemp("ui")
    batch = folder / "batch"
    for number in range(1, COUNT + 1):
        file = batch / "P07" / f"H{number % 3:02d}" / f"{number:03d}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page(number), encoding="utf-8")
    first = batch / "P07" / "H01" / "001.txt"
    first.write_text(first.read_text(encoding="utf-8").replace("cho ông", f"{HOSTILE} cho ông"), encoding="utf-8")
    (batch / "P07" / "H01" / "090.pdf").write_bytes(b"not a PDF")
    quoted = HOSTILE.replace('"', '""')
    (batch / "manifest.csv").write_text(
        f'Phông,Hồ sơ số,Tiêu đề,Đường dẫn\nP07,H01,"{quoted}",P07/H01/001.txt\n', encoding="utf-8"
    )
    url = f"sqlite:///{folder / 'ui.db'}"
    done = hoso("ingest", str(batch), "--store", url, env={"HOSO_LANG": "vi"})
    assert done.returncode == 0, done.stderr
    return url


@pytest.fixture
def open_page(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    """Open a page by name, with query parameters, on the store (or on ``store``)."""
    monkeypatch.setenv("HOSO_STORE", store_url)
    monkeypatch.setenv("HOSO_LANG", "vi")
    monkeypatch.delenv("HOSO_ACCESS", raising=False)

    def opened(name: str, *, store: str | None = None, **parameters: str) -> AppTest:
        if store is not None:
            monkeypatch.setenv("HOSO_STORE", store)
        script = f"from ui.desk import guarded\nfrom ui.views import {name}\nwith guarded():\n    {name}.page()\n"
        app = AppTest.from_string(script, default_timeout=RUN_SECONDS)
        for key, value in parameters.items():
            app.query_params[key] = value
        return app.run()

    return opened


def shown(app: AppTest) -> str:
    """All that the page says, as a reader reads it: escapes and tags taken away, tables included."""
    parts: list[str] = []
    for kind in ("title", "subheader", "markdown", "caption", "info", "warning", "error", "success"):
        parts += [unescaped(element.value) for element in getattr(app, kind)]
    parts += [html.unescape(re.sub(r"<[^>]+>", " ", body)) for body in bodies(app)]
    parts += [f"{metric.label}: {metric.value}" for metric in app.metric]
    parts += [frame.value.to_csv(index=False) for frame in app.dataframe]
    return "\n".join(parts)


def bodies(app: AppTest) -> list[str]:
    """The HTML of the page's own passages and tables."""
    return [element.proto.body for element in app.get("html")]


def unescaped(text: str) -> str:
    """Markdown with its escapes and the joiners in addresses taken away."""
    return re.sub(r"\\([^\w\s])", r"\1", text).replace("\u2060", "")


def database(url: str) -> Path:
    """The file of a SQLite store."""
    return Path(url.removeprefix("sqlite:///"))
