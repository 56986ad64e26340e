"""The words of the screens: every key is in the catalogue in both languages; figures, dates, certainty."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import kg
import ui
from ui.desk import key_of, plain
from ui.words import certainty, clause, day, figure, shelf

_PREFIXES = ("label_", "column_", "certainty_", "custody_", "ui_", "entity_kind_", "relation_", "weakest_")


def _catalogue() -> dict[str, dict[str, str]]:
    merged: dict[str, dict[str, str]] = {}
    for path in sorted((Path(str(kg.__file__)).parent / "data").glob("messages*.yaml")):
        merged.update(yaml.safe_load(path.read_text(encoding="utf-8")))
    return merged


def _keys() -> Iterator[tuple[str, str]]:
    """(module, key) of every key written out in ui: arguments of ``t``, and texts that look like a key."""
    for path in sorted(Path(str(ui.__file__)).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            if node.value.startswith(_PREFIXES) and re.fullmatch(r"[a-z_]+[a-z]", node.value):
                yield path.name, node.value


def _called() -> Iterator[tuple[str, str]]:
    for path in sorted(Path(str(ui.__file__)).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "t" and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield path.name, first.value


def test_every_key_of_the_pages_is_in_the_catalogue_in_both_languages() -> None:
    catalogue = _catalogue()
    used = {key for _, key in (*_called(), *_keys())}
    assert len(used) > 80
    missing = {key for key in used if not all(catalogue.get(key, {}).get(lang) for lang in ("vi", "en"))}
    assert not missing


def test_no_word_of_the_pages_is_left_unused() -> None:
    own = yaml.safe_load((Path(str(kg.__file__)).parent / "data" / "messages_ui.yaml").read_text(encoding="utf-8"))
    roots = [Path(str(ui.__file__)).parent, Path(str(kg.__file__)).parent / "cli" / "commands"]
    sources = "\n".join(path.read_text(encoding="utf-8") for root in roots for path in root.rglob("*.py"))
    computed = ("ui_matter_", "ui_unit_", "field_", "secrecy_", "ui_quarantined_count", "ui_secret_count")
    unused = [key for key in own if not re.search(rf"['\"]{key}['\"]", sources) and not key.startswith(computed)]
    assert unused == []


@pytest.mark.parametrize(
    ("number", "text"),
    [(12900.5, "12.900,5"), (0, "0"), (None, "–"), (1312.25, "1.312,25"), (94418400, "94.418.400")],
)
def test_figures_are_written_as_vietnamese_papers_do(
    number: float | None, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOSO_LANG", "vi")
    assert figure(number) == text


def test_a_short_length_is_not_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "vi")
    assert shelf(0.004) == "< 0,01"
    assert shelf(0) == "0"
    assert shelf(None) == "–"


@pytest.mark.parametrize(("iso", "text"), [("2025-06-30", "30/06/2025"), ("2011-12", "12/2011"), (None, "")])
def test_dates_are_written_day_first(iso: str | None, text: str) -> None:
    assert day(iso) == text


def test_candidates_say_how_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "vi")
    assert certainty("candidates", 4) == "Chưa xác định: còn 4 khả năng"
    assert "N" not in certainty("candidates")
    assert clause("1656/NQ-UBTVQH15", "3") == "1656/NQ-UBTVQH15, điều 1, khoản 3"
    assert clause(None, None) == ""


@pytest.mark.parametrize(
    "hostile", ["<b>", "[a](b)", "$x$", ":red[x]", "**x**", "`x`", "# x", "1. x", "~~x~~", "a\n\nb"]
)
def test_plain_text_has_no_mark_that_is_not_escaped(hostile: str) -> None:
    made = plain(hostile)
    assert "\n" not in made
    assert not re.search(r"(?<!\\)[<\[\]$:*`#~]", made)


@pytest.mark.parametrize("address", ["https://example.com", "www.example.com", "a@example.com"])
def test_addresses_in_records_are_no_links(address: str) -> None:
    assert address not in plain(address).replace("\\", "")


def test_a_key_changes_with_the_question() -> None:
    assert key_of("rows", [{"a": "1"}]) == key_of("rows", [{"a": "1"}])
    assert key_of("rows", [{"a": "1"}]) != key_of("rows", [{"a": "2"}])
