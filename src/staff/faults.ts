import type { FaultKinds } from '../foundation/schema.ts'

/** What this room refuses, by its code and of which kind. */
export const staffFaults = {
  'member-exists': 'conflict',
  'member-new': 'forbidden',
  'member-unknown': 'missing',
  'openid-away': 'away',
  'openid-name': 'forbidden',
  'openid-no-role': 'forbidden',
  'openid-refused': 'unsigned',
  'member-was': 'conflict',
  'password-elsewhere': 'conflict',
  'password-same': 'invalid',
  'password-temporary': 'forbidden',
  'password-weak': 'invalid',
  'password-wrong': 'forbidden',
  'program-exists': 'conflict',
  'program-revoked': 'conflict',
  'program-unknown': 'missing',
  'session-unknown': 'missing',
  'sign-in-refused': 'unsigned',
  'too-many-tries': 'too-often',
  'unit-missing': 'invalid',
  'unit-needless': 'invalid',
  'unit-unknown': 'invalid',
} as const satisfies FaultKinds

export type StaffFaultCode = keyof typeof staffFaults
