"""``hoso convert``: a sheet of old names or addresses, with the new unit, certainty, act and clause beside each row."""
