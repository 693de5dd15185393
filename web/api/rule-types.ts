import type { Bilingual } from '../i18n/text.ts';

/** Answers of /api/v1/rules and /api/v1/instruments as the web reads them. */
export type Firmness = 'primary-text' | 'mirror' | 'quoted' | 'unverified' | 'missing';
export type Absence = 'undefined' | 'not-found' | 'before' | 'ceased' | 'not-known';
export type RuleKind = 'time-limit' | 'obligation' | 'promise' | 'period' | 'count' | 'share' | 'rule' | 'table';

export interface Citation {
  readonly instrument: string;
  readonly title: Bilingual;
  readonly number: string | null;
  readonly url: string | null;
  readonly article: string | null;
  readonly firmness: Firmness;
}

export interface RuleRow {
  readonly id: string;
  readonly type: 'parameter' | 'table';
  readonly kind: RuleKind;
  readonly title: Bilingual;
  readonly place: { readonly id: string; readonly title: Bilingual } | null;
  readonly words: Bilingual | null;
  readonly from: string | null;
  readonly firmness: Firmness;
  readonly source: Citation | null;
  readonly article: string | null;
  readonly absence: Absence | null;
  readonly users: number;
  readonly overlay: boolean;
}

/** Who set a value of the overlay, and why. */
type OwnValue = Readonly<Record<'by' | 'why', string>>;

export interface RuleValue {
  readonly from: string | null;
  readonly until: string | null;
  readonly words: Bilingual | null;
  readonly recorded: string;
  readonly firmness: Firmness;
  readonly note: Bilingual | null;
  readonly overlay: OwnValue | null;
  readonly known: boolean;
  readonly inForce: boolean;
  readonly sources: readonly Citation[];
}

export interface RuleUser {
  readonly type: 'procedure' | 'duty' | 'promise' | 'limit' | 'calendar';
  readonly id: string;
  readonly title: Bilingual;
}

export interface RuleQuestion extends Bilingual {
  readonly id: string;
}

export interface ParameterFile {
  readonly type: 'parameter';
  readonly id: string;
  readonly kind: RuleKind;
  readonly title: Bilingual;
  readonly place: { readonly id: string; readonly title: Bilingual };
  readonly scope: Bilingual | null;
  readonly starts: Bilingual | null;
  readonly effect: Bilingual | null;
  readonly duty: {
    readonly actors: readonly string[];
    readonly trigger: Bilingual;
    readonly recipient: Bilingual | null;
    readonly penalty: string | null;
  } | null;
  readonly promise: { readonly condition: string; readonly scope: Bilingual | null } | null;
  readonly questions: readonly RuleQuestion[];
  readonly file: string;
  readonly asOf: string;
  readonly absence: Absence | null;
  readonly values: readonly RuleValue[];
  readonly users: readonly RuleUser[];
  readonly readingOnly: Bilingual | null;
}

export type Cell = string | number | boolean | null | Bilingual | readonly (string | number)[];

export interface TableColumn extends Bilingual {
  readonly id: string;
}

export interface TableLine {
  readonly id: string;
  readonly cells: Readonly<Record<string, Cell>>;
  readonly note: Cell;
  readonly from: string | null;
  readonly until: string | null;
  readonly firmness: Firmness;
  readonly inForce: boolean;
  readonly sources: readonly Citation[];
}

export interface TableFile {
  readonly type: 'table';
  readonly id: string;
  readonly title: Bilingual;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableLine[];
  readonly questions: readonly RuleQuestion[];
  readonly note: Bilingual | null;
  readonly file: string;
}

interface ChangeSide {
  readonly words: Bilingual | null;
  readonly firmness: Firmness;
  readonly sources: readonly Citation[];
}

export interface RuleChange {
  readonly axis: 'force' | 'known';
  readonly on: string;
  readonly change: 'begins' | 'ends' | 'changes' | 'restated' | 'recorded';
  readonly type: 'parameter' | 'table-row' | 'instrument' | 'calendar';
  readonly id: string;
  readonly row: string | null;
  readonly title: Bilingual;
  readonly place: Bilingual | null;
  readonly before: ChangeSide | null;
  readonly after: ChangeSide | null;
}

export interface InstrumentRow {
  readonly id: string;
  readonly title: Bilingual;
  readonly number: string | null;
  readonly issuer: string | null;
  readonly from: string | null;
  readonly until: string | null;
  readonly firmness: Firmness;
  readonly rules: number;
}

interface NamedInstrument {
  readonly id: string;
  readonly title: Bilingual;
  readonly from: string | null;
}

export interface InstrumentFile extends Omit<InstrumentRow, 'rules'> {
  readonly published: string | null;
  readonly urls: readonly string[];
  readonly note: Bilingual | null;
  readonly recorded: string;
  readonly amends: readonly NamedInstrument[];
  readonly amendedBy: readonly NamedInstrument[];
  readonly replaces: readonly NamedInstrument[];
  readonly replacedBy: readonly NamedInstrument[];
  readonly overlay: OwnValue | null;
  readonly resting: readonly {
    readonly id: string;
    readonly title: Bilingual;
    readonly place: Bilingual | null;
    readonly words: Bilingual | null;
    readonly from: string | null;
    readonly article: string | null;
    readonly firmness: Firmness;
  }[];
  readonly readingOnly: Bilingual | null;
}

interface Counted {
  readonly id: string;
  readonly title: Bilingual;
  readonly count: number;
}

export interface RulebookCoverage {
  readonly edition: string;
  readonly byFirmness: readonly {
    readonly id: Firmness;
    readonly title: Bilingual;
    readonly meaning: Bilingual;
    readonly values: number;
    readonly rows: number;
  }[];
  readonly byKind: readonly Counted[];
  readonly byPlace: readonly Counted[];
}
