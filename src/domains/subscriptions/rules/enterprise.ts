import { classesOf, type Party, rolesOf } from '../../duties/index.ts';
import { PATHWAYS, type Pathway, type Profile } from '../types.ts';

/** What a kept enterprise of the duty calendar says of itself, as a profile for policies. */
export function profileOfParty(party: Party): Profile {
  const province = party.province?.slice(0, 2);
  return {
    region: province ? { province, city: party.city ?? null } : null,
    roles: [...rolesOf(party)],
    classes: [...classesOf(party)],
    products: party.words ?? [],
    pathways: (party.pathways ?? []).filter((word): word is Pathway => PATHWAYS.some((known) => known === word)),
    origin: party.origin ?? null,
  };
}
