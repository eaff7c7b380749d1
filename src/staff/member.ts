import { Fault } from '../foundation/index.ts'
import { type Member, roleSchema } from './api.ts'

export const roles = roleSchema.options

/** Somebody to add, by the name that people read. */
export type MemberWithPassword = Member & { readonly password: string }

/** @throws Fault `unit-missing`, `unit-needless` */
export function checkUnit({ name, role, unit }: Pick<Member, 'name' | 'role' | 'unit'>): void {
  if ((role === 'unit') === (unit !== undefined)) return
  throw new Fault({
    code: role === 'unit' ? 'unit-missing' : 'unit-needless',
    place: `member ${name}`,
    found: unit === undefined ? 'no unit' : 'a unit',
    expected: role === 'unit' ? 'the unit whose orders they work on' : `none, for role ${role}`,
  })
}
