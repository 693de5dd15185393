-- Values of policies on their way into the operator's rulebook: a draft with the sentence it stands in, and what a person
-- decided. Both are appended and never edited; what was accepted stands in the overlay files.

CREATE TABLE rule_draft (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  no bigint GENERATED ALWAYS AS IDENTITY,
  document_id uuid NOT NULL REFERENCES policy_document (id),
  version_id uuid NOT NULL REFERENCES policy_version (id),
  ordinal integer NOT NULL CHECK (ordinal >= 0),
  start_at integer NOT NULL,
  end_at integer NOT NULL,
  sentence text NOT NULL,
  parameter text NOT NULL,
  title text,
  unit text NOT NULL,
  value jsonb NOT NULL,
  valid_from date NOT NULL,
  valid_until date,
  article text,
  note text,
  actor text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE rule_draft IS 'Values proposed for the overlay rulebook, each with the sentence of the policy it was read from; insert only';
CREATE INDEX rule_draft_document ON rule_draft (document_id, no);

CREATE TABLE rule_draft_decision (
  draft_id uuid PRIMARY KEY REFERENCES rule_draft (id),
  accepted boolean NOT NULL,
  why text NOT NULL,
  edition text,
  actor text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (accepted = (edition IS NOT NULL))
);
COMMENT ON TABLE rule_draft_decision IS 'What a person decided about a draft, once; insert only';
COMMENT ON COLUMN rule_draft_decision.edition IS 'Edition of the rulebook in which it holds for the first time';

GRANT SELECT, INSERT ON rule_draft, rule_draft_decision TO xiedang_app;
