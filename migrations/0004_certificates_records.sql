-- Certificates as lists publish them, records of what happened, watches, and the trail of every write.

CREATE TABLE certificate_version (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  import_id integer NOT NULL REFERENCES import (id),
  part_no integer NOT NULL,
  position_at bigint NOT NULL,
  position_length integer NOT NULL,
  record_no integer NOT NULL,
  sheet text,
  row_no integer,
  record_key text NOT NULL,
  certificate_no text NOT NULL,
  number text NOT NULL,
  family text NOT NULL,
  valid_from date NOT NULL,
  released_on date NOT NULL,
  holder_name text,
  holder_code text,
  holder_key text,
  holder_address text,
  production_address text,
  agent_name text,
  agent_address text,
  product_name text,
  model text,
  components text,
  scope text,
  approved_on date,
  valid_until date,
  status_text text,
  origin text,
  payload jsonb NOT NULL,
  content_hash text NOT NULL
);
COMMENT ON TABLE certificate_version IS 'Every published row of a list of certificates, with its place; insert only';
COMMENT ON COLUMN certificate_version.number IS 'Number as compared: the spelling of the rule, else as published';
COMMENT ON COLUMN certificate_version.family IS 'Key shared by all spellings, changes and renewals of one certificate';
COMMENT ON COLUMN certificate_version.valid_from IS 'Day of approval, or the release day where that is missing';
CREATE INDEX certificate_version_number ON certificate_version (number);
CREATE INDEX certificate_version_family ON certificate_version (family);
CREATE INDEX certificate_version_holder ON certificate_version (holder_key);
CREATE INDEX certificate_version_record ON certificate_version (record_key);
CREATE INDEX certificate_version_import ON certificate_version (import_id);

-- Lists of certificates have a ledger of their own; they are on shelf 4, which holds no devices.
CREATE TABLE quality_problem_4 PARTITION OF quality_problem FOR VALUES IN (4);

CREATE INDEX product_holder_name ON product (holder_name);

CREATE TABLE record (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  kind text NOT NULL,
  occurred_on date NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor text NOT NULL,
  body jsonb NOT NULL,
  corrects uuid UNIQUE REFERENCES record (id)
);
COMMENT ON TABLE record IS 'What happened, typed by kind; append only. A correction is a new record that points at the old one';

CREATE TABLE record_subject (
  record_id uuid NOT NULL REFERENCES record (id),
  type text NOT NULL CHECK (type IN ('device', 'certificate', 'party')),
  key text NOT NULL,
  PRIMARY KEY (record_id, type, key)
);
COMMENT ON TABLE record_subject IS 'What a record is about: source/recordKey of a device, number of a certificate, key of a party';
CREATE INDEX record_subject_key ON record_subject (type, key);

CREATE TABLE watch (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  actor text NOT NULL,
  type text NOT NULL CHECK (type IN ('device', 'certificate', 'party')),
  key text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (actor, type, key)
);
COMMENT ON TABLE watch IS 'Subjects an operator wants to see the changes of; taken away when no longer wanted';

CREATE TABLE audit_entry (
  no bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  act text NOT NULL,
  subject text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('done', 'refused')),
  detail jsonb NOT NULL,
  previous text NOT NULL,
  hash text NOT NULL
);
COMMENT ON TABLE audit_entry IS 'Trail of every write: each entry carries the hash of the one before, so that a change or a gap shows';

GRANT SELECT ON certificate_version TO xiedang_app;
GRANT SELECT, INSERT ON record, record_subject, audit_entry TO xiedang_app;
GRANT SELECT, INSERT, DELETE ON watch TO xiedang_app;
