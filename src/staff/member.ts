import { Fault } from '../foundation/index.ts'

/** What a member may do: take calls; watch the line; work on a unit's orders; run the house. */
export const roles = ['seat', 'supervisor', 'unit', 'admin'] as const
export type Role = (typeof roles)[number]

/** Someone who works here. */
export type Member = {
  /** How they sign in; a seat's is the name of their seat, too. */
  readonly name: string
  /** The name that people read. */
  readonly display: string
  readonly role: Role
  /** The responsible unit that one of role `unit` works for, as dispatching names it; nobody else has one. */
  readonly unit?: string
}

export type NewMember = Member & { readonly password: string }

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
