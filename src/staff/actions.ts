import { Fault } from '../foundation/index.ts'
import type { Database } from '../storage/index.ts'
import type { Member } from './api.ts'
import { checkUnit, checkUnitKnown, type KnownUnits, type MemberWithPassword } from './member.ts'
import { hashPassword } from './password.ts'
import type { Sessions } from './sessions.ts'
import { deleteMember, insertMember, selectAccount, updateMember, updatePassword } from './store.ts'
import { refuseWeak } from './weak.ts'

/** The only writer of who works here. Whoever's right to be here changed is signed out wherever they are. */
export function createActions({
  database,
  sessions,
  units,
}: {
  readonly database: Database
  readonly sessions: Sessions
  readonly units: KnownUnits | undefined
}) {
  return {
    async add({ password, ...member }: MemberWithPassword): Promise<Member> {
      checkUnit(member)
      if (units) checkUnitKnown(member.unit, units)
      refuseWeak(password, member.name)
      const added = await insertMember(database, { ...member, password: await hashPassword(password) })
      if (added === 0) throw exists(member.name)
      return member
    },

    /** Somebody whom the provider vouches for: kept under their subject there, as it says who they are today. */
    async welcome(member: Member, subject: string): Promise<void> {
      const isNew = (await insertMember(database, { ...member, subject })) > 0
      if (isNew) return
      const known = await selectAccount(database, member.name)
      // Who has the name here, or another name at the provider before, is not simply taken for them.
      if (known?.subject !== subject) throw exists(member.name)
      await updateMember(database, member)
      // Other rights are other sessions: what was opened under the old ones ends.
      const { role, unit } = known.member
      if (role !== member.role || unit !== member.unit) await sessions.closeAllOf(member.name)
    },

    async remove(name: string): Promise<void> {
      await sessions.closeAllOf(name)
      if ((await deleteMember(database, name)) === 0) throw unknown(name)
    },

    async setPassword(name: string, password: string): Promise<void> {
      refuseWeak(password, name)
      const changed = await updatePassword(database, name, await hashPassword(password))
      if (changed === 0) throw unknown(name)
      await sessions.closeAllOf(name)
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

const unknown = (name: string) =>
  new Fault({
    code: 'member-unknown',
    place: 'name',
    found: JSON.stringify(name),
    expected: 'the name of a member who signs in with a password',
  })
