/** Keeps the text of the desk over a reload; IndexedDB, because ten thousand codes do not fit elsewhere. */
const NAME = 'xiedang';
const STORE = 'desk';
const KEY = 'codes';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function run<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return open().then(
    (db) =>
      new Promise<T>((resolve, reject) => {
        const transaction = db.transaction(STORE, mode);
        const request = act(transaction.objectStore(STORE));
        transaction.oncomplete = () => {
          db.close();
          resolve(request.result);
        };
        transaction.onerror = () => reject(transaction.error);
      }),
  );
}

/** The text kept last, or '' when there is none or the browser keeps nothing. */
export async function loadDesk(): Promise<string> {
  try {
    const text: unknown = await run('readonly', (store) => store.get(KEY));
    return typeof text === 'string' ? text : '';
  } catch {
    return '';
  }
}

export async function saveDesk(text: string): Promise<void> {
  try {
    await run('readwrite', (store) => store.put(text, KEY));
  } catch {
    // private windows refuse the store; the text then lives as long as the page
  }
}
