export { dutiesCalendar } from './ics.ts';
export { listDuties, readDutyQuestion } from './list-duties.ts';
