/** What a document is, told from its first bytes. */
export type DocumentKind = 'xml' | 'csv' | 'json' | 'jsonl' | 'xlsx';

/** Where the bytes of a part lie within `file` and how to unpack them. */
export interface PartBytes {
  readonly start: number;
  readonly packed: number;
  readonly method: 'stored' | 'deflate';
  /** Unpacked size and CRC-32 as the zip states them: the content must agree. */
  readonly size: number;
  readonly crc32: number;
}

/**
 * One document of a release, as plain data that another thread can open by itself with `openPart` or `openText`.
 * Without `bytes` the part is the whole `file`.
 */
export interface PartDescriptor {
  readonly ordinal: number;
  /** For people: `outer.zip!/inner.zip!/name.xml`. Never a path of the file system. */
  readonly path: string;
  /** The file on disk that holds the bytes: the release itself or an unpacked inner zip. */
  readonly file: string;
  readonly bytes?: PartBytes;
  /** Bounds for contents whose unpacked size nobody states (gzip). */
  readonly bounds?: { readonly totalBytes: number; readonly ratio: number; readonly ratioFrom: number };
}

export interface ReleasePart extends PartDescriptor {
  /** Last component of `path`. */
  readonly name: string;
  readonly kind: DocumentKind;
  /** Unpacked size in bytes; null when it cannot be known before reading (gzip). */
  readonly size: number | null;
  /** True when the name is one no sound archive uses (absolute, `..`, control characters). It harms nothing here. */
  readonly suspiciousName: boolean;
}
