import type { OrderRulesShown } from '../../http/contract.ts'

export type UnitShown = OrderRulesShown['units'][number]

const levels = ['city', 'district', 'street'] as const
export type UnitLevel = (typeof levels)[number]
const levelOf = ({ district, street }: UnitShown): UnitLevel =>
  street !== undefined ? 'street' : district !== undefined ? 'district' : 'city'

/** Where it is, as far as its name does not say so. */
const areaOf = ({ name, district = '', street = '' }: UnitShown) =>
  [district, street].filter(part => part !== '' && !name.includes(part)).join(' ')

/** The first letters of what a district calls its own: cyqwjjd is found by wj, too. */
const ownInitials = ({ name, initials, district = '' }: UnitShown) =>
  name.startsWith(district) ? initials.slice(district.length) : initials

/** How well a unit fits what was typed: by its name, the first letters of its sounds, or where it is; 0 where it does not. */
function fit(unit: UnitShown, typed: string): number {
  if (unit.name.startsWith(typed)) return 5
  if (unit.name.includes(typed)) return 4
  if (unit.initials.startsWith(typed) || ownInitials(unit).startsWith(typed)) return 3
  if (`${unit.district ?? ''} ${unit.street ?? ''}`.includes(typed)) return 2
  return typed.length > 1 && unit.initials.includes(typed) ? 1 : 0
}

/**
 * Units that fit, by level: those of the city, of its districts, of its streets and towns; the level of the best and the
 * best in each first. What fits by letters within a name alone is offered where nothing fits better.
 */
export function unitsFound(units: readonly UnitShown[], given: string) {
  const typed = given.trim().toLowerCase()
  const fits = units.map(unit => ({ unit, fit: typed === '' ? 1 : fit(unit, typed) }))
  const best = fits.reduce((most, one) => Math.max(most, one.fit), 0)
  const found = fits.filter(one => one.fit > (best > 1 ? 1 : 0)).toSorted((one, other) => other.fit - one.fit)
  return levels
    .map(level => ({ level, items: found.filter(({ unit }) => levelOf(unit) === level) }))
    .filter(({ items }) => items.length > 0)
    .toSorted((one, other) => (other.items[0]?.fit ?? 0) - (one.items[0]?.fit ?? 0))
    .map(({ level, items }) => ({
      level,
      items: items.map(({ unit }) => ({ id: unit.id, text: unit.name, aside: areaOf(unit) })),
    }))
}
