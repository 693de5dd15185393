import type { Procedure } from '../types.ts';
import {
  distributionChange,
  distributionFiling,
  distributionLicence,
  distributionLicenceRenewal,
  productionChange,
  productionFiling,
  productionLicence,
  productionLicenceRenewal,
} from './licences.ts';
import type { LimitRule } from './limit-rule.ts';
import {
  changeFiling,
  classChange,
  classification,
  clinicalTrial,
  emergencyReview,
  filingClassI,
  flightInspection,
  innovationReview,
  objection,
  priorityReview,
  qmsCheck,
  reissue,
  retest,
} from './others.ts';
import { registrationChange, registrationFirst, registrationRenewal } from './registration.ts';

/** The limits of each procedure, in the order in which they run. */
export const PROCEDURE_LIMITS: Readonly<Record<Procedure, readonly LimitRule[]>> = {
  'registration-first': registrationFirst,
  'registration-change': registrationChange,
  'registration-renewal': registrationRenewal,
  'clinical-trial': clinicalTrial,
  'filing-class-1': filingClassI,
  'change-filing': changeFiling,
  'production-licence': productionLicence,
  'production-licence-renewal': productionLicenceRenewal,
  'production-change': productionChange,
  'production-filing': productionFiling,
  'distribution-licence': distributionLicence,
  'distribution-licence-renewal': distributionLicenceRenewal,
  'distribution-change': distributionChange,
  'distribution-filing': distributionFiling,
  'innovation-review': innovationReview,
  'priority-review': priorityReview,
  'emergency-review': emergencyReview,
  reissue,
  retest,
  objection,
  'qms-check': qmsCheck,
  classification,
  'class-change': classChange,
  'flight-inspection': flightInspection,
};

/** Limits used only as part of another: the share by which a review may be extended. */
export const LIMITS_BESIDE: readonly string[] = ['extension'];

/** Every limit the clocks read, with the procedures that read it: the explorer shows who uses a value. */
export function limitUsers(): ReadonlyMap<string, readonly Procedure[]> {
  const users = new Map<string, Procedure[]>();
  for (const [procedure, rules] of Object.entries(PROCEDURE_LIMITS) as [Procedure, readonly LimitRule[]][])
    for (const { limit } of rules) users.set(limit, [...(users.get(limit) ?? []), procedure]);
  return users;
}
