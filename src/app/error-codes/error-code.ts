/** Codes with their texts: what happened, in Chinese and English; what to do, in Chinese and English. */
export type ErrorLines = Readonly<Record<string, readonly [zh: string, en: string, doZh: string, doEn: string]>>;

export interface ErrorCode {
  readonly zh: string;
  readonly en: string;
  readonly doZh: string;
  readonly doEn: string;
}
