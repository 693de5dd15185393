import { AppLink } from '../../components/app-link.tsx';
import { formatInstant } from '../../frame/dates.ts';
import { usePick, useText } from '../../i18n/text.ts';
import { CorrectionHistory } from './correction-history.tsx';
import { file as words } from './file-messages.ts';
import { LifeLine } from './life-line.tsx';
import type { Act, PolicyDocument, PolicyFile } from './types.ts';
import { policyPath } from './words.ts';

interface Props {
  readonly file: PolicyFile;
  readonly document: PolicyDocument | undefined;
  readonly act: Act | undefined;
  readonly at: string;
}

/** What became of an act, its texts over time, copies and corrections. */
export function LifeTab({ file, document, act, at }: Props) {
  const t = useText(words);
  const pick = usePick();
  return (
    <div className="stack">
      {document && (
        <section aria-labelledby="life-title">
          <div className="section-head">
            <h2 id="life-title">{t('life')}</h2>
          </div>
          <LifeLine document={document} act={act} at={at} />
        </section>
      )}
      {act && act.life.steps.length > 0 && (
        <section aria-labelledby="steps-title">
          <div className="section-head">
            <h2 id="steps-title">{t('steps')}</h2>
          </div>
          <ol className="why-steps">
            {act.life.steps.map((step) => (
              <li key={`${step.zh}${step.date}`}>
                {step.date && <time className="life-date">{step.date}</time>} {pick(step)}{' '}
                {step.by && <AppLink to={policyPath(step.by.id, step.by.ordinal)}>{step.by.title}</AppLink>}
                {step.quote && <blockquote lang="zh-CN">{step.quote}</blockquote>}
              </li>
            ))}
          </ol>
        </section>
      )}
      <section aria-labelledby="versions-title">
        <div className="section-head">
          <h2 id="versions-title">
            {t('versions')} <span className="hint">{file.versions.length}</span>
          </h2>
        </div>
        <ol className="plain-list lines">
          {file.versions.map((version, index) => {
            const before = file.versions[index + 1];
            return (
              <li key={version.id}>
                <span>
                  <AppLink to={`${policyPath(file.id)}${index === 0 ? '' : `?version=${version.id}`}`}>
                    {t('versionOf', { date: formatInstant(version.recordedAt) })}
                  </AppLink>{' '}
                  {(file.versionId ?? file.versions[0]?.id) === version.id && (
                    <span className="word word-plain">{t('shownVersion')}</span>
                  )}
                </span>
                <span className="row version-facts">
                  {before && (
                    <AppLink
                      to={`/policies/compare?a=${file.id}&aVersion=${before.id}&b=${file.id}&bVersion=${version.id}`}
                    >
                      {t('compareVersions')}
                    </AppLink>
                  )}
                  {version.file && (
                    <span className="hint">
                      {version.file}
                      {version.line ? ` ${t('line', { line: version.line })}` : ''}
                    </span>
                  )}
                  <span className="hint mono" title={version.hash}>
                    {version.hash.slice(0, 12)}
                  </span>
                  {version.actor && <span className="hint">{version.actor}</span>}
                </span>
              </li>
            );
          })}
        </ol>
      </section>
      <section aria-labelledby="copies-title">
        <div className="section-head">
          <h2 id="copies-title">
            {t('copies')} <span className="hint">{file.copies.length}</span>
          </h2>
        </div>
        {file.copies.length === 0 && <p className="hint">{t('noCopies')}</p>}
        <ul className="plain-list lines">
          {file.copies.map((copy) => (
            <li key={copy.id}>
              <AppLink to={policyPath(copy.id)}>{copy.title ?? copy.key}</AppLink>
              <span className="row">
                <AppLink to={`/policies/compare?a=${file.id}&b=${copy.id}`}>{t('compare')}</AppLink>
                <span className="hint mono">{copy.key}</span>
              </span>
            </li>
          ))}
        </ul>
      </section>
      <CorrectionHistory file={file} />
    </div>
  );
}
