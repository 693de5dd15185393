export { parsePolicy } from './parse.ts';
export type { PolicyDocument, PolicyReading, TextFormat } from './types.ts';
