import type { CertificateSource } from '../domains/certificates/index.ts';
import type { DeviceSource } from '../domains/devices/index.ts';
import { AppError } from '../kernel/app-error.ts';
import { eudamed } from './eudamed/eudamed.ts';
import { gudid } from './gudid/gudid.ts';
import { nmpaRegistrations } from './nmpa-registrations/nmpa-registrations.ts';
import { nmpaUdid } from './nmpa-udid/nmpa-udid.ts';

/** Sources whose reader makes objects of the records; the national base goes from bytes to rows instead. */
const OBJECT_SOURCES: readonly DeviceSource[] = [gudid, eudamed];

/** What every source of device records states of itself, in the order in which they are asked whether they know a file. */
export type DeviceSourceFacts = Omit<DeviceSource, 'read'>;
export const DEVICE_SOURCES: readonly DeviceSourceFacts[] = [nmpaUdid, ...OBJECT_SOURCES];

/** Sources of certificates; they are asked after those of devices. */
export const CERTIFICATE_SOURCES: readonly CertificateSource[] = [nmpaRegistrations];

/** A source with an object reader by its id; an AppError `source.unknown` when there is none. */
export function deviceSource(id: string): DeviceSource {
  const source = OBJECT_SOURCES.find((each) => each.id === id);
  if (source === undefined) throw new AppError('source.unknown', `没有来源 ${id}`, { id });
  return source;
}
