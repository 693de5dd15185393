import { useText } from '../../i18n/text.ts';
import { failureText } from './failure-messages.ts';

/** Why files were not taken: what it means and what to do, then the words of the import with its code. */
export function FailedImport({ failure }: { failure: { readonly code: string; readonly message: string } }) {
  const t = useText(failureText);
  const known = failure.code in failureText;
  return (
    <>
      <p>{known ? t(failure.code as keyof typeof failureText) : failure.message}</p>
      <p className="hint">
        {known && <span>{failure.message} </span>}
        <span className="mono">{failure.code}</span>
      </p>
    </>
  );
}
