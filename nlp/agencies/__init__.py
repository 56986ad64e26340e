"""Bodies named in a record (component ``hoso_agencies``)."""
