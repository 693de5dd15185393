import { z } from 'zod';

/** One text cut into pieces; true = the piece was asked for. */
export const Highlight = z.object({
  field: z.enum(['name', 'brand', 'holder', 'model', 'catalogNo', 'di']),
  text: z.array(z.tuple([z.string(), z.boolean()])),
});

/** A device as lists show it: the version in force at the two times of the read. */
export const DeviceHit = z.object({
  source: z.string().describe('数据来源 / source'),
  recordKey: z.string().describe('来源自己的记录主键 / the key of the record in its source'),
  di: z.string().nullable().describe('主产品标识，照原文 / main DI as published'),
  agency: z.string().describe('发码机构 / issuing agency; empty = not stated'),
  name: z.string().nullable(),
  brand: z.string().nullable(),
  model: z.string().nullable(),
  catalogNo: z.string().nullable(),
  holder: z.string().nullable(),
  holderKey: z.string().nullable(),
  certificates: z.array(z.string()),
  classCode: z.string().nullable(),
  category: z.string().nullable(),
  riskClass: z.string().nullable(),
  status: z.enum(['valid', 'withdrawn']),
  withdrawnOn: z.string().nullable(),
  publishedOn: z.string().nullable(),
  versionNo: z.number(),
  validFrom: z.string(),
  demo: z.boolean(),
  highlight: Highlight.optional(),
});
export type DeviceHit = z.infer<typeof DeviceHit>;
export type Highlight = z.infer<typeof Highlight>;

export const DEVICE_STATUSES = ['valid', 'withdrawn'] as const;
export const SORTS = ['relevance', 'name', 'publishedOn', 'di'] as const;
export type DeviceSort = (typeof SORTS)[number];

/** What screen, API and file ask for. Absent = no condition. */
export interface DeviceQuery {
  readonly q?: string | undefined;
  /** Class code or the beginning of one, `03-13-06`, `03-13`, `03`. */
  readonly class?: string | undefined;
  readonly category?: string | undefined;
  readonly holder?: string | undefined;
  readonly source?: string | undefined;
  readonly status?: (typeof DEVICE_STATUSES)[number] | undefined;
  readonly hasRecall?: boolean | undefined;
  readonly certificate?: string | undefined;
  readonly risk?: string | undefined;
  readonly origin?: string | undefined;
  readonly releasedFrom?: string | undefined;
  readonly releasedTo?: string | undefined;
}

export const Total = z.object({
  value: z.number(),
  relation: z.enum(['exact', 'estimate']).describe('exact = 精确, estimate = 估计'),
});
export type Total = z.infer<typeof Total>;

/** One page of a list. */
export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
  readonly total: Total;
}

/** Where a value comes from: release, file, place in the file. */
export const SourceRef = z.object({
  source: z.string(),
  sourceTitle: z.object({ zh: z.string(), en: z.string() }),
  releaseId: z.string(),
  releaseName: z.string(),
  releasedOn: z.string(),
  recordedAt: z.string(),
  file: z.string().nullable(),
  sha256: z.string().nullable(),
  part: z.string().nullable(),
  partNo: z.number().nullable(),
  recordNo: z.number().nullable(),
  at: z.number().nullable().describe('字节偏移 / byte offset in the part'),
  length: z.number().nullable(),
  firmness: z.enum(['primary', 'converted', 'unverified', 'computed', 'entered']),
});
export type SourceRef = z.infer<typeof SourceRef>;

/** A published value: text, list of values, or entries by tag. */
export type NestedValue = string | NestedValue[] | { [key: string]: NestedValue };

export const DossierValue = z.object({
  tag: z.string(),
  label: z.object({ zh: z.string(), en: z.string() }),
  section: z.string(),
  value: z.unknown().describe('照原文 / as published: text or nested list'),
  src: z.number(),
});
export type DossierValue = z.infer<typeof DossierValue> & { value: NestedValue };

export const LEVELS = ['base', 'package', 'unit-of-use', 'direct-mark', 'secondary', 'registered'] as const;

export const DossierIdentifier = z.object({
  di: z.string(),
  agency: z.string(),
  level: z.enum(LEVELS),
  packLevel: z.string().nullable(),
  quantity: z.number().nullable(),
  contains: z.string().nullable(),
  unitsOfUse: z.number().nullable(),
  status: z.string().nullable(),
  discontinuedOn: z.string().nullable(),
  problems: z.array(z.object({ code: z.string(), message: z.string() })),
  src: z.number(),
});
export type DossierIdentifier = z.infer<typeof DossierIdentifier>;

export const DossierVersion = z.object({
  id: z.string(),
  versionNo: z.number(),
  correctionNo: z.number(),
  versionAt: z.string().nullable(),
  correctionAt: z.string().nullable(),
  validFrom: z.string(),
  recordedAt: z.string(),
  releaseId: z.string(),
  releasedOn: z.string(),
  status: z.enum(['in-force', 'earlier', 'later', 'not-known']),
  current: z.boolean(),
  src: z.number(),
});
export type DossierVersion = z.infer<typeof DossierVersion>;

export const DossierProblem = z.object({
  code: z.string(),
  severity: z.string(),
  field: z.string().nullable(),
  value: z.string().nullable(),
  reason: z.string().nullable(),
  src: z.number(),
});

/** The device's own part of a dossier; certificates, holder and records are hung on by the composer. */
export interface DeviceFile {
  readonly device: DeviceHit;
  readonly sources: SourceRef[];
  readonly values: DossierValue[];
  readonly identifiers: DossierIdentifier[];
  readonly versions: DossierVersion[];
  readonly problems: z.infer<typeof DossierProblem>[];
  readonly presence: { readonly onDate: string; readonly present: boolean; readonly src: number }[];
  readonly asOf: string;
  readonly knownAt: string;
  readonly note?: { readonly code: string; readonly zh: string; readonly en: string };
}

export const CodeProblem = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'notice']),
  message: z.string(),
});
export type CodeProblem = z.infer<typeof CodeProblem>;

export const LookupMatch = z.object({
  di: z.string().nullable(),
  level: z.enum(LEVELS).nullable().describe('null = 由型号、货号、证号或信用代码找到'),
  unitsOfUse: z.number().nullable().describe('含使用单元数；null = 无法得出'),
  packLevel: z.string().nullable(),
  device: DeviceHit,
  holder: z.string().nullable(),
  certificate: z.string().nullable(),
});
export type LookupMatch = z.infer<typeof LookupMatch>;

export const Lookup = z.object({
  code: z.string(),
  kind: z.enum(['udi', 'di', 'certificate', 'credit-code', 'model', 'unknown']),
  parsed: z.unknown(),
  found: z.boolean(),
  matches: z.array(LookupMatch),
  more: z.boolean().describe('还有更多结果未列出 / further matches are not listed'),
  problems: z.array(CodeProblem),
  status: z.enum(['found', 'several', 'not-found', 'invalid']),
});
export type Lookup = z.infer<typeof Lookup>;
