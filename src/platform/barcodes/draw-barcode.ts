import { AppError } from '../../kernel/app-error.ts';

/** Barcodes a device code can be drawn as. The GS1 ones take bracketed element strings, the others plain text. */
export const BARCODE_KINDS = ['gs1-datamatrix', 'gs1-128', 'qr', 'datamatrix', 'code-128'] as const;
export type BarcodeKind = (typeof BARCODE_KINDS)[number];

/** Names of the encoders in BWIPP, the library behind bwip-js. */
const ENCODERS: Readonly<Record<BarcodeKind, string>> = {
  'gs1-datamatrix': 'gs1datamatrix',
  'gs1-128': 'gs1-128',
  qr: 'qrcode',
  datamatrix: 'datamatrix',
  'code-128': 'code128',
};

export interface Barcode {
  readonly kind: BarcodeKind;
  /** For the GS1 kinds `(01)…(10)…` with opening brackets of values escaped as `\(`; otherwise the data as they are. */
  readonly text: string;
  /** Text printed below linear codes; default: none. */
  readonly caption?: string | undefined;
}

function encoderOptions({ kind, text, caption }: Barcode) {
  const linear = kind === 'gs1-128' || kind === 'code-128';
  return {
    bcid: ENCODERS[kind],
    // the encoder reads ^ddd as a character: needed for brackets in values and for control characters
    text: kind.startsWith('gs1-') ? text.replaceAll('\\(', '^040') : escapeControls(text),
    parse: true,
    ...(linear ? { height: 12 } : {}),
    ...(caption && linear ? { alttext: caption, includetext: true, textxalign: 'center' as const } : {}),
    paddingwidth: linear ? 10 : 4,
    paddingheight: 4,
    backgroundcolor: 'FFFFFF',
  };
}

function escapeControls(text: string): string {
  return text.replace(/[\u0000-\u001f^]/g, (char) => `^${String(char.charCodeAt(0)).padStart(3, '0')}`);
}

/** The encoder is large and optional: it is loaded when the first barcode is drawn. */
async function encoder() {
  try {
    return await import('bwip-js/node');
  } catch (cause) {
    throw new AppError('barcode.library-missing', 'drawing barcodes needs the package bwip-js', {}, cause);
  }
}

function failed(cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError('barcode.not-encodable', `the data cannot be drawn as this barcode: ${reason}`, {}, cause);
}

/**
 * Draws a barcode as SVG text.
 * @throws AppError `barcode.not-encodable` when the data do not fit the symbology
 */
export async function drawBarcodeSvg(barcode: Barcode): Promise<string> {
  const { toSVG } = await encoder();
  try {
    return toSVG(encoderOptions(barcode));
  } catch (cause) {
    throw failed(cause);
  }
}

/**
 * Draws a barcode as PNG.
 * @param scale dots of the narrowest bar or of one module
 * @throws AppError `barcode.not-encodable` when the data do not fit the symbology
 */
export async function drawBarcodePng(barcode: Barcode, scale = 3): Promise<Uint8Array> {
  const { toBuffer } = await encoder();
  try {
    return await toBuffer({ ...encoderOptions(barcode), scale });
  } catch (cause) {
    throw failed(cause);
  }
}
