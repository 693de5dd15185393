import { foldText, type ProductDerived, type ProductFields } from '../../domains/devices/index.ts';
import { parseNumber, splitCertificateField } from '../../domains/identifiers/index.ts';

/** Class code without the padding met in published files: `03-00-00` → `03`, `03-13-00` → `03-13`, `03-13-000` → `03-13`. */
export function classKey(code: string | null): string | null {
  if (code === null) return null;
  let key = code.trim();
  while (/-0{2,3}$/.test(key)) key = key.replace(/-0{2,3}$/, '');
  return key;
}

/** Class, origin, holder and certificates of a product of the national base. */
export function deriveProduct(product: ProductFields): ProductDerived {
  const certificates: string[] = [];
  let riskClass: string | null = null;
  let origin: ProductDerived['origin'] = null;
  for (const raw of product.certificateText === null ? [] : splitCertificateField(product.certificateText)) {
    const number = parseNumber(undefined, raw);
    const known = number.kind !== null && number.normalized !== null;
    certificates.push(known ? (number.normalized as string) : raw);
    if (!known) continue;
    riskClass ??= number.parts.class ?? null;
    const from = number.parts.origin;
    origin ??= from === 'domestic' || from === 'imported' || from === 'hk-macao-taiwan' ? from : null;
  }
  // the credit code belongs to the agent where the device is imported, so a holder is then known by its name alone
  const code =
    product.holderCode !== null && origin !== 'imported' && origin !== 'hk-macao-taiwan' ? product.holderCode : null;
  const creditCode = code === null ? null : parseNumber('uscc', code);
  const holderKey = creditCode?.valid
    ? `uscc:${creditCode.normalized}`
    : product.holderName === null
      ? null
      : `name:${foldText(product.holderName).replace(/\s+/g, '')}`;
  return { classKey: classKey(product.classCode), riskClass, origin, holderKey, certificates };
}
