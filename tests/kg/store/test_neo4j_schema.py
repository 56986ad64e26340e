"""The numbered migrations leave a schema that knows every kind of entity; no server is needed to see that."""

from __future__ import annotations

import re

from kg.store.neo4j.rows import ENTITY_LABELS
from kg.store.neo4j.schema import migrations


def statements() -> list[str]:
    return [statement for script in migrations() for statement in script]


def test_the_last_index_of_names_holds_every_kind_of_entity() -> None:
    made = [one for one in statements() if one.startswith("CREATE FULLTEXT INDEX hoso_names")]
    labels = re.search(r"\(n:([\w|]+)\)", made[-1])
    assert labels
    assert sorted(labels.group(1).split("|")) == sorted(ENTITY_LABELS)


def test_every_kind_of_entity_has_one_node_an_id() -> None:
    unique = set(re.findall(r"FOR \(n:(\w+)\) REQUIRE n\.id IS UNIQUE", "\n".join(statements())))
    assert set(ENTITY_LABELS) <= unique
