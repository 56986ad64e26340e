"""An evaluation set with its truth: papers of every era, level and kind, each drawn from a layout that is data.

Units and acts are real; people, numbers and matters are invented. ``layouts/build*.yaml`` may be looked at while
rules are written, ``layouts/held*.yaml`` (a third or more) only measures. ``python -m tests.nlp.generated OUT`` writes gold/,
texts/ and ocr/light|medium|heavy/ as the reference corpus has them. Beside the corpus' fields a gold file has:

* ``era`` (eras.yaml), ``family``, ``level``, ``layout``, ``design``, ``split`` (build, held), ``record_date``;
* ``context``: the date and the unit that fonds and manifest tell, null for two fifths of the documents;
* ``units``: for each surface that belongs to one unit its dated version on the record's date; ``former``: it had ended
  by then (its last version stands); ``by_name``: before the first list that has it, so known by name alone. Rows that
  neither page nor context bear out (namesakes, see ``decided``) are left out; a fonds whose unit only the context
  tells has one;
* ``legible``: per noise level, whether the reading still holds each header value;
* ``signers`` in reading order, ``signer`` the first; ``numbers`` of certificates (serial, register); ``parts``:
  documents in the file (the truth is of the first); ``archive_page``: the archive's own page, without fields;
* ``toneless``: a typewriter without tones on capitals: mentions and ``units`` are as printed, header fields have them;
* ``subject`` follows the abstract that was drawn; ``retention`` is the term on a cover.
"""
