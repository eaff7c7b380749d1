import { Fault } from '../foundation/index.ts'
import type { SessionView } from './api.ts'

/** What a member who has signed in must do before anything else is open to them. */
export type Owed = NonNullable<SessionView['owes']>

/** The refusal of everything else until then. */
export const owedFault = (owed: Owed): Fault => faults[owed]()

const faults: Readonly<Record<Owed, () => Fault>> = {
  'second-factor': () =>
    new Fault({
      code: 'second-factor-needed',
      place: 'session',
      found: 'the password alone',
      expected: 'the second step of the sign-in, by POST /session/second',
    }),
  enrolment: () =>
    new Fault({
      code: 'second-factor-missing',
      place: 'session',
      found: 'a role that needs a second factor, and none',
      expected: 'to add one at /account',
    }),
  password: () =>
    new Fault({
      code: 'password-temporary',
      place: 'session',
      found: 'a password that is for the first sign-in alone',
      expected: 'one of your own, chosen at /account or by POST /api/account/password',
    }),
}
