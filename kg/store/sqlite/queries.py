"""Every SQL text of the store's questions and writes: constants, with parameters only.

Sets of ids and kinds are passed as one JSON array (``json_each``), so that no statement is built from what users type
or records say.
"""

from __future__ import annotations

from typing import Final

from kg.model import File, Fonds, Inventory, Quarantined, Record, Secret
from kg.store.sqlite.rows import Value, columns

TABLES: Final[dict[type, str]] = {
    Fonds: "fonds",
    Inventory: "inventory",
    File: "file",
    Record: "record",
    Quarantined: "quarantined",
    Secret: "secret",
}


def select(kind: type[Value], rest: str = "") -> str:
    """SELECT of a value's columns in their order, with a constant ending."""
    return f"SELECT {', '.join(columns(kind))} FROM {TABLES[kind]} {rest}"


def replace(kind: type[Value]) -> str:
    """INSERT OR REPLACE of one value."""
    names = columns(kind)
    return f"INSERT OR REPLACE INTO {TABLES[kind]} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


# -- the store itself
VERSION = "PRAGMA user_version"
GET_META = "SELECT value FROM meta WHERE key = ?"
METAS = "SELECT key, value FROM meta WHERE substr(key, 1, length(?1)) = ?1 ORDER BY key"
SET_META = "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)"
CHANGE_SEQ = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'change'"
CHANGES_SINCE = "SELECT seq, record, removed FROM change WHERE seq > ? ORDER BY seq LIMIT ?"
PUT_CHANGE = "INSERT OR REPLACE INTO change (record, removed) VALUES (?, ?)"
PUT_LOG = "INSERT INTO log (at, kind, detail) VALUES (?, ?, ?)"
LOGGED = "SELECT at, kind, detail FROM log WHERE ?1 IS NULL OR kind = ?1 ORDER BY n"

COUNT_NODES = """
SELECT kind, count(*) FROM node GROUP BY kind
UNION ALL SELECT 'fonds', count(*) FROM fonds
UNION ALL SELECT 'inventory', count(*) FROM inventory
UNION ALL SELECT 'file', count(*) FROM file
UNION ALL SELECT 'record', count(*) FROM record WHERE kind <> 'archive_page'"""
COUNT_EDGES = "SELECT type, count(*) FROM edge GROUP BY type ORDER BY type"
COUNT_TOTALS = """
SELECT (SELECT coalesce(sum(pages), 0) FROM record WHERE kind <> 'archive_page'),
       (SELECT count(*) FROM quarantined), (SELECT count(*) FROM secret),
       (SELECT count(*) FROM file), (SELECT count(*) FROM fonds),
       (SELECT count(*) FROM record WHERE kind <> 'archive_page')"""

# -- backbone
BY_ID = "ORDER BY id"
IDS_BY_ID = "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
OF_FONDS = "WHERE fonds = ? ORDER BY id"
WITHOUT_FONDS = "WHERE fonds IS NULL ORDER BY id"
OF_FILE = "WHERE file = ? ORDER BY id"
OF_FONDS_AND_FILE = "WHERE fonds = ? AND file = ? ORDER BY id"
BY_SOURCE = "ORDER BY source"
RECORD_IDS = "SELECT id FROM record ORDER BY id"
EXISTING_RECORDS = "SELECT id FROM record WHERE id IN (SELECT value FROM json_each(?))"
HELD = """
SELECT id, source, fonds, file, title, kind, access, subject, pages, pages_estimated, readable, retention, sha256,
       json_extract(extra, '$.root'), json_type(extra, '$.manifest') IS NOT NULL FROM record ORDER BY id"""
FINGERPRINTS = """
SELECT id, sha256, coalesce(json_extract(extra, '$.reading'), '') FROM record
WHERE id IN (SELECT value FROM json_each(?))"""
DELIVERED = """
SELECT id, source, json_extract(extra, '$.root'), sha256 FROM record WHERE source IN (SELECT value FROM json_each(?1))
UNION
SELECT id, source, json_extract(extra, '$.root'), sha256 FROM record WHERE sha256 IN (SELECT value FROM json_each(?2))
ORDER BY id"""
REMOVE_RECORD = "DELETE FROM record WHERE id = ?"
REMOVE_SECRET = "DELETE FROM secret WHERE id = ?"
REMOVE_BACKBONE = (
    "DELETE FROM fonds WHERE id = ?",
    "DELETE FROM inventory WHERE id = ?",
    "DELETE FROM file WHERE id = ?",
)
LISTED = """
SELECT id FROM record WHERE (fonds IS ?1) AND source IS NULL
AND json_extract(extra, '$.table') IN (SELECT value FROM json_each(?2))"""
CLEAR_QUARANTINED = "DELETE FROM quarantined WHERE source = ?"
CLEAR_SECRET = "DELETE FROM secret WHERE source = ?"

# -- nodes. The rows of the backbone are nodes too, with their title as name.
_BACKBONE: Final = {
    "fonds": """
        SELECT id, 'fonds', coalesce(creator, id), '[]',
               json_patch('{}', json_object('level', level, 'bloc', bloc, 'unit', unit)) FROM fonds""",
    "inventory": "SELECT id, 'inventory', coalesce(title, code), '[]', json_object('fonds', fonds) FROM inventory",
    "file": """
        SELECT id, 'file', coalesce(title, code, id), '[]',
               json_patch('{}', json_object('code', code, 'fonds', fonds)) FROM file""",
    "record": """
        SELECT id, 'record', coalesce(title, number, id), '[]',
               json_patch('{}', json_object('number', number, 'type', type, 'date', date, 'issuer', issuer))
        FROM record""",
}
BACKBONE_KINDS: Final = tuple(_BACKBONE)
_ENTITY: Final = "SELECT id, kind, name, aliases, props FROM node"
ENTITIES = f"{_ENTITY} WHERE id IN (SELECT value FROM json_each(?))"
BACKBONE_NODES: Final = {
    kind: f"{sql} WHERE id IN (SELECT value FROM json_each(?))" for kind, sql in _BACKBONE.items()
}
ALL_BACKBONE: Final = {kind: f"{sql} ORDER BY id" for kind, sql in _BACKBONE.items()}
ENTITIES_OF_KIND = f"{_ENTITY} WHERE kind = ? ORDER BY id"
ALL_ENTITIES = f"{_ENTITY} ORDER BY id"
ADD_NODE = "INSERT INTO node (kind, name, aliases, props, id) VALUES (?, ?, ?, ?, ?)"
CHANGE_NODE = "UPDATE node SET kind = ?, name = ?, aliases = ?, props = ? WHERE id = ?"
REMOVE_KEYS = "DELETE FROM node_key WHERE node = (SELECT n FROM node WHERE id = ?)"
ADD_KEY = "INSERT OR IGNORE INTO node_key (node, key, words) SELECT n, ?, ? FROM node WHERE id = ?"
# What a record brought to an entity (record '' where no record owns it), as JSON of (kind, name, aliases, props).
BROUGHT_BY = "SELECT DISTINCT node FROM brought WHERE record IN (SELECT value FROM json_each(?))"
FORGET_BROUGHT = "DELETE FROM brought WHERE record = ?"
BRING = "INSERT OR IGNORE INTO brought (record, node, body) VALUES (?, ?, ?)"
ALL_BROUGHT = """
SELECT DISTINCT node, body FROM brought WHERE node IN (SELECT value FROM json_each(?)) ORDER BY node, body"""
EVERY_BROUGHT = "SELECT record, node, body FROM brought ORDER BY record, node, body"
# An agency that only says which unit it is of, and that nothing names, is one that no fonds and no record has any more.
DROP_UNNAMED_OF_UNIT = """
DELETE FROM edge WHERE type = 'OF_UNIT' AND record = '' AND source IN (
    SELECT id FROM node WHERE kind = 'agency'
    AND NOT EXISTS (SELECT 1 FROM edge AS o WHERE o.source = node.id AND NOT (o.type = 'OF_UNIT' AND o.record = ''))
    AND NOT EXISTS (SELECT 1 FROM edge AS i WHERE i.target = node.id)
)"""
DROP_BROUGHT = "DELETE FROM brought WHERE record = '' AND node NOT IN (SELECT id FROM node)"
DROP_ORPHANS = """
DELETE FROM node WHERE kind IN ('agency', 'person', 'legal_act', 'project', 'identifier')
AND NOT EXISTS (SELECT 1 FROM edge WHERE edge.source = node.id)
AND NOT EXISTS (SELECT 1 FROM edge WHERE edge.target = node.id)"""
ACTS_BY_NUMBER = f"{_ENTITY} WHERE kind = 'legal_act' AND number_key = ? ORDER BY id"

_KINDS: Final = "(?2 IS NULL OR node.kind IN (SELECT value FROM json_each(?2)))"
FIND_EXACT = f"""
SELECT DISTINCT node.id, node.kind, node.name, node.aliases, node.props
FROM node_key JOIN node ON node.n = node_key.node
WHERE node_key.key = ?1 AND {_KINDS} ORDER BY node.id LIMIT ?3"""
FIND_WORDS = f"""
SELECT node.id, node.kind, node.name, node.aliases, node.props, min(node_key.words) AS words
FROM node_text JOIN node_key ON node_key.k = node_text.rowid JOIN node ON node.n = node_key.node
WHERE node_text MATCH ?1 AND {_KINDS} GROUP BY node.n ORDER BY words, node.id LIMIT ?3"""

# -- edges
_EDGE: Final = 'SELECT source, type, target, record, start, "end", page, text, props FROM edge'
_LIMITED: Final = "AND (?2 IS NULL OR type = ?2) ORDER BY type, source, target, record, start LIMIT ?3"
EDGES_OUT = f"{_EDGE} WHERE source = ?1 {_LIMITED}"
EDGES_IN = f"{_EDGE} WHERE target = ?1 {_LIMITED}"
ALL_EDGES = f"{_EDGE} ORDER BY type, source, target, record, start"
EDGES_OF_TYPES = f"""{_EDGE} WHERE type IN (SELECT value FROM json_each(?))
ORDER BY type, source, target, record, start"""
NEIGHBOURS_OUT = """
SELECT DISTINCT type, target FROM edge WHERE source = ?1 AND (?2 IS NULL OR type = ?2) ORDER BY type, target"""
NEIGHBOURS_IN = """
SELECT DISTINCT type, source FROM edge WHERE target = ?1 AND (?2 IS NULL OR type = ?2) ORDER BY type, source"""
BESIDE = """
SELECT DISTINCT e.source, e.type, e.target
FROM (SELECT record FROM edge WHERE source = ?1 AND record > ?2 UNION SELECT record FROM edge WHERE target = ?1 AND record > ?2
    ORDER BY record LIMIT ?3) r
JOIN edge e ON e.source = r.record AND e.record = r.record ORDER BY e.source, e.type, e.target"""
DEGREE = """
SELECT count(DISTINCT nullif(record, '')) + count(CASE WHEN record = '' THEN 1 END) FROM (
    SELECT record FROM edge WHERE source = ?1 UNION ALL SELECT record FROM edge WHERE target = ?1)"""
MAIN_PLACES = f"{_EDGE} WHERE type = 'ABOUT_PLACE' AND rank = 0 ORDER BY source, target, record, start"
MAIN_PLACES_OF = f"""{_EDGE} WHERE type = 'ABOUT_PLACE' AND rank = 0 AND target IN (SELECT value FROM json_each(?))
ORDER BY source, target, record, start"""
NEWEST = """WHERE id IN (
    SELECT source FROM edge WHERE type = 'ABOUT_PLACE' AND rank = 0 AND target IN (SELECT value FROM json_each(?)))
ORDER BY coalesce(date, '') DESC, id LIMIT ?"""
MAIN_PLACE_COUNTS = "SELECT unit, count FROM main_place WHERE count > 0 ORDER BY unit"
MAIN_PLACE_COUNTS_OF = """
SELECT unit, count FROM main_place WHERE count > 0 AND unit IN (SELECT value FROM json_each(?)) ORDER BY unit"""
EDGES_OF_LINK = f"{_EDGE} WHERE source = ? AND type = ? AND target = ? ORDER BY record, start"
PUT_EDGE = """
INSERT OR REPLACE INTO edge (source, type, target, record, start, "end", page, text, props)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
REMOVE_EDGES_OUT = "DELETE FROM edge WHERE source = ?"
REMOVE_EDGES_IN = "DELETE FROM edge WHERE target = ?"
REMOVE_EVIDENCE = "DELETE FROM edge WHERE record = ? AND record <> '' AND record <> source"
REMOVE_STRUCTURE = (
    "DELETE FROM edge WHERE source = ? AND type IN ('IN_FILE', 'IN_INVENTORY', 'IN_FONDS', 'ABOUT_PLACE')"
)
# Creators of these fonds of which no other fonds is: what no record says of them is theirs alone.
SOLE_CREATORS = """
SELECT DISTINCT target FROM edge AS e
WHERE type = 'CREATED_BY' AND record = '' AND source IN (SELECT value FROM json_each(?1))
AND NOT EXISTS (
    SELECT 1 FROM edge AS o WHERE o.target = e.target AND o.type = 'CREATED_BY' AND o.record = ''
    AND o.source NOT IN (SELECT value FROM json_each(?1)))"""
REMOVE_UNPROVED_UNIT = "DELETE FROM edge WHERE source = ? AND type = 'OF_UNIT' AND record = ''"
FORGET_KEPT = "DELETE FROM brought WHERE record = '' AND node = ?"
REMOVE_NODE = "DELETE FROM node WHERE id = ?"
REMOVE_CREATOR = "DELETE FROM edge WHERE source = ? AND type = 'CREATED_BY' AND record = ''"

# -- integrity (hoso doctor)
_BARE_FILE: Final = """
SELECT id, fonds FROM file WHERE listed = 0 AND NOT EXISTS (SELECT 1 FROM record WHERE record.file = file.id)
AND id NOT IN (SELECT file FROM quarantined WHERE file IS NOT NULL)
AND id NOT IN (SELECT file FROM secret WHERE file IS NOT NULL)"""
UNSUPPORTED_FILES = f"SELECT id FROM ({_BARE_FILE}) ORDER BY id"
UNSUPPORTED_FONDS = f"""
WITH bare AS ({_BARE_FILE}), filled AS (SELECT fonds, count(*) AS n FROM file GROUP BY fonds),
     empty AS (SELECT fonds, count(*) AS n FROM bare GROUP BY fonds)
SELECT id FROM fonds
WHERE coalesce(json_array_length(extra, '$._told_by'), creator IS NOT NULL) = 0
AND NOT EXISTS (SELECT 1 FROM record WHERE record.fonds = fonds.id)
AND coalesce((SELECT n FROM filled WHERE filled.fonds = fonds.id), 0)
    = coalesce((SELECT n FROM empty WHERE empty.fonds = fonds.id), 0)
AND id NOT IN (SELECT fonds FROM quarantined WHERE fonds IS NOT NULL)
AND id NOT IN (SELECT fonds FROM secret WHERE fonds IS NOT NULL) ORDER BY id"""
UNSUPPORTED_INVENTORIES = """
SELECT id FROM inventory WHERE fonds NOT IN (SELECT id FROM fonds) ORDER BY id"""
INTEGRITY = "PRAGMA integrity_check"
LOOSE_EDGES = """
WITH ends (id) AS (
    SELECT id FROM node UNION ALL SELECT id FROM record UNION ALL SELECT id FROM file
    UNION ALL SELECT id FROM inventory UNION ALL SELECT id FROM fonds)
SELECT type, count(*) FROM edge
WHERE source NOT IN (SELECT id FROM ends) OR target NOT IN (SELECT id FROM ends)
   OR (record <> '' AND record NOT IN (SELECT id FROM record))
GROUP BY type ORDER BY type"""
