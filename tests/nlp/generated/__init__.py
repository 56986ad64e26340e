"""An evaluation set with its truth: papers of every era, level and kind, each drawn from a layout that is data.

Units and acts are real; people, numbers and matters are invented. ``layouts/build_*.yaml`` may be looked at while
rules are written, ``layouts/held_*.yaml`` (a third) only measures. ``python -m tests.nlp.generated OUT`` writes gold/,
texts/ and ocr/light|medium|heavy/ as the reference corpus has them. Beside the corpus' fields a gold file has:

* ``era`` (eras.yaml), ``family``, ``level``, ``layout``, ``design``, ``split`` (build, held), ``record_date``;
* ``context``: the date and the unit that fonds and manifest tell, null for half of the documents;
* ``units``: for each surface that belongs to one unit its dated version on the record's date; ``former``: it had ended
  by then (its last version stands); ``by_name``: before the first list that has it, so known by name alone;
* ``legible``: per noise level, whether the reading still holds each header value;
* ``signers`` in reading order, ``signer`` the first; ``numbers`` of certificates (serial, register); ``parts``:
  documents in the file (the truth is of the first); ``archive_page``: the archive's own page, without fields;
* ``toneless``: a typewriter without tones on capitals (the truth has them).
"""
