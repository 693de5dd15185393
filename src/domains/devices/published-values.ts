import type { PublishedVersion } from './dossier-row.ts';
import type { PublishedSource } from './published-source.ts';
import type { PayloadValue } from './source-record.ts';

/** A timestamp as sources write it: the day alone where no time was given; null where nothing was stated. */
export function stated(timestamp: string): string | null {
  return timestamp === '-infinity' ? null : timestamp.replace(' 00:00:00', '').replace(' ', 'T');
}

/** Published values of a version by the source's own tags, in the order of the source's fields. */
export function publishedValues(
  version: PublishedVersion,
  source: PublishedSource | undefined,
): Map<string, PayloadValue> {
  const tags = source?.columnTags ?? {};
  const values = new Map<string, PayloadValue>();
  const put = (tag: string | undefined, value: string | number | null) => {
    if (tag !== undefined && value !== null && value !== '') values.set(tag, String(value));
  };
  put(tags.di, version.di ?? version.di_key);
  put(tags.name, version.name);
  put(tags.brand, version.brand);
  put(tags.model, version.model);
  put(tags.catalogNo, version.catalog_no);
  put(tags.description, version.description);
  put(tags.holderName, version.holder_name);
  put(tags.holderNameAlt, version.holder_name_alt);
  put(tags.holderCode, version.holder_code);
  put(tags.certificateText, version.certificate_text);
  put(tags.classCode, version.class_code);
  put(tags.classCodeOld, version.class_code_old);
  put(tags.category, version.category);
  put(tags.kind, version.kind);
  put(tags.versionNo, version.version_no);
  put(tags.correctionNo, version.correction_no);
  put(tags.versionAt, stated(version.version_at));
  put(tags.correctionAt, stated(version.correction_at));
  put(tags.publishedOn, version.published_on);
  put(tags.withdrawnOn, version.withdrawn_on_stated);
  for (const [tag, value] of Object.entries(source?.unpack(version.payload) ?? {})) values.set(tag, value);
  const places = new Map((source?.fields ?? []).map((field, i) => [field.tag, i]));
  const place = (tag: string) => places.get(tag) ?? places.size;
  return new Map([...values].sort(([a], [b]) => place(a) - place(b)));
}
