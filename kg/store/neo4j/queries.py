"""Every Cypher text of the store's questions: constants, with parameters only.

Labels and types of relationships cannot be parameters; those set in here come from the closed lists of ``rows``, never
from what users type or records say. Listings go on from the last id seen (``$after``), page by page, so that no
transaction stays open while someone reads.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Final, Literal

from kg.store.neo4j.rows import EDGE_TYPES, LABELS

# -- the server and the store itself
STORE: Final = "MATCH (s:HosoStore) RETURN s.schema"
ANY_NODE: Final = "MATCH (n) RETURN labels(n) LIMIT 1"
INDEXES: Final = "SHOW INDEXES YIELD name, state RETURN name, state"
GET_META: Final = "MATCH (m:HosoMeta {key: $key}) RETURN m.value"
METAS: Final = "MATCH (m:HosoMeta) WHERE m.key STARTS WITH $prefix RETURN m.key, m.value ORDER BY m.key"
CHANGE_SEQ: Final = "MATCH (s:HosoStore) RETURN s.seq"
CHANGES_SINCE: Final = """
MATCH (c:HosoChange) WHERE c.seq > $seq RETURN c.seq, c.record, c.removed ORDER BY c.seq LIMIT $limit"""
LOGGED: Final = """
MATCH (l:HosoLog) WHERE l.n > 0 AND ($kind IS NULL OR l.kind = $kind) RETURN l.at, l.kind, l.detail ORDER BY l.n"""

COUNT_NODES: Final = "\nUNION ALL\n".join(
    f"MATCH (n:{label}) RETURN '{kind}' AS kind, count(n) AS n" for kind, label in LABELS.items()
)
COUNT_EDGES: Final = "\nUNION ALL\n".join(
    f"MATCH ()-[e:{kind}]->() RETURN '{kind}' AS type, count(e) AS n" for kind in EDGE_TYPES
)
COUNT_DOCUMENTS: Final = """
MATCH (n:Record) WHERE n.kind <> 'archive_page' RETURN count(n), coalesce(sum(n.pages), 0)"""
COUNT_OUTCOMES: Final = """
MATCH (n:HosoQuarantined) RETURN count(n) AS n UNION ALL MATCH (n:HosoSecret) RETURN count(n) AS n"""

# -- backbone


FONDS: Final = "MATCH (n:Fonds) RETURN properties(n)"
QUARANTINED: Final = "MATCH (n:HosoQuarantined) RETURN properties(n)"
SECRETS: Final = "MATCH (n:HosoSecret) RETURN properties(n)"


@cache
def by_ids(label: str) -> str:
    """Rows of a label by id."""
    return f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN properties(n)"


INVENTORIES: Final = "MATCH (n:Inventory) WHERE n.fonds = $fonds RETURN properties(n)"
FILES: Final = "MATCH (n:File) RETURN properties(n)"
FILES_OF_FONDS: Final = "MATCH (n:File) WHERE n.fonds = $fonds RETURN properties(n)"
FILES_WITHOUT_FONDS: Final = "MATCH (n:File) WHERE n.fonds IS NULL RETURN properties(n)"
RECORD_IDS: Final = "MATCH (n:Record) WHERE n.id > $after RETURN n.id ORDER BY n.id LIMIT $batch"
RECORDS: Final = "MATCH (n:Record) WHERE n.id > $after RETURN n.id, properties(n) ORDER BY n.id LIMIT $batch"
RECORDS_OF_FONDS: Final = """
MATCH (n:Record) WHERE n.fonds = $fonds AND n.id > $after
RETURN n.id, properties(n) ORDER BY n.fonds, n.id LIMIT $batch"""
RECORDS_OF_FILE: Final = """
MATCH (:Entity {id: $file})<-[:IN_FILE]-(n:Record) WHERE n.id > $after AND ($fonds IS NULL OR n.fonds = $fonds)
RETURN n.id, properties(n) ORDER BY n.id LIMIT $batch"""
LISTED: Final = """
UNWIND $fonds AS fonds MATCH (n:Record) WHERE n.fonds = fonds AND n.id > '' AND n.source IS NULL
RETURN n.id, n.extra"""
LISTED_WITHOUT_FONDS: Final = """
MATCH (n:Record) WHERE n.fonds IS NULL AND n.source IS NULL RETURN n.id, n.extra"""
HELD: Final = """
MATCH (n:Record) WHERE n.id > $after
RETURN n.id, n.source, n.fonds, n.file, n.title, n.kind, n.access, n.subject, n.pages, n.pages_estimated, n.readable,
    n.retention, n.sha256, n.extra ORDER BY n.id LIMIT $batch"""
FINGERPRINTS: Final = "UNWIND $ids AS id MATCH (n:Record {id: id}) RETURN n.id, n.sha256, n.extra"
DELIVERED: Final = """
UNWIND $sources AS source MATCH (n:Record {source: source}) RETURN n.id AS id, n.source AS source, n.extra AS extra,
    n.sha256 AS sha256
UNION
UNWIND $hashes AS hash MATCH (n:Record {sha256: hash}) RETURN n.id AS id, n.source AS source, n.extra AS extra,
    n.sha256 AS sha256"""

# -- nodes
NODES: Final = "UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN labels(n), properties(n)"
ALL_NODES: Final = """
MATCH (n:Entity) WHERE n.id > $after AND ($labels IS NULL OR any(label IN labels(n) WHERE label IN $labels))
WITH n ORDER BY n.id LIMIT $batch RETURN n.id, labels(n), properties(n) ORDER BY n.id"""


@cache
def nodes_of(label: str) -> str:
    """A page of the nodes of one kind."""
    return f"""
MATCH (n:{label}) WHERE n.id > $after RETURN n.id, labels(n), properties(n) ORDER BY n.id LIMIT $batch"""


KEPT: Final = "MATCH (b:HosoBrought) WHERE b.kept RETURN b.node, b.body"
BROUGHT: Final = """
MATCH (c:HosoChange) WHERE c.record > $after WITH c ORDER BY c.record LIMIT $batch
OPTIONAL MATCH (b:HosoBrought) WHERE b.key IN c.brought
RETURN c.record, collect([b.node, b.body]) AS brought ORDER BY c.record"""
ACTS_BY_NUMBER: Final = "MATCH (n:LegalAct {number_key: $key}) RETURN labels(n), properties(n)"
FIND: Final = """
CALL db.index.fulltext.queryNodes('hoso_names', $query) YIELD node AS n
WHERE $labels IS NULL OR any(label IN labels(n) WHERE label IN $labels)
WITH n, $key IN n.keys AS exact, [key IN n.keys WHERE all(word IN $whole WHERE word IN split(key, ' '))
    AND any(word IN split(key, ' ') WHERE word STARTS WITH $begun) | size(split(key, ' '))] AS lengths
WHERE size(lengths) > 0
WITH n, exact, CASE WHEN exact THEN 0 ELSE reduce(least = lengths[0], length IN lengths |
    CASE WHEN length < least THEN length ELSE least END) END AS words
ORDER BY exact DESC, words, n.id LIMIT $limit
RETURN collect([labels(n), properties(n), exact, words])"""
"""The index finds every name with the words, of one name or of several; what is kept has them in one name. One list, not a
row a name: the driver unpacks it faster."""

# -- edges
_EDGE: Final = "RETURN a.id AS source, type(e) AS type, b.id AS target, properties(e) AS props"
_FIRST: Final = """ORDER BY type(e), startNode(e).id, endNode(e).id, coalesce(e.record, ''), coalesce(e.start, -1)
    LIMIT $limit"""


def known_types(types: Collection[str] | None) -> tuple[str, ...]:
    """Those of the types that are of the graph's closed list, in order; all of them for None."""
    return EDGE_TYPES if types is None else tuple(kind for kind in EDGE_TYPES if kind in types)


@cache
def edges(types: tuple[str, ...], direction: str, *, cut: Literal["some", "first"] | None) -> str:
    """Edges of these types at ``$ids``, of each node and direction ``$limit`` where that is asked: ``some`` (at once,
    however many there are) or the ``first``; of both directions, one between two of them comes twice."""
    step = f"[e:{'|'.join(types)}]"
    patterns = {"out": [f"(n)-{step}->()"], "in": [f"()-{step}->(n)"]}
    asked = patterns.get(direction, [*patterns["out"], *patterns["in"]])
    order = {"some": "LIMIT $limit", "first": _FIRST}.get(cut or "", "")
    parts = "\n    UNION ALL\n".join(f"    MATCH {pattern} RETURN e {order}" for pattern in asked)
    return f"""
UNWIND $ids AS id MATCH (n:Entity {{id: id}})
CALL (n) {{
{parts}
}}
RETURN startNode(e).id AS source, type(e) AS type, endNode(e).id AS target, properties(e) AS props"""


@cache
def neighbours(types: tuple[str, ...]) -> str:
    """(id, type, other, outgoing) at ``$ids``, each once; a loop both ways."""
    return f"""
UNWIND $ids AS id MATCH (a:Entity {{id: id}})-[e:{"|".join(types)}]-(b)
RETURN DISTINCT id, type(e) AS type, b.id AS other, startNode(e) = a AS outgoing"""


_ANY: Final = "|".join(EDGE_TYPES)
BESIDE: Final = f"""
MATCH (:Entity {{id: $node}})-[e:{_ANY}]-() WHERE e.record > $after
WITH DISTINCT e.record AS id ORDER BY id LIMIT $records
MATCH (:Record {{id: id}})-[f:{_ANY}]->(x) WHERE f.record = id
RETURN id, collect(DISTINCT [type(f), x.id])"""
DEGREES: Final = f"""
UNWIND $ids AS id MATCH (a:Entity {{id: id}})
CALL (a) {{
    MATCH (a)-[e:{_ANY}]->() RETURN e.record AS record UNION ALL MATCH (a)<-[e:{_ANY}]-() RETURN e.record AS record
}}
RETURN id, count(DISTINCT record) + sum(CASE WHEN record IS NULL THEN 1 ELSE 0 END)"""


@cache
def shortest(length: int, *, typed: bool) -> str:
    """Every edge of the first ``$most`` shortest paths between two nodes, with the number of these paths; ``typed``: over
    edges of the graph's own types alone, at half the speed."""
    return f"""
MATCH (a:Entity {{id: $a}}), (b:Entity {{id: $b}})
MATCH p = allShortestPaths((a)-[{":" + _ANY if typed else ""}*..{int(length)}]-(b))
WITH p LIMIT $most
WITH collect(p) AS paths
UNWIND paths AS p UNWIND relationships(p) AS e
WITH DISTINCT size(paths) AS n, e
RETURN n, collect([startNode(e).id, type(e), endNode(e).id, properties(e)])"""


@cache
def edges_page(kind: str) -> str:
    """All edges of one type at a page of ``$batch`` nodes that they start at."""
    return f"""
MATCH (a:Entity) WHERE a.id > $after AND EXISTS {{ (a)-[:{kind}]->() }}
WITH a ORDER BY a.id LIMIT $batch
MATCH (a)-[e:{kind}]->(b) {_EDGE}"""


MAIN_PLACES: Final = """
UNWIND $units AS id MATCH (b:Entity {id: id})<-[e:ABOUT_PLACE]-(a) WHERE e.rank = 0
RETURN a.id AS source, type(e) AS type, b.id AS target, properties(e) AS props"""

NEWEST: Final = """
UNWIND $units AS id MATCH (:Entity {id: id})<-[e:ABOUT_PLACE]-(r:Record) WHERE e.rank = 0
WITH DISTINCT r ORDER BY coalesce(r.date, '') DESC, r.id LIMIT $limit
RETURN collect(properties(r))"""
_COUNTS: Final = "WHERE c.count > 0 WITH c ORDER BY c.unit RETURN collect(c.unit), collect(c.count)"
MAIN_PLACE_COUNTS: Final = f"MATCH (c:HosoPlace) {_COUNTS}"
MAIN_PLACE_COUNTS_OF: Final = f"UNWIND $units AS id MATCH (c:HosoPlace {{unit: id}}) {_COUNTS}"
"""Two lists, not a row a unit: the driver unpacks them several times faster."""
EDGES_OF_LINKS: Final = """
UNWIND $links AS link MATCH (a:Entity {id: link[0]}) MATCH (b:Entity {id: link[2]})
MATCH (a)-[e]->(b) WHERE type(e) = link[1]
RETURN a.id AS source, type(e) AS type, b.id AS target, properties(e) AS props"""

# -- integrity (hoso doctor)
OUTCOME_PLACES: Final = """
MATCH (n:HosoQuarantined) RETURN n.fonds AS fonds, n.file AS file
UNION MATCH (n:HosoSecret) RETURN n.fonds AS fonds, n.file AS file"""
UNSUPPORTED_FILES: Final = """
MATCH (f:File) WHERE NOT f.listed AND NOT EXISTS { (f)<-[:IN_FILE]-() } AND NOT f.id IN $held
RETURN f.id, f.fonds ORDER BY f.id"""
FONDS_WITHOUT_RECORDS: Final = """
MATCH (f:Fonds)
WHERE NOT f.id IN $held AND NOT EXISTS { MATCH (r:Record) WHERE r.fonds = f.id AND r.id > '' }
RETURN f.id, f.creator, f.extra, COUNT { MATCH (n:File) WHERE n.fonds = f.id AND n.id > '' } ORDER BY f.id"""
UNSUPPORTED_INVENTORIES: Final = """
MATCH (i:Inventory) WHERE NOT EXISTS { MATCH (:Fonds {id: i.fonds}) } RETURN i.id ORDER BY i.id"""
WRONG_COUNTS: Final = """
MATCH ()-[e:ABOUT_PLACE]->(u) WHERE e.rank = 0 WITH u.id AS unit, count(e) AS n
WITH collect({unit: unit, n: n}) AS counted
OPTIONAL MATCH (c:HosoPlace) WHERE c.count > 0
WITH counted, collect(c.unit) AS kept
UNWIND CASE WHEN size(counted) = 0 THEN [NULL] ELSE counted END AS row
OPTIONAL MATCH (c:HosoPlace {unit: row.unit})
WITH kept, counted, sum(CASE WHEN row IS NOT NULL AND coalesce(c.count, 0) <> row.n THEN 1 ELSE 0 END) AS wrong
RETURN wrong + CASE WHEN size(kept) > size(counted) THEN size(kept) - size(counted) ELSE 0 END"""
LOOSE_EDGES: Final = f"""
MATCH (a)-[e:{_ANY}]->(b)
WHERE a:Missing OR b:Missing OR (e.record IS NOT NULL AND NOT EXISTS {{ MATCH (:Record {{id: e.record}}) }})
RETURN type(e) AS type, count(e) AS n ORDER BY type"""
