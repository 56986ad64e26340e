"""Every word of the closed lists has its label in both languages, and every message that the code says is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import kg
from kg.messages import knows, say
from kg.model import EdgeType, NodeKind
from nlp.model import Subject
from ontology.custody import CUSTODY_ORDER
from ontology.model import CERTAINTY_ORDER, Extent
from tests.kg.questions.forms import Difference, Status

_LISTS = {
    "certainty": CERTAINTY_ORDER,
    "custody": CUSTODY_ORDER,
    "status": get_args(Status),
    "relation": tuple(kind.lower() for kind in get_args(EdgeType)),
    "entity_kind": get_args(NodeKind),
    "extent": get_args(Extent),
    "subject": get_args(Subject),
    "level": ("central", "province", "district", "commune"),
    "bloc": ("party", "government", "mass_organisation", "other"),
    "access": ("open", "conditional", "secret"),
    "difference": get_args(Difference.__annotations__["kind"]),
    "basis": ("measured", "estimated", "boxes", "coefficient"),
    "weakest": ("reading", "place", "succession", "list"),
}


@pytest.mark.parametrize("key", [f"{name}_{word}" for name, words in _LISTS.items() for word in words])
def test_closed_words_have_labels(key: str) -> None:
    for lang in ("vi", "en"):
        assert say(key, lang=lang, n=3)


_OWN = ("questions", "custody", "export", "cli")


def _sources() -> Iterator[Path]:
    for part in _OWN:
        yield from (Path(kg.__file__).parent / part).rglob("*.py")


def test_what_the_code_says_is_in_the_catalogue() -> None:
    said = {key for path in _sources() for key in re.findall(r'\bsay\(\s*"([a-z_]+)"', path.read_text("utf-8"))}
    assert said
    assert not {key for key in said if not knows(key)}


def test_columns_of_tables_have_titles() -> None:
    columns = set()
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "table":
                columns |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
    assert columns
    assert not {column for column in columns if not knows(f"column_{column}")}
