/** What a release may demand of us. All sizes in bytes. */
export interface FileLimits {
  /** Zips within zips, the outer one counted; a month holds weeks or days, so 3 occurs. */
  readonly depth: number;
  /** Entries of all zips of one release together. */
  readonly entries: number;
  /** Unpacked size of all parts and inner zips together. */
  readonly totalBytes: number;
  /** Unpacked : packed. Repetitive XML reaches about 30; deflate itself can reach 1,032. */
  readonly ratio: number;
  /** Smaller contents may have any ratio. */
  readonly ratioFrom: number;
  readonly nameBytes: number;
}

export const DEFAULT_LIMITS: FileLimits = {
  depth: 4,
  entries: 200_000,
  totalBytes: 128 * 2 ** 30,
  ratio: 200,
  ratioFrom: 16 * 2 ** 20,
  nameBytes: 1024,
};
