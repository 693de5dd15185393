-- What persons say of what was extracted. Corrections are appended and never edited: a later one of the same element
-- holds, and one that was wrong is withdrawn by another row. They are laid over every reading, so they outlive it.

CREATE TABLE policy_correction (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  no bigint GENERATED ALWAYS AS IDENTITY,
  document_id uuid NOT NULL REFERENCES policy_document (id),
  version_id uuid NOT NULL REFERENCES policy_version (id),
  ordinal integer NOT NULL CHECK (ordinal >= 0),
  op text NOT NULL CHECK (op IN ('set', 'add', 'change', 'remove', 'reviewed', 'withdraw')),
  element text,
  start_at integer,
  end_at integer,
  quote text,
  lead text,
  trail text,
  before jsonb,
  value jsonb,
  note text,
  withdraws uuid UNIQUE REFERENCES policy_correction (id),
  actor text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK ((element IS NULL) = (op IN ('reviewed', 'withdraw'))),
  CHECK ((withdraws IS NULL) = (op <> 'withdraw')),
  CHECK ((quote IS NULL) = (op NOT IN ('add', 'change', 'remove')))
);
COMMENT ON TABLE policy_correction IS 'What persons say of the structure of a document, in place of what was extracted; insert only';
COMMENT ON COLUMN policy_correction.version_id IS 'The text the person looked at';
COMMENT ON COLUMN policy_correction.quote IS 'The words at the place of the item: by them it is found again in another reading';
COMMENT ON COLUMN policy_correction.lead IS 'A few words before the place, and after it in trail: short words are told apart by them';
COMMENT ON COLUMN policy_correction.before IS 'The item as it was extracted';
CREATE INDEX policy_correction_document ON policy_correction (document_id, no);

CREATE TABLE policy_doubt (
  document_id uuid NOT NULL REFERENCES policy_document (id),
  ordinal integer NOT NULL,
  doubts text[] NOT NULL,
  PRIMARY KEY (document_id, ordinal)
);
COMMENT ON TABLE policy_doubt IS 'Why a person should look at an act: a projection of the latest reading';
CREATE INDEX policy_doubt_doubts ON policy_doubt USING gin (doubts);

GRANT SELECT ON policy_correction, policy_doubt TO xiedang_app;

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
