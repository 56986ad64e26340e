"""``hoso export rdf``: every format reads back alike, whole or not at all, the same bytes, no store."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import HosoError
from kg.export.rdf import FORMATS, export_rdf
from tests.ontology.rdf.small import small_facts


@pytest.fixture(scope="module")
def expected() -> set[ox.Triple]:
    from ontology.rdf.mapping import triples
    from ontology.rdf.vocabulary import vocabulary_triples

    return {*vocabulary_triples(), *triples(small_facts())}


@pytest.mark.parametrize("ending", [*FORMATS, *(f"{ending}.gz" for ending in FORMATS), ".TTL"])
def test_every_format_reads_back_alike(ending: str, tmp_path: Path, expected: set[ox.Triple]) -> None:
    out = tmp_path / f"units{ending}"
    answer = export_rdf(out, facts=small_facts())
    content = out.read_bytes()
    if ending.endswith(".gz"):
        content = gzip.decompress(content)
    form = getattr(ox.RdfFormat, FORMATS[ending.lower().removesuffix(".gz")])
    quads = list(ox.parse(content, format=form))
    assert {quad.triple for quad in quads} == expected
    assert {quad.graph_name for quad in quads} == {ox.DefaultGraph()}
    assert answer["path"] == str(out)
    assert answer["triples"] == len(expected)
    assert answer["tables"] == {
        "units": 8, "events": 2, "edges": 4, "event_units": 8, "aliases": 1, "disagreements": 1,
    }  # fmt: skip


@pytest.mark.parametrize("ending", [".ttl", ".rdf", ".jsonld", ".nt.gz"])
def test_the_same_facts_give_the_same_bytes(ending: str, tmp_path: Path) -> None:
    one, other = tmp_path / f"one{ending}", tmp_path / f"other{ending}"
    for out in (one, other):
        export_rdf(out, facts=small_facts())
    assert one.read_bytes() == other.read_bytes()


def test_a_file_that_is_there_is_replaced_only_when_told(tmp_path: Path) -> None:
    out = tmp_path / "units.ttl"
    out.write_text("mine")
    with pytest.raises(HosoError):
        export_rdf(out, facts=small_facts())
    assert out.read_text() == "mine"
    export_rdf(out, force=True, facts=small_facts())
    assert "hoso:UnitVersion" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["units", "units.gz", "units.docx", "units.csv.gz", ".ttl"])
def test_another_ending_is_one_line_that_lists_them(name: str, tmp_path: Path) -> None:
    with pytest.raises(HosoError) as caught:
        export_rdf(tmp_path / name, facts=small_facts())
    assert all(ending in str(caught.value.message) for ending in FORMATS)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_where_it_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(HosoError):
        export_rdf(tmp_path / "no" / "units.ttl", facts=small_facts())
    folder = tmp_path / "units.nt"
    folder.mkdir()
    with pytest.raises(HosoError):
        export_rdf(folder, force=True, facts=small_facts())
    assert [entry.name for entry in tmp_path.iterdir()] == ["units.nt"]


def test_from_the_command_line_without_a_store(tmp_path: Path) -> None:
    out = tmp_path / "units.nt"
    done = subprocess.run(
        [sys.executable, "-m", "kg.cli.app", "export", "rdf", str(out), "--json"],
        capture_output=True, check=False, cwd=tmp_path, text=True, encoding="utf-8",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    with out.open(encoding="utf-8") as lines:
        assert sum(1 for _ in lines) == answer["triples"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["units.nt"]
