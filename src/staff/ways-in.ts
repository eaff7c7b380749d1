import type { Clock } from '../foundation/index.ts'
import { Fault, neighbourhoodOf, sourceOf } from '../foundation/index.ts'
import type { Database } from '../storage/index.ts'
import type { Member, PasskeyAnswer } from './api.ts'
import { createAttempts } from './attempts.ts'
import type { OpenId } from './claims.ts'
import { deviceOf } from './device.ts'
import { isRightPassword } from './password.ts'
import type { SecondStep } from './second-factor.ts'
import type { HeldSession, Sessions } from './sessions.ts'
import { selectAccount } from './store.ts'

/** The result of a sign-in, with the secret for the browser. */
export type SignedIn = {
  readonly secret: string
  readonly member: Member
  /** Whether the second step is still missing, so that nothing is open yet. */
  readonly isHalf: boolean
}

/** Where a sign-in comes from. */
export type CameFrom = { readonly address: string; readonly userAgent?: string }

/** The ways in. */
export type WaysIn = {
  /**
   * @param from origin of the try, for counting tries
   * @param browser one in which this member has signed in before; its tries are counted separately, so that outsiders cannot use them up
   * @throws Fault `sign-in-refused`, the same for a wrong name and a wrong password; `too-many-tries`
   */
  signIn(name: string, password: string, from: CameFrom, browser?: string): Promise<SignedIn>
  /** Sign-in by the city's provider; absent if none is configured. */
  readonly openId?: Pick<OpenId, 'leave'> & {
    /** @throws Fault as `OpenId.arrive`; `member-exists` if the name belongs to somebody else */
    arrive(from: CameFrom, ...way: Parameters<OpenId['arrive']>): Promise<SignedIn>
  }
  /** The second step of a sign-in, in the session opened by the first; a new session replaces it. */
  readonly second: Pick<SecondStep, 'ways' | 'askPasskey'> & {
    byCode(held: HeldSession, code: string, from: CameFrom, browser?: string): Promise<SignedIn>
    byPasskey(
      held: HeldSession,
      site: { readonly origin: string },
      answer: PasskeyAnswer,
      from: CameFrom,
    ): Promise<SignedIn>
  }
}

/** Free tries per name, since people mistype, and per address, which may be a whole office. */
export const freeByName = 5
const freeByAddress = 30
/** Free tries per network: more failures from one neighbourhood are a flood. */
const freeByNeighbourhood = 300

export function createWaysIn({
  database,
  sessions,
  step,
  openId,
  welcome,
  clock,
}: {
  readonly database: Database
  readonly sessions: Sessions
  readonly step: SecondStep
  readonly openId?: OpenId | undefined
  /** Makes a member of somebody whom the city's provider vouches for, or finds them. @throws Fault `member-exists` */
  readonly welcome: (member: Member, subject: string) => Promise<unknown>
  readonly clock: Clock
}): WaysIn {
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
  const enter = async (member: Member, isHalf: boolean, from: CameFrom): Promise<SignedIn> => ({
    secret: await sessions.open(member, isHalf, {
      device: deviceOf(from.userAgent ?? ''),
      address: from.address,
    }),
    member,
    isHalf,
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
      if (waitMs > 0) throw tooManyPasswords(waitMs)
      for (const [attempts, key] of counts) attempts.note(key, nowMs)
      const account = await selectAccount(database, name)
      if (!(await isRightPassword(account?.password, password)) || !account) throw refused()
      for (const [attempts, key] of counts) {
        if (attempts === byName) attempts.forget(key)
        // Whoever has one account here does not get to try all the others for it.
        else attempts.takeBack(key)
      }
      return enter(account.member, (await step.ways(name)).length > 0, from)
    },
    openId:
      openId === undefined
        ? undefined
        : {
            leave: openId.leave,
            async arrive(from, ...way: Parameters<OpenId['arrive']>) {
              const { member, subject } = await openId.arrive(...way)
              await welcome(member, subject)
              return enter(member, false, from)
            },
          },
    second: {
      ways: step.ways,
      askPasskey: step.askPasskey,
      async byCode(held, code, from, browser) {
        await step.byCode(held, code, browser)
        return enterWhole(held, from)
      },
      async byPasskey(held, site, answer, from) {
        await step.byPasskey(held, site, answer)
        return enterWhole(held, from)
      },
    },
  }
}

const refused = () =>
  new Fault({
    code: 'sign-in-refused',
    place: 'sign-in',
    found: 'a name and a password that do not go together',
    expected: 'those of somebody who works here',
  })

export const tooManyPasswords = (waitMs: number) =>
  new Fault({
    code: 'too-many-tries',
    place: 'sign-in',
    found: 'too many wrong passwords',
    expected: `a pause of ${Math.ceil(waitMs / 1000)} s`,
  })
