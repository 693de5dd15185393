import { parseNumber } from './parse-number.ts';

/**
 * A key that is the same for all spellings, changes and renewals of one certificate, licence or document.
 *
 * 令第47号 art. 115: a change keeps the number, a renewal keeps year and serial, a change of class gives a new number;
 * renewals since 2018-08-01 follow the catalogue of 2017, so the category digits are left out of the key.
 * Under Order 16 each renewal gave a new number: only the mark (更) of a change is left out.
 * A value that conforms to nothing is its own family: `raw:` and the text without blanks (a long one only trimmed).
 */
export function certificateFamily(value: string): string {
  if (typeof value !== 'string') return 'raw:';
  const { kind, normalized, parts } = parseNumber(undefined, value);
  if (kind === null || normalized === null)
    return `raw:${value.length > 1000 ? value.trim() : value.replace(/\s+/g, '')}`;
  const { place, form, year, cls, serial, kind: series, no, organ, order } = parts;
  switch (kind) {
    case 'registration-cert':
      return [kind, place, form, year, cls, serial].join('/');
    case 'registration-old-2004':
      return `${kind}/${normalized.replace('(更)', '')}`;
    case 'online-platform-filing':
      return [kind, place, year, serial].join('/');
    case 'announcement-number':
      return order
        ? [kind, organ, '令', Number(order)].join('/')
        : [kind, organ ?? '', series, year, Number(no)].join('/');
    default:
      return `${kind}/${normalized}`;
  }
}
