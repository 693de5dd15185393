import type { PublishedVersion } from '../../domains/devices/dossier-row.ts';
import type { ReadAtRequest } from '../../domains/devices/read-at.ts';
import type { DeviceService } from '../../domains/devices/service.ts';
import { differences } from '../../domains/releases/changes.ts';
import { AppError } from '../../kernel/app-error.ts';

interface Key {
  readonly source: string;
  readonly recordKey: string;
}

/** A version by its id, or the one in force at `asOf:knownAt` (either may be empty). */
async function versionAt(
  devices: DeviceService,
  key: Key,
  which: string,
  times: ReadAtRequest,
): Promise<PublishedVersion> {
  if (/^-?\d+$/.test(which)) {
    const at = await devices.readAt(times);
    const found = (await devices.store.findVersions(at, key)).find((row) => row.version_id === which);
    if (found) return found;
    throw new AppError('device.not-found', `没有这个版本：${which}`, { ...key, version: which });
  }
  const cut = which.indexOf(':');
  const asOf = (cut < 0 ? which : which.slice(0, cut)) || undefined;
  const knownAt = cut < 0 ? undefined : which.slice(cut + 1) || undefined;
  return (await devices.file(await devices.readAt({ asOf, knownAt }), key)).version;
}

/** Fields that differ between two versions of a record, with their names. Throws `device.not-found`. */
export async function compareVersions(
  devices: DeviceService,
  key: Key,
  request: ReadAtRequest & { readonly from: string; readonly to: string },
) {
  const [from, to] = await Promise.all([
    versionAt(devices, key, request.from, request),
    versionAt(devices, key, request.to, request),
  ]);
  const labels = new Map(devices.catalogue.get(key.source)?.fields.map((field) => [field.tag, field]));
  return {
    fields: differences(from, to, devices.catalogue).map((field) => ({
      tag: field.name,
      label: { zh: labels.get(field.name)?.zh ?? field.name, en: labels.get(field.name)?.en ?? field.name },
      from: field.from,
      to: field.to,
    })),
  };
}
