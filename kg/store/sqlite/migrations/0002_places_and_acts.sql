-- Two questions that had to read every edge or node: the main places of units, and the acts of a number.
ALTER TABLE edge ADD COLUMN rank INTEGER GENERATED ALWAYS AS (json_extract(props, '$.rank')) VIRTUAL;
CREATE INDEX edge_main_place ON edge (target, source, record, start) WHERE type = 'ABOUT_PLACE' AND rank = 0;
ALTER TABLE node ADD COLUMN number_key TEXT GENERATED ALWAYS AS (json_extract(props, '$.number_key')) VIRTUAL;
CREATE INDEX node_number ON node (number_key, id) WHERE kind = 'legal_act';
