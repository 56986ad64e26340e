"""URLs of stores on a server, and where their texts lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import HosoError
from kg.store.neo4j.address import Address, parse
from kg.workspace import locate


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOSO_DATA", "HOSO_NEO4J_PASSWORD", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("bolt://127.0.0.1", Address("bolt", "127.0.0.1")),
        ("neo4j://may:7700/kho", Address("neo4j", "may", 7700, "kho")),
        ("neo4j+s://lan@may", Address("neo4j+s", "may", user="lan")),
        ("bolt+ssc://lan:m%40t%2Fk@[::1]:7", Address("bolt+ssc", "::1", 7, user="lan", password="m@t/k")),
    ],
)
def test_urls_are_taken_apart(url: str, address: Address) -> None:
    assert parse(url) == address


def test_the_password_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_NEO4J_PASSWORD", "kín")
    assert parse("bolt://may") == Address("bolt", "may", user="neo4j", password="kín")
    assert parse("bolt://lan@may").password == "kín"
    assert parse("bolt://lan:khác@may").password == "khác"


def test_the_password_is_shown_nowhere() -> None:
    address = parse("bolt://lan:bimat@may/kho")
    assert address.url == "bolt://lan@may:7687/kho"
    assert "bimat" not in repr(address) + address.server + address.folder + repr(locate("bolt://lan:bimat@may"))


@pytest.mark.parametrize(
    "url",
    ["neo4j://", "bolt://lan:bimat@", "neo4j://lan:bimat@may/a/b", "bolt://lan:bimat@may:x", "http://lan:bimat@may"],
)
def test_other_forms_are_refused_without_the_password(url: str) -> None:
    with pytest.raises(HosoError) as told:
        locate(url)
    assert told.value.code == "bad_input"
    assert "bimat" not in told.value.message


def test_texts_lie_in_the_users_data_folder_or_where_it_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = Path("hoso") / "may-7687-neo4j"
    assert locate("neo4j://May").data == tmp_path / ".local" / "share" / folder
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    assert locate("neo4j://may").data == tmp_path / "xdg" / folder
    monkeypatch.setenv("HOSO_DATA", str(tmp_path / "own"))
    assert locate("neo4j://may").data == tmp_path / "own"
