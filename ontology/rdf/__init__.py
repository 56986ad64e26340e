"""The ontology as RDF: the vocabulary, the shapes that its files keep, the mapping from tables to triples, the questions
as SPARQL. ``docs/rdf.md`` describes the model; ``kg.export.rdf`` writes the files."""
