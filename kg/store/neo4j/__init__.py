"""The server store: a graph in Neo4j, made so that an analyst finds their way in it (DESIGN.md §4.6)."""
