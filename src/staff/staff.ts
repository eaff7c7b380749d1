import type { Clock, Events, Log } from '../foundation/index.ts'
import { Fault, newSecret } from '../foundation/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Database } from '../storage/index.ts'
import { createActions, unknownMember } from './actions.ts'
import type {
  FactorShown,
  Member,
  MemberChange,
  OwnPassword,
  Removal,
  RightsChange,
  Role,
  SessionShown,
} from './api.ts'
import { createAttempts } from './attempts.ts'
import type { OpenId } from './claims.ts'
import { rightsChanges, rightsSinceMs } from './events.ts'
import { createFactors } from './factors/factors.ts'
import { createSealing } from './factors/sealing.ts'
import type { KnownUnits, MemberWithPassword } from './member.ts'
import { isRightPassword } from './password.ts'
import { createSecondFactor, type OwnFactors } from './second-factor.ts'
import { createSessions, type HeldSession, type SessionNotices } from './sessions.ts'
import { selectAccount, selectMembers } from './store.ts'
import { createWaysIn, freeByName, tooManyPasswords, type WaysIn } from './ways-in.ts'

export type Staff = WaysIn & {
  /** The session of a secret; undefined if there is none. */
  who(secret: string): Promise<HeldSession | undefined>
  /** Notes that a session is in use, and so not idle. */
  use(session: string): void
  signOut(secret: string): Promise<void>
  readonly factors: OwnFactors & {
    /** @throws Fault `member-unknown` */
    of(name: string): Promise<readonly FactorShown[]>
    /** @throws Fault `member-unknown`, `factor-none`, `removal-alone` */
    removeOf(name: string, by: string): Promise<Removal>
  }
  list(): Promise<readonly Member[]>
  /** Whether there is an administrator, who can add others. */
  hasAdmin(): Promise<boolean>
  /**
   * @param by who does it, as in all following methods
   * @throws Fault `member-exists`, `member-was`, `unit-missing`, `unit-needless`, `unit-unknown`, `password-weak`
   */
  add(member: MemberWithPassword, by: string): Promise<Member>
  /**
   * Changes a member. If their rights change, their sessions end.
   * @throws Fault `member-unknown`, `rights-own` for oneself, `rights-elsewhere` for members from the provider, and the unit faults of `add`
   */
  changeRights(name: string, change: MemberChange, by: string): Promise<Member>
  /** What others changed of a member's rights, latest first. */
  rightsChanges(name: string): Promise<readonly RightsChange[]>
  /** Removes a member and ends their sessions. @throws Fault `member-unknown` */
  remove(name: string, by: string): Promise<void>
  /** Sets a password and ends the member's sessions. @throws Fault `password-weak`, `password-own` for oneself, `member-unknown`, also for members from the provider */
  setPassword(name: string, password: string, by: string): Promise<void>
  readonly own: {
    /** Whether the member signs in with a password kept here. */
    hasPassword(name: string): Promise<boolean>
    /**
     * Changes one's own password and ends one's other sessions.
     * @throws Fault `password-wrong` for the current one, `password-same`, `password-weak`, `too-many-tries`;
     * `password-elsewhere` for members from the provider
     */
    changePassword(held: Pick<HeldSession, 'member' | 'session'>, given: OwnPassword): Promise<void>
  }
  readonly sessions: {
    /** @throws Fault `member-unknown` */
    of(name: string): Promise<readonly SessionShown[]>
    /** @throws Fault `session-unknown` */
    end(name: string, id: string): Promise<void>
    /** @param but a session that stays open */
    endAll(name: string, but?: string): Promise<void>
  }
  /**
   * Checks that a member's rights and password are old enough to decide what takes two persons; otherwise an administrator
   * could create the second person.
   * @throws Fault `member-new`
   */
  checkSecondPerson(name: string): Promise<void>
  readonly notices: Events<SessionNotices>
  close(): Promise<void>
}

export type StaffOptions = {
  readonly database: Database
  readonly ledger: Ledger
  readonly clock: Clock
  readonly log: Log
  readonly openId?: OpenId | undefined
  /** The units that members may belong to; any name when absent. */
  readonly units?: KnownUnits
  /** How long after new rights or a new password a member may not decide what takes two persons; a day when absent. */
  readonly newForMs?: number
  /** The maximal duration of a session, a working day when absent; and how long it may be idle by role, equally long when absent. */
  readonly sessionMs?: number
  readonly idleMs?: (role: Role) => number
  /** Roles that need a second factor besides the password; none when absent. */
  readonly secondFactorOf?: readonly Role[]
  /** A key of 32 bytes that encrypts the secrets of second factors; when absent, one is made for this run. */
  readonly sealKey?: Uint8Array
  readonly olderSealKeys?: readonly Uint8Array[]
}

/** A working day with overtime, after which one signs in again. */
const workingDayMs = 12 * 60 * 60_000
const dayMs = 24 * 60 * 60_000

export function openStaff({
  database,
  ledger,
  clock,
  log,
  openId,
  units,
  newForMs = dayMs,
  sessionMs = workingDayMs,
  idleMs = () => sessionMs,
  secondFactorOf = [],
  sealKey = Buffer.from(newSecret(256), 'base64url'),
  olderSealKeys,
}: StaffOptions): Staff {
  const sessions = createSessions({
    database,
    clock,
    log,
    limits: { lastsMs: sessionMs, idleMs, secondFactorOf },
  })
  const actions = createActions({ database, ledger, sessions, clock, units })
  const byOwn = createAttempts(freeByName)
  /** Checks a password typed by somebody who is already signed in, with a limit on tries. */
  async function checkPassword(name: string, password: string): Promise<void> {
    const nowMs = clock.monotonicMs()
    const waitMs = byOwn.waitMs(name, nowMs)
    if (waitMs > 0) throw tooManyPasswords(waitMs)
    byOwn.note(name, nowMs)
    const account = await selectAccount(database, name)
    if (!account?.password) throw elsewhere()
    if (!(await isRightPassword(account.password, password))) throw wrongPassword()
    byOwn.forget(name)
  }
  async function accountOf(name: string) {
    const account = await selectAccount(database, name)
    if (!account) throw unknownMember(name)
    return account
  }
  const factors = createFactors({ database, ledger, clock, sealing: createSealing(sealKey, olderSealKeys) })
  const second = createSecondFactor({
    factors,
    sessions,
    accountOf,
    checkPassword,
    neededBy: secondFactorOf,
    clock,
  })
  const waysIn = createWaysIn({
    database,
    sessions,
    step: second.step,
    openId,
    welcome: actions.welcome,
    clock,
  })

  return {
    ...waysIn,
    who: sessions.find,
    use: sessions.use,
    own: {
      hasPassword: async name => (await selectAccount(database, name))?.password !== undefined,
      async changePassword({ member: { name }, session }, { password, next }) {
        await checkPassword(name, password)
        if (next === password) throw samePassword()
        await actions.changePassword(name, next, session)
      },
    },
    sessions: {
      of: async name => sessions.list((await accountOf(name)).member),
      end: sessions.closeOne,
      endAll: sessions.closeAllOf,
    },
    signOut: sessions.close,
    factors: {
      ...second.own,
      of: async name => factors.list((await accountOf(name)).member.name),
      removeOf: second.removeOf,
    },
    list: () => selectMembers(database),
    hasAdmin: async () => (await selectMembers(database)).some(({ role }) => role === 'admin'),
    add: actions.add,
    changeRights: actions.changeRights,
    rightsChanges: name => rightsChanges(ledger, database, name),
    remove: actions.remove,
    setPassword: actions.setPassword,
    async checkSecondPerson(name) {
      const sinceMs = await rightsSinceMs(ledger, database, name)
      const waitMs = sinceMs === undefined ? newForMs : sinceMs + newForMs - clock.now()
      if (waitMs > 0) throw tooNew(name, waitMs)
    },
    notices: sessions.notices,
    close: sessions.stop,
  }
}

const wrongPassword = () =>
  new Fault({
    code: 'password-wrong',
    place: 'password',
    found: 'another password',
    expected: 'the one that is good now',
  })

const samePassword = () =>
  new Fault({
    code: 'password-same',
    place: 'next',
    found: 'the password that is good now',
    expected: 'another one',
  })

const elsewhere = () =>
  new Fault({
    code: 'password-elsewhere',
    place: 'session',
    found: 'somebody who signs in at the city’s own provider',
    expected: 'to change it there',
  })

const tooNew = (name: string, waitMs: number) =>
  new Fault({
    code: 'member-new',
    place: name,
    found: 'rights or a password that are new',
    expected: `a decision in ${Math.ceil(waitMs / 60_000)} minutes, or by somebody else`,
  })
