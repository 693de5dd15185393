-- Policies: documents as they were taken in, version by version, and what the search knows of them. Versions are
-- appended and never edited; the index and its counts are projections that may be made anew from the versions.

CREATE TABLE policy_document (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  key text NOT NULL UNIQUE,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE policy_document IS 'Documents by the key they came under: path in a collection or file name';

CREATE TABLE policy_version (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  no bigint GENERATED ALWAYS AS IDENTITY,
  document_id uuid NOT NULL REFERENCES policy_document (id),
  content_hash text NOT NULL,
  title text,
  other_title text,
  number text,
  url text,
  language text,
  text text NOT NULL,
  source_file text NOT NULL,
  source_line integer,
  actor text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE policy_version IS 'Every text a document had, as given, with the file and line it came from; insert only';
CREATE INDEX policy_version_document ON policy_version (document_id, no DESC);

CREATE TABLE policy_index (
  document_id uuid PRIMARY KEY REFERENCES policy_document (id),
  no integer GENERATED ALWAYS AS IDENTITY UNIQUE,
  version_id uuid NOT NULL REFERENCES policy_version (id),
  group_id uuid NOT NULL,
  stem text NOT NULL,
  title text NOT NULL,
  language text NOT NULL,
  stub boolean NOT NULL,
  kind text,
  issuers text[] NOT NULL,
  year integer,
  length integer NOT NULL,
  body text NOT NULL,
  folded text NOT NULL,
  fields text NOT NULL,
  sketch bytea NOT NULL,
  recorded_at timestamptz NOT NULL
);
COMMENT ON TABLE policy_index IS 'The latest version of each document as the search reads it: a projection';
COMMENT ON COLUMN policy_index.group_id IS 'Shared by copies and translations of one document';
COMMENT ON COLUMN policy_index.fields IS 'JSON of title, headings, own and cited numbers, standards; text, because it is only ever read whole';
COMMENT ON COLUMN policy_index.sketch IS '64 numbers of four bytes by which near-identical texts are known';
CREATE INDEX policy_index_group ON policy_index (group_id);
CREATE INDEX policy_index_stem ON policy_index (stem);
CREATE INDEX policy_index_recorded ON policy_index (recorded_at DESC, document_id DESC);

CREATE TABLE policy_posting (
  no integer PRIMARY KEY REFERENCES policy_index (no) ON DELETE CASCADE,
  terms tsvector NOT NULL
);
COMMENT ON TABLE policy_posting IS 'What documents are found by, apart from them: a question visits many rows here, so they are small';
CREATE INDEX policy_posting_terms ON policy_posting USING gin (terms);

-- Left to itself the planner reads the whole table for a term that stands in every tenth document and unpacks each row;
-- the index answers fifty times faster.
CREATE FUNCTION policy_hits(asked text[], weights double precision[]) RETURNS TABLE (no integer, weight double precision)
LANGUAGE sql STABLE PARALLEL SAFE
SET enable_seqscan = off SET work_mem = '32MB' SET jit = off
AS $$
  SELECT p.no, sum(q.weight) FROM unnest(asked, weights) AS q (term, weight)
  CROSS JOIN LATERAL (SELECT p.no FROM policy_posting p WHERE p.terms @@ q.term::tsquery) p GROUP BY p.no
$$;
COMMENT ON FUNCTION policy_hits IS 'Documents that hold any of the terms, with the sum of the weights of those they hold';

CREATE TABLE policy_sketch_band (
  band integer NOT NULL,
  document_id uuid NOT NULL REFERENCES policy_document (id),
  PRIMARY KEY (band, document_id)
);
COMMENT ON TABLE policy_sketch_band IS 'Numbers under which copies meet';
CREATE INDEX policy_sketch_band_document ON policy_sketch_band (document_id);

CREATE TABLE policy_term (
  term text PRIMARY KEY,
  documents integer NOT NULL
);
COMMENT ON TABLE policy_term IS 'In how many documents a term stands; stubs are not counted';

CREATE TABLE policy_library (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  documents integer NOT NULL,
  length bigint NOT NULL
);
COMMENT ON TABLE policy_library IS 'Documents and characters counted by policy_term: one row';
INSERT INTO policy_library (documents, length) VALUES (0, 0);

GRANT SELECT ON policy_document, policy_version, policy_index, policy_posting, policy_sketch_band, policy_term, policy_library TO xiedang_app;
