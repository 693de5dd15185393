export { dutiesCalendar } from './ics.ts';
export { listDuties, readDutyQuestion } from './list-duties.ts';
export { roleNamed } from './rules/roles.ts';
export { ROLES } from './types.ts';
