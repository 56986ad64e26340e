// An act that stands in a file of several documents has an issuer and signers of its own: the way back from the record.
CREATE RANGE INDEX hoso_issued_by_record IF NOT EXISTS FOR ()-[e:ISSUED_BY]-() ON (e.record);
CREATE RANGE INDEX hoso_signed_by_record IF NOT EXISTS FOR ()-[e:SIGNED_BY]-() ON (e.record);
