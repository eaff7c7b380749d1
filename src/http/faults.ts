import type { FaultKinds } from '../foundation/schema.ts'

/** Fault codes of the front desk, with their kinds. */
export const httpFaults = {
  'actor-wrong': 'invalid',
  'admin-needed': 'forbidden',
  'address-unknown': 'invalid',
  'body-too-big': 'too-big',
  'body-type-wrong': 'wrong-type',
  'captions-unknown': 'missing',
  'internal-error': 'ours',
  'key-elsewhere': 'conflict',
  'key-lasting': 'conflict',
  'link-unknown': 'missing',
  'member-needed': 'forbidden',
  'method-unknown': 'wrong-method',
  'number-not-dialable': 'invalid',
  'openid-refused': 'unsigned',
  'origin-refused': 'forbidden',
  'port-forbidden': 'invalid',
  'port-taken': 'invalid',
  'request-invalid': 'malformed',
  'role-wrong': 'forbidden',
  'route-unknown': 'missing',
  'scope-missing': 'forbidden',
  'scope-unknown': 'invalid',
  'sign-in-refused': 'unsigned',
  'token-empty': 'invalid',
  'token-unreadable': 'invalid',
  'token-wrong': 'unsigned',
  'too-many-requests': 'too-often',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    http: typeof httpFaults
  }
}

export type HttpFaultCode = keyof typeof httpFaults
