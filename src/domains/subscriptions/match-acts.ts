import { AppError } from '../../kernel/app-error.ts';
import { type PolicyReading, parsePolicy } from '../policy/index.ts';
import { actTexts } from './rules/act-text.ts';
import { matchProfile } from './rules/match-profile.ts';
import { readProfile } from './rules/profile.ts';
import { type Match, profileShape } from './types.ts';

/** One document of a text with how an enterprise stands to it. */
export interface MatchedDocument extends Match {
  readonly ordinal: number;
  readonly title: string;
  readonly kind: string;
  readonly docType: string | null;
  readonly isPolicy: boolean;
  readonly number: string | null;
  readonly issuers: readonly string[];
  readonly region: { readonly primary: string; readonly level: string };
  readonly issuedOn: string | null;
}

/** Longest text that is matched at once. */
const LONGEST = 2_000_000;

/**
 * Holds every document of a text against the profile of an enterprise. Nothing is stored.
 * @throws AppError `subscription.bad-profile`, `policy.too-long`
 */
export function matchActs(
  text: string,
  profile: unknown,
  reading: PolicyReading | null = null,
): { readonly documents: MatchedDocument[] } {
  const read = profileShape.safeParse(profile ?? {});
  if (!read.success) {
    const [first] = read.error.issues;
    const at = first?.path.join('.') ?? '';
    throw new AppError('subscription.bad-profile', `profile.${at}: ${first?.message ?? ''}`, { at });
  }
  if (text.length > LONGEST) throw new AppError('policy.too-long', `the text is longer than ${LONGEST} characters`);
  const enterprise = readProfile(read.data);
  return {
    documents: actTexts(text, reading ?? parsePolicy(text)).map((act, ordinal) => {
      const { document } = act;
      return {
        ordinal,
        title: document.title,
        kind: document.kind,
        docType: document.docType,
        isPolicy: document.isPolicy,
        number: document.docNumber,
        issuers: document.issuers,
        region: document.region,
        issuedOn: document.issueDate,
        ...matchProfile(act, enterprise),
      };
    }),
  };
}
