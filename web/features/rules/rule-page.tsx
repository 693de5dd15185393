import { useParams } from 'react-router';
import { useApi } from '../../api/queries.ts';
import type { ParameterFile, TableFile } from '../../api/rule-types.ts';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { useRemember } from '../../components/recent-files.ts';
import { usePick } from '../../i18n/text.ts';
import '../../styles/dossier.css';
import '../../styles/rules.css';
import { ParameterView } from './parameter-view.tsx';
import { rulePath } from './rule-words.tsx';
import { TableView } from './table-view.tsx';

export default function RulePage() {
  const { id = '' } = useParams();
  const pick = usePick();
  const answer = useApi<ParameterFile | TableFile>(`/rules/${encodeURIComponent(id)}`, {}, { keep: true });
  const rule = answer.data?.id === id ? answer.data : undefined;
  usePageTitle(rule ? pick(rule.title) : id);
  useRemember(rule && { path: rulePath(id), label: pick(rule.title), detail: id });
  if (answer.error) return <Failure error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!rule) return <PageSkeleton rows={12} />;
  return rule.type === 'parameter' ? <ParameterView rule={rule} /> : <TableView key={id} table={rule} />;
}
