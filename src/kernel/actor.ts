/** Who acts. Until accounts exist every act belongs to the one local operator. */
export interface Actor {
  readonly id: string;
  readonly kind: 'local-operator' | 'system';
}

export const localOperator: Actor = { id: 'local', kind: 'local-operator' };
export const systemActor: Actor = { id: 'system', kind: 'system' };
