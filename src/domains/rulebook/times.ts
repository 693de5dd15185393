import { AppError } from '../../kernel/app-error.ts';
import { type LocalDate, parseLocalDate, shanghaiDay } from '../../kernel/local-date.ts';

/** The two days of a reading: in force on, as recorded by. */
export interface RuleDays {
  readonly asOf: LocalDate;
  readonly knownAt: LocalDate | undefined;
}

/** Reads a day of a request. Throws `read.bad-date`. */
export function readDay(name: string, text: string): LocalDate {
  const day = parseLocalDate(text);
  if (!day) throw new AppError('read.bad-date', `${name} 不是有效日期：${text}（应为 YYYY-MM-DD）`, { [name]: text });
  return day;
}

/**
 * The days of a request. Values are recorded by the day, so an instant of knowledge means the day it falls on in
 * Asia/Shanghai. Throws `read.bad-date`, `read.bad-instant`.
 */
export function readRuleDays(
  request: { readonly asOf?: string | undefined; readonly knownAt?: string | undefined },
  today: LocalDate,
): RuleDays {
  const { asOf, knownAt } = request;
  return {
    asOf: asOf === undefined ? today : readDay('asOf', asOf),
    knownAt: knownAt === undefined ? undefined : (parseLocalDate(knownAt) ?? dayOfInstant(knownAt)),
  };
}

function dayOfInstant(text: string): LocalDate {
  const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:/.test(text)
    ? Date.parse(text.replace(/ (\d{2}:?\d{2})$/, '+$1'))
    : Number.NaN;
  if (Number.isNaN(instant))
    throw new AppError('read.bad-instant', `knownAt 不是有效时间：${text}（应为 YYYY-MM-DD 或带时区的 ISO 时间）`, {
      knownAt: text,
    });
  return shanghaiDay(new Date(instant));
}
