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
  /** Numbers to remind by text. */
  phones: z.array(phone).default([]),
  /** Number by which an agent can ask the unit into a call. */
  telephone: phone.optional(),
  /** Level one of supervision: the street's, or the department's own. */
  supervisors: z.array(phone).default([]),
  /** Number and hours for citizens, as agents tell them. */
  line: z
    .string()
    .regex(/^(\+?\d[\d-]{2,19})?$/, { error: 'a telephone number of 3 to 20 digits and hyphens, or nothing' })
    .default(''),
  hours: z.string().max(64).default(''),
  /** The street, town or district that the unit belongs to. */
  area: z.strictObject({ district: text, street: text.optional() }).optional(),
  /** The unit that took over when this one was dissolved; open orders go there. */
  successor: writtenId.optional(),
})

const categorySchema = z.strictObject({
  id: writtenId,
  name: text,
  /** English name, for the English pages. */
  english: text,
  urgency: urgencySchema,
  /** The default unit; another may be named when the order is made. */
  unit: writtenId,
  /** Often raised by elders: the first feedback is due within the fast track's limit, whoever calls. */
  elder: z.boolean().default(false),
  /** Whether a closing needs at least one piece of evidence. */
  evidence: z.boolean().default(false),
})

const profilesFile = z.strictObject({ profiles: z.record(writtenId, profileSchema) })
const unitsFile = z.strictObject({
  units: z.array(unitSchema).min(1),
  /** Levels two and three: whom the district and the city notify at 150 and 200 %. */
  supervision: z.strictObject({
    district: z.array(phone),
    city: z.array(phone),
    /** Whom to remind of orders that wait for dispatch. */
    dispatch: z.array(phone).default([]),
  }),
})
const catalogueFile = z.strictObject({
  categories: z.array(categorySchema).min(1),
  /** The files accepted as evidence. */
  evidence: evidenceRulesSchema.prefault({}),
})

export type Unit = z.output<typeof unitSchema>
export type Category = z.output<typeof categorySchema>

/** A city's rules for orders, read from files. */
export type OrderRules = {
  readonly profile: Profile
  readonly units: ReadonlyMap<string, Unit>
  readonly categories: ReadonlyMap<string, Category>
  readonly evidence: EvidenceRules
  readonly supervision: Readonly<Record<'district' | 'city' | 'dispatch', readonly string[]>>
  /** Grounds for which a unit may return an order. */
  readonly grounds: ReadonlyMap<string, ReturnGround>
  readonly territory: Territory
  /** The dispatch catalogue; without rows, each kind's own units apply. */
  readonly dispatch: DispatchRules
  /** Text templates for units. */
  readonly templates: readonly UnitTemplate[]
  /** Channels for what is beyond a unit's duty. */
  readonly channels: ReadonlyMap<string, Channel>
  /** Rules for checking closings. */
  readonly closings: ClosingRules
  /** Supervision in three levels. */
  readonly levels: LevelRules
  /** When an order may repeat another. */
  readonly repeats: RepeatRules
}

/** The contents of `units.json`. */
export type UnitRules = Pick<OrderRules, 'units' | 'supervision'>

/** @param name of the file, for faults. @throws FaultList with every fault */
export function readUnits(text: string, name: string): UnitRules {
  const { units, supervision } = readJson(name, text, unitsFile, { code })
  const place = (at: number) => placeInText(name, text, ['units', at, 'id'])
  const again = repeatedIn(units).map(({ id, at, first }) => twice(id, place(at), place(first)))
  const wrong = [...again, ...wrongAmong(units, (at, field) => placeInText(name, text, ['units', at, field]))]
  if (wrong.length > 0) throw new FaultList(wrong)
  return { units: byId(units), supervision }
}

/**
 * Reads `profiles.json`, `units.json` and `catalogue.json`, and, as far as they exist, `grounds.json`,
 * `templates.json`, `levels.json`, `dispatch.json`, `closings.json`, `channels.json` and `repeats.json`.
 * @param profile name of the profile that applies here
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

/** A map by id, in the same order. */
export const byId = <One extends { readonly id: string }>(all: readonly One[]): ReadonlyMap<string, One> =>
  new Map(all.map(one => [one.id, one]))

/** Faults among units: two for one place, or a successor that does not exist or leads back. */
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

/** Whether its chain of successors ends at an existing unit. */
function isLast(units: ReadonlyMap<string, Unit>, id: string): boolean {
  const last = units.get(successorOf(units, id))
  return last !== undefined && last.successor === undefined
}

/** Ids that occur again in a list: with two units of one id, it would be unclear which gets the orders. */
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

/** Names of categories and units as they are spoken, for speech recognition. */
export function wordsOf({ categories, units }: OrderRules): readonly string[] {
  return [...categories.values(), ...units.values()].flatMap(({ name }) => name.split('、'))
}

/** Telephone numbers of those who handle and supervise orders. */
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
