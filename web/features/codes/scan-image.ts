import { BrowserMultiFormatReader } from '@zxing/browser';
import { BarcodeFormat, DecodeHintType, type Result } from '@zxing/library';

/** The symbols that carry device codes. */
const FORMATS = [
  BarcodeFormat.DATA_MATRIX,
  BarcodeFormat.QR_CODE,
  BarcodeFormat.CODE_128,
  BarcodeFormat.CODE_39,
  BarcodeFormat.EAN_13,
  BarcodeFormat.EAN_8,
  BarcodeFormat.UPC_A,
  BarcodeFormat.ITF,
  BarcodeFormat.AZTEC,
];

export function barcodeReader(): BrowserMultiFormatReader {
  const hints = new Map<DecodeHintType, unknown>([
    [DecodeHintType.POSSIBLE_FORMATS, FORMATS],
    [DecodeHintType.TRY_HARDER, true],
    // keeps FNC1 apart from data: GS1 symbols then begin with their identifier
    [DecodeHintType.ASSUME_GS1, true],
  ]);
  return new BrowserMultiFormatReader(hints, { delayBetweenScanAttempts: 120, delayBetweenScanSuccess: 900 });
}

/**
 * A scan as a line of the desk: no line breaks inside, and the leading FNC1 that some decoders give as GS written as
 * the symbology identifier it stands for.
 */
export function scanText(result: Result): string {
  const text = result
    .getText()
    .replace(/[\r\n]+/g, '')
    .trim();
  const identifier = { [BarcodeFormat.DATA_MATRIX]: ']d2', [BarcodeFormat.QR_CODE]: ']Q3' }[
    result.getBarcodeFormat() as number
  ];
  return identifier && text.startsWith('\u001d') ? identifier + text.slice(1) : text;
}

/** Draws the picture at a size and with a white border, as decoders want a quiet zone. */
function draw(image: ImageBitmap, scale: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  const border = 24;
  canvas.width = Math.round(image.width * scale) + 2 * border;
  canvas.height = Math.round(image.height * scale) + 2 * border;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context) {
    context.fillStyle = 'white';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, border, border, canvas.width - 2 * border, canvas.height - 2 * border);
  }
  return canvas;
}

/** Reads the barcode of a picture; tries several sizes. Answers null when none is found. */
export async function readImage(file: Blob): Promise<string | null> {
  const image = await createImageBitmap(file);
  const reader = barcodeReader();
  const longest = Math.max(image.width, image.height);
  const scales = [1, 1000 / longest, 0.5, 1800 / longest, 2].filter(
    (scale) => longest * scale >= 40 && longest * scale <= 4000,
  );
  for (const scale of scales) {
    try {
      const text = scanText(reader.decodeFromCanvas(draw(image, scale)));
      if (text !== '') return text;
    } catch {
      // nothing at this size
    }
  }
  return null;
}
