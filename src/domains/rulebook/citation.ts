import type { Rulebook } from '../../rules/rulebook.ts';
import type { Firmness, Source } from '../../rules/shapes.ts';
import type { Pair } from './words.ts';

/** A source of a value with what its instrument says of itself. */
export interface Citation {
  readonly instrument: string;
  readonly title: Pair;
  readonly number: string | null;
  readonly url: string | null;
  readonly article: string | null;
  readonly firmness: Firmness;
}

/** The first address of an instrument that can be opened; `seed:…` names input material. */
function addressOf(urls: readonly string[]): string | null {
  return urls.find((url) => /^https?:\/\//.test(url)) ?? urls[0] ?? null;
}

export function citationOf(rulebook: Rulebook, source: Source): Citation {
  const instrument = rulebook.instruments.get(source.instrument);
  return {
    instrument: source.instrument,
    title: instrument?.title ?? { zh: source.instrument, en: source.instrument },
    number: instrument?.number ?? null,
    url: addressOf(instrument?.urls ?? []),
    article: source.article,
    firmness: source.firmness,
  };
}
