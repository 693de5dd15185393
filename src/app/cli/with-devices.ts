import { type DeviceService, deviceService } from '../../domains/devices/service.ts';
import { deviceStore } from '../../domains/devices/store.pg.ts';
import { systemClock } from '../../kernel/clock.ts';
import { migrate } from '../../platform/postgres/migrate.ts';
import { openStore, type Store, storeOptionsFrom } from '../../platform/postgres/store.ts';
import { sourceCatalogue } from '../source-catalogue.ts';

/** Opens the store for one command, gives it the device register, and closes again. */
export async function withDevices(work: (devices: DeviceService, store: Store) => Promise<void>): Promise<void> {
  const store = await openStore({ ...storeOptionsFrom(process.env), role: 'client' });
  try {
    await migrate(store.ownerSql());
    const devices = deviceService({
      store: deviceStore(store.appSql({ max: 4 }), systemClock),
      clock: systemClock,
      catalogue: sourceCatalogue(),
    });
    await work(devices, store);
  } finally {
    await store.close();
  }
}
