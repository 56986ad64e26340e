"""A store on a Neo4j server: what is refused, what is waited for, what a crash leaves, and what people find in it."""

from __future__ import annotations

import os
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from kg.errors import HosoError, NotFound, Unavailable
from kg.model import Edge, Node, Record, RecordGraph
from kg.store.neo4j import connection, schema
from kg.store.neo4j.address import parse
from kg.store.neo4j.client import Neo4jStore
from tests.kg.ingest.batches import deliver, hoso, whole_graph
from tests.neo4j_server import Neo4j, missing, start

PASSWORD = "mật-khẩu/1@:"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another writer, and a server that went away, are waited for only shortly."""
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.5)
    monkeypatch.setattr(connection, "RETRY_SECONDS", 0.5)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of texts and index."""
    monkeypatch.setenv("HOSO_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4j]:
    """A server with a password, which a test may kill."""
    from tests.conftest import absent

    if why := missing():
        absent(why)
    server = start(tmp_path_factory.mktemp("own"), PASSWORD)
    yield server
    server.stop(kill=True)


def put(store: Neo4jStore, *ids: str) -> None:
    """Records with these ids."""
    with store.writing() as writer:
        writer.put_records([RecordGraph(Record(ident, f"{ident}.txt"), "") for ident in ids])


# -- what is refused, each with one clear line


def test_no_server_is_one_line_at_once(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"bolt://an:matkhau1@127.0.0.1:{probe.getsockname()[1]}"
        done = hoso("stats", "--store", url, "--json", env={"HOSO_DATA": str(tmp_path)})
    assert done.returncode == 1
    assert '"unavailable"' in done.stdout
    assert "does not answer" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "matkhau1" not in done.stdout + done.stderr


def test_a_wrong_password_is_one_line(own_server: Neo4j, tmp_path: Path) -> None:
    url = own_server.url.replace("bolt://", "bolt://neo4j@")
    environment = {"HOSO_DATA": str(tmp_path), "HOSO_NEO4J_PASSWORD": "sai-mat-khau"}
    done = hoso("stats", "--store", url, "--json", env=environment)
    assert done.returncode == 1
    assert '"bad_input"' in done.stdout
    assert "HOSO_NEO4J_PASSWORD" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "sai-mat-khau" not in done.stdout + done.stderr


def test_a_database_that_is_not_there_is_one_line(empty_neo4j: Neo4j) -> None:
    with pytest.raises(HosoError, match="khong-co") as told:
        Neo4jStore.open(parse(f"{empty_neo4j.url}/khong-co"))
    assert told.value.code == "bad_input"


def test_an_empty_database_is_no_store_until_one_is_made(empty_neo4j: Neo4j) -> None:
    with pytest.raises(NotFound):
        Neo4jStore.open(parse(empty_neo4j.url))
    assert empty_neo4j.run("MATCH (n) RETURN count(n)") == [[0]]


def test_a_database_with_other_data_is_left_as_it_is(empty_neo4j: Neo4j) -> None:
    empty_neo4j.run("CREATE (:Movie {title: 'x'})")
    for create in (False, True):
        with pytest.raises(HosoError, match=r"other data|dữ liệu khác"):
            Neo4jStore.open(parse(empty_neo4j.url), create=create)
    assert empty_neo4j.run("MATCH (n) RETURN labels(n)") == [[["Movie"]]]


def test_a_store_of_a_newer_program_is_refused(empty_neo4j: Neo4j) -> None:
    Neo4jStore.open(parse(empty_neo4j.url), create=True).close()
    empty_neo4j.run("MATCH (s:HosoStore) SET s.schema = 99")
    with pytest.raises(HosoError, match="99"):
        Neo4jStore.open(parse(empty_neo4j.url), create=True)


def test_lost_indexes_are_told_and_made_again(empty_neo4j: Neo4j, data: Path) -> None:
    Neo4jStore.open(parse(empty_neo4j.url), create=True).close()
    empty_neo4j.run("DROP INDEX hoso_names")
    empty_neo4j.run("DROP CONSTRAINT hoso_entity_id")
    done = hoso("stats", "--store", empty_neo4j.url)
    assert done.returncode == 1
    assert "hoso_entity_id, hoso_names" in done.stderr
    assert "doctor --fix" in done.stderr
    assert hoso("doctor", "--fix", "--store", empty_neo4j.url).returncode == 0
    assert hoso("stats", "--store", empty_neo4j.url).returncode == 0


def test_the_schema_names_what_its_statements_make(empty_neo4j: Neo4j) -> None:
    Neo4jStore.open(parse(empty_neo4j.url), create=True).close()
    found = {name for (name,) in empty_neo4j.run("SHOW INDEXES YIELD name RETURN name")}
    assert schema.names() <= found
    statements = [text for script in schema.migrations() for text in script]
    makes = [text for text in statements if text.startswith("CREATE")]
    makes_anew = [text for text in statements if text.startswith("DROP")]
    assert len(schema.names()) == len(makes) - len(makes_anew)


def test_a_store_without_counts_of_places_has_them_after_it_is_opened(empty_neo4j: Neo4j) -> None:
    about = [Edge(f"r{n}", "ABOUT_PLACE", f"u{n % 2}", f"r{n}", props={"rank": n // 3}) for n in range(5)]
    store = Neo4jStore.open(parse(empty_neo4j.url), create=True)
    with store.writing() as writer:
        writer.put_records([RecordGraph(Record(edge.source, "x"), "", (0,), (), (edge,)) for edge in about])
    store.close()
    empty_neo4j.run("MATCH (c:HosoPlace) DELETE c")
    empty_neo4j.run("CREATE (:HosoPlace {unit: 'u9', count: 7})")
    empty_neo4j.run("MATCH (s:HosoStore) SET s.schema = 1")
    store = Neo4jStore.open(parse(empty_neo4j.url))
    assert store.schema_version() == schema.current()
    assert store.main_place_counts() == {"u0": 2, "u1": 1}
    store.close()


class OldServer(threading.Thread):
    """Speaks just enough of Bolt 4.4 to say that it is Neo4j 4.4.12, and "success" to all else."""

    _HELLO = b"\xb1\x70\xa2\x86server\x8cNeo4j/4.4.12\x8dconnection_id\x86bolt-1"  # SUCCESS and a map, in PackStream
    _OTHERS = b"\xb1\x70\xa1\x86fields\x90"

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]

    def run(self) -> None:
        with self._socket:
            connected, _ = self._socket.accept()
            with connected, connected.makefile("rb") as stream:
                stream.read(20)
                connected.sendall(struct.pack(">I", 0x00000404))
                answer = self._HELLO
                while header := stream.read(2):
                    length = struct.unpack(">H", header)[0]
                    stream.read(length)
                    if length == 0:  # the end of a message
                        connected.sendall(struct.pack(">H", len(answer)) + answer + b"\x00\x00")
                        answer = self._OTHERS


def test_a_server_of_version_4_is_refused() -> None:
    server = OldServer()
    server.start()
    with pytest.raises(Unavailable, match=r"4\.4\.12.*5\.26"):
        Neo4jStore.open(parse(f"bolt://127.0.0.1:{server.port}"), create=True)


def test_what_is_no_neo4j_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connected, _ = listening.accept()
            with connected:
                connected.recv(20)
                connected.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        threading.Thread(target=answer, daemon=True).start()
        with pytest.raises(HosoError):
            Neo4jStore.open(parse(f"bolt://127.0.0.1:{listening.getsockname()[1]}"))


@pytest.mark.parametrize("greeting", [b"", struct.pack(">I", 0x00000405)], ids=["no greeting", "half a greeting"])
def test_a_server_that_accepts_and_then_hangs_is_one_line(monkeypatch: pytest.MonkeyPatch, greeting: bytes) -> None:
    monkeypatch.setattr(connection, "CONNECT_SECONDS", 0.3)
    monkeypatch.setattr(connection, "RETRY_SECONDS", 0.0)
    with socket.create_server(("127.0.0.1", 0)) as listening, ExitStack() as held:

        def hang() -> None:
            with suppress(OSError):
                while True:
                    connected, _ = listening.accept()
                    held.enter_context(connected)
                    connected.sendall(greeting)

        threading.Thread(target=hang, daemon=True).start()
        with pytest.raises(Unavailable, match=r"does not answer|không trả lời") as told:
            Neo4jStore.open(parse(f"bolt://127.0.0.1:{listening.getsockname()[1]}"), create=True)
    assert "\n" not in told.value.message


# -- one writer at a time


def test_a_second_writer_is_told_that_the_store_is_held(empty_neo4j: Neo4j, impatient: None) -> None:
    first = Neo4jStore.open(parse(empty_neo4j.url), create=True)
    second = Neo4jStore.open(parse(empty_neo4j.url))
    with first.writing() as writer:
        writer.set_meta("a", "1")
        with pytest.raises(Unavailable, match=r"locked|bị khóa"), second.writing():
            pass
        assert second.meta("a") is None
    put(second, "r1")
    assert second.meta("a") == "1"
    first.close()
    second.close()


def test_a_folder_of_texts_serves_one_store(empty_neo4j: Neo4j, data: Path) -> None:
    assert hoso("ingest", str(deliver(data.with_name("batch"), 1)), "--store", empty_neo4j.url).returncode == 0
    empty_neo4j.empty()
    Neo4jStore.open(parse(empty_neo4j.url), create=True).close()
    done = hoso("stats", "--store", empty_neo4j.url)
    assert done.returncode == 1
    assert "HOSO_DATA" in done.stderr


# -- crashes


@pytest.mark.long
def test_a_server_killed_in_the_middle_of_an_ingest_loses_and_doubles_nothing(
    own_server: Neo4j, tmp_path: Path, data: Path
) -> None:
    batch = deliver(tmp_path / "batch", 90)
    url = own_server.url.replace("bolt://", "bolt://neo4j@")
    environment = {**os.environ, "HOSO_NEO4J_PASSWORD": PASSWORD, "HOSO_LANG": "en"}
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from kg.ingest.run import ingest\n"
        "from kg.readers.batch import discover\n"
        "from kg.workspace import open_workspace\n"
        "def progress(done, of):\n"
        "    if done < of and done <= 64:\n"
        "        print('committed', flush=True)\n"
        "with open_workspace(sys.argv[2], create=True) as workspace:\n"
        "    report = ingest(workspace, discover([Path(sys.argv[1])]), workers=1, progress=progress)\n"
        "print(report.new, flush=True)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(batch), url], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "committed"
        own_server.stop(kill=True)
        own_server.start()
        rest = process.stdout.read().split()
    assert rest[-1:] == ["90"]  # it waited for the server and went on
    assert hoso("ingest", str(batch), "--store", f"sqlite:///{tmp_path / 'kho.db'}").returncode == 0
    os.environ["HOSO_NEO4J_PASSWORD"] = PASSWORD
    try:
        assert whole_graph(url) == whole_graph(f"sqlite:///{tmp_path / 'kho.db'}")
    finally:
        del os.environ["HOSO_NEO4J_PASSWORD"]
    assert hoso("doctor", "--store", url, env=environment).returncode == 0


def test_a_server_that_stays_away_is_one_line(own_server: Neo4j, impatient: None) -> None:
    store = Neo4jStore.open(
        parse(own_server.url.replace("bolt://", f"bolt://neo4j:{quoted(PASSWORD)}@")), create=True
    )
    own_server.stop(kill=True)
    try:
        with pytest.raises(Unavailable, match=r"does not answer|không trả lời"):
            put(store, "never")
        with pytest.raises(Unavailable, match=r"does not answer|không trả lời"):
            store.record("never")
    finally:
        store.close()
        own_server.start()


def quoted(text: str) -> str:
    """As a part of a URL."""
    from urllib.parse import quote

    return quote(text, safe="")


# -- what an analyst finds


def test_the_graph_is_labelled_for_people(empty_neo4j: Neo4j) -> None:
    store = Neo4jStore.open(parse(empty_neo4j.url), create=True)
    signed = Edge(
        "r1", "SIGNED_BY", "p:1", "r1", 10, 24, 2, "Nguyễn Thị Lan", {"position": "Chủ tịch", "power": ["TM."]}
    )
    person = Node("p:1", "person", "Nguyễn Thị Lan", ("Bà Lan",), {"context": "a:1", "odd": {"nested": 1}})
    with store.writing() as writer:
        writer.put_records(
            [RecordGraph(Record("r1", "r1.txt", number="12/QĐ-UBND", pages=3), "", (0,), (person,), (signed,))]
        )
    store.close()
    found = empty_neo4j.run(
        "MATCH (r:Record {id: 'r1'})-[e:SIGNED_BY]->(p:Person {name: 'Nguyễn Thị Lan'}) "
        "RETURN r.number, r.pages, e.record, e.page, e.start, e.end, e.text, e.position, e.power, p.aliases, p.context"
    )
    assert found == [
        ["12/QĐ-UBND", 3, "r1", 2, 10, 24, "Nguyễn Thị Lan", "Chủ tịch", ["TM."], ["Bà Lan"], "a:1"]
    ]  # fmt: skip
    hidden = empty_neo4j.run("MATCH (n:Entity) WHERE any(label IN labels(n) WHERE label STARTS WITH 'Hoso') RETURN n")
    assert hidden == []


def test_a_path_does_not_go_over_what_an_analyst_drew(empty_neo4j: Neo4j) -> None:
    store = Neo4jStore.open(parse(empty_neo4j.url), create=True)
    edges = [Edge("a:1", "SUBORDINATE_TO", "a:2"), Edge("a:2", "SUBORDINATE_TO", "a:3")]
    with store.writing() as writer:
        writer.put_nodes([Node(f"a:{n}", "agency", f"x{n}") for n in (1, 2, 3)], edges)
    empty_neo4j.run("MATCH (a {id: 'a:1'}), (b {id: 'a:3'}) CREATE (a)-[:SEEN_WITH]->(b)")
    assert list(store.shortest("a:1", "a:3", max_length=8)) == edges
    store.close()


def test_syllables_that_are_english_stop_words_are_found(empty_neo4j: Neo4j) -> None:
    store = Neo4jStore.open(parse(empty_neo4j.url), create=True)
    with store.writing() as writer:
        writer.put_nodes([Node("p:1", "person", "Nguyễn Văn An"), Node("p:2", "person", "Tô Thị Thể")])
    assert [node.id for node, _ in store.find_nodes("an")] == ["p:1"]
    assert [node.id for node, _ in store.find_nodes("to the")] == ["p:2"]
    assert [node.id for node, _ in store.find_nodes("thi to")] == ["p:2"]
    store.close()
