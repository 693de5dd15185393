-- Subscriptions to what happens to policies. Versions of a subscription, messages and attempts to deliver are appended
-- and never edited; how far each subscription and each channel has come is kept beside them.

CREATE TABLE policy_subscription (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  root uuid NOT NULL,
  replaces uuid UNIQUE REFERENCES policy_subscription (id),
  name text NOT NULL,
  content jsonb NOT NULL,
  webhook_secret text,
  removed boolean NOT NULL DEFAULT false,
  actor text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE policy_subscription IS 'What is asked for and where it is sent; a newer row replaces an older one of the same root';
COMMENT ON COLUMN policy_subscription.content IS 'About, kinds of events, mail, address of the webhook';
COMMENT ON COLUMN policy_subscription.webhook_secret IS 'Key of the signature, shown once; needed in the clear to sign';
CREATE INDEX policy_subscription_root ON policy_subscription (root, recorded_at DESC);
CREATE INDEX policy_subscription_recorded ON policy_subscription (recorded_at DESC, root);

CREATE TABLE policy_subscription_state (
  root uuid PRIMARY KEY,
  event_no bigint NOT NULL,
  last_seq integer NOT NULL DEFAULT 0,
  feed_hash text UNIQUE,
  live boolean NOT NULL DEFAULT true
);
COMMENT ON TABLE policy_subscription_state IS 'The last event looked at and the number of the last message, moved together';
COMMENT ON COLUMN policy_subscription_state.feed_hash IS 'SHA-256 of the private address of the feed; the address itself is shown once and not kept';

CREATE TABLE policy_message (
  root uuid NOT NULL REFERENCES policy_subscription_state (root),
  seq integer NOT NULL CHECK (seq > 0),
  event_no bigint NOT NULL REFERENCES policy_event (no),
  subscription_id uuid NOT NULL REFERENCES policy_subscription (id),
  content text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (root, seq),
  UNIQUE (root, event_no)
);
COMMENT ON TABLE policy_message IS 'What a subscription was told, numbered without a gap, each event once; insert only';
COMMENT ON COLUMN policy_message.content IS 'JSON of what was told, only ever read whole';
CREATE INDEX policy_message_at ON policy_message (at DESC, root, seq DESC);

CREATE TABLE policy_message_read (
  root uuid NOT NULL,
  seq integer NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (root, seq),
  FOREIGN KEY (root, seq) REFERENCES policy_message
);
COMMENT ON TABLE policy_message_read IS 'Messages that were read in the application; insert only';

CREATE TABLE policy_channel (
  root uuid NOT NULL REFERENCES policy_subscription_state (root),
  channel text NOT NULL CHECK (channel IN ('mail', 'webhook')),
  delivered_seq integer NOT NULL,
  failures integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz,
  paused_at timestamptz,
  reason text,
  last_at timestamptz,
  PRIMARY KEY (root, channel)
);
COMMENT ON TABLE policy_channel IS 'Up to which message each channel has delivered, and when it is tried again';

CREATE TABLE policy_delivery (
  no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  root uuid NOT NULL REFERENCES policy_subscription_state (root),
  channel text NOT NULL,
  from_seq integer NOT NULL,
  to_seq integer NOT NULL,
  attempt integer NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('delivered', 'failed', 'trial', 'resumed')),
  note text,
  at timestamptz NOT NULL
);
COMMENT ON TABLE policy_delivery IS 'Every attempt to deliver, without addresses; insert only';
CREATE INDEX policy_delivery_root ON policy_delivery (root, no DESC);

CREATE TABLE policy_day_source (
  document_id uuid PRIMARY KEY REFERENCES policy_document (id),
  version_id uuid NOT NULL,
  stamp text NOT NULL
);
COMMENT ON TABLE policy_day_source IS 'Documents whose days were read, with the state of their reading';

CREATE TABLE policy_day (
  document_id uuid NOT NULL REFERENCES policy_day_source ON DELETE CASCADE,
  ordinal integer NOT NULL,
  day date NOT NULL,
  PRIMARY KEY (document_id, ordinal, day)
);
COMMENT ON TABLE policy_day IS 'Days on which acts want something done: a projection of their readings';
CREATE INDEX policy_day_day ON policy_day (day);

GRANT SELECT, INSERT ON policy_subscription, policy_message, policy_message_read, policy_delivery TO xiedang_app;
GRANT SELECT, INSERT, UPDATE ON policy_subscription_state, policy_channel TO xiedang_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON policy_day_source, policy_day TO xiedang_app;
