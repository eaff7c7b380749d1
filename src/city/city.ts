import { isSupportedCountry } from 'libphonenumber-js/max'
import { z } from 'zod'
import { readJson, readJsonFile } from '../foundation/index.ts'
import { type CitizenTexts, citizenTextsSchema } from './citizen-texts.ts'
import { dayAndNight } from './opening.ts'

const name = z.string().min(1).max(64)
const date = z.string().refine(isDate, { error: 'a date, as 2027-02-06' })

const holidaysSchema = z
  .record(
    z.string(),
    z.strictObject({
      /** Days off, the bridging ones included. */
      off: z.array(date).default([]),
      /** Saturdays and Sundays that are worked for them. */
      work: z.array(date).default([]),
    }),
  )
  .superRefine((years, context) => {
    for (const [year, { off, work }] of Object.entries(years)) {
      if (!/^\d{4}$/.test(year))
        context.addIssue({ code: 'custom', path: [year], message: 'a year, as 2027' })
      for (const [list, days] of [['off', off] as const, ['work', work] as const])
        for (const [index, day] of days.entries()) {
          const path = [year, list, index]
          if (!day.startsWith(year)) context.addIssue({ code: 'custom', path, message: `a day of ${year}` })
          if (list === 'work' && off.includes(day))
            context.addIssue({ code: 'custom', path, message: 'a day that is not in "off" as well' })
        }
    }
  })

const spanExpected = 'hours within one day, as 09:00-18:00'

const span = z
  .string({ error: spanExpected })
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: spanExpected })
  .transform(written => {
    const [fromMinute = 0, toMinute = 0] = written.split('-').map(minuteOf)
    return { fromMinute, toMinute }
  })
  .refine(({ fromMinute, toMinute }) => fromMinute < toMinute, { error: spanExpected })

const hoursOfDay = z.array(span, { error: 'a list of hours, as ["09:00-18:00"]; [] is closed' }).readonly()

/** All three kinds of day are required, so that nobody has to guess the hours of one that is missing. */
const openingHoursSchema = z.strictObject(
  { workday: hoursOfDay, restday: hoursOfDay, holiday: hoursOfDay },
  { error: 'hours of workday, restday and holiday, and of nothing else' },
)

/** What the city is and what it decides for the whole product. The defaults are the example city's values. */
const citySchema = z.strictObject({
  /** Whether this is the example city that ships with the product. Its knowledge base starts with the example entries. */
  example: z.boolean({ error: 'true or false' }).default(false),
  name: name.default('北京市'),
  english: name.default('Beijing'),
  /** ISO 3166-1 code: the country of numbers without a country code, and of the public holidays. */
  country: z
    .string()
    .refine(isSupportedCountry, { error: 'a country with telephone numbers, as CN' })
    .default('CN'),
  /** Completes a number that has no area code; written as it is dialled within the country. */
  areaCode: z
    .string()
    .regex(/^\d{1,6}$/, { error: 'digits, as 010' })
    .default('010'),
  timeZone: z
    .string()
    .refine(isTimeZone, { error: 'an IANA time zone, as Asia/Shanghai' })
    .default('Asia/Shanghai'),
  /** A caller who reaches a person within this time counts as answered soon (GB/T 33358-2016: 15 s). */
  soonSeconds: z.number().positive().max(600).default(15),
  /** The share of callers asking for a person who should reach one (GB/T 33358-2016: 95 %). */
  answerTarget: z.number().min(0).max(1).default(0.95),
  districts: z.array(z.strictObject({ name, streets: z.array(name).default([]) })).default([]),
  /** When people take calls, by kind of day. Outside these hours calls go through the flow `after-hours`. */
  openingHours: openingHoursSchema.default(dayAndNight),
  /** Days off and make-up working days by year, for notices that this version does not know yet. */
  holidays: holidaysSchema.default({}),
  /** The SMS that citizens and staff receive. */
  texts: citizenTextsSchema,
})

/** The part of the city's file that can be changed while the product runs. */
export const hoursSchema = citySchema.pick({ openingHours: true, holidays: true })

export type City = z.output<typeof citySchema>

export const exampleCity: City = citySchema.parse({})

/** Default path of the city's file. */
export const cityFile = './city.json'

/**
 * @param path of a JSON file. If there is no file at the default path, the example city is used.
 * @throws FaultList with every fault, located by its path in the file
 */
export async function readCity(path: string): Promise<City> {
  const whenAbsent = path === cityFile ? {} : undefined
  return readJsonFile(path, citySchema, { code: 'city-invalid', whenAbsent })
}

/** The texts in a city's file. @param name of the file, used in the places of faults. @throws FaultList */
export const readCitizenTexts = (text: string, name: string): CitizenTexts =>
  readJson(name, text, citySchema.pick({ texts: true }), { code: 'city-invalid' }).texts

/** The names of all districts and streets, for speech recognizers. */
export const placesOf = ({ districts }: Pick<City, 'districts'>): readonly string[] =>
  districts.flatMap(({ name, streets }) => [name, ...streets])

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00Z`).toJSON()?.slice(0, 10) === text
}

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
