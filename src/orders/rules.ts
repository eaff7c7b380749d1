import { join } from 'node:path'
import { z } from 'zod'
import { allOf, Fault, FaultList, placeInJson, readJsonFile } from '../foundation/index.ts'
import { urgencySchema } from './api.ts'
import { type EvidenceRules, evidenceRulesSchema } from './evidence.ts'
import { type Profile, profileSchema } from './profile.ts'

const id = z
  .string({ error: 'a name' })
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: 'lower-case letters, digits and hyphens' })
const phone = z.string().regex(/^\+?\d{3,15}$/, { error: 'a telephone number of 3 to 15 digits' })
const text = z.string().min(1).max(64)

const unitSchema = z.strictObject({
  id,
  name: text,
  /** Who is reminded by text message. */
  phones: z.array(phone).default([]),
  /** Where an agent rings it, to ask it into a call. */
  telephone: phone.optional(),
  /** Level one of supervision: the street's, or the department's own. */
  supervisors: z.array(phone).default([]),
})

const categorySchema = z.strictObject({
  id,
  name: text,
  /** Its name in English, for the English pages. */
  english: text,
  urgency: urgencySchema,
  /** The unit that gets the order; another may be named when it is made. */
  unit: id,
  /** Asked often by old people: the first feedback has to be there within the fast track's limit, whoever rings. */
  elder: z.boolean().default(false),
  /** A closing has to come with at least one piece of evidence. */
  evidence: z.boolean().default(false),
})

const profilesFile = z.strictObject({ profiles: z.record(id, profileSchema) })
const unitsFile = z.strictObject({
  units: z.array(unitSchema).min(1),
  /** Levels two and three: whom the district and the city send when 150 and 200 % are used up. */
  supervision: z.strictObject({ district: z.array(phone), city: z.array(phone) }),
})
const catalogueFile = z.strictObject({
  categories: z.array(categorySchema).min(1),
  /** Which files are taken as evidence. */
  evidence: evidenceRulesSchema.prefault({}),
})

export type Unit = z.output<typeof unitSchema>
export type Category = z.output<typeof categorySchema>

/** What a city decides about its orders: read once, from files. */
export type OrderRules = {
  readonly profile: Profile
  readonly units: ReadonlyMap<string, Unit>
  readonly categories: ReadonlyMap<string, Category>
  readonly evidence: EvidenceRules
  readonly supervision: { readonly district: readonly string[]; readonly city: readonly string[] }
}

/**
 * Reads `profiles.json`, `units.json` and `catalogue.json`.
 * @param profile the name of the one that holds here.
 * @throws FaultList with every fault, by file and path within it
 */
export async function readOrderRules(directory: string, profile: string): Promise<OrderRules> {
  const [profiles, units, catalogue] = await allOf([
    readJsonFile(join(directory, 'profiles.json'), profilesFile, { code }),
    readJsonFile(join(directory, 'units.json'), unitsFile, { code }),
    readJsonFile(join(directory, 'catalogue.json'), catalogueFile, { code }),
  ])
  const known = new Map(units.units.map(unit => [unit.id, unit]))
  const chosen = profiles.profiles[profile]
  const file = join(directory, 'catalogue.json')
  const unitless = catalogue.categories.flatMap(({ id, unit }, at) =>
    known.has(unit) ? [] : [{ id, unit, at }],
  )
  const faults = await Promise.all(
    unitless.map(async ({ id, unit, at }) => {
      const place = await placeInJson(file, ['categories', at, 'unit'])
      return ruleFault(`${place} ${id}.unit`, `"${unit}"`, 'a unit of units.json')
    }),
  )
  faults.push(
    ...(await twiceIn(join(directory, 'units.json'), 'units', units.units)),
    ...(await twiceIn(file, 'categories', catalogue.categories)),
  )
  if (!chosen)
    faults.push(
      ruleFault('ORDER_PROFILE', `"${profile}"`, `one of ${Object.keys(profiles.profiles).join(', ')}`),
    )
  if (!chosen || faults.length > 0) throw new FaultList(faults)
  return {
    profile: chosen,
    units: known,
    categories: new Map(catalogue.categories.map(category => [category.id, category])),
    evidence: catalogue.evidence,
    supervision: units.supervision,
  }
}

/** Ids that stand again in a list: of two units with one id, orders would go to one, and nobody could say to which. */
function twiceIn(file: string, list: string, entries: readonly { readonly id: string }[]) {
  const again = entries.flatMap((entry, at) => {
    const first = entries.findIndex(other => other.id === entry.id)
    return first < at ? [{ id: entry.id, at, first }] : []
  })
  return Promise.all(
    again.map(async ({ id, at, first }) =>
      ruleFault(
        await placeInJson(file, [list, at, 'id']),
        `"${id}" again`,
        `each id once; the first is at ${await placeInJson(file, [list, first, 'id'])}`,
      ),
    ),
  )
}

/** What citizens complain of and who answers for it, as it is said: for whoever has to recognize it. */
export function wordsOf({ categories, units }: OrderRules): readonly string[] {
  return [...categories.values(), ...units.values()].flatMap(({ name }) => name.split('、'))
}

/** The numbers of those who handle orders, and of those who supervise them. */
export const handlerPhones = ({ units, supervision }: Pick<OrderRules, 'units' | 'supervision'>) => [
  ...[...units.values()].flatMap(({ phones, supervisors, telephone }) => [
    ...phones,
    ...supervisors,
    ...(telephone === undefined ? [] : [telephone]),
  ]),
  ...supervision.district,
  ...supervision.city,
]

const code = 'rule-invalid'

const ruleFault = (place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })
