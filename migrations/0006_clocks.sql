-- Cases whose clocks are kept, and the days computed for them. Cases and events are appended and never edited: a
-- correction is an event that names the one it corrects; what was computed is a projection that may be made anew.

CREATE TABLE clock_case (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  title text NOT NULL,
  procedure text NOT NULL,
  class text CHECK (class IN ('I', 'II', 'III')),
  origin text CHECK (origin IN ('domestic', 'imported')),
  province text,
  route text,
  subject_type text CHECK (subject_type IN ('device', 'certificate', 'party')),
  subject_key text,
  actor text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK ((subject_type IS NULL) = (subject_key IS NULL))
);
COMMENT ON TABLE clock_case IS 'Applications and cases whose statutory clocks are kept';
CREATE INDEX clock_case_recorded ON clock_case (recorded_at DESC, id);
CREATE INDEX clock_case_subject ON clock_case (subject_type, subject_key);

CREATE TABLE clock_case_event (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  no bigint GENERATED ALWAYS AS IDENTITY,
  case_id uuid NOT NULL REFERENCES clock_case (id),
  type text,
  date date,
  result text,
  length integer,
  of_limit text,
  note text,
  corrects uuid UNIQUE REFERENCES clock_case_event (id),
  actor text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK ((type IS NULL) = (date IS NULL)),
  CHECK (type IS NOT NULL OR corrects IS NOT NULL)
);
COMMENT ON TABLE clock_case_event IS 'What happened to a case; a row with corrects stands for the row it names, without a type it takes that row back';
CREATE INDEX clock_case_event_case ON clock_case_event (case_id, no);

CREATE TABLE clock_case_close (
  case_id uuid NOT NULL REFERENCES clock_case (id),
  no bigint GENERATED ALWAYS AS IDENTITY,
  closed boolean NOT NULL,
  reason text,
  actor text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (case_id, no)
);
COMMENT ON TABLE clock_case_close IS 'Cases put away and taken up again; the last row holds';

CREATE TABLE clock_case_state (
  case_id uuid PRIMARY KEY REFERENCES clock_case (id),
  input text NOT NULL,
  dues text NOT NULL,
  state text NOT NULL,
  next_due date,
  next_limit text,
  provisional boolean NOT NULL,
  closed boolean NOT NULL DEFAULT false
);
COMMENT ON COLUMN clock_case_state.input IS 'JSON of the case with the events that hold; text, because it is only ever read whole and by the hundred thousand';
COMMENT ON COLUMN clock_case_state.dues IS 'JSON list of [limit, from, due, done on, held, determinable, uncertain from]';
COMMENT ON TABLE clock_case_state IS 'The case as its events say it and the days computed from it: a projection, made anew with every event, every day and every change of calendar or rules';
CREATE INDEX clock_case_state_due ON clock_case_state (next_due, case_id) WHERE NOT closed;

CREATE TABLE clock_due_change (
  no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES clock_case (id),
  limit_id text NOT NULL,
  due_before date,
  due_after date
);
COMMENT ON TABLE clock_due_change IS 'Days that a change of calendar or rules moved';
CREATE INDEX clock_due_change_run ON clock_due_change (run_id, no);
CREATE INDEX clock_due_change_case ON clock_due_change (case_id);

CREATE TABLE clock_reckoning (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  cause text NOT NULL,
  reckoned_on date NOT NULL,
  edition_before text,
  edition text NOT NULL,
  calendar text NOT NULL,
  cases integer NOT NULL,
  changed integer NOT NULL,
  milliseconds integer NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE clock_reckoning IS 'Each time all open cases were reckoned anew, why, by which edition of the rules, and how many days moved';
CREATE INDEX clock_reckoning_at ON clock_reckoning (at DESC);

CREATE TABLE duty_profile (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL,
  profile jsonb NOT NULL,
  replaces uuid UNIQUE REFERENCES duty_profile (id),
  root uuid NOT NULL,
  removed boolean NOT NULL DEFAULT false,
  feed_hash text,
  actor text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE duty_profile IS 'Enterprises whose duties are kept: roles, classes, certificates, events; a newer row replaces an older one of the same root';
COMMENT ON COLUMN duty_profile.feed_hash IS 'SHA-256 of the private address of the calendar feed; the address itself is shown once and not kept';
CREATE INDEX duty_profile_root ON duty_profile (root, recorded_at DESC);
CREATE INDEX duty_profile_feed ON duty_profile (feed_hash);

GRANT SELECT, INSERT ON clock_case, clock_case_event, clock_case_close, clock_due_change, clock_reckoning, duty_profile TO xiedang_app;
GRANT SELECT, INSERT, UPDATE ON clock_case_state TO xiedang_app;
