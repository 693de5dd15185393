import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { usePreferences } from '../frame/preferences.tsx';

interface Props {
  readonly id: string;
  readonly value: string | undefined;
  readonly placeholder?: string;
  /** No day after this one. */
  readonly max?: string;
  onChange(day: string | undefined): void;
}

/** A day as `YYYY-MM-DD`, typed or picked; the calendar speaks the language of the person. */
export function DayField({ id, value, placeholder, max, onChange }: Props) {
  const { lang } = usePreferences();
  dayjs.locale(lang === 'zh' ? 'zh-cn' : 'en');
  return (
    <DatePicker
      id={id}
      className="day-field"
      value={value ? dayjs(value) : null}
      format="YYYY-MM-DD"
      placeholder={placeholder ?? 'YYYY-MM-DD'}
      {...(max ? { maxDate: dayjs(max) } : {})}
      onChange={(day) => onChange(day ? day.format('YYYY-MM-DD') : undefined)}
    />
  );
}
