/** The door of the records domain: what happened, appended and read. */
export { addRecord } from './service.ts';
export { appendRecord, findRecord } from './store.pg.ts';
export { NewRecord } from './types.ts';
