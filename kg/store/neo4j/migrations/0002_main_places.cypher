// How many records and files have each unit as their main place: kept by the writer, counted here from what is there.
CREATE CONSTRAINT hoso_place_unit IF NOT EXISTS FOR (n:HosoPlace) REQUIRE n.unit IS UNIQUE;

// Under the writer's lock, so that nobody adds to what is being counted.
OPTIONAL MATCH (s:HosoStore) SET s.seq = s.seq
WITH count(*) AS held
OPTIONAL MATCH (c:HosoPlace) SET c.count = 0
WITH count(*) AS cleared
MATCH ()-[e:ABOUT_PLACE]->(u) WHERE e.rank = 0
WITH u.id AS unit, count(e) AS n
MERGE (c:HosoPlace {unit: unit}) SET c.count = n;
