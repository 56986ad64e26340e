-- What each record brought to an entity, so that a name no paper bears any more goes when its record goes; and where a
-- record was delivered, so that one that changes its id leaves no twin behind.
CREATE TABLE brought (
    record TEXT NOT NULL, node TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (record, node, body)
) WITHOUT ROWID;
CREATE INDEX brought_node ON brought (node);
CREATE INDEX record_source ON record (source);
CREATE INDEX record_sha256 ON record (sha256);
