import type { DeviceSource } from '../domains/devices/source-record.ts';
import { AppError } from '../kernel/app-error.ts';
import { eudamed } from './eudamed/eudamed.ts';
import { gudid } from './gudid/gudid.ts';

/** Sources of device records, in the order in which they are asked whether they know a file. */
export const DEVICE_SOURCES: readonly DeviceSource[] = [gudid, eudamed];

/** The source with an id; an AppError `source.unknown` when there is none. */
export function deviceSource(id: string): DeviceSource {
  const source = DEVICE_SOURCES.find((each) => each.id === id);
  if (source === undefined) {
    const known = DEVICE_SOURCES.map((each) => each.id);
    throw new AppError('source.unknown', `没有来源 ${id}；已有：${known.join('、')}`, { id, known });
  }
  return source;
}
