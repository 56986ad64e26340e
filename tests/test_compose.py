"""``compose.yaml``: of the form of the Compose specification, and with what the program needs. (No Docker runs here.)"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from kg.store.neo4j import address

ROOT = Path(__file__).resolve().parent.parent

_WORDS: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
_SETTINGS: dict[str, Any] = {
    "type": "object",
    "patternProperties": {".+": {"type": ["string", "number", "boolean", "null"]}},
    "additionalProperties": False,
}
_DURATION: dict[str, Any] = {"type": "string", "pattern": r"^(\d+(h|m|s|ms|us))+$"}
SCHEMA: dict[str, Any] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "required": ["services"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$"},
        "volumes": {
            "type": "object",
            "patternProperties": {"^[a-zA-Z0-9._-]+$": {"type": ["object", "null"]}},
            "additionalProperties": False,
        },
        "services": {
            "type": "object",
            "additionalProperties": False,
            "patternProperties": {
                "^[a-zA-Z0-9._-]+$": {
                    "type": "object",
                    "additionalProperties": False,
                    "anyOf": [{"required": ["image"]}, {"required": ["build"]}],
                    "properties": {
                        "image": {"type": "string"},
                        "build": {"type": "string"},
                        "command": {"anyOf": [{"type": "string"}, _WORDS]},
                        "restart": {"type": "string", "pattern": "^(no|always|unless-stopped|on-failure(:[0-9]+)?)$"},
                        "environment": _SETTINGS,
                        "ports": {"type": "array", "uniqueItems": True, "items": {"type": "string"}},
                        "volumes": {"type": "array", "uniqueItems": True, "items": {"type": "string"}},
                        "healthcheck": {
                            "type": "object",
                            "additionalProperties": False,
                            "properties": {
                                "test": {"anyOf": [{"type": "string"}, _WORDS]},
                                "interval": _DURATION,
                                "timeout": _DURATION,
                                "start_period": _DURATION,
                                "retries": {"type": "integer", "minimum": 1},
                            },
                        },
                        "depends_on": {
                            "type": "object",
                            "additionalProperties": {
                                "type": "object",
                                "required": ["condition"],
                                "additionalProperties": False,
                                "properties": {
                                    "condition": {
                                        "enum": [
                                            "service_started",
                                            "service_healthy",
                                            "service_completed_successfully",
                                        ]
                                    }
                                },
                            },
                        },
                    },
                }
            },
        },
    },
}
"""The part of the Compose specification's schema that the file uses: names, types and permitted words as there
(compose-spec.json of github.com/compose-spec/compose-spec, 2025)."""


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The file, read."""
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return loaded


def test_it_is_of_the_form_of_the_specification(compose: dict[str, Any]) -> None:
    jsonschema.validate(compose, SCHEMA)


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
