-- What reads need beside the register itself.

-- Pages walk the versions of one product in order; the plain index could only fetch and sort them all.
DROP INDEX device_version_product;
CREATE INDEX device_version_product ON device_version (product_id, id);

-- Catalogue numbers are looked up like models; most records have none.
CREATE INDEX device_version_catalog ON device_version (model_key(catalog_no) text_pattern_ops) WHERE catalog_no IS NOT NULL;

-- Few records are withdrawn: counts and lists of them need not read the others.
CREATE INDEX device_version_withdrawn ON device_version (product_id, withdrawn_on) WHERE withdrawn_on IS NOT NULL;

CREATE INDEX product_name ON product (name);
CREATE INDEX product_class ON product (class_key text_pattern_ops);
CREATE INDEX search_term_pinyin_trigram ON search_term USING gin (pinyin gin_trgm_ops);
