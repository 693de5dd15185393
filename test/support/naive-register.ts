/**
 * The register as a plain list of releases in the order in which they were taken in, replayed from the beginning for
 * every question. Written without a look at the SQL, to be compared with it.
 */
export interface NaiveRecord {
  readonly key: string;
  readonly version: number;
  readonly correction: number;
  /** Day of the version as stated; empty when it is not. */
  readonly day: string;
  readonly correctionDay: string;
  readonly model: string;
  readonly withdrawn: string;
}

export interface NaiveRelease {
  readonly day: string;
  readonly mode: 'full' | 'update';
  readonly records: readonly NaiveRecord[];
}

export interface NaiveStep {
  readonly release?: NaiveRelease;
  /** Number of an earlier step whose release is revoked by this one. */
  readonly revoke?: number;
}

export interface NaiveState {
  readonly model: string;
  readonly version: string;
  /** Since when withdrawn or missing; null while in force. */
  readonly gone: string | null;
}

interface Held {
  readonly order: number;
  readonly release: NaiveRelease;
}

const later = (a: readonly (string | number)[], b: readonly (string | number)[]): number => {
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as string | number, b[i] as string | number];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
};

/** Devices on `asOf`, as known when `known` steps had been taken. */
export function naiveRegister(steps: readonly NaiveStep[], known: number, asOf: string): Map<string, NaiveState> {
  const done = steps.slice(0, known);
  const revoked = new Set(done.flatMap((step) => (step.revoke === undefined ? [] : [step.revoke])));
  const held: Held[] = done.flatMap((step, order) =>
    step.release && !revoked.has(order) ? [{ order, release: step.release }] : [],
  );
  held.sort((a, b) => later([a.release.day, a.order], [b.release.day, b.order]));
  const keys = new Set(held.flatMap(({ release }) => release.records.map((record) => record.key)));
  const out = new Map<string, NaiveState>();
  for (const key of keys) {
    let best: { rank: (string | number)[]; record: NaiveRecord } | undefined;
    // the version in force: the highest that is valid by then; it is valid since the earliest release shows it
    const since = new Map<string, string>();
    for (const { order, release } of held) {
      release.records.forEach((record, place) => {
        if (record.key !== key) return;
        const validFrom = record.day !== '' && record.day <= release.day ? record.day : release.day;
        const content = JSON.stringify(record);
        if (!since.has(content) || validFrom < (since.get(content) as string)) since.set(content, validFrom);
        if (validFrom > asOf) return;
        const rank = [record.version, record.correction, record.day, record.correctionDay, release.day, order, place];
        if (!best || later(rank, best.rank) > 0) best = { rank, record };
      });
    }
    if (!best) continue;
    const { record } = best;
    // missing: the last full release by then that says anything about it lacks what an earlier release held
    let gone: string | null = null;
    let held_ = false;
    for (const { release } of held) {
      if (release.day > asOf) break;
      // what happened before the version in force began says nothing about it
      const counts = release.day >= (since.get(JSON.stringify(record)) as string);
      const here = release.records.some((each) => each.key === key);
      if (here) {
        held_ = true;
        gone = null;
      } else if (release.mode === 'full' && held_ && counts) gone ??= release.day;
    }
    out.set(key, {
      model: record.model,
      version: `${record.version}.${record.correction}`,
      gone: record.withdrawn !== '' && record.withdrawn <= asOf ? record.withdrawn : gone,
    });
  }
  return out;
}
