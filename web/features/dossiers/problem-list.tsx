import type { CodeProblem } from '../../api/types.ts';
import { SourceMark } from '../../components/source-mark.tsx';
import { useText } from '../../i18n/text.ts';
import { dossier } from './messages.ts';

const tones: Readonly<Record<string, string>> = {
  error: 'red',
  rejected: 'red',
  problem: 'red',
  warning: 'amber',
  notice: 'grey',
};

/** The quality problems of a record. */
export function ProblemList({ problems }: { problems: readonly CodeProblem[] }) {
  const t = useText(dossier);
  if (problems.length === 0) return <p className="quiet">{t('noProblems')}</p>;
  return (
    <ul className="plain-list problem-list">
      {problems.map((problem) => (
        <li key={`${problem.code}-${problem.field}-${problem.value}`}>
          <span className={`word word-${tones[problem.severity] ?? 'grey'}`}>{problem.code}</span>
          <span>
            {problem.reason ?? problem.message}
            {problem.value && (
              <>
                {' '}
                <SourceMark src={problem.src} label={problem.field ?? problem.code} text={problem.value}>
                  <span className="mono">{problem.value}</span>
                </SourceMark>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
