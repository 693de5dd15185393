import { pinyin } from 'pinyin-pro';
import { foldText } from './search-text.ts';

/** How a text sounds, without tones and blanks; `initials` is null when the text has no Chinese or Latin letters. */
export interface SpokenForm {
  readonly pinyin: string;
  readonly initials: string | null;
}

const letters = (text: string): string => text.replace(/[^0-9a-z]/g, '');

/** The sound of a name or of what was typed: Chinese as pinyin, Latin as it stands. */
export function spokenForm(text: string): SpokenForm {
  const folded = foldText(text);
  const sound = letters(pinyin(folded, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).join(''));
  const short = /[\u3400-\u9fff]/.test(folded)
    ? letters(pinyin(folded, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' }).join(''))
    : letters(folded);
  return { pinyin: sound, initials: short.length >= 2 ? short : null };
}
