import type { ScoreRules } from './rules.ts'

/** What is known of a unit that is compared. */
export type RankableUnit = {
  readonly name: string
  /** The street or town, or the district, whose unit it is. */
  readonly area?: { readonly district: string; readonly street?: string | undefined } | undefined
}

/** With whom a unit is compared: those that the rules name together, streets with streets, districts with districts, and the rest. */
export function groupOf(
  id: string,
  unit: RankableUnit | undefined,
  { groups }: Pick<ScoreRules, 'groups'>,
): { readonly id: string; readonly name?: string; readonly english?: string } {
  const named = groups.find(({ units }) => units.includes(id))
  if (named) return { id: named.id, name: named.name, english: named.english }
  if (!unit?.area) return { id: 'department' }
  return { id: unit.area.street === undefined ? 'district' : 'street' }
}
