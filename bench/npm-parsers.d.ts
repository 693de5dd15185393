/** Shapes of the npm parsers that `bench/udi.ts` measures; none of them ships types. */
declare module 'bark-js' {
  export default function bark(code: string): { elements: unknown[] };
}
declare module 'gs1-barcode-parser-mod' {
  export function parseBarcode(code: string): { parsedCodeItems: unknown[] };
}
declare module 'gs1js' {
  const gs1js: { GS1Reader: new (code: string) => { getApplicationIdentifiers(): unknown[] } };
  export default gs1js;
}
