import type { Clock, Events, Log } from '../foundation/index.ts'
import { Fault, neighbourhoodOf, sourceOf } from '../foundation/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Database } from '../storage/index.ts'
import { createActions } from './actions.ts'
import type { Member } from './api.ts'
import { createAttempts } from './attempts.ts'
import type { OpenId } from './claims.ts'
import { rightsSinceMs } from './events.ts'
import type { KnownUnits, MemberWithPassword } from './member.ts'
import { isRightPassword } from './password.ts'
import { createSessions, type SessionNotices } from './sessions.ts'
import { selectAccount, selectMembers } from './store.ts'

/** Somebody who has just come in, and the secret that their browser keeps. */
export type SignedIn = { readonly secret: string; readonly member: Member }

export type Staff = {
  /**
   * @param address whose try it is, for the count of tries.
   * @param browser one in which this member has signed in before: it has tries of its own, which nobody outside uses up
   * @throws Fault `sign-in-refused`, the same whether the name or the password is wrong; `too-many-tries`
   */
  signIn(name: string, password: string, address: string, browser?: string): Promise<SignedIn>
  /** The city's own sign-in; absent where none is configured. */
  readonly openId?: Pick<OpenId, 'leave'> & {
    /** @throws Fault as `OpenId.arrive`; `member-exists` where the name is somebody else's */
    arrive(...way: Parameters<OpenId['arrive']>): Promise<SignedIn>
  }
  /** Whose session a secret opens, and under which id it is known; undefined when none. */
  who(secret: string): Promise<{ readonly session: string; readonly member: Member } | undefined>
  signOut(secret: string): Promise<void>
  list(): Promise<readonly Member[]>
  /**
   * @param by who does it, as in all that follow
   * @throws Fault `member-exists`, `member-was`, `unit-missing`, `unit-needless`, `unit-unknown`, `password-weak`
   */
  add(member: MemberWithPassword, by: string): Promise<Member>
  /** Their sessions end. @throws Fault `member-unknown` */
  remove(name: string, by: string): Promise<void>
  /** Their sessions end. @throws Fault `password-weak`; `member-unknown`, also for one who comes by the provider and has none */
  setPassword(name: string, password: string, by: string): Promise<void>
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
}

/** A person mistypes a few times; an address stands for a whole office. */
const freeByName = 5
const freeByAddress = 30
/** Many addresses of one neighbourhood that are wrong are a flood. */
const freeByNeighbourhood = 300
const dayMs = 24 * 60 * 60_000

export function openStaff({
  database,
  ledger,
  clock,
  log,
  openId,
  units,
  newForMs = dayMs,
}: StaffOptions): Staff {
  const sessions = createSessions({ database, clock, log })
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
  const enter = async (member: Member): Promise<SignedIn> => ({
    secret: await sessions.open(member),
    member,
  })

  return {
    async signIn(name, password, address, browser) {
      const nowMs = clock.monotonicMs()
      const counts = countsOf(name, address, browser)
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
      return enter(account.member)
    },
    openId:
      openId === undefined
        ? undefined
        : {
            leave: openId.leave,
            async arrive(...way: Parameters<OpenId['arrive']>) {
              const { member, subject } = await openId.arrive(...way)
              await actions.welcome(member, subject)
              return enter(member)
            },
          },
    who: sessions.find,
    signOut: sessions.close,
    list: () => selectMembers(database),
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
