import { type Clock, Fault } from '../foundation/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Database, Queries } from '../storage/index.ts'
import type { Member, MemberChange } from './api.ts'
import { appendStaffEvent, passwordMark, personOf, subjectsUnder } from './events.ts'
import { checkUnit, type KnownUnits, knownUnit, type MemberWithPassword } from './member.ts'
import { hashPassword } from './password.ts'
import type { Sessions } from './sessions.ts'
import {
  deleteMember,
  insertMember,
  lockMember,
  selectAccount,
  updateMember,
  updatePassword,
} from './store.ts'
import { refuseWeak } from './weak.ts'

/** The only code that changes members. A member whose rights change is signed out everywhere. */
export function createActions({
  database,
  ledger,
  sessions,
  units,
  clock,
}: {
  readonly database: Database
  readonly ledger: Ledger
  readonly sessions: Sessions
  readonly units: KnownUnits | undefined
  readonly clock: Clock
}) {
  type Note = (event: Parameters<typeof appendStaffEvent>[3]) => Promise<void>
  /** Changes one member and appends an event, in one transaction. */
  const change = <T>(
    name: string,
    by: string,
    work: (tx: Queries, note: Note, atMs: number) => Promise<T>,
  ): Promise<T> =>
    database.transaction(async tx => {
      const atMs = clock.now()
      await lockMember(tx, name)
      return work(tx, event => appendStaffEvent(ledger, tx, name, event, { by, atMs }), atMs)
    })

  return {
    async add({ password, temporary, ...given }: MemberWithPassword, by: string): Promise<Member> {
      checkUnit(given)
      const member = units ? { ...given, unit: knownUnit(given.unit, units) } : given
      refuseWeak(password, member.name)
      const hash = await hashPassword(password)
      await change(member.name, by, async (tx, note, atMs) => {
        if ((await insertMember(tx, { ...member, password: hash, temporary, atMs })) === 0)
          throw exists(member.name)
        // What a removed member did stays under their name, so nobody else may have it.
        if ((await subjectsUnder(ledger, tx, member.name)).length > 0) throw was(member.name)
        await note({ kind: 'added', ...personOf(member), password: passwordMark(hash), temporary })
      })
      return member
    },

    /** Adds or updates a member who comes by the OpenID provider, identified by their subject there. */
    async welcome(member: Member, subject: string): Promise<void> {
      const before = await change(member.name, 'provider', async (tx, note, atMs) => {
        if ((await insertMember(tx, { ...member, subject, atMs })) > 0) {
          // A removed member who returns is the same person; somebody else with that name at the provider is not.
          const before = await subjectsUnder(ledger, tx, member.name)
          if (before.some(one => one !== subject)) throw was(member.name)
          await note({ kind: 'added', ...personOf(member), subject })
          return undefined
        }
        const known = await selectAccount(tx, member.name)
        // An existing member of this name, or one with another subject, is not assumed to be the same person.
        if (known?.subject !== subject) throw exists(member.name)
        const { display, role, unit } = known.member
        if (display === member.display && role === member.role && unit === member.unit) return undefined
        await updateMember(tx, member)
        await note({ kind: 'changed', ...personOf(member) })
        return known.member
      })
      // Changed rights need new sessions, so end those opened with the old rights.
      if (before && (before.role !== member.role || before.unit !== member.unit))
        await sessions.closeAllOf(member.name)
    },

    /** Changes a member's rights, which ends their sessions. */
    async changeRights(name: string, wanted: MemberChange, by: string): Promise<Member> {
      if (by === name) throw ownRights()
      const [before, after] = await change(name, by, async (tx, note) => {
        const account = await selectAccount(tx, name)
        if (!account) throw unknownMember(name)
        if (account.subject !== undefined) throw ofProvider()
        const next = changedBy(account.member, wanted)
        checkUnit(next)
        const member = units ? { ...next, unit: knownUnit(next.unit, units) } : next
        await updateMember(tx, member)
        await note({ kind: 'changed', ...personOf(member) })
        return [account.member, member] as const
      })
      if (before.role !== after.role || before.unit !== after.unit) await sessions.closeAllOf(name)
      else sessions.refresh(name)
      return after
    },

    async remove(name: string, by: string): Promise<void> {
      await sessions.closeAllOf(name)
      await change(name, by, async (tx, note) => {
        if ((await deleteMember(tx, name)) === 0) throw unknownMember(name)
        await note({ kind: 'removed' })
      })
    },

    /** Sets another member's password. Since the person setting it knows it, the member must choose another. */
    async setPassword(name: string, password: string, by: string): Promise<void> {
      // Otherwise anybody who finds an administrator's page open could take over the account.
      if (by === name) throw own()
      refuseWeak(password, name)
      const hash = await hashPassword(password)
      await change(name, by, async (tx, note) => {
        if ((await updatePassword(tx, name, hash, true)) === 0) throw unknownMember(name)
        await note({ kind: 'password-set', password: passwordMark(hash) ?? '', temporary: true })
      })
      await sessions.closeAllOf(name)
    },

    /** Changes the member's own password. @param session the current session, which stays open */
    async changePassword(name: string, password: string, session: string): Promise<void> {
      refuseWeak(password, name)
      const hash = await hashPassword(password)
      await change(name, name, async (tx, note) => {
        if ((await updatePassword(tx, name, hash, false)) === 0) throw unknownMember(name)
        await note({ kind: 'password-changed', password: passwordMark(hash) ?? '' })
      })
      await sessions.closeAllOf(name, session)
      sessions.refresh(name)
    },
  }
}

const exists = (name: string) =>
  new Fault({
    code: 'member-exists',
    place: 'name',
    found: `${JSON.stringify(name)}, which somebody has`,
    expected: 'a new name',
  })

/** Applies a change of rights. The unit is dropped with the role of a unit, and otherwise kept. */
function changedBy(member: Member, { display, role, unit }: MemberChange): Member {
  const next = { ...member, display: display ?? member.display, role: role ?? member.role }
  return { ...next, unit: unit ?? (next.role === 'unit' ? member.unit : undefined) }
}

const ownRights = () =>
  new Fault({
    code: 'rights-own',
    place: 'name',
    found: 'your own name',
    expected: 'another administrator, who changes yours',
  })

const ofProvider = () =>
  new Fault({
    code: 'rights-elsewhere',
    place: 'name',
    found: 'somebody who comes by the city’s own provider',
    expected: 'a change there: it says again at each sign-in what they may do',
  })

const own = () =>
  new Fault({
    code: 'password-own',
    place: 'name',
    found: 'your own name',
    expected: 'the present password, too: at /account or by POST /api/account/password',
  })

const was = (name: string) =>
  new Fault({
    code: 'member-was',
    place: 'name',
    found: `${JSON.stringify(name)}, under which somebody worked here before`,
    expected: 'a name that nobody had',
  })

export const unknownMember = (name: string) =>
  new Fault({
    code: 'member-unknown',
    place: 'name',
    found: JSON.stringify(name),
    expected: 'the name of a member who signs in with a password',
  })
