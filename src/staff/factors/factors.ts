import { randomBytes } from 'node:crypto'
import { type Clock, Fault, newId } from '../../foundation/index.ts'
import type { Ledger } from '../../ledger/index.ts'
import type { Database, Queries } from '../../storage/index.ts'
import type { FactorShown, Member, PasskeyAnswer } from '../api.ts'
import { appendStaffEvent, materialMark, type StaffHappened } from '../events.ts'
import type { StaffFaultCode } from '../faults.ts'
import { lockMember } from '../store.ts'
import { askToMake, askToProve, readMade, readProof, type Site } from './passkeys.ts'
import { makeRecoveryCodes, recoveryMark } from './recovery.ts'
import type { SecretSealing } from './sealing.ts'
import {
  countRecovery,
  deleteFactor,
  deleteFactors,
  deleteRecovery,
  deleteRecoveryCode,
  deleteRemoval,
  insertFactor,
  insertRecovery,
  type StoredFactor,
  selectFactors,
  takePending,
  updatePending,
  updateUsed,
} from './store.ts'
import { base32, secretBytes, stepOfCode, uriOf } from './totp.ts'

/** So long what was asked of a browser or an app may be answered. */
const pendingMs = 10 * 60_000
const issuer = '接听 12345'

/** Whose session it is in which something is begun and answered. */
type Held = { readonly session: string; readonly member: Member }

/** Second factors of members: apps that make codes (RFC 6238), passkeys (WebAuthn), and codes for who has lost both. */
export function createFactors({
  database,
  ledger,
  sealing,
  clock,
}: {
  readonly database: Database
  readonly ledger: Ledger
  readonly sealing: SecretSealing
  readonly clock: Clock
}) {
  type Note = (event: StaffHappened) => Promise<void>
  const change = <T>(name: string, by: string, work: (tx: Queries, note: Note) => Promise<T>): Promise<T> =>
    database.transaction(async tx => {
      const atMs = clock.now()
      await lockMember(tx, name)
      return work(tx, event => appendStaffEvent(ledger, tx, name, event, { by, atMs }))
    })

  /** What is begun in a session, sealed: its row tells nobody a secret, and another session's fits in no other. */
  const begin = (session: string, kind: string, text: string) =>
    updatePending(
      database,
      session,
      sealing.seal(Buffer.from(JSON.stringify({ kind, text, atMs: clock.now() })), `pending ${session}`),
    )
  async function begun(session: string, kind: string, isTaken: boolean): Promise<string> {
    const sealed = await database.transaction(tx => takePending(tx, session, isTaken))
    const found =
      sealed === undefined
        ? undefined
        : JSON.parse(Buffer.from(sealing.open(sealed, `pending ${session}`)).toString())
    if (found?.kind !== kind || clock.now() - found.atMs > pendingMs) throw notBegun()
    return found.text
  }

  const placeOf = (name: string, id: string) => `totp ${name} ${id}`

  /** The first one brings the codes for who loses it. */
  const add = (name: string, factor: StoredFactor): Promise<readonly string[]> =>
    change(name, name, async (tx, note) => {
      const { id, kind, label, material, madeAtMs } = factor
      if ((await insertFactor(tx, name, factor)) === 0) throw known()
      await note({
        kind: 'factor-added',
        id,
        factor: kind,
        label,
        material: materialMark(material),
        madeAtMs,
      })
      return (await countRecovery(tx, name)) > 0 ? [] : renew(tx, note, name)
    })
  async function renew(tx: Queries, note: Note, name: string): Promise<readonly string[]> {
    const codes = makeRecoveryCodes()
    const marks = codes.map(code => recoveryMark(name, code))
    await deleteRecovery(tx, name)
    await insertRecovery(tx, name, marks)
    await note({ kind: 'recovery-made', codes: marks })
    return codes
  }

  return {
    async list(name: string): Promise<readonly FactorShown[]> {
      const factors = await selectFactors(database, name)
      return factors.map(({ id, kind, label, madeAtMs, usedAtMs }) => ({
        id,
        kind,
        label,
        madeAtMs,
        usedAtMs,
      }))
    },

    recoveryLeft: (name: string) => countRecovery(database, name),

    /** A code of an app, or one for who has lost it; each is good once. @throws Fault `second-factor-refused` */
    proveByCode: (name: string, typed: string): Promise<void> =>
      change(name, name, async (tx, note) => {
        const code = typed.replace(/[\s-]/g, '')
        if (/^\d{6}$/.test(code)) {
          for (const { id, kind, material, last } of await selectFactors(tx, name, true)) {
            if (kind !== 'totp') continue
            const step = stepOfCode(sealing.open(material, placeOf(name, id)), code, clock.now(), last)
            if (step === undefined) continue
            if ((await updateUsed(tx, { id, last: step, isCounted: true }, clock.now())) > 0) return
          }
          throw refused()
        }
        const mark = recoveryMark(name, code)
        if ((await deleteRecoveryCode(tx, name, mark)) === 0) throw refused()
        await note({ kind: 'recovery-used', code: mark })
      }),

    async askPasskey({ session, member }: Held, site: Site) {
      const passkeys = (await selectFactors(database, member.name)).filter(({ kind }) => kind === 'passkey')
      const options = await askToProve(site, passkeys)
      await begin(session, 'prove', options.challenge)
      return options
    },

    async proveByPasskey({ session, member }: Held, site: Site, answer: PasskeyAnswer): Promise<void> {
      const challenge = await begun(session, 'prove', true)
      await database.transaction(async tx => {
        const passkeys = (await selectFactors(tx, member.name, true)).filter(({ kind }) => kind === 'passkey')
        const { id, last } = await readProof(site, answer, challenge, passkeys)
        if ((await updateUsed(tx, { id, last, isCounted: last > 0 }, clock.now())) === 0) throw refused()
      })
    },

    /** A secret for an app; it counts once a code of it has come back. */
    async beginTotp({ session, member }: Held): Promise<{ readonly secret: string; readonly uri: string }> {
      const bytes = randomBytes(secretBytes)
      await begin(session, 'totp', bytes.toString('base64url'))
      const secret = base32(bytes)
      return { secret, uri: uriOf(secret, issuer, member.name) }
    },

    async confirmTotp({ session, member: { name } }: Held, code: string, label: string) {
      const bytes = Buffer.from(await begun(session, 'totp', false), 'base64url')
      const step = stepOfCode(bytes, code.replace(/\s/g, ''), clock.now(), -1)
      if (step === undefined) throw wrongCode()
      const madeAtMs = clock.now()
      const id = newId('factor', madeAtMs)
      const material = sealing.seal(bytes, placeOf(name, id))
      const codes = await add(name, {
        id,
        kind: 'totp',
        label,
        material,
        last: step,
        madeAtMs,
        usedAtMs: undefined,
      })
      await updatePending(database, session, null)
      return codes
    },

    async beginPasskey({ session, member }: Held, site: Site) {
      const passkeys = (await selectFactors(database, member.name)).filter(({ kind }) => kind === 'passkey')
      const options = await askToMake(site, member, passkeys)
      await begin(session, 'make', options.challenge)
      return options
    },

    async addPasskey({ session, member }: Held, site: Site, answer: PasskeyAnswer, label: string) {
      const made = await readMade(site, answer, await begun(session, 'make', true))
      return add(member.name, {
        ...made,
        kind: 'passkey',
        label,
        madeAtMs: clock.now(),
        usedAtMs: undefined,
      })
    },

    /** By themselves. @param isNeeded whether one has to stay @throws Fault `factor-unknown`, `factor-last` */
    drop: (name: string, id: string, isNeeded: boolean): Promise<void> =>
      change(name, name, async (tx, note) => {
        const factors = await selectFactors(tx, name, true)
        if (!factors.some(one => one.id === id)) throw unknown(id)
        if (isNeeded && factors.length === 1) throw last()
        await deleteFactor(tx, name, id)
        if (factors.length === 1) await deleteRecovery(tx, name)
        await note({ kind: 'factor-dropped', id })
      }),

    renewRecovery: (name: string): Promise<readonly string[]> =>
      change(name, name, async (tx, note) => {
        if ((await selectFactors(tx, name)).length === 0) throw none(name)
        return renew(tx, note, name)
      }),

    /** All of a member's, by others: in the transaction that says why. @throws Fault `factor-none` */
    async removeAll(tx: Queries, note: Note, name: string, agreedBy: string | undefined): Promise<void> {
      if ((await deleteFactors(tx, name)) === 0) throw none(name)
      await deleteRecovery(tx, name)
      await deleteRemoval(tx, name)
      await note({ kind: 'factors-removed', agreedBy: agreedBy ?? null })
    },
    change,
  }
}
export type Factors = ReturnType<typeof createFactors>

const fault = (code: StaffFaultCode, place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })
const refused = () =>
  fault(
    'second-factor-refused',
    'code',
    'a code that is wrong, or was used',
    'the code that the app shows now',
  )
const wrongCode = () =>
  fault(
    'factor-code',
    'code',
    'another code',
    'the code that the app shows now; look at the clock of the phone',
  )
const notBegun = () =>
  fault('factor-pending', 'session', 'nothing that was begun here within ten minutes', 'to begin anew')
const known = () => fault('factor-known', 'passkey', 'a passkey that is known here', 'another one')
const unknown = (id: string) =>
  fault('factor-unknown', 'id', JSON.stringify(id.slice(0, 64)), 'the id of a second factor of one’s own')
const last = () =>
  fault('factor-last', 'id', 'the only second factor, which this role needs', 'to add another one first')
const none = (name: string) =>
  fault('factor-none', 'name', `${JSON.stringify(name)} without a second factor`, 'somebody who has one')
