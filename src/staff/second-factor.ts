import { type Clock, Fault } from '../foundation/index.ts'
import type { FactorKind, FactorShown, PasskeyAnswer, Removal, Role } from './api.ts'
import { createAttempts } from './attempts.ts'
import type { Factors } from './factors/factors.ts'
import type { Site } from './factors/passkeys.ts'
import { deleteRemoval, insertRemoval, selectFactors, selectRemoval } from './factors/store.ts'
import type { StaffFaultCode } from './faults.ts'
import type { HeldSession, Sessions } from './sessions.ts'
import type { StoredAccount } from './store.ts'

type Held = Pick<HeldSession, 'session' | 'member'>
type Codes = { readonly recovery: readonly string[] }

/** The second step of a sign-in by password. */
export type SecondStep = {
  ways(name: string): Promise<readonly FactorKind[]>
  /** @param browser as at `signIn` @throws Fault `second-factor-refused`, `too-many-tries` */
  byCode(held: Held, code: string, browser?: string): Promise<void>
  askPasskey(held: Held, site: Site): Promise<object>
  /** @throws Fault `passkey-refused`, `factor-pending` */
  byPasskey(held: Held, site: Site, answer: PasskeyAnswer): Promise<void>
}

/** A member's own second factors. Each change but an answer asks for the password. */
export type OwnFactors = {
  list(name: string): Promise<readonly FactorShown[]>
  recoveryLeft(name: string): Promise<number>
  isNeeded(role: Role): boolean
  beginTotp(held: Held, password: string): Promise<{ readonly secret: string; readonly uri: string }>
  /** @returns recovery codes, if it is the first factor @throws Fault `factor-code`, `factor-pending` */
  confirmTotp(held: Held, code: string, label: string): Promise<Codes>
  beginPasskey(held: Held, password: string, site: Site): Promise<object>
  /** @throws Fault `passkey-refused`, `factor-pending`, `factor-known` */
  addPasskey(held: Held, site: Site, answer: PasskeyAnswer, label: string): Promise<Codes>
  /** @throws Fault `factor-unknown`, `factor-last` */
  drop(held: Held, id: string, password: string): Promise<void>
  /** Makes new recovery codes and invalidates the old ones. @throws Fault `factor-none` */
  renewRecovery(held: Held, password: string): Promise<Codes>
}

/** Roles with power over others: removing their second factors takes two persons. */
const takesTwo: readonly Role[] = ['dispatcher', 'supervisor', 'auditor', 'admin']
const removalMs = 24 * 60 * 60_000
const freeCodes = 5

export function createSecondFactor({
  factors,
  sessions,
  accountOf,
  checkPassword,
  neededBy,
  clock,
}: {
  readonly factors: Factors
  readonly sessions: Sessions
  /** @throws Fault `member-unknown` */
  readonly accountOf: (name: string) => Promise<StoredAccount>
  /** @throws Fault `password-wrong`, `too-many-tries`, `password-elsewhere` */
  readonly checkPassword: (name: string, password: string) => Promise<void>
  readonly neededBy: readonly Role[]
  readonly clock: Clock
}) {
  const byCode = createAttempts(freeCodes)
  const isNeeded = (role: Role) => neededBy.includes(role)
  const changed = (name: string, recovery: readonly string[]): Codes => {
    sessions.refresh(name)
    return { recovery }
  }

  const step: SecondStep = {
    ways: async name => [...new Set((await factors.list(name)).map(({ kind }) => kind))],
    async byCode({ member: { name } }, code, browser) {
      const nowMs = clock.monotonicMs()
      const key = browser === undefined ? name : `${name} ${browser}`
      const waitMs = byCode.waitMs(key, nowMs)
      if (waitMs > 0) throw tooMany(waitMs)
      byCode.note(key, nowMs)
      await factors.proveByCode(name, code)
      byCode.forget(key)
    },
    askPasskey: factors.askPasskey,
    byPasskey: factors.proveByPasskey,
  }

  const own: OwnFactors = {
    list: factors.list,
    recoveryLeft: factors.recoveryLeft,
    isNeeded,
    async beginTotp(held, password) {
      await checkPassword(held.member.name, password)
      return factors.beginTotp(held)
    },
    confirmTotp: async (held, code, label) =>
      changed(held.member.name, await factors.confirmTotp(held, code, label)),
    async beginPasskey(held, password, site) {
      await checkPassword(held.member.name, password)
      return factors.beginPasskey(held, site)
    },
    addPasskey: async (held, site, answer, label) =>
      changed(held.member.name, await factors.addPasskey(held, site, answer, label)),
    async drop({ member: { name, role } }, id, password) {
      await checkPassword(name, password)
      await factors.drop(name, id, isNeeded(role))
      sessions.refresh(name)
    },
    async renewRecovery({ member: { name } }, password) {
      await checkPassword(name, password)
      return { recovery: await factors.renewRecovery(name) }
    },
  }

  /**
   * Removes all second factors of a member who has lost them, and ends their sessions. For roles with power over others,
   * one person requests it and another must agree within a day.
   * @throws Fault `member-unknown`, `factor-none`, `removal-alone`
   */
  async function removeOf(name: string, by: string): Promise<Removal> {
    const { member } = await accountOf(name)
    if (by === name) throw alone()
    const state = await factors.change(name, by, async (tx, note) => {
      const asked = await selectRemoval(tx, name)
      const isAsked = asked !== undefined && clock.now() - asked.askedAtMs < removalMs
      if (takesTwo.includes(member.role)) {
        if (isAsked && asked.askedBy === by) throw alone()
        if (!isAsked) {
          if ((await selectFactors(tx, name)).length === 0) throw none(name)
          const askedAtMs = clock.now()
          await insertRemoval(tx, name, by, askedAtMs)
          await note({ kind: 'removal-asked' })
          return 'asked' as const
        }
      }
      await deleteRemoval(tx, name)
      await factors.removeAll(tx, note, name, isAsked ? asked.askedBy : undefined)
      return 'removed' as const
    })
    if (state === 'removed') await sessions.closeAllOf(name)
    return { state }
  }

  return { step, own, removeOf }
}

const fault = (code: StaffFaultCode, place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })
const alone = () =>
  fault(
    'removal-alone',
    'name',
    'one person alone, or the member themselves',
    'another administrator, within a day of the first',
  )
const none = (name: string) =>
  fault('factor-none', 'name', `${JSON.stringify(name)} without a second factor`, 'somebody who has one')
const tooMany = (waitMs: number) =>
  fault('too-many-tries', 'sign-in', 'too many wrong codes', `a pause of ${Math.ceil(waitMs / 1000)} s`)
