import { pinyin } from 'pinyin-pro';
import { CopyBytes, liveVersion } from '../../domains/devices/index.ts';
import type { Queryable, Transaction } from '../../platform/postgres/connections.ts';
import { copyInto } from '../../platform/postgres/copy.ts';

/** Counts the devices of products anew; `only` = SQL of a query giving product ids, all of the shelf without it. */
export async function renewTallies(
  tx: Queryable,
  shelf: number,
  visible: readonly number[],
  today: string,
  only?: string,
): Promise<void> {
  const ids = only ? `AND product_id IN (${only})` : '';
  await tx.unsafe(`DELETE FROM product_tally WHERE shelf = ${shelf} ${ids}`);
  await tx.unsafe(
    `INSERT INTO product_tally (shelf, product_id, devices)
     SELECT ${shelf}, v.product_id, count(*) FROM device_version v
     WHERE v.shelf = ${shelf} ${ids.replace('product_id', 'v.product_id')} AND ${liveVersion('v', '$1', '$2::date')}
     GROUP BY v.product_id`,
    [[...visible], today],
  );
}

const TERM_SOURCES = [
  ['name', 'name'],
  ['brand', 'brand'],
  ['holder', 'holder_name'],
  ['holder', 'holder_name_alt'],
] as const;

const readings = new Map<string, string>();

/** The commonest reading of one character, without tone; Latin letters and digits stand for themselves. */
function reading(character: string): string {
  let sound = readings.get(character);
  if (sound === undefined) {
    const spoken = character >= '\u3400' ? pinyin(character, { toneType: 'none' }) : character;
    sound = spoken
      .toLowerCase()
      .replaceAll('ü', 'v')
      .replace(/[^a-z0-9]/g, '');
    readings.set(character, sound);
  }
  return sound;
}

/** First letters: of every Chinese character, and of every Latin word. */
function initialsOf(term: string, sounds: readonly string[]): string {
  let out = '';
  let inWord = false;
  [...term].forEach((character, i) => {
    const latin = /[a-z0-9]/i.test(character);
    if (!latin || !inWord) out += sounds[i]?.charAt(0) ?? '';
    inWord = latin;
  });
  return out;
}

/** Terms longer than this are no names any more and help no suggestion. */
const LONGEST_TERM = 120;

/** Adds the names, brands and holders that are new to the terms for suggestions, with their pinyin. */
export async function addSearchTerms(tx: Transaction, shelf: number): Promise<void> {
  await tx.unsafe(
    'CREATE TEMP TABLE new_term (kind text NOT NULL, term text NOT NULL, pinyin text, initials text) ON COMMIT DROP',
  );
  for (const [kind, column] of TERM_SOURCES) {
    const terms = await tx.unsafe<{ term: string }[]>(
      `SELECT DISTINCT ${column} AS term FROM product p WHERE shelf = ${shelf} AND ${column} IS NOT NULL AND length(${column}) <= ${LONGEST_TERM}
         AND NOT EXISTS (SELECT 1 FROM search_term t WHERE t.shelf = ${shelf} AND t.kind = '${kind}' AND t.term = p.${column})`,
    );
    const rows = new CopyBytes(1 << 20);
    for (const { term } of terms) {
      // by character: reading whole words in context costs 0.3 ms each and changes few of them
      const sounds = [...term].map(reading);
      rows.ascii(kind);
      rows.tab();
      rows.text(term);
      rows.tab();
      rows.text(sounds.join(''));
      rows.tab();
      rows.text(initialsOf(term, sounds));
      rows.row();
    }
    if (rows.length) await copyInto(tx, 'new_term (kind, term, pinyin, initials)', [rows.take()]);
  }
  await tx.unsafe(`INSERT INTO search_term (shelf, kind, term, pinyin, initials)
    SELECT ${shelf}, kind, term, pinyin, initials FROM new_term ON CONFLICT DO NOTHING`);
}
