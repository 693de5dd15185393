export { parsePolicy } from './parse.ts';
export type { SourceDocument } from './search/read-document.ts';
export { type PolicyAnswer, searchPolicies } from './search-policies.ts';
export { type DocumentFacts, lockLibrary, type Taken, type TakenDocument, takeDocuments } from './store.pg.ts';
export type { PolicyDocument, PolicyReading, TextFormat } from './types.ts';
