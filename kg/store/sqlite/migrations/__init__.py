"""The numbered SQL of the schema; each file is one migration."""
