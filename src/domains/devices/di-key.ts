import { diKeyOf } from '../identifiers/index.ts';
import { AGENCIES } from './source-record.ts';

/**
 * Look-up key of a device identifier as a register states it, with what is wrong about it. The key of a wrong
 * identifier is the best that can be said of it, so that it is found by what stands on the label.
 */
export function diKey(
  agency: number,
  di: string,
): { key: string; problems: readonly { code: string; message: string }[] } {
  return diKeyOf(AGENCIES[agency] || null, di);
}
