-- The first schema: the archival backbone, entities with the keys they are found by, edges with their evidence.
-- '' and -1 stand for "none" in the key of an edge, because a primary key without rowid takes no NULL.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- Tells this store from any other: the search index beside it belongs to it alone.
INSERT INTO meta (key, value) VALUES ('store_id', lower(hex(randomblob(16))));

CREATE TABLE fonds (
    id TEXT PRIMARY KEY, creator TEXT, level TEXT, bloc TEXT, unit TEXT, status TEXT, opened TEXT, closed TEXT,
    extra TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE inventory (
    id TEXT PRIMARY KEY, fonds TEXT NOT NULL, code TEXT NOT NULL, title TEXT
) WITHOUT ROWID;
CREATE INDEX inventory_fonds ON inventory (fonds, id);

CREATE TABLE file (
    id TEXT PRIMARY KEY, fonds TEXT, inventory TEXT, code TEXT, title TEXT, since TEXT, until TEXT, retention TEXT,
    sheets INTEGER, pages INTEGER, metres REAL, metres_basis TEXT, box TEXT, arranged INTEGER, listed INTEGER NOT NULL,
    medium TEXT, held_by TEXT, held_since TEXT, held_paper TEXT, extra TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX file_fonds ON file (fonds, id);

CREATE TABLE record (
    id TEXT PRIMARY KEY, source TEXT, fonds TEXT, file TEXT, number TEXT, type TEXT, date TEXT, date_partial TEXT,
    issuer TEXT, title TEXT, pages INTEGER, pages_estimated INTEGER NOT NULL, level TEXT, bloc TEXT, retention TEXT,
    access TEXT NOT NULL, subject TEXT NOT NULL, sha256 TEXT, kind TEXT NOT NULL, readable INTEGER NOT NULL,
    signers TEXT NOT NULL, confidence TEXT NOT NULL, extra TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX record_fonds ON record (fonds, id);
CREATE INDEX record_file ON record (file, id);

CREATE TABLE node (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL, aliases TEXT NOT NULL,
    props TEXT NOT NULL
);
CREATE INDEX node_kind ON node (kind, id);

-- One row a name or alias, folded (kg.store.names.key), with its number of words; the full text reads from here.
CREATE TABLE node_key (
    k INTEGER PRIMARY KEY, node INTEGER NOT NULL REFERENCES node (n) ON DELETE CASCADE, key TEXT NOT NULL,
    words INTEGER NOT NULL
);
CREATE UNIQUE INDEX node_key_key ON node_key (key, node);
CREATE INDEX node_key_node ON node_key (node);
CREATE VIRTUAL TABLE node_text USING fts5 (
    key, content = 'node_key', content_rowid = 'k', tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3'
);
CREATE TRIGGER node_key_added AFTER INSERT ON node_key BEGIN
    INSERT INTO node_text (rowid, key) VALUES (new.k, new.key);
END;
CREATE TRIGGER node_key_removed AFTER DELETE ON node_key BEGIN
    INSERT INTO node_text (node_text, rowid, key) VALUES ('delete', old.k, old.key);
END;

CREATE TABLE edge (
    source TEXT NOT NULL, type TEXT NOT NULL, target TEXT NOT NULL, record TEXT NOT NULL DEFAULT '',
    start INTEGER NOT NULL DEFAULT -1, "end" INTEGER, page INTEGER, text TEXT, props TEXT NOT NULL,
    PRIMARY KEY (source, type, target, record, start)
) WITHOUT ROWID;
CREATE INDEX edge_target ON edge (target, type, source, record, start);
-- Most edges of a record start at it: only the others need a way back from their evidence.
CREATE INDEX edge_record ON edge (record) WHERE record <> '' AND record <> source;

-- The journal: one row a record, its last change; seq never goes back.
CREATE TABLE change (seq INTEGER PRIMARY KEY AUTOINCREMENT, record TEXT NOT NULL UNIQUE, removed INTEGER NOT NULL);

CREATE TABLE quarantined (
    source TEXT PRIMARY KEY, reason TEXT NOT NULL, message TEXT NOT NULL, fonds TEXT, file TEXT, sha256 TEXT
) WITHOUT ROWID;
CREATE TABLE secret (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, level TEXT NOT NULL, fonds TEXT, file TEXT, sha256 TEXT
) WITHOUT ROWID;
CREATE INDEX secret_source ON secret (source);
CREATE TABLE log (n INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL);
