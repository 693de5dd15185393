-- The desk over the library: what each version was read as, the acts in it, what they cite and how that was linked,
-- standards, and what happened to acts. Readings, acts, citations and links are projections that `policy reindex` makes
-- anew from the versions; events are history and are never edited.

CREATE TABLE policy_reading (
  version_id uuid PRIMARY KEY REFERENCES policy_version (id),
  edition integer NOT NULL,
  reading text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE policy_reading IS 'The structure a version was read as, before corrections: a projection';
COMMENT ON COLUMN policy_reading.edition IS 'Edition of the rules of reading; another edition reads again';
COMMENT ON COLUMN policy_reading.reading IS 'JSON, only ever read whole';

CREATE TABLE policy_act (
  document_id uuid NOT NULL REFERENCES policy_document (id),
  ordinal integer NOT NULL CHECK (ordinal >= 0),
  version_id uuid NOT NULL REFERENCES policy_version (id),
  part_of integer,
  title text NOT NULL,
  title_key text NOT NULL,
  inner_key text,
  kind text NOT NULL,
  doc_type text,
  is_policy boolean NOT NULL,
  number text,
  number_key text,
  numbers text NOT NULL,
  issuers text[] NOT NULL,
  region text NOT NULL,
  level text NOT NULL,
  issued date,
  published date,
  effective date,
  expiry date,
  year integer,
  seen integer,
  starts date,
  linkable boolean NOT NULL,
  repealed boolean NOT NULL DEFAULT false,
  repealed_from date,
  followed boolean NOT NULL DEFAULT false,
  PRIMARY KEY (document_id, ordinal)
);
COMMENT ON TABLE policy_act IS 'Acts found in the latest version of a document, corrections applied: a projection';
COMMENT ON COLUMN policy_act.title_key IS 'Title as it is compared, without issuer, version and fill words';
COMMENT ON COLUMN policy_act.inner_key IS 'Key of the work a notice only hands over: 关于发布《…》的公告';
COMMENT ON COLUMN policy_act.number_key IS 'Mark, year and serial; without a mark year and serial alone: 2022/28, 令/739';
COMMENT ON COLUMN policy_act.numbers IS 'JSON of the numbers citations are held against, also one that only the name of the document tells';
COMMENT ON COLUMN policy_act.year IS 'Of issue, of publication, of the number, else of taking effect';
COMMENT ON COLUMN policy_act.seen IS 'Latest year of what it names: an act that shows no day is no earlier';
COMMENT ON COLUMN policy_act.starts IS 'Day from which it has effect, as far as that can be known';
COMMENT ON COLUMN policy_act.linkable IS 'May be the aim of a citation: an act with a title its text bears out';
COMMENT ON COLUMN policy_act.repealed IS 'Another act here says that this one is repealed';
COMMENT ON COLUMN policy_act.followed IS 'A later act of the same title and body is here, and nothing says what became of this one';
CREATE INDEX policy_act_number ON policy_act (number_key) WHERE number_key IS NOT NULL;
CREATE INDEX policy_act_title ON policy_act (title_key);
CREATE INDEX policy_act_inner ON policy_act (inner_key) WHERE inner_key IS NOT NULL;

CREATE TABLE policy_cite (
  document_id uuid NOT NULL,
  ordinal integer NOT NULL,
  no integer NOT NULL,
  title text,
  title_key text,
  inner_key text,
  number text,
  number_key text,
  issuer text,
  relation text NOT NULL,
  articles text[] NOT NULL,
  mentions integer NOT NULL,
  start_at integer NOT NULL,
  end_at integer NOT NULL,
  quote text NOT NULL,
  told text NOT NULL,
  target_document uuid,
  target_ordinal integer,
  resolved_by text CHECK (resolved_by IN ('number', 'title')),
  candidates integer NOT NULL DEFAULT 0,
  PRIMARY KEY (document_id, ordinal, no),
  FOREIGN KEY (document_id, ordinal) REFERENCES policy_act ON DELETE CASCADE,
  FOREIGN KEY (target_document, target_ordinal) REFERENCES policy_act ON DELETE SET NULL (target_document, target_ordinal),
  CHECK ((target_document IS NULL) = (target_ordinal IS NULL)),
  CHECK (title IS NOT NULL OR number IS NOT NULL)
);
COMMENT ON TABLE policy_cite IS 'Acts that an act names, linked or not: a projection';
COMMENT ON COLUMN policy_cite.quote IS 'The sentence around it';
COMMENT ON COLUMN policy_cite.told IS 'JSON of what the words around it say of the act named: numbers, body, day';
COMMENT ON COLUMN policy_cite.candidates IS 'Acts that bear the number or title, where none could be told to be the one';
CREATE INDEX policy_cite_target ON policy_cite (target_document, target_ordinal) WHERE target_document IS NOT NULL;
CREATE INDEX policy_cite_title ON policy_cite (title_key) WHERE title_key IS NOT NULL;
CREATE INDEX policy_cite_inner ON policy_cite (inner_key) WHERE inner_key IS NOT NULL;
CREATE INDEX policy_cite_number ON policy_cite (number_key) WHERE number_key IS NOT NULL;
CREATE INDEX policy_cite_open ON policy_cite (title_key, number_key) WHERE target_document IS NULL;

CREATE TABLE policy_standard (
  number text PRIMARY KEY,
  number_key text NOT NULL,
  year integer,
  title text NOT NULL,
  approved date,
  effective date,
  state text NOT NULL CHECK (state IN ('current', 'upcoming', 'withdrawn')),
  replaces text[] NOT NULL,
  source_file text NOT NULL,
  source_line integer NOT NULL,
  content_hash text NOT NULL,
  actor text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE policy_standard IS 'The list of standards, as published last';
COMMENT ON COLUMN policy_standard.number_key IS 'Letters and number without year: gb9706.1, yy0664';
CREATE INDEX policy_standard_key ON policy_standard (number_key);

CREATE TABLE policy_standard_cite (
  document_id uuid NOT NULL,
  ordinal integer NOT NULL,
  number_key text NOT NULL,
  year integer NOT NULL,
  number text NOT NULL,
  mentions integer NOT NULL,
  start_at integer NOT NULL,
  end_at integer NOT NULL,
  PRIMARY KEY (document_id, ordinal, number_key, year),
  FOREIGN KEY (document_id, ordinal) REFERENCES policy_act ON DELETE CASCADE
);
COMMENT ON TABLE policy_standard_cite IS 'Standards that an act names; year 0 when it names none: a projection';
CREATE INDEX policy_standard_cite_key ON policy_standard_cite (number_key, year);

CREATE TABLE policy_event (
  no bigint PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('added', 'changed', 'cited', 'amended', 'repealed', 'interpreted', 'corrected')),
  document_id uuid NOT NULL REFERENCES policy_document (id),
  ordinal integer NOT NULL,
  about_document uuid REFERENCES policy_document (id),
  about_ordinal integer,
  detail jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE policy_event IS 'What happened to acts, numbered without a gap; insert only';
COMMENT ON COLUMN policy_event.document_id IS 'The act it happened to: of a citation, the act that is cited';
COMMENT ON COLUMN policy_event.about_document IS 'The act that cites';
CREATE INDEX policy_event_document ON policy_event (document_id, ordinal, no);

ALTER TABLE policy_index ADD COLUMN dated date;
COMMENT ON COLUMN policy_index.dated IS 'Day of issue of the first act, else of its publication';
CREATE INDEX policy_index_dated ON policy_index (coalesce(dated, '-infinity'::date), document_id) WHERE NOT stub;
CREATE INDEX policy_index_title ON policy_index (title, document_id) WHERE NOT stub;

-- The state of an act on a day; src/domains/policy/linking/life.ts says it with reasons and a test holds both together.
CREATE FUNCTION policy_state(act policy_act, as_of date) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN act.kind IN ('draft', 'consultation') THEN 'draft'
    WHEN NOT act.is_policy OR act.kind IN ('interpretation', 'recall', 'penalty') THEN 'no-act'
    WHEN act.repealed_from <= as_of THEN 'repealed'
    WHEN act.expiry < as_of THEN 'expired'
    WHEN act.starts > as_of AND coalesce(act.effective, act.issued, act.published) IS NOT NULL THEN 'not-yet'
    WHEN act.starts IS NULL OR act.starts > as_of OR act.repealed AND act.repealed_from IS NULL OR act.followed THEN 'unknown'
    ELSE 'in-force'
  END
$$;
COMMENT ON FUNCTION policy_state IS 'in-force, not-yet, repealed, expired, draft, no-act, or unknown: not determinable';

GRANT SELECT ON policy_reading, policy_act, policy_cite, policy_standard, policy_standard_cite, policy_event TO xiedang_app;
