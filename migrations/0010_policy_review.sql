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
