-- Written by src/platform/postgres/schema-snapshot.ts from a freshly migrated database. Read it, do not run it.

extension pg_trgm

CREATE OR REPLACE FUNCTION public.model_key(model text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN translate(upper(model), 'OIL -_./·（）()，,'::text, '011'::text)
;

CREATE OR REPLACE FUNCTION public.policy_hits(asked text[], weights double precision[])
 RETURNS TABLE(no integer, weight double precision)
 LANGUAGE sql
 STABLE PARALLEL SAFE
 SET enable_seqscan TO 'off'
 SET work_mem TO '32MB'
 SET jit TO 'off'
AS $function$
  SELECT p.no, sum(q.weight) FROM unnest(asked, weights) AS q (term, weight)
  CROSS JOIN LATERAL (SELECT p.no FROM policy_posting p WHERE p.terms @@ q.term::tsquery) p GROUP BY p.no
$function$
;
-- Documents that hold any of the terms, with the sum of the weights of those they hold

CREATE OR REPLACE FUNCTION public.policy_state(act policy_act, as_of date)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  SELECT CASE
    WHEN act.kind IN ('draft', 'consultation') THEN 'draft'
    WHEN NOT act.is_policy OR act.kind IN ('interpretation', 'recall', 'penalty') THEN 'no-act'
    WHEN act.repealed_from <= as_of THEN 'repealed'
    WHEN act.expiry < as_of THEN 'expired'
    WHEN act.starts > as_of AND coalesce(act.effective, act.issued, act.published) IS NOT NULL THEN 'not-yet'
    WHEN act.starts IS NULL OR act.starts > as_of OR act.repealed AND act.repealed_from IS NULL OR act.followed THEN 'unknown'
    ELSE 'in-force'
  END
$function$
;
-- in-force, not-yet, repealed, expired, draft, no-act, or unknown: not determinable

sequence public.version_block as bigint

-- Trail of every write: each entry carries the hash of the one before, so that a change or a gap shows
table public.audit_entry (
  no bigint not null,
  at timestamp with time zone not null,
  actor text not null,
  act text not null,
  subject text not null,
  outcome text not null,
  detail jsonb not null,
  previous text not null,
  hash text not null,
  constraint audit_entry_pkey PRIMARY KEY (no),
  constraint audit_entry_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'refused'::text])))
);
grant insert, select to xiedang_app;

-- Every published row of a list of certificates, with its place; insert only
table public.certificate_version (
  id bigint not null generated always as identity,
  import_id integer not null,
  part_no integer not null,
  position_at bigint not null,
  position_length integer not null,
  record_no integer not null,
  sheet text,
  row_no integer,
  record_key text not null,
  certificate_no text not null,
  number text not null,  -- Number as compared: the spelling of the rule, else as published
  family text not null,  -- Key shared by all spellings, changes and renewals of one certificate
  valid_from date not null,  -- Day of approval, or the release day where that is missing
  released_on date not null,
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
  payload jsonb not null,
  content_hash text not null,
  constraint certificate_version_pkey PRIMARY KEY (id),
  constraint certificate_version_import_id_fkey FOREIGN KEY (import_id) REFERENCES import(id)
);
CREATE INDEX certificate_version_family ON public.certificate_version USING btree (family);
CREATE INDEX certificate_version_holder ON public.certificate_version USING btree (holder_key);
CREATE INDEX certificate_version_import ON public.certificate_version USING btree (import_id);
CREATE INDEX certificate_version_number ON public.certificate_version USING btree (number);
CREATE INDEX certificate_version_record ON public.certificate_version USING btree (record_key);
grant select to xiedang_app;

-- Applications and cases whose statutory clocks are kept
table public.clock_case (
  id uuid not null default gen_random_uuid(),
  title text not null,
  procedure text not null,
  class text,
  origin text,
  province text,
  route text,
  subject_type text,
  subject_key text,
  actor text not null,
  recorded_at timestamp with time zone not null default clock_timestamp(),
  constraint clock_case_pkey PRIMARY KEY (id),
  constraint clock_case_check CHECK (((subject_type IS NULL) = (subject_key IS NULL))),
  constraint clock_case_class_check CHECK ((class = ANY (ARRAY['I'::text, 'II'::text, 'III'::text]))),
  constraint clock_case_origin_check CHECK ((origin = ANY (ARRAY['domestic'::text, 'imported'::text]))),
  constraint clock_case_subject_type_check CHECK ((subject_type = ANY (ARRAY['device'::text, 'certificate'::text, 'party'::text])))
);
CREATE INDEX clock_case_recorded ON public.clock_case USING btree (recorded_at DESC, id);
CREATE INDEX clock_case_subject ON public.clock_case USING btree (subject_type, subject_key);
grant insert, select to xiedang_app;

-- Cases put away and taken up again; the last row holds
table public.clock_case_close (
  case_id uuid not null,
  no bigint not null generated always as identity,
  closed boolean not null,
  reason text,
  actor text not null,
  recorded_at timestamp with time zone not null default clock_timestamp(),
  constraint clock_case_close_pkey PRIMARY KEY (case_id, no),
  constraint clock_case_close_case_id_fkey FOREIGN KEY (case_id) REFERENCES clock_case(id)
);
grant insert, select to xiedang_app;

-- What happened to a case; a row with corrects stands for the row it names, without a type it takes that row back
table public.clock_case_event (
  id uuid not null default gen_random_uuid(),
  no bigint not null generated always as identity,
  case_id uuid not null,
  type text,
  date date,
  result text,
  length integer,
  of_limit text,
  note text,
  corrects uuid,
  actor text not null,
  recorded_at timestamp with time zone not null default clock_timestamp(),
  constraint clock_case_event_pkey PRIMARY KEY (id),
  constraint clock_case_event_corrects_key UNIQUE (corrects),
  constraint clock_case_event_case_id_fkey FOREIGN KEY (case_id) REFERENCES clock_case(id),
  constraint clock_case_event_corrects_fkey FOREIGN KEY (corrects) REFERENCES clock_case_event(id),
  constraint clock_case_event_check CHECK (((type IS NULL) = (date IS NULL))),
  constraint clock_case_event_check1 CHECK (((type IS NOT NULL) OR (corrects IS NOT NULL)))
);
CREATE INDEX clock_case_event_case ON public.clock_case_event USING btree (case_id, no);
grant insert, select to xiedang_app;

-- The case as its events say it and the days computed from it: a projection, made anew with every event, every day and every change of calendar or rules
table public.clock_case_state (
  case_id uuid not null,
  input text not null,  -- JSON of the case with the events that hold; text, because it is only ever read whole and by the hundred thousand
  dues text not null,  -- JSON list of [limit, from, due, done on, held, determinable, uncertain from]
  state text not null,
  next_due date,
  next_limit text,
  provisional boolean not null,
  closed boolean not null default false,
  constraint clock_case_state_pkey PRIMARY KEY (case_id),
  constraint clock_case_state_case_id_fkey FOREIGN KEY (case_id) REFERENCES clock_case(id)
);
CREATE INDEX clock_case_state_due ON public.clock_case_state USING btree (next_due, case_id) WHERE (NOT closed);
grant insert, select, update to xiedang_app;

-- Days that a change of calendar or rules moved
table public.clock_due_change (
  no bigint not null generated always as identity,
  run_id uuid not null,
  case_id uuid not null,
  limit_id text not null,
  due_before date,
  due_after date,
  constraint clock_due_change_pkey PRIMARY KEY (no),
  constraint clock_due_change_case_id_fkey FOREIGN KEY (case_id) REFERENCES clock_case(id)
);
CREATE INDEX clock_due_change_case ON public.clock_due_change USING btree (case_id);
CREATE INDEX clock_due_change_run ON public.clock_due_change USING btree (run_id, no);
grant insert, select to xiedang_app;

-- Each time all open cases were reckoned anew, why, by which edition of the rules, and how many days moved
table public.clock_reckoning (
  id uuid not null default gen_random_uuid(),
  cause text not null,
  reckoned_on date not null,
  edition_before text,
  edition text not null,
  calendar text not null,
  cases integer not null,
  changed integer not null,
  milliseconds integer not null,
  actor text not null,
  at timestamp with time zone not null default clock_timestamp(),
  constraint clock_reckoning_pkey PRIMARY KEY (id)
);
CREATE INDEX clock_reckoning_at ON public.clock_reckoning USING btree (at DESC);
grant insert, select to xiedang_app;

-- When demonstration data were loaded and removed; they load by themselves only while this is empty
table public.demo_event (
  id integer not null generated always as identity,
  at timestamp with time zone not null default clock_timestamp(),
  act text not null,
  actor text not null,
  constraint demo_event_pkey PRIMARY KEY (id),
  constraint demo_event_act_check CHECK ((act = ANY (ARRAY['loaded'::text, 'removed'::text])))
);
grant select to xiedang_app;

-- Invented example records that came with the demonstration data and go with them
table public.demo_record (
  record_id uuid not null,
  constraint demo_record_pkey PRIMARY KEY (record_id),
  constraint demo_record_record_id_fkey FOREIGN KEY (record_id) REFERENCES record(id)
);
grant select to xiedang_app;

-- Further identifiers of a device version: 1 package, 2 unit of use, 3 direct mark, 4 secondary, 5 registered
table public.device_identifier (
  version_id bigint not null,
  import_id integer not null,
  quantity integer,
  shelf smallint not null,
  level smallint not null,
  agency smallint not null,
  ordinal smallint not null,
  di_key text not null,
  di text,
  contains_key text,
  pack_level text,
  status text,
  discontinued_on date
) partition by LIST (shelf);
CREATE INDEX device_identifier_di ON ONLY public.device_identifier USING btree (di_key);
CREATE INDEX device_identifier_version ON ONLY public.device_identifier USING btree (version_id);
grant select to xiedang_app;

table public.device_identifier_1 (
  version_id bigint not null,
  import_id integer not null,
  quantity integer,
  shelf smallint not null,
  level smallint not null,
  agency smallint not null,
  ordinal smallint not null,
  di_key text not null,
  di text,
  contains_key text,
  pack_level text,
  status text,
  discontinued_on date
) partition of device_identifier FOR VALUES IN ('1');

table public.device_identifier_2 (
  version_id bigint not null,
  import_id integer not null,
  quantity integer,
  shelf smallint not null,
  level smallint not null,
  agency smallint not null,
  ordinal smallint not null,
  di_key text not null,
  di text,
  contains_key text,
  pack_level text,
  status text,
  discontinued_on date
) partition of device_identifier FOR VALUES IN ('2');

table public.device_identifier_3 (
  version_id bigint not null,
  import_id integer not null,
  quantity integer,
  shelf smallint not null,
  level smallint not null,
  agency smallint not null,
  ordinal smallint not null,
  di_key text not null,
  di text,
  contains_key text,
  pack_level text,
  status text,
  discontinued_on date
) partition of device_identifier FOR VALUES IN ('3');

table public.device_identifier_9 (
  version_id bigint not null,
  import_id integer not null,
  quantity integer,
  shelf smallint not null,
  level smallint not null,
  agency smallint not null,
  ordinal smallint not null,
  di_key text not null,
  di text,
  contains_key text,
  pack_level text,
  status text,
  discontinued_on date
) partition of device_identifier FOR VALUES IN ('9');

-- Records missing from a full release, and where such records were seen again
table public.device_presence (
  shelf smallint not null,
  record_key text not null,
  on_date date not null,
  present boolean not null,
  import_id integer not null,  -- Release that lacks or holds the record
  held_by integer  -- For an absence: a release of an earlier day that held the record; the absence counts while both are visible
) partition by LIST (shelf);
CREATE INDEX device_presence_record ON ONLY public.device_presence USING btree (record_key, on_date);
grant select to xiedang_app;

table public.device_presence_1 (
  shelf smallint not null,
  record_key text not null,
  on_date date not null,
  present boolean not null,
  import_id integer not null,
  held_by integer
) partition of device_presence FOR VALUES IN ('1');

table public.device_presence_2 (
  shelf smallint not null,
  record_key text not null,
  on_date date not null,
  present boolean not null,
  import_id integer not null,
  held_by integer
) partition of device_presence FOR VALUES IN ('2');

table public.device_presence_3 (
  shelf smallint not null,
  record_key text not null,
  on_date date not null,
  present boolean not null,
  import_id integer not null,
  held_by integer
) partition of device_presence FOR VALUES IN ('3');

table public.device_presence_9 (
  shelf smallint not null,
  record_key text not null,
  on_date date not null,
  present boolean not null,
  import_id integer not null,
  held_by integer
) partition of device_presence FOR VALUES IN ('9');

-- Every published version of every device record, with file, part and byte position
table public.device_version (
  id bigint not null,
  product_id bigint not null,
  position_at bigint not null,
  version_at timestamp without time zone not null,
  correction_at timestamp without time zone not null,
  import_id integer not null,
  read_with_import integer,  -- Import whose file holds the bytes, where that is another one: it brought the version first and was revoked
  part_no integer not null,
  position_length integer not null,
  record_no integer not null,
  version_no integer not null,
  correction_no integer not null,
  released_on date not null,
  valid_from date not null,  -- Legal day of the version: its version date, or the release day where that is missing or later than the release
  published_on date,
  withdrawn_on date,
  shelf smallint not null,
  agency smallint not null,
  alone boolean not null default true,  -- True while no other version of the same record is stored: a short cut for reads
  content_hash uuid not null,
  record_key text not null,
  di_key text not null,
  di text,  -- Main device identifier as published, only where it differs from its look-up key
  model text,
  catalog_no text,
  payload text not null  -- All further fields as published, packed in the order of the source manifest
) partition by LIST (shelf);
CREATE INDEX device_version_catalog ON ONLY public.device_version USING btree (model_key(catalog_no) text_pattern_ops) WHERE (catalog_no IS NOT NULL);
CREATE INDEX device_version_di ON ONLY public.device_version USING btree (di_key);
CREATE INDEX device_version_id ON ONLY public.device_version USING btree (id);
CREATE INDEX device_version_import ON ONLY public.device_version USING brin (import_id);
CREATE INDEX device_version_model ON ONLY public.device_version USING btree (model_key(model) text_pattern_ops);
CREATE INDEX device_version_product ON ONLY public.device_version USING btree (product_id, id);
CREATE INDEX device_version_published ON ONLY public.device_version USING btree (COALESCE(published_on, '-infinity'::date));
CREATE INDEX device_version_record ON ONLY public.device_version USING btree (record_key);
CREATE INDEX device_version_withdrawn ON ONLY public.device_version USING btree (product_id, withdrawn_on) WHERE (withdrawn_on IS NOT NULL);
grant select to xiedang_app;

table public.device_version_1 (
  id bigint not null,
  product_id bigint not null,
  position_at bigint not null,
  version_at timestamp without time zone not null,
  correction_at timestamp without time zone not null,
  import_id integer not null,
  read_with_import integer,
  part_no integer not null,
  position_length integer not null,
  record_no integer not null,
  version_no integer not null,
  correction_no integer not null,
  released_on date not null,
  valid_from date not null,
  published_on date,
  withdrawn_on date,
  shelf smallint not null,
  agency smallint not null,
  alone boolean not null default true,
  content_hash uuid not null,
  record_key text not null,
  di_key text not null,
  di text,
  model text,
  catalog_no text,
  payload text not null
) partition of device_version FOR VALUES IN ('1');

table public.device_version_2 (
  id bigint not null,
  product_id bigint not null,
  position_at bigint not null,
  version_at timestamp without time zone not null,
  correction_at timestamp without time zone not null,
  import_id integer not null,
  read_with_import integer,
  part_no integer not null,
  position_length integer not null,
  record_no integer not null,
  version_no integer not null,
  correction_no integer not null,
  released_on date not null,
  valid_from date not null,
  published_on date,
  withdrawn_on date,
  shelf smallint not null,
  agency smallint not null,
  alone boolean not null default true,
  content_hash uuid not null,
  record_key text not null,
  di_key text not null,
  di text,
  model text,
  catalog_no text,
  payload text not null
) partition of device_version FOR VALUES IN ('2');

table public.device_version_3 (
  id bigint not null,
  product_id bigint not null,
  position_at bigint not null,
  version_at timestamp without time zone not null,
  correction_at timestamp without time zone not null,
  import_id integer not null,
  read_with_import integer,
  part_no integer not null,
  position_length integer not null,
  record_no integer not null,
  version_no integer not null,
  correction_no integer not null,
  released_on date not null,
  valid_from date not null,
  published_on date,
  withdrawn_on date,
  shelf smallint not null,
  agency smallint not null,
  alone boolean not null default true,
  content_hash uuid not null,
  record_key text not null,
  di_key text not null,
  di text,
  model text,
  catalog_no text,
  payload text not null
) partition of device_version FOR VALUES IN ('3');

table public.device_version_9 (
  id bigint not null,
  product_id bigint not null,
  position_at bigint not null,
  version_at timestamp without time zone not null,
  correction_at timestamp without time zone not null,
  import_id integer not null,
  read_with_import integer,
  part_no integer not null,
  position_length integer not null,
  record_no integer not null,
  version_no integer not null,
  correction_no integer not null,
  released_on date not null,
  valid_from date not null,
  published_on date,
  withdrawn_on date,
  shelf smallint not null,
  agency smallint not null,
  alone boolean not null default true,
  content_hash uuid not null,
  record_key text not null,
  di_key text not null,
  di text,
  model text,
  catalog_no text,
  payload text not null
) partition of device_version FOR VALUES IN ('9');

-- Enterprises whose duties are kept: roles, classes, certificates, events; a newer row replaces an older one of the same root
table public.duty_profile (
  id uuid not null default gen_random_uuid(),
  name text not null,
  profile jsonb not null,
  replaces uuid,
  root uuid not null,
  removed boolean not null default false,
  feed_hash text,  -- SHA-256 of the private address of the calendar feed; the address itself is shown once and not kept
  actor text not null,
  recorded_at timestamp with time zone not null default clock_timestamp(),
  constraint duty_profile_pkey PRIMARY KEY (id),
  constraint duty_profile_replaces_key UNIQUE (replaces),
  constraint duty_profile_replaces_fkey FOREIGN KEY (replaces) REFERENCES duty_profile(id)
);
CREATE INDEX duty_profile_feed ON public.duty_profile USING btree (feed_hash);
CREATE INDEX duty_profile_root ON public.duty_profile USING btree (root, recorded_at DESC);
grant insert, select to xiedang_app;

-- One taking-in of one release; published_at is the recordedAt of all its rows, revoked_at ends them
table public.import (
  id integer not null generated always as identity,
  release_id text not null,
  source text not null,
  shelf smallint not null,
  mode text not null,
  release_name text not null,
  released_on date not null,
  content_hash text not null,
  state text not null,
  stage text not null default 'reading'::text,
  started_at timestamp with time zone not null default now(),
  published_at timestamp with time zone,
  revoked_at timestamp with time zone,
  revoked_by text,
  revoked_reason text,
  complete boolean not null default true,  -- False when a document of the release could not be taken; what such a full release lacks is not withdrawn
  actor text not null,
  counts jsonb not null default '{}'::jsonb,
  fill jsonb not null default '{}'::jsonb,
  progress jsonb not null default '{}'::jsonb,
  failure jsonb,
  constraint import_pkey PRIMARY KEY (id),
  constraint import_release_id_key UNIQUE (release_id),
  constraint import_source_fkey FOREIGN KEY (source) REFERENCES source(id),
  constraint import_mode_check CHECK ((mode = ANY (ARRAY['full'::text, 'update'::text]))),
  constraint import_state_check CHECK ((state = ANY (ARRAY['running'::text, 'interrupted'::text, 'failed'::text, 'published'::text, 'revoked'::text])))
);
CREATE INDEX import_by_content ON public.import USING btree (source, content_hash);
grant select to xiedang_app;

-- Files of a release as given: name, place, size and SHA-256
table public.import_file (
  import_id integer not null,
  file_no integer not null,
  name text not null,
  path text not null,
  bytes bigint not null,
  sha256 text not null,
  constraint import_file_pkey PRIMARY KEY (import_id, file_no),
  constraint import_file_import_id_fkey FOREIGN KEY (import_id) REFERENCES import(id) ON DELETE CASCADE
);
grant select to xiedang_app;

-- Imports asked for while the server runs: uploads and files of the watched folder, with what became of them
table public.import_job (
  id integer not null generated always as identity,
  origin text not null,
  request jsonb not null default '{}'::jsonb,
  content_hash text not null,
  state text not null default 'queued'::text,
  actor text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  stop_requested_at timestamp with time zone,
  stop_requested_by text,
  attempts integer not null default 0,
  import_id integer,  -- The import in hand, or the last one
  progress jsonb not null default '{}'::jsonb,
  summary jsonb,
  failure jsonb,
  constraint import_job_pkey PRIMARY KEY (id),
  constraint import_job_import_id_fkey FOREIGN KEY (import_id) REFERENCES import(id) ON DELETE SET NULL,
  constraint import_job_origin_check CHECK ((origin = ANY (ARRAY['upload'::text, 'folder'::text, 'continue'::text]))),
  constraint import_job_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'interrupted'::text])))
);
CREATE INDEX import_job_import ON public.import_job USING btree (import_id);
CREATE UNIQUE INDEX import_job_open ON public.import_job USING btree (content_hash) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
grant select to xiedang_app;

-- Files of an import job; by their hash the watched folder knows what it had before
table public.import_job_file (
  job_id integer not null,
  file_no integer not null,
  name text not null,
  path text not null,
  bytes bigint not null,
  sha256 text not null,
  constraint import_job_file_pkey PRIMARY KEY (job_id, file_no),
  constraint import_job_file_job_id_fkey FOREIGN KEY (job_id) REFERENCES import_job(id) ON DELETE CASCADE
);
CREATE INDEX import_job_file_hash ON public.import_job_file USING btree (sha256);
grant select to xiedang_app;

-- Single documents inside the files; resume_at is the byte behind the last committed record
table public.import_part (
  import_id integer not null,
  part_no integer not null,
  file_no integer not null,
  path text not null,
  encoding text,
  header_count bigint,
  read bigint not null default 0,
  rejected bigint not null default 0,
  identifiers bigint not null default 0,
  resume_at bigint not null default 0,
  problems jsonb not null default '{}'::jsonb,
  fill jsonb not null default '{}'::jsonb,
  done boolean not null default false,
  failure jsonb,  -- Why nothing of this document was taken: code and message
  constraint import_part_pkey PRIMARY KEY (import_id, part_no),
  constraint import_part_import_id_fkey FOREIGN KEY (import_id) REFERENCES import(id) ON DELETE CASCADE
);
grant select to xiedang_app;

-- Versions already stored that a release contained again, as ranges of their surrogate keys; needed when the import that brought them first is revoked
table public.import_sighting (
  import_id integer not null,
  shelf smallint not null,
  versions int8multirange not null,
  constraint import_sighting_import_id_fkey FOREIGN KEY (import_id) REFERENCES import(id) ON DELETE CASCADE
);
CREATE INDEX import_sighting_import ON public.import_sighting USING btree (import_id);
grant select to xiedang_app;

-- Acts found in the latest version of a document, corrections applied: a projection
table public.policy_act (
  document_id uuid not null,
  ordinal integer not null,
  version_id uuid not null,
  part_of integer,
  title text not null,
  title_key text not null,  -- Title as it is compared, without issuer, version and fill words
  inner_key text,  -- Key of the work a notice only hands over: 关于发布《…》的公告
  kind text not null,
  doc_type text,
  is_policy boolean not null,
  number text,
  number_key text,  -- Mark, year and serial; without a mark year and serial alone: 2022/28, 令/739
  numbers text not null,  -- JSON of the numbers citations are held against, also one that only the name of the document tells
  issuers text[] not null,
  region text not null,
  level text not null,
  issued date,
  published date,
  effective date,
  expiry date,
  year integer,  -- Of issue, of publication, of the number, else of taking effect
  seen integer,  -- Latest year of what it names: an act that shows no day is no earlier
  starts date,  -- Day from which it has effect, as far as that can be known
  linkable boolean not null,  -- May be the aim of a citation: an act with a title its text bears out
  repealed boolean not null default false,  -- Another act here says that this one is repealed
  repealed_from date,
  followed boolean not null default false,  -- A later act of the same title and body is here, and nothing says what became of this one
  constraint policy_act_pkey PRIMARY KEY (document_id, ordinal),
  constraint policy_act_document_id_fkey FOREIGN KEY (document_id) REFERENCES policy_document(id),
  constraint policy_act_version_id_fkey FOREIGN KEY (version_id) REFERENCES policy_version(id),
  constraint policy_act_ordinal_check CHECK ((ordinal >= 0))
);
CREATE INDEX policy_act_inner ON public.policy_act USING btree (inner_key) WHERE (inner_key IS NOT NULL);
CREATE INDEX policy_act_number ON public.policy_act USING btree (number_key) WHERE (number_key IS NOT NULL);
CREATE INDEX policy_act_title ON public.policy_act USING btree (title_key);
grant select to xiedang_app;

-- Up to which message each channel has delivered, and when it is tried again
table public.policy_channel (
  root uuid not null,
  channel text not null,
  delivered_seq integer not null,
  failures integer not null default 0,
  next_attempt_at timestamp with time zone,
  paused_at timestamp with time zone,
  reason text,
  last_at timestamp with time zone,
  constraint policy_channel_pkey PRIMARY KEY (root, channel),
  constraint policy_channel_root_fkey FOREIGN KEY (root) REFERENCES policy_subscription_state(root),
  constraint policy_channel_channel_check CHECK ((channel = ANY (ARRAY['mail'::text, 'webhook'::text])))
);
grant insert, select, update to xiedang_app;

-- Acts that an act names, linked or not: a projection
table public.policy_cite (
  document_id uuid not null,
  ordinal integer not null,
  no integer not null,
  title text,
  title_key text,
  inner_key text,
  number text,
  number_key text,
  issuer text,
  relation text not null,
  articles text[] not null,
  mentions integer not null,
  start_at integer not null,
  end_at integer not null,
  quote text not null,  -- The sentence around it
  told text not null,  -- JSON of what the words around it say of the act named: numbers, body, day
  target_document uuid,
  target_ordinal integer,
  resolved_by text,
  candidates integer not null default 0,  -- Acts that bear the number or title, where none could be told to be the one
  constraint policy_cite_pkey PRIMARY KEY (document_id, ordinal, no),
  constraint policy_cite_document_id_ordinal_fkey FOREIGN KEY (document_id, ordinal) REFERENCES policy_act(document_id, ordinal) ON DELETE CASCADE,
  constraint policy_cite_target_document_target_ordinal_fkey FOREIGN KEY (target_document, target_ordinal) REFERENCES policy_act(document_id, ordinal) ON DELETE SET NULL (target_document, target_ordinal),
  constraint policy_cite_check CHECK (((target_document IS NULL) = (target_ordinal IS NULL))),
  constraint policy_cite_check1 CHECK (((title IS NOT NULL) OR (number IS NOT NULL))),
  constraint policy_cite_resolved_by_check CHECK ((resolved_by = ANY (ARRAY['number'::text, 'title'::text])))
);
CREATE INDEX policy_cite_inner ON public.policy_cite USING btree (inner_key) WHERE (inner_key IS NOT NULL);
CREATE INDEX policy_cite_number ON public.policy_cite USING btree (number_key) WHERE (number_key IS NOT NULL);
CREATE INDEX policy_cite_open ON public.policy_cite USING btree (title_key, number_key) WHERE (target_document IS NULL);
CREATE INDEX policy_cite_target ON public.policy_cite USING btree (target_document, target_ordinal) WHERE (target_document IS NOT NULL);
CREATE INDEX policy_cite_title ON public.policy_cite USING btree (title_key) WHERE (title_key IS NOT NULL);
grant select to xiedang_app;

-- What persons say of the structure of a document, in place of what was extracted; insert only
table public.policy_correction (
  id uuid not null default gen_random_uuid(),
  no bigint not null generated always as identity,
  document_id uuid not null,
  version_id uuid not null,  -- The text the person looked at
  ordinal integer not null,
  op text not null,
  element text,
  start_at integer,
  end_at integer,
  quote text,  -- The words at the place of the item: by them it is found again in another reading
  lead text,  -- A few words before the place, and after it in trail: short words are told apart by them
  trail text,
  before jsonb,  -- The item as it was extracted
  value jsonb,
  note text,
  withdraws uuid,
  actor text not null,
  recorded_at timestamp with time zone not null default clock_timestamp(),
  constraint policy_correction_pkey PRIMARY KEY (id),
  constraint policy_correction_withdraws_key UNIQUE (withdraws),
  constraint policy_correction_document_id_fkey FOREIGN KEY (document_id) REFERENCES policy_document(id),
  constraint policy_correction_version_id_fkey FOREIGN KEY (version_id) REFERENCES policy_version(id),
  constraint policy_correction_withdraws_fkey FOREIGN KEY (withdraws) REFERENCES policy_correction(id),
  constraint policy_correction_check CHECK (((element IS NULL) = (op = ANY (ARRAY['reviewed'::text, 'withdraw'::text])))),
  constraint policy_correction_check1 CHECK (((withdraws IS NULL) = (op <> 'withdraw'::text))),
  constraint policy_correction_check2 CHECK (((quote IS NULL) = (op <> ALL (ARRAY['add'::text, 'change'::text, 'remove'::text])))),
  constraint policy_correction_op_check CHECK ((op = ANY (ARRAY['set'::text, 'add'::text, 'change'::text, 'remove'::text, 'reviewed'::text, 'withdraw'::text]))),
  constraint policy_correction_ordinal_check CHECK ((ordinal >= 0))
);
CREATE INDEX policy_correction_document ON public.policy_correction USING btree (document_id, no);
grant select to xiedang_app;

-- Days on which acts want something done: a projection of their readings
table public.policy_day (
  document_id uuid not null,
  ordinal integer not null,
  day date not null,
  constraint policy_day_pkey PRIMARY KEY (document_id, ordinal, day),
  constraint policy_day_document_id_fkey FOREIGN KEY (document_id) REFERENCES policy_day_source(document_id) ON DELETE CASCADE
);
CREATE INDEX policy_day_day ON public.policy_day USING btree (day);
grant delete, insert, select, update to xiedang_app;

-- Documents whose days were read, with the state of their reading
table public.policy_day_source (
  document_id uuid not null,
  version_id uuid not null,
  stamp text not null,
  constraint policy_day_source_pkey PRIMARY KEY (document_id),
  constraint policy_day_source_document_id_fkey FOREIGN KEY (document_id) REFERENCES policy_document(id)
);
grant delete, insert, select, update to xiedang_app;

-- Every attempt to deliver, without addresses; insert only
table public.policy_delivery (
  no bigint not null generated always as identity,
  root uuid not null,
  channel text not null,
  from_seq integer not null,
  to_seq integer not null,
  attempt integer not null,
  outcome text not null,
  note text,
  at timestamp with time zone not null,
  constraint policy_delivery_pkey PRIMARY KEY (no),
  constraint policy_delivery_root_fkey FOREIGN KEY (root) REFERENCES policy_subscription_state(root),
  constraint policy_delivery_outcome_check CHECK ((outcome = ANY (ARRAY['delivered'::text, 'failed'::text, 'trial'::text, 'resumed'::text])))
);
CREATE INDEX policy_delivery_root ON public.policy_delivery USING btree (root, no DESC);
grant insert, select to xiedang_app;

-- Documents by the key they came under: path in a collection or file name
table public.policy_document (
  id uuid not null default gen_random_uuid(),
  key text not null,
  recorded_at timestamp with time zone not null default clock_timestamp(),
  constraint policy_document_pkey PRIMARY KEY (id),
  constraint policy_document_key_key UNIQUE (key)
);
grant select to xiedang_app;

-- Why a person should look at an act: a projection of the latest reading
table public.policy_doubt (
  document_id uuid not null,
  ordinal integer not null,
  doubts text[] not null,
  constraint policy_doubt_pkey PRIMARY KEY (document_id, ordinal),
  constraint policy_doubt_document_id_fkey FOREIGN KEY (document_id) REFERENCES policy_document(id)
);
CREATE INDEX policy_doubt_doubts ON public.policy_doubt USING gin (doubts);
grant select to xiedang_app;

-- What happened to acts, numbered without a gap; insert only
table public.policy_event (
  no bigint not null,
  kind text not null,
  document_id uuid not null,  -- The act it happened to: of a citation, the act that is cited
  ordinal integer not null,
  about_document uuid,  -- The act that cites
  about_ordinal integer,
  detail jsonb not null,
  at timestamp with time zone not null default clock_timestamp(),
  constraint policy_event_pkey PRIMARY KEY (no),
  constraint policy_event_about_document_fkey FOREIGN KEY (about_document) REFERENCES policy_document(id),
  constraint policy_event_document_id_fkey FOREIGN KEY (document_id) REFERENCES policy_document(id),
  constraint policy_event_kind_check CHECK ((kind = ANY (ARRAY['added'::text, 'changed'::text, 'cited'::text, 'amended'::text, 'repealed'::text, 'interpreted'::text, 'corrected'::text])))
);
CREATE INDEX policy_event_document ON public.policy_event USING btree (document_id, ordinal, no);
grant select to xiedang_app;

-- The latest version of each document as the search reads it: a projection
table public.policy_index (
  document_id uuid not null,
  no integer not null generated always as identity,
  version_id uuid not null,
  group_id uuid not null,  -- Shared by copies and translations of one document
  stem text not null,
  title text not null,
  language text not null,
  stub boolean not null,
  kind text,
  issuers text[] not null,
  year integer,
  length integer not null,
  body text not null,
  folded text not null,
  fields text not null,  -- JSON of title, headings, own and cited numbers, standards; text, because it is only ever read whole
  sketch bytea not null,  -- 64 numbers of four bytes by which near-identical texts are known
  recorded_at timestamp with time zone not null,
  dated date,  -- Day of issue of the first act, else of its publication
  constraint policy_index_pkey PRIMARY KEY (document_id),
  constraint policy_index_no_key UNIQUE (no),
  constraint policy_index_document_id_fkey FOREIGN KEY (document_id) REFERENCES policy_document(id),
  constraint policy_index_version_id_fkey FOREIGN KEY (version_id) REFERENCES policy_version(id)
);
CREATE INDEX policy_index_dated ON public.policy_index USING btree (COALESCE(dated, '-infinity'::date), document_id) WHERE (NOT stub);
CREATE INDEX policy_index_group ON public.policy_index USING btree (group_id);
CREATE INDEX policy_index_recorded ON public.policy_index USING btree (recorded_at DESC, document_id DESC);
CREATE INDEX policy_index_stem ON public.policy_index USING btree (stem);
CREATE INDEX policy_index_title ON public.policy_index USING btree (title, document_id) WHERE (NOT stub);
grant select to xiedang_app;

-- Documents and characters counted by policy_term: one row
table public.policy_library (
  one boolean not null default true,
  documents integer not null,
  length bigint not null,
  constraint policy_library_pkey PRIMARY KEY (one),
  constraint policy_library_one_check CHECK (one)
);
grant select to xiedang_app;

-- What a subscription was told, numbered without a gap, each event once; insert only
table public.policy_message (
  root uuid not null,
  seq integer not null,
  event_no bigint not null,
  subscription_id uuid not null,
  content text not null,  -- JSON of what was told, only ever read whole
  at timestamp with time zone not null,
  constraint policy_message_pkey PRIMARY KEY (root, seq),
  constraint policy_message_root_event_no_key UNIQUE (root, event_no),
  constraint policy_message_event_no_fkey FOREIGN KEY (event_no) REFERENCES policy_event(no),
  constraint policy_message_root_fkey FOREIGN KEY (root) REFERENCES policy_subscription_state(root),
  constraint policy_message_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES policy_subscription(id),
  constraint policy_message_seq_check CHECK ((seq > 0))
);
CREATE INDEX policy_message_at ON public.policy_message USING btree (at DESC, root, seq DESC);
grant insert, select to xiedang_app;

-- Messages that were read in the application; insert only
table public.policy_message_read (
  root uuid not null,
  seq integer not null,
  actor text not null,
  at timestamp with time zone not null default clock_timestamp(),
  constraint policy_message_read_pkey PRIMARY KEY (root, seq),
  constraint policy_message_read_root_seq_fkey FOREIGN KEY (root, seq) REFERENCES policy_message(root, seq)
);
grant insert, select to xiedang_app;

-- What documents are found by, apart from them: a question visits many rows here, so they are small
table public.policy_posting (
  no integer not null,
  terms tsvector not null,
  constraint policy_posting_pkey PRIMARY KEY (no),
  constraint policy_posting_no_fkey FOREIGN KEY (no) REFERENCES policy_index(no) ON DELETE CASCADE
);
CREATE INDEX policy_posting_terms ON public.policy_posting USING gin (terms);
grant select to xiedang_app;

-- The structure a version was read as, before corrections: a projection
table public.policy_reading (
  version_id uuid not null,
  edition integer not null,  -- Edition of the rules of reading; another edition reads again
  reading text not null,  -- JSON, only ever read whole
  recorded_at timestamp with time zone not null default clock_timestamp(),
  constraint policy_reading_pkey PRIMARY KEY (version_id),
  constraint policy_reading_version_id_fkey FOREIGN KEY (version_id) REFERENCES policy_version(id)
);
grant select to xiedang_app;

-- Numbers under which copies meet
table public.policy_sketch_band (
  band integer not null,
  document_id uuid not null,
  constraint policy_sketch_band_pkey PRIMARY KEY (band, document_id),
  constraint policy_sketch_band_document_id_fkey FOREIGN KEY (document_id) REFERENCES policy_document(id)
);
CREATE INDEX policy_sketch_band_document ON public.policy_sketch_band USING btree (document_id);
grant select to xiedang_app;

-- The list of standards, as published last
table public.policy_standard (
  number text not null,
  number_key text not null,  -- Letters and number without year: gb9706.1, yy0664
  year integer,
  title text not null,
  approved date,
  effective date,
  state text not null,
  replaces text[] not null,
  source_file text not null,
  source_line integer not null,
  content_hash text not null,
  actor text not null,
  recorded_at timestamp with time zone not null default clock_timestamp(),
  constraint policy_standard_pkey PRIMARY KEY (number),
  constraint policy_standard_state_check CHECK ((state = ANY (ARRAY['current'::text, 'upcoming'::text, 'withdrawn'::text])))
);
CREATE INDEX policy_standard_key ON public.policy_standard USING btree (number_key);
grant select to xiedang_app;

-- Standards that an act names; year 0 when it names none: a projection
table public.policy_standard_cite (
  document_id uuid not null,
  ordinal integer not null,
  number_key text not null,
  year integer not null,
  number text not null,
  mentions integer not null,
  start_at integer not null,
  end_at integer not null,
  constraint policy_standard_cite_pkey PRIMARY KEY (document_id, ordinal, number_key, year),
  constraint policy_standard_cite_document_id_ordinal_fkey FOREIGN KEY (document_id, ordinal) REFERENCES policy_act(document_id, ordinal) ON DELETE CASCADE
);
CREATE INDEX policy_standard_cite_key ON public.policy_standard_cite USING btree (number_key, year);
grant select to xiedang_app;

-- What is asked for and where it is sent; a newer row replaces an older one of the same root
table public.policy_subscription (
  id uuid not null default gen_random_uuid(),
  root uuid not null,
  replaces uuid,
  name text not null,
  content jsonb not null,  -- About, kinds of events, mail, address of the webhook
  webhook_secret text,  -- Key of the signature, shown once; needed in the clear to sign
  removed boolean not null default false,
  actor text not null,
  recorded_at timestamp with time zone not null default clock_timestamp(),
  constraint policy_subscription_pkey PRIMARY KEY (id),
  constraint policy_subscription_replaces_key UNIQUE (replaces),
  constraint policy_subscription_replaces_fkey FOREIGN KEY (replaces) REFERENCES policy_subscription(id)
);
CREATE INDEX policy_subscription_recorded ON public.policy_subscription USING btree (recorded_at DESC, root);
CREATE INDEX policy_subscription_root ON public.policy_subscription USING btree (root, recorded_at DESC);
grant insert, select to xiedang_app;

-- The last event looked at and the number of the last message, moved together
table public.policy_subscription_state (
  root uuid not null,
  event_no bigint not null,
  last_seq integer not null default 0,
  feed_hash text,  -- SHA-256 of the private address of the feed; the address itself is shown once and not kept
  live boolean not null default true,
  constraint policy_subscription_state_pkey PRIMARY KEY (root),
  constraint policy_subscription_state_feed_hash_key UNIQUE (feed_hash)
);
grant insert, select, update to xiedang_app;

-- In how many documents a term stands; stubs are not counted
table public.policy_term (
  term text not null,
  documents integer not null,
  constraint policy_term_pkey PRIMARY KEY (term)
);
grant select to xiedang_app;

-- Every text a document had, as given, with the file and line it came from; insert only
table public.policy_version (
  id uuid not null default gen_random_uuid(),
  no bigint not null generated always as identity,
  document_id uuid not null,
  content_hash text not null,
  title text,
  other_title text,
  number text,
  url text,
  language text,
  text text not null,
  source_file text not null,
  source_line integer,
  actor text not null,
  recorded_at timestamp with time zone not null default clock_timestamp(),
  constraint policy_version_pkey PRIMARY KEY (id),
  constraint policy_version_document_id_fkey FOREIGN KEY (document_id) REFERENCES policy_document(id)
);
CREATE INDEX policy_version_document ON public.policy_version USING btree (document_id, no DESC);
grant select to xiedang_app;

-- What the device records of one product share: texts, holder, certificate, class; id = first 8 bytes of SHA-256 over the published values
table public.product (
  id bigint not null,
  shelf smallint not null,
  source text not null,
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
  certificates text[] not null default '{}'::text[],
  search tsvector not null default ''::tsvector  -- Bigrams of Chinese and words of Latin text with positions; A name and brand, B holder, C certificate and class, D description
) partition by LIST (shelf);
CREATE INDEX product_certificates ON ONLY public.product USING gin (certificates);
CREATE INDEX product_class ON ONLY public.product USING btree (class_key text_pattern_ops);
CREATE INDEX product_holder ON ONLY public.product USING btree (holder_key, shelf);
CREATE INDEX product_holder_name ON ONLY public.product USING btree (holder_name);
CREATE UNIQUE INDEX product_id ON ONLY public.product USING btree (shelf, id);
CREATE INDEX product_name ON ONLY public.product USING btree (COALESCE(name, ''::text));
CREATE INDEX product_search ON ONLY public.product USING gin (search);
grant select to xiedang_app;

table public.product_1 (
  id bigint not null,
  shelf smallint not null,
  source text not null,
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
  certificates text[] not null default '{}'::text[],
  search tsvector not null default ''::tsvector
) partition of product FOR VALUES IN ('1');

table public.product_2 (
  id bigint not null,
  shelf smallint not null,
  source text not null,
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
  certificates text[] not null default '{}'::text[],
  search tsvector not null default ''::tsvector
) partition of product FOR VALUES IN ('2');

table public.product_3 (
  id bigint not null,
  shelf smallint not null,
  source text not null,
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
  certificates text[] not null default '{}'::text[],
  search tsvector not null default ''::tsvector
) partition of product FOR VALUES IN ('3');

table public.product_9 (
  id bigint not null,
  shelf smallint not null,
  source text not null,
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
  certificates text[] not null default '{}'::text[],
  search tsvector not null default ''::tsvector
) partition of product FOR VALUES IN ('9');

-- Devices per product in the present state, renewed in the transaction that publishes an import
table public.product_tally (
  shelf smallint not null,
  product_id bigint not null,
  devices integer not null,
  constraint product_tally_pkey PRIMARY KEY (shelf, product_id)
) partition by LIST (shelf);
grant select to xiedang_app;

table public.product_tally_1 (
  shelf smallint not null,
  product_id bigint not null,
  devices integer not null
) partition of product_tally FOR VALUES IN ('1');

table public.product_tally_2 (
  shelf smallint not null,
  product_id bigint not null,
  devices integer not null
) partition of product_tally FOR VALUES IN ('2');

table public.product_tally_3 (
  shelf smallint not null,
  product_id bigint not null,
  devices integer not null
) partition of product_tally FOR VALUES IN ('3');

table public.product_tally_9 (
  shelf smallint not null,
  product_id bigint not null,
  devices integer not null
) partition of product_tally FOR VALUES IN ('9');

-- The quality ledger: every fault found in a release, with its place; rejected = the row was not taken
table public.quality_problem (
  import_id integer not null,
  shelf smallint not null,
  part_no integer not null,
  position_at bigint not null,
  record_no integer not null,
  severity text not null,
  code text not null,
  record_key text,
  field text,
  value text,
  reason text,
  constraint quality_problem_severity_check CHECK ((severity = ANY (ARRAY['rejected'::text, 'problem'::text, 'notice'::text])))
) partition by LIST (shelf);
CREATE INDEX quality_problem_code ON ONLY public.quality_problem USING btree (import_id, code);
CREATE INDEX quality_problem_record ON ONLY public.quality_problem USING btree (record_key);
grant select to xiedang_app;

table public.quality_problem_1 (
  import_id integer not null,
  shelf smallint not null,
  part_no integer not null,
  position_at bigint not null,
  record_no integer not null,
  severity text not null,
  code text not null,
  record_key text,
  field text,
  value text,
  reason text,
  constraint quality_problem_severity_check CHECK ((severity = ANY (ARRAY['rejected'::text, 'problem'::text, 'notice'::text])))
) partition of quality_problem FOR VALUES IN ('1');

table public.quality_problem_2 (
  import_id integer not null,
  shelf smallint not null,
  part_no integer not null,
  position_at bigint not null,
  record_no integer not null,
  severity text not null,
  code text not null,
  record_key text,
  field text,
  value text,
  reason text,
  constraint quality_problem_severity_check CHECK ((severity = ANY (ARRAY['rejected'::text, 'problem'::text, 'notice'::text])))
) partition of quality_problem FOR VALUES IN ('2');

table public.quality_problem_3 (
  import_id integer not null,
  shelf smallint not null,
  part_no integer not null,
  position_at bigint not null,
  record_no integer not null,
  severity text not null,
  code text not null,
  record_key text,
  field text,
  value text,
  reason text,
  constraint quality_problem_severity_check CHECK ((severity = ANY (ARRAY['rejected'::text, 'problem'::text, 'notice'::text])))
) partition of quality_problem FOR VALUES IN ('3');

table public.quality_problem_4 (
  import_id integer not null,
  shelf smallint not null,
  part_no integer not null,
  position_at bigint not null,
  record_no integer not null,
  severity text not null,
  code text not null,
  record_key text,
  field text,
  value text,
  reason text,
  constraint quality_problem_severity_check CHECK ((severity = ANY (ARRAY['rejected'::text, 'problem'::text, 'notice'::text])))
) partition of quality_problem FOR VALUES IN ('4');

table public.quality_problem_9 (
  import_id integer not null,
  shelf smallint not null,
  part_no integer not null,
  position_at bigint not null,
  record_no integer not null,
  severity text not null,
  code text not null,
  record_key text,
  field text,
  value text,
  reason text,
  constraint quality_problem_severity_check CHECK ((severity = ANY (ARRAY['rejected'::text, 'problem'::text, 'notice'::text])))
) partition of quality_problem FOR VALUES IN ('9');

-- What happened, typed by kind; append only. A correction is a new record that points at the old one
table public.record (
  id uuid not null default gen_random_uuid(),
  kind text not null,
  occurred_on date not null,
  recorded_at timestamp with time zone not null default clock_timestamp(),
  actor text not null,
  body jsonb not null,
  corrects uuid,
  constraint record_pkey PRIMARY KEY (id),
  constraint record_corrects_key UNIQUE (corrects),
  constraint record_corrects_fkey FOREIGN KEY (corrects) REFERENCES record(id)
);
grant insert, select to xiedang_app;

-- What a record is about: source/recordKey of a device, number of a certificate, key of a party
table public.record_subject (
  record_id uuid not null,
  type text not null,
  key text not null,
  constraint record_subject_pkey PRIMARY KEY (record_id, type, key),
  constraint record_subject_record_id_fkey FOREIGN KEY (record_id) REFERENCES record(id),
  constraint record_subject_type_check CHECK ((type = ANY (ARRAY['device'::text, 'certificate'::text, 'party'::text])))
);
CREATE INDEX record_subject_key ON public.record_subject USING btree (type, key);
grant insert, select to xiedang_app;

-- Values proposed for the overlay rulebook, each with the sentence of the policy it was read from; insert only
table public.rule_draft (
  id uuid not null default gen_random_uuid(),
  no bigint not null generated always as identity,
  document_id uuid not null,
  version_id uuid not null,
  ordinal integer not null,
  start_at integer not null,
  end_at integer not null,
  sentence text not null,
  parameter text not null,
  title text,
  unit text not null,
  value jsonb not null,
  valid_from date not null,
  valid_until date,
  article text,
  note text,
  actor text not null,
  recorded_at timestamp with time zone not null default clock_timestamp(),
  constraint rule_draft_pkey PRIMARY KEY (id),
  constraint rule_draft_document_id_fkey FOREIGN KEY (document_id) REFERENCES policy_document(id),
  constraint rule_draft_version_id_fkey FOREIGN KEY (version_id) REFERENCES policy_version(id),
  constraint rule_draft_ordinal_check CHECK ((ordinal >= 0))
);
CREATE INDEX rule_draft_document ON public.rule_draft USING btree (document_id, no);
grant insert, select to xiedang_app;

-- What a person decided about a draft, once; insert only
table public.rule_draft_decision (
  draft_id uuid not null,
  accepted boolean not null,
  why text not null,
  edition text,  -- Edition of the rulebook in which it holds for the first time
  actor text not null,
  recorded_at timestamp with time zone not null default clock_timestamp(),
  constraint rule_draft_decision_pkey PRIMARY KEY (draft_id),
  constraint rule_draft_decision_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES rule_draft(id),
  constraint rule_draft_decision_check CHECK ((accepted = (edition IS NOT NULL)))
);
grant insert, select to xiedang_app;

-- Migrations applied to this database, with the hash of the file as it was.
table public.schema_migration (
  number integer not null,
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migration_pkey PRIMARY KEY (number)
);
grant select to xiedang_app;

-- Distinct names, brands and holders for suggestions, pinyin and typing errors
table public.search_term (
  shelf smallint not null,
  kind text not null,
  term text not null,
  pinyin text not null,
  initials text not null,
  constraint search_term_pkey PRIMARY KEY (shelf, kind, term)
) partition by LIST (shelf);
CREATE INDEX search_term_initials ON ONLY public.search_term USING btree (initials text_pattern_ops);
CREATE INDEX search_term_pinyin ON ONLY public.search_term USING btree (pinyin text_pattern_ops);
CREATE INDEX search_term_pinyin_trigram ON ONLY public.search_term USING gin (pinyin gin_trgm_ops);
CREATE INDEX search_term_trigram ON ONLY public.search_term USING gin (term gin_trgm_ops);
grant select to xiedang_app;

table public.search_term_1 (
  shelf smallint not null,
  kind text not null,
  term text not null,
  pinyin text not null,
  initials text not null
) partition of search_term FOR VALUES IN ('1');

table public.search_term_2 (
  shelf smallint not null,
  kind text not null,
  term text not null,
  pinyin text not null,
  initials text not null
) partition of search_term FOR VALUES IN ('2');

table public.search_term_3 (
  shelf smallint not null,
  kind text not null,
  term text not null,
  pinyin text not null,
  initials text not null
) partition of search_term FOR VALUES IN ('3');

table public.search_term_9 (
  shelf smallint not null,
  kind text not null,
  term text not null,
  pinyin text not null,
  initials text not null
) partition of search_term FOR VALUES IN ('9');

-- Outside sources; one row per folder of src/sources
table public.source (
  id text not null,
  shelf smallint not null,
  title_zh text not null,
  title_en text not null,
  publisher text not null,
  url text,
  licence text not null,
  constraint source_pkey PRIMARY KEY (id),
  constraint source_shelf_key UNIQUE (shelf)
);
grant select to xiedang_app;

-- Subjects an operator wants to see the changes of; taken away when no longer wanted
table public.watch (
  id uuid not null default gen_random_uuid(),
  actor text not null,
  type text not null,
  key text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint watch_pkey PRIMARY KEY (id),
  constraint watch_actor_type_key_key UNIQUE (actor, type, key),
  constraint watch_type_check CHECK ((type = ANY (ARRAY['device'::text, 'certificate'::text, 'party'::text])))
);
grant delete, insert, select to xiedang_app;
