import type { PolicyDocument } from '../types.ts';

/** A reviewed document in the form of hand annotation: what a later extraction is measured by. */
export function goldOf(
  document: PolicyDocument,
  of: { readonly key: string; readonly ordinal: number; readonly reviewedBy: string; readonly reviewedAt: string },
): Record<string, unknown> {
  const offset = ({ start }: { start: number }) => start;
  return {
    id: `${of.key}#${of.ordinal}`,
    seed: of.key,
    span: document.span,
    kind: document.kind,
    isPolicy: document.isPolicy,
    docType: document.docType,
    title: { text: document.title, source: document.titleSource },
    issuers: document.issuers,
    region: document.region,
    docNumber: document.docNumber,
    issueDate: document.issueDate,
    publishDate: document.publishDate,
    effectiveDate: document.effectiveDate,
    expiry: document.expiry,
    deadlines: document.deadlines,
    dates: document.dates.map((item) => ({ date: item.date, kind: item.kind, offset: offset(item) })),
    cites: document.cites.map((item) => ({
      title: item.title,
      number: item.number,
      issuer: item.issuer,
      relation: item.relation,
      offset: offset(item),
    })),
    measures: document.measures.map((item) => ({
      no: item.no,
      heading: item.heading,
      departments: item.departments,
      offset: offset(item),
    })),
    obligations: document.obligations.map((item) => ({
      actor: item.actor,
      action: item.action,
      deadline: item.deadline,
      offset: offset(item),
    })),
    figures: document.figures.map((item) => ({
      value: item.value,
      unit: item.unit,
      op: item.op,
      of: item.of,
      offset: offset(item),
    })),
    contacts: document.contacts.map(({ start: _start, end: _end, ...contact }) => contact),
    attachments: document.attachments.map((item) => ({ no: item.no, title: item.title, offset: offset(item) })),
    partOf: document.partOf,
    reviewedBy: of.reviewedBy,
    reviewedAt: of.reviewedAt,
  };
}
