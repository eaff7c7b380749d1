import type { Clock, Events, Log } from '../foundation/index.ts'
import { Fault, neighbourhoodOf, newSecret, sourceOf } from '../foundation/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Database } from '../storage/index.ts'
import { createActions, unknownMember } from './actions.ts'
import type { FactorShown, Member, OwnPassword, PasskeyAnswer, Removal, Role, SessionShown } from './api.ts'
import { createAttempts } from './attempts.ts'
import type { OpenId } from './claims.ts'
import { deviceOf } from './device.ts'
import { rightsSinceMs } from './events.ts'
import { createFactors } from './factors/factors.ts'
import { createSealing } from './factors/sealing.ts'
import type { KnownUnits, MemberWithPassword } from './member.ts'
import { isRightPassword } from './password.ts'
import { createSecondFactor, type OwnFactors, type SecondStep } from './second-factor.ts'
import { createSessions, type HeldSession, type SessionNotices } from './sessions.ts'
import { selectAccount, selectMembers } from './store.ts'

/** Somebody who has just come in, and the secret that their browser keeps. */
export type SignedIn = {
  readonly secret: string
  readonly member: Member
  /** Their second step is owed: nothing opens by it yet. */
  readonly isHalf: boolean
}

/** From where somebody comes in. */
export type CameFrom = { readonly address: string; readonly userAgent?: string }

export type Staff = {
  /**
   * @param from whose try it is, for the count of tries.
   * @param browser one in which this member has signed in before: it has tries of its own, which nobody outside uses up
   * @throws Fault `sign-in-refused`, the same whether the name or the password is wrong; `too-many-tries`
   */
  signIn(name: string, password: string, from: CameFrom, browser?: string): Promise<SignedIn>
  /** The city's own sign-in; absent where none is configured. */
  readonly openId?: Pick<OpenId, 'leave'> & {
    /** @throws Fault as `OpenId.arrive`; `member-exists` where the name is somebody else's */
    arrive(from: CameFrom, ...way: Parameters<OpenId['arrive']>): Promise<SignedIn>
  }
  /** Whose session a secret opens, and under which id it is known; undefined when none. */
  who(secret: string): Promise<HeldSession | undefined>
  /** Somebody is there: the session is not idle. */
  use(session: string): void
  signOut(secret: string): Promise<void>
  /** The second step of a sign-in, in the session that the first has opened; another one takes its place. */
  readonly second: Pick<SecondStep, 'ways' | 'askPasskey'> & {
    byCode(held: HeldSession, code: string, from: CameFrom, browser?: string): Promise<SignedIn>
    byPasskey(
      held: HeldSession,
      site: { readonly origin: string },
      answer: PasskeyAnswer,
      from: CameFrom,
    ): Promise<SignedIn>
  }
  readonly factors: OwnFactors & {
    /** @throws Fault `member-unknown` */
    of(name: string): Promise<readonly FactorShown[]>
    /** @throws Fault `member-unknown`, `factor-none`, `removal-alone` */
    removeOf(name: string, by: string): Promise<Removal>
  }
  list(): Promise<readonly Member[]>
  /** Whether there is somebody who may let others in. */
  hasAdmin(): Promise<boolean>
  /**
   * @param by who does it, as in all that follow
   * @throws Fault `member-exists`, `member-was`, `unit-missing`, `unit-needless`, `unit-unknown`, `password-weak`
   */
  add(member: MemberWithPassword, by: string): Promise<Member>
  /** Their sessions end. @throws Fault `member-unknown` */
  remove(name: string, by: string): Promise<void>
  /** Their sessions end. @throws Fault `password-weak`, `password-own` for oneself; `member-unknown`, also for one who comes by the provider and has none */
  setPassword(name: string, password: string, by: string): Promise<void>
  readonly own: {
    /** Whether they sign in by a password of ours. */
    hasPassword(name: string): Promise<boolean>
    /**
     * Their sessions elsewhere end.
     * @throws Fault `password-wrong` for the one that is good now, `password-same`, `password-weak`, `too-many-tries`;
     * `password-elsewhere` for who comes by the provider
     */
    changePassword(held: Pick<HeldSession, 'member' | 'session'>, given: OwnPassword): Promise<void>
  }
  readonly sessions: {
    /** @throws Fault `member-unknown` */
    of(name: string): Promise<readonly SessionShown[]>
    /** @throws Fault `session-unknown` */
    end(name: string, id: string): Promise<void>
    /** @param but the one that goes on */
    endAll(name: string, but?: string): Promise<void>
  }
  /**
   * Whoever decides what takes two persons has had their rights and their password for a while: one who can make members,
   * or passwords, is not two persons at once.
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
  /** Whose orders members of role unit may work on; any name when absent. */
  readonly units?: KnownUnits
  /** How long new rights, or a new password, decide on nothing of two persons; a day when absent. */
  readonly newForMs?: number
  /** How long a session lasts, a working day when absent; and for how long nobody may be there, by role, as long when absent. */
  readonly sessionMs?: number
  readonly idleMs?: (role: Role) => number
  /** Roles that need a second factor beside a password; none when absent. */
  readonly secondFactorOf?: readonly Role[]
  /** 32 bytes that seal the secrets of second factors; made for as long as this runs when absent. */
  readonly sealKey?: Uint8Array
  readonly olderSealKeys?: readonly Uint8Array[]
}

/** A person mistypes a few times; an address stands for a whole office. */
const freeByName = 5
const freeByAddress = 30
/** Many addresses of one neighbourhood that are wrong are a flood. */
const freeByNeighbourhood = 300
/** A working day with its overtime; then one signs in again. */
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
  const byName = createAttempts(freeByName)
  const byAddress = createAttempts(freeByAddress)
  const byNeighbourhood = createAttempts(freeByNeighbourhood)
  /** Who counts a try, and under which key. */
  const countsOf = (name: string, address: string, browser: string | undefined) =>
    browser === undefined
      ? ([
          [byName, name],
          [byAddress, sourceOf(address)],
          [byNeighbourhood, neighbourhoodOf(address)],
        ] as const)
      : ([[byName, `${name} ${browser}`]] as const)
  const byOwn = createAttempts(freeByName)
  const enter = async (member: Member, isHalf: boolean, from: CameFrom): Promise<SignedIn> => ({
    secret: await sessions.open(member, isHalf, {
      device: deviceOf(from.userAgent ?? ''),
      address: from.address,
    }),
    member,
    isHalf,
  })
  /** Guesses of a password by who is signed in already. */
  async function checkPassword(name: string, password: string): Promise<void> {
    const nowMs = clock.monotonicMs()
    const waitMs = byOwn.waitMs(name, nowMs)
    if (waitMs > 0) throw tooMany(waitMs)
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
  /** What the first step opened is over; what the second opens is another. */
  const enterWhole = async ({ session, member }: HeldSession, from: CameFrom): Promise<SignedIn> => {
    const entered = await enter(member, false, from)
    await sessions.closeOne(member.name, session)
    return entered
  }

  return {
    async signIn(name, password, from, browser) {
      const nowMs = clock.monotonicMs()
      const counts = countsOf(name, from.address, browser)
      const waitMs = Math.max(...counts.map(([attempts, key]) => attempts.waitMs(key, nowMs)))
      if (waitMs > 0) throw tooMany(waitMs)
      for (const [attempts, key] of counts) attempts.note(key, nowMs)
      const account = await selectAccount(database, name)
      if (!(await isRightPassword(account?.password, password)) || !account) throw refused()
      for (const [attempts, key] of counts) {
        if (attempts === byName) attempts.forget(key)
        // Whoever has one account here does not get to try all the others for it.
        else attempts.takeBack(key)
      }
      const isHalf = (await factors.list(name)).length > 0
      return enter(account.member, isHalf, from)
    },
    openId:
      openId === undefined
        ? undefined
        : {
            leave: openId.leave,
            async arrive(from, ...way: Parameters<OpenId['arrive']>) {
              const { member, subject } = await openId.arrive(...way)
              await actions.welcome(member, subject)
              return enter(member, false, from)
            },
          },
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
    second: {
      ways: second.step.ways,
      askPasskey: second.step.askPasskey,
      async byCode(held, code, from, browser) {
        await second.step.byCode(held, code, browser)
        return enterWhole(held, from)
      },
      async byPasskey(held, site, answer, from) {
        await second.step.byPasskey(held, site, answer)
        return enterWhole(held, from)
      },
    },
    factors: {
      ...second.own,
      of: async name => factors.list((await accountOf(name)).member.name),
      removeOf: second.removeOf,
    },
    list: () => selectMembers(database),
    hasAdmin: async () => (await selectMembers(database)).some(({ role }) => role === 'admin'),
    add: actions.add,
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

const refused = () =>
  new Fault({
    code: 'sign-in-refused',
    place: 'sign-in',
    found: 'a name and a password that do not go together',
    expected: 'those of somebody who works here',
  })

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

const tooMany = (waitMs: number) =>
  new Fault({
    code: 'too-many-tries',
    place: 'sign-in',
    found: 'too many wrong passwords',
    expected: `a pause of ${Math.ceil(waitMs / 1000)} s`,
  })
