// Parcels, certificates, registers and permits are entities: they are found by name too.
CREATE CONSTRAINT hoso_identifier_id IF NOT EXISTS FOR (n:Identifier) REQUIRE n.id IS UNIQUE;
DROP INDEX hoso_names IF EXISTS;
CREATE FULLTEXT INDEX hoso_names IF NOT EXISTS
FOR (n:Agency|Person|LegalAct|Unit|ChangeEvent|Project|Identifier) ON EACH [n.keys]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}};
