import type { CodeProblem, Value } from '../../api/types.ts';
import { SourceMark } from '../../components/source-mark.tsx';
import { usePick, useText } from '../../i18n/text.ts';
import { dossier } from './messages.ts';

const tones: Readonly<Record<string, string>> = {
  error: 'red',
  rejected: 'red',
  problem: 'amber',
  warning: 'amber',
  notice: 'grey',
};

/** Faults of identifiers name themselves; their reason would say it again in one language. */
export function furtherReason(problem: { readonly code: string; readonly reason?: string | null }): string | null {
  return problem.code.startsWith('di.') ? null : (problem.reason ?? null);
}

interface Props {
  readonly problems: readonly CodeProblem[];
  /** The values of the file, for the names of fields. */
  readonly values?: readonly Value[];
}

/** The quality problems of a record: what is wrong, with which value of which field. */
export function ProblemList({ problems, values = [] }: Props) {
  const t = useText(dossier);
  const pick = usePick();
  if (problems.length === 0) return <p className="quiet">{t('noProblems')}</p>;
  return (
    <ul className="plain-list problem-list">
      {problems.map((problem) => {
        const meaning = pick(problem.label) || problem.code;
        const message = problem.label ? '' : (problem.message ?? '');
        const nameOf = (tag: string) => pick(values.find((value) => value.tag === tag)?.label) || tag;
        const field = problem.field && nameOf(problem.field);
        const reason = furtherReason(problem)?.split(' ').map(nameOf).join(' ');
        return (
          <li key={`${problem.code}-${problem.field}-${problem.value}-${problem.reason}`}>
            <span className={`word word-${tones[problem.severity] ?? 'grey'}`}>{meaning}</span>
            <span>
              {field && <span className="quiet">{field} </span>}
              {problem.value && (
                <SourceMark
                  src={problem.src}
                  label={field || meaning}
                  text={problem.value}
                  {...(problem.field ? { tag: problem.field } : {})}
                >
                  <span className="mono">{problem.value}</span>
                </SourceMark>
              )}{' '}
              {message} {reason} {problem.label && <span className="hint mono">{problem.code}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
