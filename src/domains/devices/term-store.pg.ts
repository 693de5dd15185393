import type { Sql } from '../../platform/postgres/connections.ts';
import { Parameters } from './search-sql.ts';
import { run } from './search-store.pg.ts';
import { foldText } from './search-text.ts';
import type { SpokenForm } from './spoken-form.ts';

const KINDS = ['name', 'brand', 'holder'] as const;
const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** Names, brands and holders that begin with the text, its pinyin or its initials; each kind has its turn. */
export async function beginningTerms(
  sql: Sql,
  text: string,
  spoken: SpokenForm,
  limit: number,
): Promise<{ kind: string; term: string }[]> {
  const parameters = new Parameters();
  const starts = [...new Set([text, foldText(text)])].map((start) => parameters.add(`${escaped(start)}%`, 'text'));
  const bound = parameters.add(limit, 'int');
  const latin = /^[0-9a-z ]+$/i.test(text);
  const branches = KINDS.flatMap((kind, i) =>
    starts.map(
      (start) =>
        `(select kind, term, ${i} as turn from search_term
          where shelf in (select shelf from source) and kind = '${kind}' and term like ${start} limit ${bound})`,
    ),
  );
  if (latin && spoken.pinyin.length >= 3) {
    const like = parameters.add(`${escaped(spoken.pinyin)}%`, 'text');
    branches.push(`(select kind, term, 3 from search_term where pinyin like ${like} limit ${bound})`);
  }
  if (latin && spoken.initials !== null) {
    const like = parameters.add(`${escaped(spoken.initials)}%`, 'text');
    branches.push(`(select kind, term, 4 from search_term where initials like ${like} limit ${bound})`);
  }
  return run(
    sql,
    `select kind, term from (${branches.join(' union all ')}) s
     group by kind, term order by min(turn), length(term), term limit ${bound}`,
    parameters,
  );
}

/** Names, brands and holders like the text: same sound, same first letters, or most of the same characters. */
export async function similarTerms(
  sql: Sql,
  text: string,
  spoken: SpokenForm,
  limit: number,
): Promise<{ kind: string; term: string }[]> {
  const parameters = new Parameters();
  const asked = parameters.add(text, 'text');
  const bound = parameters.add(limit, 'int');
  const branches = [
    `(select kind, term, similarity(term, ${asked})::float as score from search_term where term % ${asked}
      order by similarity(term, ${asked}) desc limit ${bound})`,
    `(select kind, term, 0.8 * word_similarity(${asked}, term) from search_term where ${asked} <% term
      order by word_similarity(${asked}, term) desc limit ${bound})`,
  ];
  if (spoken.pinyin.length >= 3) {
    const sound = parameters.add(spoken.pinyin, 'text');
    const inside = parameters.add(`%${spoken.pinyin}%`, 'text');
    branches.push(
      `(select kind, term, case when pinyin = ${sound} then 3.0 else 2.0 - length(term) / 200.0 end
        from search_term where pinyin like ${inside} order by length(term) limit ${bound})`,
    );
  }
  if (spoken.initials !== null && (spoken.initials.length >= 4 || /^[0-9a-z]+$/.test(text))) {
    const initials = parameters.add(`${spoken.initials}%`, 'text');
    branches.push(`(select kind, term, 1.0 from search_term where initials like ${initials} limit ${bound})`);
  }
  return run(
    sql,
    `select kind, term from (${branches.join(' union all ')}) s
     group by kind, term order by max(score) desc, length(term), term limit ${bound}`,
    parameters,
  );
}
