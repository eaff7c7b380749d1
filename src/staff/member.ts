import { Fault, nearest } from '../foundation/index.ts'
import { type Member, roleSchema } from './api.ts'

export const roles = roleSchema.options

/** A member to add. */
export type MemberWithPassword = Member & {
  readonly password: string
  /** Whether the person adding them knows the password, so that they must choose another at the first sign-in. */
  readonly temporary?: boolean
}

/** Units by id. */
export type KnownUnits = ReadonlyMap<string, { readonly name: string }>

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

const mostNamed = 5

/**
 * The id of a unit given by id or name. An unknown unit is refused, because its members would see no orders and nobody would
 * know why. @throws Fault `unit-unknown`
 */
export function knownUnit(unit: string | undefined, units: KnownUnits): string | undefined {
  const known = [...units].map(([id, { name }]) => ({ id, name }))
  const found = known.find(({ id }) => id === unit) ?? known.find(({ name }) => name === unit)
  if (unit === undefined || found) return found?.id
  const named = new Map(known.flatMap(({ id, name }) => [id, name].map(word => [word, `${id} (${name})`])))
  const likest = nearest(unit, [...named.keys()], mostNamed).map(word => named.get(word))
  throw new Fault({
    code: 'unit-unknown',
    place: 'unit',
    found: JSON.stringify(unit),
    expected: `a unit of units.json, by its id or name; the nearest: ${[...new Set(likest)].join(', ')}`,
  })
}
