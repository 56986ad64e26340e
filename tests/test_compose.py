"""``compose.yaml``: of the form of the Compose specification, and with what the program needs. (No Docker runs here.)"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from compose_spec import PyCompose

from kg.store.neo4j import address

ROOT = Path(__file__).resolve().parent.parent

FILE = ROOT / "compose.yaml"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The file, read."""
    loaded: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return loaded


def interpolated(text: str) -> str:
    """The file as Docker reads it: variables by their defaults, required ones by a word."""
    return re.sub(r"\$\{\w+:([?-])([^}]*)\}", lambda found: found[2] if found[1] == "-" else "a-password", text)


def test_it_is_of_the_form_of_the_specification() -> None:
    text = interpolated(FILE.read_text(encoding="utf-8"))
    assert PyCompose.from_yaml(text).service_names() == ["neo4j", "pages"]
    for right, wrong in (("restart: unless-stopped", "restart: often"), ("image:", "picture:"), (": 5s", ": five")):
        with pytest.raises(ValueError, match=r"services\.neo4j"):
            PyCompose.from_yaml(text.replace(right, wrong, 1))


def test_what_it_names_is_there(compose: dict[str, Any]) -> None:
    services, volumes = compose["services"], compose["volumes"]
    for service in services.values():
        assert set(service.get("depends_on", {})) <= services.keys()
        assert {entry.partition(":")[0] for entry in service.get("volumes", ())} <= volumes.keys()
        for name, depends in service.get("depends_on", {}).items():
            assert depends["condition"] != "service_healthy" or "healthcheck" in services[name]
    assert (ROOT / services["pages"]["build"] / "Dockerfile").is_file()


def test_no_password_is_in_it_and_none_may_be_left_out(compose: dict[str, Any]) -> None:
    given = re.compile(r"\$\{HOSO_NEO4J_PASSWORD:\?[^}]+\}")
    neo4j, pages = (compose["services"][name]["environment"] for name in ("neo4j", "pages"))
    assert given.fullmatch(pages[address.PASSWORD])
    assert given.fullmatch(neo4j["NEO4J_AUTH"].removeprefix("neo4j/"))


def test_everything_listens_on_this_machine_only(compose: dict[str, Any]) -> None:
    ports = [port for service in compose["services"].values() for port in service["ports"]]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_pages_ask_the_server_that_stands_beside_them(compose: dict[str, Any]) -> None:
    store = address.parse(compose["services"]["pages"]["environment"]["HOSO_STORE"])
    assert (store.host, store.user) == ("neo4j", "neo4j")
    assert any(port.endswith(f":{store.port}") for port in compose["services"]["neo4j"]["ports"])


def test_the_image_takes_along_every_package_of_the_program() -> None:
    copied = set(re.findall(r"^COPY (\w+) \w+$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE))
    assert copied == {"kg", "nlp", "ontology", "ui"}
