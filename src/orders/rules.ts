import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import {
  type DispatchRules,
  readDispatchFile,
  successorOf,
  type Territory,
  territoryOf,
} from '../catalogue/index.ts'
import {
  allOf,
  Fault,
  FaultList,
  placeInJson,
  placeInText,
  readJson,
  readJsonFile,
} from '../foundation/index.ts'
import { writtenId } from '../foundation/schema.ts'
import { urgencySchema } from './api.ts'
import { type Channel, channelsFile, shippedChannels } from './channels/channels.ts'
import { type ClosingRules, readClosingFile } from './checking/rules.ts'
import { type EvidenceRules, evidenceRulesSchema } from './evidence.ts'
import { type Profile, profileSchema } from './profile.ts'
import { type RepeatRules, readRepeatFile } from './repeating/rules.ts'
import { groundsFile, type ReturnGround, shippedGrounds } from './returning/grounds.ts'
import { shippedTemplates, templatesFile, type UnitTemplate } from './ruling/templates.ts'
import { type LevelRules, levelsFile } from './supervising/levels.ts'

const phone = z.string().regex(/^\+?\d{3,15}$/, { error: 'a telephone number of 3 to 15 digits' })
const text = z.string().min(1).max(64)

const unitSchema = z.strictObject({
  id: writtenId,
  name: text,
  /** Who is reminded by text message. */
  phones: z.array(phone).default([]),
  /** Where an agent rings it, to ask it into a call. */
  telephone: phone.optional(),
  /** Level one of supervision: the street's, or the department's own. */
  supervisors: z.array(phone).default([]),
  /** What citizens ring, and when somebody is there: told by agents, in the city's words. */
  line: z
    .string()
    .regex(/^(\+?\d[\d-]{2,19})?$/, { error: 'a telephone number of 3 to 20 digits and hyphens, or nothing' })
    .default(''),
  hours: z.string().max(64).default(''),
  /** The street or town, or the district, whose unit it is. */
  area: z.strictObject({ district: text, street: text.optional() }).optional(),
  /** The unit that has its work since it was dissolved: what is open goes there. */
  successor: writtenId.optional(),
})

const categorySchema = z.strictObject({
  id: writtenId,
  name: text,
  /** Its name in English, for the English pages. */
  english: text,
  urgency: urgencySchema,
  /** The unit that gets the order; another may be named when it is made. */
  unit: writtenId,
  /** Asked often by old people: the first feedback has to be there within the fast track's limit, whoever rings. */
  elder: z.boolean().default(false),
  /** A closing has to come with at least one piece of evidence. */
  evidence: z.boolean().default(false),
})

const profilesFile = z.strictObject({ profiles: z.record(writtenId, profileSchema) })
const unitsFile = z.strictObject({
  units: z.array(unitSchema).min(1),
  /** Levels two and three: whom the district and the city send when 150 and 200 % are used up. */
  supervision: z.strictObject({
    district: z.array(phone),
    city: z.array(phone),
    /** Who is reminded of what waits to be dispatched. */
    dispatch: z.array(phone).default([]),
  }),
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
  readonly supervision: Readonly<Record<'district' | 'city' | 'dispatch', readonly string[]>>
  /** For which a unit may return an order. */
  readonly grounds: ReadonlyMap<string, ReturnGround>
  readonly territory: Territory
  /** The dispatch catalogue; without rows the kinds themselves say who answers. */
  readonly dispatch: DispatchRules
  /** Texts that units begin with. */
  readonly templates: readonly UnitTemplate[]
  /** Where what is beyond a unit’s duty goes. */
  readonly channels: ReadonlyMap<string, Channel>
  /** What closings are read by. */
  readonly closings: ClosingRules
  /** Supervision in three levels. */
  readonly levels: LevelRules
  /** When an order may repeat another. */
  readonly repeats: RepeatRules
}

/** What `units.json` says. */
export type UnitRules = Pick<OrderRules, 'units' | 'supervision'>

/** @param name of the file in places of faults. @throws FaultList with every fault */
export function readUnits(text: string, name: string): UnitRules {
  const { units, supervision } = readJson(name, text, unitsFile, { code })
  const place = (at: number) => placeInText(name, text, ['units', at, 'id'])
  const again = repeatedIn(units).map(({ id, at, first }) => twice(id, place(at), place(first)))
  const wrong = [...again, ...wrongAmong(units, (at, field) => placeInText(name, text, ['units', at, field]))]
  if (wrong.length > 0) throw new FaultList(wrong)
  return { units: byId(units), supervision }
}

/**
 * Reads `profiles.json`, `units.json` and `catalogue.json`, and `grounds.json`, `templates.json`, `levels.json`, `closings.json` and `repeats.json` where there are such.
 * @param profile the name of the one that holds here.
 * @throws FaultList with every fault, by file and path within it
 */
export async function readOrderRules(directory: string, profile: string): Promise<OrderRules> {
  const [
    profiles,
    units,
    catalogue,
    { grounds },
    { templates },
    levels,
    dispatch,
    closings,
    { channels },
    repeats,
  ] = await allOf([
    readJsonFile(join(directory, 'profiles.json'), profilesFile, { code }),
    readJsonFile(join(directory, 'units.json'), unitsFile, { code }),
    readJsonFile(join(directory, 'catalogue.json'), catalogueFile, { code }),
    readJsonFile(join(directory, 'grounds.json'), groundsFile, { code, whenAbsent: shippedGrounds }),
    readJsonFile(join(directory, 'templates.json'), templatesFile, { code, whenAbsent: shippedTemplates }),
    readJsonFile(join(directory, 'levels.json'), levelsFile, { code, whenAbsent: {} }),
    readDispatchFile(join(directory, 'dispatch.json'), { code }),
    readClosingFile(join(directory, 'closings.json')),
    readJsonFile(join(directory, 'channels.json'), channelsFile, { code, whenAbsent: shippedChannels }),
    readRepeatFile(join(directory, 'repeats.json')),
  ])
  const known = byId(units.units)
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
  const unitsPath = join(directory, 'units.json')
  const written = await readFile(unitsPath, 'utf8')
  faults.push(
    ...(await twiceIn(unitsPath, 'units', units.units)),
    ...wrongAmong(units.units, (at, field) => placeInText(unitsPath, written, ['units', at, field])),
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
    grounds: byId(grounds),
    templates,
    levels,
    categories: byId(catalogue.categories),
    evidence: catalogue.evidence,
    supervision: units.supervision,
    territory: territoryOf(units.units),
    dispatch,
    closings,
    channels: byId(channels),
    repeats,
  }
}

/** By their ids, in their order. */
export const byId = <One extends { readonly id: string }>(all: readonly One[]): ReadonlyMap<string, One> =>
  new Map(all.map(one => [one.id, one]))

/** What is wrong with units beside each other: two of one street, a successor that is none or leads back. */
function wrongAmong(
  units: readonly Unit[],
  place: (at: number, field: 'area' | 'successor') => string,
): readonly Fault[] {
  const known = new Map(units.map(unit => [unit.id, unit]))
  const firsts = new Map<string, string>()
  return units.flatMap(({ id, area, successor }, at) => {
    const key = area && `${area.district}${area.street ?? ''}`
    const first = key === undefined ? undefined : firsts.get(key)
    if (key !== undefined && first === undefined) firsts.set(key, id)
    return [
      ...(first === undefined
        ? []
        : [ruleFault(place(at, 'area'), `${key} again`, `one unit for a place; ${first} has it`)]),
      ...(successor === undefined || isLast(known, id)
        ? []
        : [ruleFault(place(at, 'successor'), `"${successor}"`, 'another unit, whose successors end')]),
    ]
  })
}

/** Whether its successors end at a unit that is there and has none. */
function isLast(units: ReadonlyMap<string, Unit>, id: string): boolean {
  const last = units.get(successorOf(units, id))
  return last !== undefined && last.successor === undefined
}

/** Ids that stand again in a list: of two units with one id, orders would go to one, and nobody could say to which. */
function repeatedIn(entries: readonly { readonly id: string }[]) {
  return entries.flatMap(({ id }, at) => {
    const first = entries.findIndex(other => other.id === id)
    return first < at ? [{ id, at, first }] : []
  })
}

const twiceIn = (file: string, list: string, entries: readonly { readonly id: string }[]) => {
  const place = (at: number) => placeInJson(file, [list, at, 'id'])
  return Promise.all(
    repeatedIn(entries).map(async ({ id, at, first }) => twice(id, await place(at), await place(first))),
  )
}

const twice = (id: string, place: string, first: string) =>
  ruleFault(place, `"${id}" again`, `each id once; the first is at ${first}`)

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
  ...supervision.dispatch,
]

const code = 'rule-invalid'

const ruleFault = (place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })
