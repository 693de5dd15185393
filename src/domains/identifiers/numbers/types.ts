/** Where a statement comes from and how firmly it is known. The words are those of `docs/reference/numbers.md`. */
export type Firmness =
  | 'primary-text'
  | 'official-text-via-mirror'
  | 'official-text-partial'
  | 'secondary-quote'
  | 'secondary-partial'
  | 'secondary-summary'
  | 'trade-report'
  | 'weak-copy'
  | 'observed'
  | 'derived'
  | 'unverified';

export interface NumberSource {
  readonly title: string;
  readonly url: string;
  readonly firmness: Firmness;
}

/** Names of the sources in `citations.ts`. */
export type SourceId =
  | 'order47'
  | 'notice62'
  | 'order16'
  | 'notice18'
  | 'observed'
  | 'recalled'
  | 'filingRule'
  | 'order38'
  | 'gb32100'
  | 'gb9704'
  | 'derived'
  | 'forum'
  | 'importReport';

export type NumberKind =
  | 'registration-cert'
  | 'class1-filing'
  | 'registration-old-2004'
  | 'production-licence'
  | 'production-filing'
  | 'distribution-licence'
  | 'distribution-filing'
  | 'online-platform-filing'
  | 'online-seller-info'
  | 'uscc'
  | 'doc-number'
  | 'announcement-number'
  | 'udi-di-gtin'
  | 'code20'
  | 'code27';

/** One numbered format: what the rule prints, where it is printed, how firmly we know it. */
export interface NumberFormat {
  readonly id: NumberKind;
  readonly zh: string;
  readonly en: string;
  /** The pattern of the rule, or null where no national format was found. */
  readonly pattern: RegExp | null;
  /** A further form the rule's notes accept with a warning, beside the pattern. */
  readonly accepted?: RegExp;
  /** First and last year the pattern admits; absent where a number carries none. */
  readonly years?: readonly [from: number, to: number];
  readonly article?: string;
  readonly sources: readonly SourceId[];
  readonly examples: readonly string[];
}

export type Severity = 'error' | 'warning' | 'info';

export interface NumberProblem {
  readonly code: string;
  readonly severity: Severity;
  /** Chinese text for people. */
  readonly message: string;
  readonly messageEn: string;
  /** 0-based index into the value as it was given. */
  readonly at: number;
}

/** One way to read a part of the number. Several stand side by side where the law leaves several. */
export interface NumberReading {
  readonly of: 'category' | 'series';
  /** The edition of 医疗器械分类目录, for a category. */
  readonly catalogue?: '2002' | '2017';
  readonly code: string;
  /** Chinese name; `explainNumberReading` gives the English one. */
  readonly zh: string;
  readonly firmness: Firmness;
}

export interface NumberResult {
  /** Conforms as written after trimming, with no error. */
  readonly valid: boolean;
  /** The format given or found; null when none fits. */
  readonly kind: NumberKind | null;
  /** The spelling of the rule; null when reaching it would need a guess. */
  readonly normalized: string | null;
  readonly parts: Readonly<Record<string, string>>;
  readonly readings: readonly NumberReading[];
  readonly problems: readonly NumberProblem[];
}

export interface NumberOptions {
  /** Read traditional 號 準 許 進 as 号 准 许 进. */
  readonly traditional?: boolean;
  /** Date printed on the certificate at hand (`YYYY-MM-DD`); decides which catalogues its category code may follow. */
  readonly approved?: string;
  /** A number with a later year than this is reported. Without it no year counts as future. */
  readonly refYear?: number;
}

/** What a reader of one format makes of a cleaned text. */
export interface Draft {
  readonly parts: Record<string, string>;
  readonly normalized: string | null;
  readonly readings?: readonly NumberReading[];
}
