"""The fields of the head: issuer, number, type, place and date, abstract."""
