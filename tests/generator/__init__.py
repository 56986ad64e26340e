"""A seeded maker of the sample batch: a delivery of digitised records as an archive of Ha Noi would make it.

Units, acts and forms are real; people, numbers and matters are invented. Texts are data (``data/kinds/*.yaml``).
"""
