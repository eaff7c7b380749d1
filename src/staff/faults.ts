import type { FaultKinds } from '../foundation/schema.ts'

/** The codes of this room's refusals, each with its kind. */
export const staffFaults = {
  'factor-code': 'invalid',
  'factor-known': 'conflict',
  'factor-last': 'conflict',
  'factor-none': 'missing',
  'factor-pending': 'conflict',
  'factor-sealed': 'conflict',
  'factor-unknown': 'missing',
  'member-exists': 'conflict',
  'member-new': 'forbidden',
  'member-unknown': 'missing',
  'openid-away': 'away',
  'openid-name': 'forbidden',
  'openid-no-role': 'forbidden',
  'openid-refused': 'unsigned',
  'member-was': 'conflict',
  'password-elsewhere': 'conflict',
  'password-own': 'forbidden',
  'password-same': 'invalid',
  'password-temporary': 'forbidden',
  'password-weak': 'invalid',
  'password-wrong': 'forbidden',
  'passkey-refused': 'forbidden',
  'program-exists': 'conflict',
  'program-revoked': 'conflict',
  'program-unknown': 'missing',
  'rights-elsewhere': 'conflict',
  'rights-own': 'forbidden',
  'removal-alone': 'forbidden',
  'second-factor-missing': 'forbidden',
  'second-factor-needed': 'unsigned',
  'second-factor-refused': 'unsigned',
  'session-unknown': 'missing',
  'sign-in-refused': 'unsigned',
  'too-many-tries': 'too-often',
  'unit-missing': 'invalid',
  'unit-needless': 'invalid',
  'unit-unknown': 'invalid',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    staff: typeof staffFaults
  }
}

export type StaffFaultCode = keyof typeof staffFaults
