-- The device register. Two times on every read: legal (valid_from against asOf) and known (the publication of the
-- import a row came with against knownAt). Rows are inserted only; nothing but the flag "alone" is ever updated.
-- A shelf (架) is the partition of one source's register; demonstration data stands on a shelf of its own.

CREATE TABLE source (
  id text PRIMARY KEY,
  shelf smallint NOT NULL UNIQUE,
  title_zh text NOT NULL,
  title_en text NOT NULL,
  publisher text NOT NULL,
  url text,
  licence text NOT NULL
);
COMMENT ON TABLE source IS 'Outside sources; one row per folder of src/sources';

CREATE TABLE import (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  release_id text NOT NULL UNIQUE,
  source text NOT NULL REFERENCES source (id),
  shelf smallint NOT NULL,
  mode text NOT NULL CHECK (mode IN ('full', 'update')),
  release_name text NOT NULL,
  released_on date NOT NULL,
  content_hash text NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'interrupted', 'failed', 'published', 'revoked')),
  stage text NOT NULL DEFAULT 'reading',
  started_at timestamptz NOT NULL DEFAULT now(),
  published_at timestamptz,
  revoked_at timestamptz,
  revoked_by text,
  revoked_reason text,
  complete boolean NOT NULL DEFAULT true,
  actor text NOT NULL,
  counts jsonb NOT NULL DEFAULT '{}',
  fill jsonb NOT NULL DEFAULT '{}',
  progress jsonb NOT NULL DEFAULT '{}',
  failure jsonb
);
COMMENT ON TABLE import IS 'One taking-in of one release; published_at is the recordedAt of all its rows, revoked_at ends them';
COMMENT ON COLUMN import.complete IS 'False when a document of the release could not be taken; what such a full release lacks is not withdrawn';
CREATE INDEX import_by_content ON import (source, content_hash);

CREATE TABLE import_file (
  import_id integer NOT NULL REFERENCES import (id) ON DELETE CASCADE,
  file_no integer NOT NULL,
  name text NOT NULL,
  path text NOT NULL,
  bytes bigint NOT NULL,
  sha256 text NOT NULL,
  PRIMARY KEY (import_id, file_no)
);
COMMENT ON TABLE import_file IS 'Files of a release as given: name, place, size and SHA-256';

CREATE TABLE import_part (
  import_id integer NOT NULL REFERENCES import (id) ON DELETE CASCADE,
  part_no integer NOT NULL,
  file_no integer NOT NULL,
  path text NOT NULL,
  encoding text,
  header_count bigint,
  read bigint NOT NULL DEFAULT 0,
  rejected bigint NOT NULL DEFAULT 0,
  identifiers bigint NOT NULL DEFAULT 0,
  resume_at bigint NOT NULL DEFAULT 0,
  problems jsonb NOT NULL DEFAULT '{}',
  fill jsonb NOT NULL DEFAULT '{}',
  done boolean NOT NULL DEFAULT false,
  failure jsonb,
  PRIMARY KEY (import_id, part_no)
);
COMMENT ON TABLE import_part IS 'Single documents inside the files; resume_at is the byte behind the last committed record';
COMMENT ON COLUMN import_part.failure IS 'Why nothing of this document was taken: code and message';

CREATE TABLE import_sighting (
  import_id integer NOT NULL REFERENCES import (id) ON DELETE CASCADE,
  shelf smallint NOT NULL,
  versions int8multirange NOT NULL
);
COMMENT ON TABLE import_sighting IS 'Versions already stored that a release contained again, as ranges of their surrogate keys; needed when the import that brought them first is revoked';
CREATE INDEX import_sighting_import ON import_sighting (import_id);

CREATE SEQUENCE version_block AS bigint START 1;
COMMENT ON SEQUENCE version_block IS 'Blocks of 65,536 surrogate keys for device versions';

CREATE TABLE product (
  id bigint NOT NULL,
  shelf smallint NOT NULL,
  source text NOT NULL,
  name text,
  brand text,
  description text,
  holder_name text,
  holder_name_alt text,
  holder_code text,
  certificate_text text,
  class_code text,
  class_code_old text,
  category text,
  kind text,
  class_key text,
  risk_class text,
  origin text,
  holder_key text,
  certificates text[] NOT NULL DEFAULT '{}',
  search tsvector NOT NULL DEFAULT ''
) PARTITION BY LIST (shelf);
-- positions hardly compress, and unpacking them would cost every ranking
ALTER TABLE product ALTER COLUMN search SET STORAGE EXTERNAL;
COMMENT ON TABLE product IS 'What the device records of one product share: texts, holder, certificate, class; id = first 8 bytes of SHA-256 over the published values';
COMMENT ON COLUMN product.search IS 'Bigrams of Chinese and words of Latin text with positions; A name and brand, B holder, C certificate and class, D description';

CREATE TABLE device_version (
  id bigint NOT NULL,
  product_id bigint NOT NULL,
  position_at bigint NOT NULL,
  version_at timestamp NOT NULL,
  correction_at timestamp NOT NULL,
  import_id integer NOT NULL,
  read_with_import integer,
  part_no integer NOT NULL,
  position_length integer NOT NULL,
  record_no integer NOT NULL,
  version_no integer NOT NULL,
  correction_no integer NOT NULL,
  released_on date NOT NULL,
  valid_from date NOT NULL,
  published_on date,
  withdrawn_on date,
  shelf smallint NOT NULL,
  agency smallint NOT NULL,
  alone boolean NOT NULL DEFAULT true,
  content_hash uuid NOT NULL,
  record_key text NOT NULL,
  di_key text NOT NULL,
  di text,
  model text,
  catalog_no text,
  payload text NOT NULL
) PARTITION BY LIST (shelf);
COMMENT ON TABLE device_version IS 'Every published version of every device record, with file, part and byte position';
COMMENT ON COLUMN device_version.di IS 'Main device identifier as published, only where it differs from its look-up key';
COMMENT ON COLUMN device_version.alone IS 'True while no other version of the same record is stored: a short cut for reads';
COMMENT ON COLUMN device_version.read_with_import IS 'Import whose file holds the bytes, where that is another one: it brought the version first and was revoked';
COMMENT ON COLUMN device_version.payload IS 'All further fields as published, packed in the order of the source manifest';
COMMENT ON COLUMN device_version.valid_from IS 'Legal day of the version: its version date, or the release day where that is missing or later than the release';

CREATE TABLE device_identifier (
  version_id bigint NOT NULL,
  import_id integer NOT NULL,
  quantity integer,
  shelf smallint NOT NULL,
  level smallint NOT NULL,
  agency smallint NOT NULL,
  ordinal smallint NOT NULL,
  di_key text NOT NULL,
  di text,
  contains_key text,
  pack_level text,
  status text,
  discontinued_on date
) PARTITION BY LIST (shelf);
COMMENT ON TABLE device_identifier IS 'Further identifiers of a device version: 1 package, 2 unit of use, 3 direct mark, 4 secondary, 5 registered';

CREATE TABLE device_presence (
  shelf smallint NOT NULL,
  record_key text NOT NULL,
  on_date date NOT NULL,
  present boolean NOT NULL,
  import_id integer NOT NULL,
  held_by integer
) PARTITION BY LIST (shelf);
COMMENT ON TABLE device_presence IS 'Records missing from a full release, and where such records were seen again';
COMMENT ON COLUMN device_presence.import_id IS 'Release that lacks or holds the record';
COMMENT ON COLUMN device_presence.held_by IS 'For an absence: a release of an earlier day that held the record; the absence counts while both are visible';

CREATE TABLE quality_problem (
  import_id integer NOT NULL,
  shelf smallint NOT NULL,
  part_no integer NOT NULL,
  position_at bigint NOT NULL,
  record_no integer NOT NULL,
  severity text NOT NULL CHECK (severity IN ('rejected', 'problem', 'notice')),
  code text NOT NULL,
  record_key text,
  field text,
  value text,
  reason text
) PARTITION BY LIST (shelf);
COMMENT ON TABLE quality_problem IS 'The quality ledger: every fault found in a release, with its place; rejected = the row was not taken';

CREATE TABLE product_tally (
  shelf smallint NOT NULL,
  product_id bigint NOT NULL,
  devices integer NOT NULL,
  PRIMARY KEY (shelf, product_id)
) PARTITION BY LIST (shelf);
COMMENT ON TABLE product_tally IS 'Devices per product in the present state, renewed in the transaction that publishes an import';

CREATE TABLE search_term (
  shelf smallint NOT NULL,
  kind text NOT NULL,
  term text NOT NULL,
  pinyin text NOT NULL,
  initials text NOT NULL,
  PRIMARY KEY (shelf, kind, term)
) PARTITION BY LIST (shelf);
COMMENT ON TABLE search_term IS 'Distinct names, brands and holders for suggestions, pinyin and typing errors';

-- model as compared: case, separators and the look-alikes O/0, I/1, L/1 set aside
CREATE FUNCTION model_key(model text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN translate(upper(model), 'OIL -_./·（）()，,', '011');

DO $$
DECLARE n int;
BEGIN
  FOREACH n IN ARRAY ARRAY[1, 2, 3, 9] LOOP
    EXECUTE format('CREATE TABLE product_%s PARTITION OF product FOR VALUES IN (%s)', n, n);
    EXECUTE format('CREATE TABLE device_version_%s PARTITION OF device_version FOR VALUES IN (%s)', n, n);
    EXECUTE format('CREATE TABLE device_identifier_%s PARTITION OF device_identifier FOR VALUES IN (%s)', n, n);
    EXECUTE format('CREATE TABLE device_presence_%s PARTITION OF device_presence FOR VALUES IN (%s)', n, n);
    EXECUTE format('CREATE TABLE quality_problem_%s PARTITION OF quality_problem FOR VALUES IN (%s)', n, n);
    EXECUTE format('CREATE TABLE product_tally_%s PARTITION OF product_tally FOR VALUES IN (%s)', n, n);
    EXECUTE format('CREATE TABLE search_term_%s PARTITION OF search_term FOR VALUES IN (%s)', n, n);
  END LOOP;
END $$;

CREATE UNIQUE INDEX product_id ON product (shelf, id);
CREATE INDEX product_search ON product USING gin (search);
CREATE INDEX product_certificates ON product USING gin (certificates);
CREATE INDEX product_holder ON product (holder_key, shelf);

CREATE INDEX device_version_id ON device_version (id);
CREATE INDEX device_version_record ON device_version (record_key);
CREATE INDEX device_version_di ON device_version (di_key);
CREATE INDEX device_version_product ON device_version (product_id);
CREATE INDEX device_version_model ON device_version (model_key(model) text_pattern_ops);
CREATE INDEX device_version_import ON device_version USING brin (import_id);

CREATE INDEX device_identifier_di ON device_identifier (di_key);
CREATE INDEX device_identifier_version ON device_identifier (version_id);
CREATE INDEX device_presence_record ON device_presence (record_key, on_date);
CREATE INDEX quality_problem_code ON quality_problem (import_id, code);
CREATE INDEX quality_problem_record ON quality_problem (record_key);
CREATE INDEX search_term_trigram ON search_term USING gin (term gin_trgm_ops);
CREATE INDEX search_term_pinyin ON search_term (pinyin text_pattern_ops);
CREATE INDEX search_term_initials ON search_term (initials text_pattern_ops);

GRANT SELECT ON source, import, import_file, import_part, import_sighting, product, device_version, device_identifier,
  device_presence, quality_problem, product_tally, search_term TO xiedang_app;
