"""The numbered Cypher of the schema; each file is one migration, each statement may be run again."""
