import { Button, Popover } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useText } from '../i18n/text.ts';
import { formatInstant, useDates } from './dates.ts';
import { frame } from './messages.ts';

const DateChoice = lazy(() => import('./date-choice.tsx'));

/** 今天 | any day: the legal date and the known date of everything on the page. */
export function DateControl() {
  const t = useText(frame);
  const dates = useDates();
  const [open, setOpen] = useState(false);
  const label = dates.now
    ? t('today')
    : [
        dates.asOf && `${t('legalDate')} ${dates.asOf}`,
        dates.knownAt && `${t('knownDate')} ${formatInstant(dates.knownAt)}`,
      ]
        .filter(Boolean)
        .join(' · ');
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      content={
        <Suspense fallback={<div className="date-choice" />}>
          <DateChoice onDone={() => setOpen(false)} />
        </Suspense>
      }
    >
      <Button
        className={dates.now ? 'date-control' : 'date-control date-control-past'}
        aria-label={`${t('dates')}: ${label}`}
        aria-expanded={open}
        aria-haspopup="dialog"
      >
        {label}
      </Button>
    </Popover>
  );
}
