import type { DeviceSource } from '../domains/devices/source-record.ts';
import { eudamed } from './eudamed/eudamed.ts';
import { gudid } from './gudid/gudid.ts';

/** Sources of device records, in the order in which they are asked whether they know a file. */
export const DEVICE_SOURCES: readonly DeviceSource[] = [gudid, eudamed];
