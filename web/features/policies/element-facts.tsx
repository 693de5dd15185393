import type { ReactNode } from 'react';
import type { Translate } from '../../i18n/text.ts';
import { type ElementKind, eligibilityOf } from './elements.ts';
import type { policyWords } from './messages.ts';
import type { PolicyDocument, PolicyReading } from './types.ts';
import { figureWords, type useJoin, type useWord } from './words.ts';

export interface ElementView {
  /** The line of the element in a list. */
  readonly title: string;
  /** What stands quietly beside it. */
  readonly side: string;
  readonly facts: readonly (readonly [label: string, value: ReactNode])[];
  readonly level?: number;
}

interface Speech {
  readonly t: Translate<typeof policyWords>;
  readonly word: ReturnType<typeof useWord>;
  readonly join: ReturnType<typeof useJoin>;
}

const BLANK: ElementView = { title: '', side: '', facts: [] };

function kept(facts: readonly (readonly [string, ReactNode])[]): ElementView['facts'] {
  return facts.filter(([, value]) => value !== null && value !== undefined && value !== '');
}

type Reader = (document: PolicyDocument, index: number, speech: Speech, reading: PolicyReading) => ElementView;

const readers: Readonly<Record<ElementKind, Reader>> = {
  title: (document, _, { t }) => ({
    title: document.title,
    side: document.titleSource === 'derived' ? t('derivedTitle') : '',
    facts: [],
  }),
  issuer: (document, index, { t, word }) => {
    const issuer = document.issuerDetails[index];
    if (!issuer) return BLANK;
    return {
      title: issuer.name,
      side: word('from', issuer.from),
      facts: kept([[t('asWritten'), issuer.asWritten === issuer.name ? null : issuer.asWritten]]),
    };
  },
  date: (document, index, { t, word }) => {
    const date = document.dates[index];
    if (!date) return BLANK;
    const notes = [date.yearInferred ? t('yearInferred') : '', date.derived ? t('derived') : ''].filter(Boolean);
    return { title: date.date, side: [word('date', date.kind), ...notes].join(' · '), facts: [] };
  },
  section: (document, index) => {
    const section = document.sections[index];
    if (!section) return BLANK;
    return {
      title: [section.no, section.heading].filter(Boolean).join(' '),
      side: '',
      facts: [],
      level: section.level,
    };
  },
  measure: (document, index, { t, join }) => {
    const measure = document.measures[index];
    if (!measure) return BLANK;
    const [lead, ...others] = measure.departments;
    return {
      title: [measure.no, measure.heading].filter(Boolean).join(' '),
      side: lead ?? '',
      facts: kept([
        [
          t('departments'),
          lead ? (others.length > 0 ? `${lead}（${t('leads')}）${join(['', ...others])}` : lead) : null,
        ],
      ]),
    };
  },
  obligation: (document, index, { t }) => {
    const duty = document.obligations[index];
    if (!duty) return BLANK;
    return {
      title: `${duty.actor ?? t('noActor')} ${duty.modal} ${duty.action}`,
      side: duty.deadline ?? duty.within ?? '',
      facts: kept([
        [t('actor'), duty.actor ?? t('noActor')],
        [t('modal'), duty.modal],
        [t('action'), duty.action],
        [t('deadline'), duty.deadline],
        [t('within'), duty.within],
        [t('condition'), duty.condition],
        [t('exception'), duty.exception],
        [t('consequence'), duty.consequence],
      ]),
    };
  },
  eligibility: (document, index, { t }) => {
    const said = eligibilityOf(document)[index];
    return said ? { title: said.text, side: t(`part.${said.part}`), facts: [] } : BLANK;
  },
  benefit: (document, index) => {
    const benefit = document.benefits[index];
    if (!benefit) return BLANK;
    return {
      title: benefit.text,
      side: benefit.amount === null ? '' : figureWords({ op: '=', value: benefit.amount, unit: benefit.unit ?? '' }),
      facts: [],
    };
  },
  figure: (document, index) => {
    const figure = document.figures[index];
    return figure ? { title: figureWords(figure), side: figure.of, facts: [] } : BLANK;
  },
  cite: (document, index, { t, word, join }) => {
    const cite = document.cites[index];
    if (!cite) return BLANK;
    return {
      title: `《${cite.title}》${cite.number ? `（${cite.number}）` : ''}`,
      side: word('relation', cite.relation),
      facts: kept([
        [t('articles'), cite.articles.length > 0 ? join(cite.articles) : null],
        [t('issuers'), cite.issuer],
        ['', cite.mentions > 1 ? t('mentions', { n: cite.mentions }) : null],
      ]),
    };
  },
  attachment: (document, index) => {
    const attachment = document.attachments[index];
    return attachment
      ? { title: [attachment.no, attachment.title].filter((one) => one !== null).join('. '), side: '', facts: [] }
      : BLANK;
  },
  contact: (document, index) => {
    const contact = document.contacts[index];
    return contact ? { title: contact.email ?? contact.phone ?? contact.postcode ?? '', side: '', facts: [] } : BLANK;
  },
  contradiction: (document, index, { word }) => {
    const found = document.contradictions[index];
    return found ? { title: found.text, side: word('contradiction', found.reason), facts: [] } : BLANK;
  },
  damage: (_, index, { word }, reading) => {
    const damage = reading.damage[index];
    return damage ? { title: damage.text, side: word('damage', damage.kind), facts: [] } : BLANK;
  },
};

/** An element in words. */
export function viewOf(
  reading: PolicyReading,
  document: PolicyDocument,
  kind: ElementKind,
  index: number,
  speech: Speech,
): ElementView {
  return readers[kind](document, index, speech, reading);
}
