import { z } from 'zod'
import { type City, exampleCity } from '../city/index.ts'
import { readJson, readJsonFile } from '../foundation/index.ts'

const clockTime = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: 'a time of day, as 09:30' })
  .transform(text => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)))
const minutes = z.int().positive()
const share = z.number().min(0).max(1)

/** Times from (inclusive) and until: one span for the morning and one for the afternoon. */
const hours = z.strictObject({
  morning: z.tuple([clockTime, clockTime]),
  afternoon: z.tuple([clockTime, clockTime]),
})
const times = (morning: [string, string], afternoon: [string, string]) => hours.parse({ morning, afternoon })

/**
 * Reasons to exclude an order from the rates. No city's list was found; these follow articles 11, 15 and 35 of
 * Beijing's rules.
 */
const exclusions = [
  'not-in-duty',
  'legal-channel',
  'duplicate',
  'secret',
  'illegal',
  'withdrawn',
  'refused-to-cooperate',
  'false-or-malicious',
  'objective-limit',
]

export type SurveyPlace = Pick<City, 'timeZone' | 'soonSeconds'>

/** A city's rules for survey calls, each with a default. DESIGN where no source is named: no Chinese rule was found. */
const rulesOf = ({ timeZone, soonSeconds }: SurveyPlace) =>
  z.strictObject({
    /** The file may repeat the city's time zone, but not name another. */
    timeZone: z.literal(timeZone, { error: `${timeZone}, as the city's file says` }).default(timeZone),
    /** When people may be rung; the US rule (16 CFR 310.4(c)) allows 8:00 to 21:00 at most. */
    hours: hours.default(times(['09:00', '12:00'], ['14:00', '20:00'])),
    elderHours: hours.default(times(['09:30', '11:30'], ['14:30', '17:30'])),
    /** From the closing until the first call. */
    delayMinutes: z
      .int()
      .min(0)
      .default(24 * 60),
    /** The number of attempts, each on another half-day and this far apart. */
    attempts: z.int().min(1).max(9).default(3),
    apartMinutes: minutes.default(240),
    /** A busy line is rung once more, this much later on the same half-day. */
    busyMinutes: minutes.default(30),
    /** Per number, whatever its orders. */
    numberPerDay: z.int().positive().default(2),
    linkHours: z.int().positive().default(72),
    /** How long it rings unanswered (Ofcom's and the FTC's rules: at least 15 s). */
    ringSeconds: z.int().min(15).max(120).default(30),
    campaign: z
      .strictObject({
        /** Concurrent calls, over all nodes. */
        lines: z.int().positive().max(10_000).default(10),
        perHour: z.int().positive().default(2000),
        /**
         * A citizen who asks for a person in a survey call must get one within this time; if a greater share does
         * not, the campaign stops (Ofcom 2006-2016: 3 % in 24 h).
         */
        personSeconds: z.int().positive().default(soonSeconds),
        personMissed: share.default(0.03),
        personWithinHours: z.int().positive().default(24),
        /** With fewer requests the share means nothing yet: one of one is no rate. DESIGN. */
        personLeast: z.int().positive().default(30),
      })
      .prefault({}),
    rates: z
      .strictObject({
        /** What a rate is a share of: the answers to its question, or all orders not excluded. */
        of: z.enum(['answered', 'asked'], { error: 'answered or asked' }).default('answered'),
        /** The share at which "solved in part" counts. */
        partly: share.default(0.5),
        /** Ratings up to this one count as satisfied: 1 is very satisfied, 3 fairly. */
        satisfiedUpTo: z.int().min(1).max(5).default(3),
        /** Weights of response, solved and satisfied in one figure (Jungar Banner publishes 30, 35 and 35). */
        weights: z
          .strictObject({ response: share, solved: share, satisfied: share })
          .default({ response: 0.3, solved: 0.35, satisfied: 0.35 }),
        exclusions: z.array(z.string().regex(/^[a-z][a-z-]*$/)).default(exclusions),
      })
      .prefault({}),
    /** Patterns that suggest that a unit told people what to press. */
    coached: z
      .strictObject({
        /** Units with fewer answers are not judged. */
        least: z.int().positive().default(30),
        /** The share of a unit's answers that are all the best. */
        allBest: share.default(0.98),
        /** The number of orders to which one number gave the best answers. */
        sameNumber: z.int().min(2).default(4),
        /** The number of a unit's links answered with the best within so many minutes. */
        links: z.int().min(2).default(5),
        linksWithinMinutes: minutes.default(10),
      })
      .prefault({}),
  })

export type SurveyRules = z.output<ReturnType<typeof rulesOf>>
export const ordinaryRules: SurveyRules = rulesOf(exampleCity).parse({})

/**
 * @param path of a JSON file with deviations; the ordinary rules when absent
 * @throws FaultList with every fault, by its path in the file
 */
export async function readSurveyRules(path: string | undefined, city: SurveyPlace): Promise<SurveyRules> {
  const schema = rulesOf(city)
  return path === undefined ? schema.parse({}) : readJsonFile(path, schema, { code: 'rule-invalid' })
}

/** As `readSurveyRules`, for text. @param name of the file, for faults. @throws FaultList as above */
export const readSurveyText = (text: string, name: string, city: SurveyPlace): SurveyRules =>
  readJson(name, text, rulesOf(city), { code: 'rule-invalid' })
