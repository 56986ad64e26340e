"""Every Cypher text that changes the store: constants, with parameters only; rows come in batches (``$rows``)."""

from __future__ import annotations

from functools import cache
from typing import Final

from kg.store.neo4j.rows import EDGE_TYPES, ENTITY_LABELS

# -- the store itself
MAKE_STORE: Final = """
MERGE (m:HosoMeta {key: 'store_id'}) ON CREATE SET m.value = $store_id
MERGE (s:HosoStore {id: 'store'}) ON CREATE SET s.seq = 0, s.log = 0 SET s.schema = $schema"""
"""One statement: there is no half of a store."""
AWAIT_INDEXES: Final = "CALL db.awaitIndexes($seconds)"
LOCK: Final = """
MATCH (s:HosoStore) SET s.seq = s.seq
WITH s, coalesce(s.commits, []) AS commits SET s.commits = ([$commit] + commits)[..$kept]
RETURN s.schema, $commit IN commits"""
"""Whoever writes holds this one node to the end of the transaction: there is one writer at a time. It keeps the names of
the last transactions, so that a writer whose commit was cut off can tell whether it took place."""
SET_META: Final = "MERGE (m:HosoMeta {key: $key}) SET m.value = $value"
TAKE_NUMBERS: Final = "MATCH (s:HosoStore) SET s.seq = s.seq + $count RETURN s.seq"
PUT_CHANGES: Final = "UNWIND $rows AS row MERGE (c:HosoChange {record: row.record}) SET c = row"
PUT_LOG: Final = """
MERGE (l:HosoLog {id: $id}) WITH l WHERE l.n IS NULL
MATCH (s:HosoStore) SET s.log = s.log + 1, l.n = s.log, l.at = $at, l.kind = $kind, l.detail = $detail"""

# -- backbone


@cache
def put(label: str) -> str:
    """Insert or replace nodes of one label by id."""
    return f"UNWIND $rows AS row MERGE (n:Entity {{id: row.id}}) SET n = row SET n:{label} REMOVE n:Missing"


@cache
def foreign(label: str) -> str:
    """An id that names something of another kind already."""
    return f"UNWIND $ids AS id MATCH (n:Entity {{id: id}}) WHERE NOT n:{label} AND NOT n:Missing RETURN id LIMIT 1"


EXISTING_RECORDS: Final = "UNWIND $ids AS id MATCH (n:Record {id: id}) RETURN n.id"
REMOVE_SECRETS: Final = "UNWIND $ids AS id MATCH (n:HosoSecret {id: id}) DELETE n"
REMOVE_BACKBONE: Final = "UNWIND $ids AS id MATCH (n:Fonds|Inventory|File {id: id}) DETACH DELETE n"
REMOVE_RECORDS: Final = "UNWIND $ids AS id MATCH (n:Record {id: id}) DETACH DELETE n"
REMOVE_PASSAGES: Final = "UNWIND $ids AS id MATCH (:Record {id: id})-[:HAS_PASSAGE]->(p:Passage) DETACH DELETE p"
"""What ``export neo4j-import --vectors`` brought: it would tell an earlier text."""
PUT_QUARANTINED: Final = "UNWIND $rows AS row MERGE (n:HosoQuarantined {source: row.source}) SET n = row"
PUT_SECRET: Final = "UNWIND $rows AS row MERGE (n:HosoSecret {id: row.id}) SET n = row"
CLEAR_QUARANTINED: Final = "UNWIND $sources AS source MATCH (n:HosoQuarantined {source: source}) DELETE n"
CLEAR_SECRET: Final = "UNWIND $sources AS source MATCH (n:HosoSecret {source: source}) DELETE n"

# -- entities
STORED: Final = "UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN labels(n), properties(n)"
NAME_MISSING: Final = "UNWIND $ids AS id MERGE (n:Entity {id: id}) ON CREATE SET n:Missing"
"""The ends of an edge must be there; what nothing tells more about is only named."""
UNLABEL: Final = f"UNWIND $ids AS id MATCH (n:Entity {{id: id}}) REMOVE n:{':'.join(ENTITY_LABELS)}"
"""Before an entity becomes one of another kind."""

# What records bring to an entity: one row for each different body, with the number of records that bring it; ``kept``
# where no record owns it.
BROUGHT_BY: Final = """
UNWIND $ids AS id MATCH (c:HosoChange {record: id}) UNWIND c.brought AS key RETURN key, count(*) AS n"""
TAKE_BACK: Final = """
UNWIND $rows AS row MATCH (b:HosoBrought {key: row.key}) SET b.count = b.count - row.n RETURN DISTINCT b.node"""
DROP_UNBROUGHT: Final = """
UNWIND $keys AS key MATCH (b:HosoBrought {key: key}) WHERE b.count <= 0 AND b.kept IS NULL DELETE b"""
BRING: Final = """
UNWIND $rows AS row MERGE (b:HosoBrought {key: row.key})
ON CREATE SET b.node = row.node, b.body = row.body, b.count = 0
SET b.count = b.count + row.n"""
KEEP: Final = """
UNWIND $rows AS row MERGE (b:HosoBrought {key: row.key})
ON CREATE SET b.node = row.node, b.body = row.body, b.count = 0
SET b.kept = true"""
ALL_BROUGHT: Final = "UNWIND $ids AS id MATCH (b:HosoBrought {node: id}) RETURN b.node, b.body"

# -- edges
CREATE_EDGES: Final = """
UNWIND $rows AS row MATCH (a:Entity {id: row.source}) MATCH (b:Entity {id: row.target})
CREATE (a)-[e:$(row.type)]->(b) SET e = row.props"""
_PROVED_ELSEWHERE: Final = (
    "BASED_ON",
    "CITES",
    "AMENDS",
    "REPLACES",
    "REPEALS",
    "ISSUED_BY",
    "SIGNED_BY",
    "SIGNS_FOR",
    "SUBORDINATE_TO",
    "OF_UNIT",
)
"""Types that link two entities, or that say of an act in a file of several documents who made it: the record that
proves such an edge is found by an index of the type."""
_UNPROVED: Final = "\nUNION ALL\n".join(
    f"    MATCH ()-[e:{kind} {{record: id}}]->() RETURN e" for kind in _PROVED_ELSEWHERE
)
COUNT_PLACES: Final = """
UNWIND $rows AS row MERGE (c:HosoPlace {unit: row.unit}) ON CREATE SET c.count = 0 SET c.count = c.count + row.n"""
PLACES_OF: Final = """
UNWIND $ids AS id MATCH (:Entity {id: id})-[e:ABOUT_PLACE]->(u) WHERE e.rank = 0 RETURN u.id, count(e)"""
REMOVE_EVIDENCE: Final = f"UNWIND $ids AS id\nCALL (id) {{\n{_UNPROVED}\n}}\nDELETE e"
REMOVE_EDGES_OUT: Final = f"UNWIND $ids AS id MATCH (:Record {{id: id}})-[e:{'|'.join(EDGE_TYPES)}]->() DELETE e"
REMOVE_STRUCTURE: Final = """
UNWIND $ids AS id MATCH (:Entity {id: id})-[e:IN_FILE|IN_INVENTORY|IN_FONDS|ABOUT_PLACE]->() DELETE e"""
REMOVE_CREATOR: Final = """
UNWIND $ids AS id MATCH (:Fonds {id: id})-[e:CREATED_BY]->() WHERE e.record IS NULL DELETE e"""
SOLE_CREATORS: Final = """
UNWIND $ids AS id MATCH (:Fonds {id: id})-[e:CREATED_BY]->(a) WHERE e.record IS NULL
WITH DISTINCT a
WHERE NOT EXISTS { MATCH (o:Fonds)-[f:CREATED_BY]->(a) WHERE f.record IS NULL AND NOT o.id IN $ids } RETURN a.id"""
"""Creators of these fonds of which no other fonds is: what no record says of them is theirs alone."""
FORGET_KEPT: Final = """
UNWIND $ids AS id
CALL (id) { MATCH (:Entity {id: id})-[e:OF_UNIT]->() WHERE e.record IS NULL DELETE e }
CALL (id) { MATCH (b:HosoBrought {node: id}) WHERE b.kept REMOVE b.kept WITH b WHERE b.count <= 0 DELETE b }"""
REMOVE_UNBROUGHT: Final = """
UNWIND $ids AS id MATCH (n:Entity {id: id}) WHERE NOT EXISTS { MATCH (:HosoBrought {node: id}) } DETACH DELETE n"""


@cache
def count_edges(kind: str) -> str:
    """How many edges of one type there are: a number that the server keeps."""
    return f"MATCH ()-[e:{kind}]->() RETURN count(e)"


@cache
def remove_edges(kind: str) -> str:
    """Remove the edges of one type that stand in the place of others (same ends, record and start); the units whose
    main places were among them, with their number."""
    return f"""
UNWIND $rows AS row MATCH (a:Entity {{id: row.source}}) MATCH (b:Entity {{id: row.target}})
MATCH (a)-[e:{kind}]->(b) WHERE coalesce(e.record, '') = row.record AND coalesce(e.start, -1) = row.start
WITH e, b.id AS unit, coalesce(e.rank = 0, false) AS main DELETE e
WITH unit WHERE main RETURN unit, count(*)"""


# -- what nothing names any more
# An agency that only says which unit it is of, and that nothing names, is one that no fonds and no record has any more.
DROP_UNNAMED_OF_UNIT: Final = """
MATCH (n:Agency) WHERE NOT EXISTS { (n)<--() }
AND NOT EXISTS { MATCH (n)-[o]->() WHERE type(o) <> 'OF_UNIT' OR o.record IS NOT NULL }
MATCH (n)-[e:OF_UNIT]->() DELETE e"""
DROP_ORPHANS: Final = """
MATCH (n:Agency|Person|LegalAct|Project|Identifier) WHERE NOT EXISTS { (n)--() } DELETE n RETURN count(n)"""
DROP_NAMELESS: Final = "MATCH (n:Missing) WHERE NOT EXISTS { (n)--() } DELETE n"
LET_GO: Final = """
MATCH (b:HosoBrought) WHERE b.kept AND NOT EXISTS { MATCH (n:Entity {id: b.node}) WHERE NOT n:Missing }
REMOVE b.kept WITH b WHERE b.count <= 0 DELETE b"""
