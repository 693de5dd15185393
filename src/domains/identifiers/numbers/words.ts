export { sourcesOfNumber } from './citations.ts';
export { describeNumberPart, explainNumberPart, explainNumberReading, type Language } from './labels.ts';
export type { NumberSource } from './types.ts';
