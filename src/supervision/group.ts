import type { ScoreRules } from './rules.ts'

/** What is known of a unit to compare. */
export type RankableUnit = {
  readonly name: string
  /** The street, town or district that the unit belongs to. */
  readonly area?: { readonly district: string; readonly street?: string | undefined } | undefined
}

/** The group that a unit is compared in: the rules' own groups first, then streets, districts and the rest. */
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
