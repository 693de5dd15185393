-- Taking releases in while the server runs: jobs with their files. When demonstration data were loaded and taken away.

CREATE TABLE import_job (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  origin text NOT NULL CHECK (origin IN ('upload', 'folder', 'continue')),
  request jsonb NOT NULL DEFAULT '{}',
  content_hash text NOT NULL,
  state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed', 'interrupted')),
  actor text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  started_at timestamptz,
  ended_at timestamptz,
  stop_requested_at timestamptz,
  stop_requested_by text,
  attempts integer NOT NULL DEFAULT 0,
  import_id integer REFERENCES import (id) ON DELETE SET NULL,
  progress jsonb NOT NULL DEFAULT '{}',
  summary jsonb,
  failure jsonb
);
COMMENT ON TABLE import_job IS 'Imports asked for while the server runs: uploads and files of the watched folder, with what became of them';
COMMENT ON COLUMN import_job.import_id IS 'The import in hand, or the last one';
CREATE UNIQUE INDEX import_job_open ON import_job (content_hash) WHERE state IN ('queued', 'running');
CREATE INDEX import_job_import ON import_job (import_id);

CREATE TABLE import_job_file (
  job_id integer NOT NULL REFERENCES import_job (id) ON DELETE CASCADE,
  file_no integer NOT NULL,
  name text NOT NULL,
  path text NOT NULL,
  bytes bigint NOT NULL,
  sha256 text NOT NULL,
  PRIMARY KEY (job_id, file_no)
);
COMMENT ON TABLE import_job_file IS 'Files of an import job; by their hash the watched folder knows what it had before';
CREATE INDEX import_job_file_hash ON import_job_file (sha256);

CREATE TABLE demo_event (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  act text NOT NULL CHECK (act IN ('loaded', 'removed')),
  actor text NOT NULL
);
COMMENT ON TABLE demo_event IS 'When demonstration data were loaded and removed; they load by themselves only while this is empty';

CREATE TABLE demo_record (
  record_id uuid PRIMARY KEY REFERENCES record (id)
);
COMMENT ON TABLE demo_record IS 'Invented example records that came with the demonstration data and go with them';


GRANT SELECT ON import_job, import_job_file, demo_event, demo_record TO xiedang_app;
