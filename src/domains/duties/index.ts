export { dutiesCalendar } from './ics.ts';
export { listDuties, readDutyQuestion } from './list-duties.ts';
export { classesOf, roleNamed, rolesOf } from './rules/roles.ts';
export { type Duty, type Party, type PolicyPlace, partyShape, ROLES } from './types.ts';
