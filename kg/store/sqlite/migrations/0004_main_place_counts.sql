-- How many records and files have each unit as their main place, kept up to date by the table itself. (A count over the
-- index of main places reads every edge: an index does not cover a generated column.) The writer's connection has
-- recursive_triggers on, so that a row that is replaced counts as removed.
CREATE TABLE main_place (unit TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO main_place (unit, count)
SELECT target, count(*) FROM edge WHERE type = 'ABOUT_PLACE' AND rank = 0 GROUP BY target;
CREATE TRIGGER main_place_added AFTER INSERT ON edge
WHEN new.type = 'ABOUT_PLACE' AND json_extract(new.props, '$.rank') = 0 BEGIN
    INSERT INTO main_place (unit, count) VALUES (new.target, 1) ON CONFLICT (unit) DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER main_place_removed AFTER DELETE ON edge
WHEN old.type = 'ABOUT_PLACE' AND json_extract(old.props, '$.rank') = 0 BEGIN
    UPDATE main_place SET count = count - 1 WHERE unit = old.target;
END;
