"""A file of several documents in a store: ``show``, ``chain`` and ``entity`` answer for each of them; one secret document
closes the file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.errors import HosoError
from kg.ingest.task import Task, perform
from kg.model import Secret
from kg.questions.chain import chain
from kg.questions.entity import entity
from kg.questions.search import search
from kg.questions.show import show
from kg.workspace import Workspace, open_workspace
from tests.kg.ingest.batches import hoso
from tests.kg.linking.several import DISTRICTS, LETTER, MINUTES, SIGNERS, decision, file_of, linked
from tests.kg.questions import forms

FIRST, COUNT = 10, 20
SECRET_FIRST = 80
OPEN, MIXED, CLOSED, SECRET = "001.txt", "002.txt", "003.txt", "004.txt"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store of four files: twenty decisions; minutes and letters among decisions; a denunciation between decisions;
    twenty decisions of which the fifteenth is secret."""
    folder = tmp_path_factory.mktemp("parts")
    batch = folder / "P01" / "H1"
    batch.mkdir(parents=True)
    secret = [decision(SECRET_FIRST + place, stamp="       MẬT" if place == 14 else "") for place in range(COUNT)]
    files = {
        OPEN: file_of(*(decision(FIRST + place) for place in range(COUNT))),
        MIXED: file_of(decision(40), MINUTES, LETTER.format(kind="ĐỀ NGHỊ"), decision(41)),
        CLOSED: file_of(decision(50), LETTER.format(kind="TỐ CÁO"), decision(51)),
        SECRET: file_of(*secret),
    }
    for name, text in files.items():
        (batch / name).write_text(text, encoding="utf-8")
    url = f"sqlite:///{folder / 'h.db'}"
    done = hoso("ingest", str(folder / "P01"), "--workers", "1", "--json", "--store", url)
    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout)
    assert (counts["new"], counts["secret"]) == (3, 1)
    return url


@pytest.fixture
def store(url: str) -> Iterator[Workspace]:
    with open_workspace(url) as workspace:
        yield workspace


def _id(workspace: Workspace, name: str) -> str:
    return next(record.id for record in workspace.store.iter_records() if (record.source or "").endswith(name))


def test_show_lists_the_documents_with_their_pages(store: Workspace) -> None:
    value = show(store, _id(store, OPEN))
    forms.check(forms.Show, value)
    parts = value["parts"]
    assert [part["part"] for part in parts] == [part["page"] for part in parts] == list(range(1, COUNT + 1))
    for number, part in enumerate(parts, FIRST):
        assert part["number"] == f"{number}/QĐ-UBND"
        assert part["type"] == "Quyết định"
        assert part["abstract"] == f"Về việc sửa chữa trường học số {number}"
        assert part["issuer"].casefold() == f"ủy ban nhân dân quận {DISTRICTS[number % 3]}".casefold()
        assert [signer["name"] for signer in part["signers"]] == [SIGNERS[number % 3]]
        stretch = value["text"][part["start"] : part["end"]]
        assert f"{number}/QĐ-UBND" in stretch
        assert f"{number + 1}/QĐ-UBND" not in stretch
    assert value["number"] == f"{FIRST}/QĐ-UBND"
    assert [signer["name"] for signer in value["signers"]] == [SIGNERS[FIRST % 3]]


def test_show_tells_in_which_document_an_act_is_cited(store: Workspace) -> None:
    value = show(store, _id(store, OPEN))
    for row in [*value["cites"], *value["affects"]]:
        part = value["parts"][row["part"] - 1]
        assert part["start"] <= row["start"] < row["end"] <= part["end"]
    replaced = {row["part"]: row["number"] for row in value["affects"]}
    assert replaced == {part: f"{FIRST + part - 1 + 1000}/QĐ-UBND" for part in range(1, COUNT + 1)}


def test_a_file_of_one_document_has_no_parts(tmp_path: Path) -> None:
    with open_workspace(f"sqlite:///{tmp_path / 'one.db'}", create=True) as workspace:
        with workspace.store.writing() as writer:
            writer.put_records([linked(decision(33), id="r33")])
        value = show(workspace, "r33")
    assert value["parts"] == []
    assert {row["part"] for row in [*value["cites"], *value["affects"]]} == {None}


@pytest.mark.parametrize("number", [FIRST, FIRST + 2, FIRST + COUNT - 1])
def test_the_chain_of_a_documents_number_shows_the_file_that_holds_it(store: Workspace, number: int) -> None:
    value = chain(store, f"{number}/QĐ-UBND")
    forms.check(forms.Chain, value)
    nodes = {node["number"]: node for node in value["nodes"] if node["number"]}
    asked = nodes[f"{number}/QĐ-UBND"]
    (held,) = asked["evidence"]
    assert asked["id"] == value["asked"]
    assert asked["held"]
    assert (held["record"], held["page"], held["part"]) == (_id(store, OPEN), number - FIRST + 1, number - FIRST + 1)
    text = store.texts.get(held["record"])
    assert text is not None
    assert text.text[held["start"] : held["end"]] == held["text"]
    assert nodes[f"{number + 1000}/QĐ-UBND"]["status"] == "replaced"
    others = {f"{FIRST + place}/QĐ-UBND" for place in range(COUNT)} - {f"{number}/QĐ-UBND"}
    assert not others & nodes.keys()
    proofs = [proof for edge in value["edges"] for proof in edge["evidence"]]
    assert {proof["page"] for proof in proofs} == {number - FIRST + 1}


def test_what_minutes_in_a_file_cite_is_in_no_chain_of_a_decision_beside_them(store: Workspace) -> None:
    for number in (40, 41):
        numbers = {node["number"] for node in chain(store, f"{number}/QĐ-UBND")["nodes"]}
        assert "77/QĐ-UBND" not in numbers
    cited = chain(store, "77/QĐ-UBND")
    (edge,) = cited["edges"]
    assert edge["from"] == _id(store, MIXED)
    assert [(proof["part"], proof["page"]) for proof in edge["evidence"]] == [(2, 2)]


def _links(value: dict[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    return {link["other"]["name"]: link for link in value["links"] if link["type"] == kind}


def test_a_signer_leads_to_the_document_that_he_signed(store: Workspace) -> None:
    value = entity(store, SIGNERS[2])
    signed = _links(value, "SIGNED_BY")
    expected = {f"{number}/QĐ-UBND" for number in range(FIRST + 1, FIRST + COUNT) if number % 3 == 2}
    expected |= {"41/QĐ-UBND"}
    assert expected <= signed.keys()
    for name in expected:
        assert signed[name]["other"]["kind"] == "legal_act"
        assert len(signed[name]["evidence"]) == 1
        assert SIGNERS[2] in signed[name]["evidence"][0]["text"]


def test_an_agency_leads_to_the_documents_that_it_issued(store: Workspace) -> None:
    value = entity(store, f"Ủy ban nhân dân quận {DISTRICTS[0]}", limit=200)
    issued = _links(value, "ISSUED_BY")
    assert {f"{number}/QĐ-UBND" for number in range(FIRST, FIRST + COUNT) if number % 3 == 0} <= issued.keys()


def test_an_act_in_a_file_is_linked_to_the_record_and_to_who_made_it(store: Workspace) -> None:
    value = entity(store, f"{FIRST + 3}/QĐ-UBND")
    assert {"IS_ACT", "ISSUED_BY", "SIGNED_BY", "REPLACES"} <= {link["type"] for link in value["links"]}


@pytest.mark.parametrize("number", [FIRST, FIRST + 2, FIRST + COUNT - 1])
def test_a_documents_number_finds_its_file_and_shows_its_head(store: Workspace, number: int) -> None:
    for query in (f"{number}/QĐ-UBND", f"{number} qd ubnd", f"quyết định số {number}"):
        found = search(store, query)
        hit = found["hits"][0]
        assert hit["record"]["id"] == _id(store, OPEN)
        assert hit["passages"][0]["page"] == number - FIRST + 1
        assert f"Số: {number}/QĐ-UBND" in hit["passages"][0]["text"]
    assert search(store, f"{number}/QĐ-UBND")["understood"]["number"] is not None


def test_a_number_inside_a_closed_file_finds_nothing(store: Workspace) -> None:
    assert (
        search(store, "50/QĐ-UBND")["understood"]["number"] is not None
    )  # the record's own: listed, without its text
    hits = search(store, "51/QĐ-UBND")["hits"]
    assert _id(store, CLOSED) not in {hit["record"]["id"] for hit in hits}
    assert _id(store, CLOSED) in {
        hit["record"]["id"] for hit in search(store, "51/QĐ-UBND", access="conditional")["hits"]
    }


@pytest.mark.parametrize("number", range(FIRST, FIRST + COUNT))
def test_what_a_document_rests_on_is_its_grounds_wherever_it_stands_in_the_file(
    store: Workspace, number: int
) -> None:
    rows = [row for row in show(store, _id(store, OPEN))["cites"] if row["part"] == number - FIRST + 1]
    assert {row["relation"] for row in rows} == {"based_on"}
    assert {row["number"] or row["title"] for row in rows} == {
        f"{number + 500}/QĐ-UBND",
        "Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân",
    }


def test_the_file_of_a_denunciation_tells_nothing_until_asked_for(store: Workspace) -> None:
    record = _id(store, CLOSED)
    value = show(store, record)
    assert value["withheld"] == "conditional"
    assert (value["parts"], value["text"], value["signers"]) == ([], None, [])
    assert len(show(store, record, access="conditional")["parts"]) == 3
    assert chain(store, "50/QĐ-UBND", access="conditional")["nodes"]
    with pytest.raises(HosoError):
        chain(store, "50/QĐ-UBND")


def test_one_secret_document_closes_the_file(store: Workspace) -> None:
    (secret,) = store.store.secrets()
    assert (secret.level, secret.source) == ("mat", f"H1/{SECRET}")
    with pytest.raises(HosoError) as caught:
        show(store, secret.id)
    assert caught.value.code == "secret"
    assert store.texts.get(secret.id) is None
    for place in range(COUNT):
        assert not store.store.acts_by_number(f"{SECRET_FIRST + place}/QĐ-UBND")


@pytest.mark.parametrize("between", ["\f", "\n\n"])
def test_a_secret_document_without_a_page_of_its_own_closes_the_file(tmp_path: Path, between: str) -> None:
    documents = [decision(90 + place, stamp="       MẬT" if place == 3 else "") for place in range(6)]
    path = tmp_path / "001.txt"
    path.write_text(file_of(*documents, between=between), encoding="utf-8")
    told = perform(Task(path, "001.txt", None, None, None))
    assert isinstance(told, Secret)
    assert told.level == "mat"


def test_the_screen_of_a_chain_says_where_an_act_is_held(url: str) -> None:
    with open_workspace(url) as workspace:
        record = _id(workspace, OPEN)
    told = hoso("chain", f"{FIRST + 4}/QĐ-UBND", "--store", url, env={"COLUMNS": "160"}).stdout
    line = next(line for line in told.splitlines() if line.strip().startswith("» "))
    assert f"{record} · p. 5" in line


def test_the_screen_lists_the_documents(url: str) -> None:
    with open_workspace(url) as workspace:
        record = _id(workspace, MIXED)
    told = hoso("show", record, "--store", url).stdout
    lines = told.splitlines()
    assert any(line.startswith("Documents in this file: 4") for line in lines)
    third = next(line for line in lines if line.startswith("  4. "))
    for part in (
        "p. 4",
        "41/QĐ-UBND",
        "ỦY BAN NHÂN DÂN QUẬN BA ĐÌNH",
        "trường học số 41",
        f"signed by {SIGNERS[41 % 3]}",
    ):
        assert part in third
    assert any("77/QĐ-UBND" in line for line in lines[lines.index(next(x for x in lines if x.startswith("  2. "))) :])
