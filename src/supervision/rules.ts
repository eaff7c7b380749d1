import { z } from 'zod'
import { type LiveValue, readJson, readJsonFile } from '../foundation/index.ts'
import { eachIdOnce, writtenId } from '../foundation/schema.ts'
import { type RuleSubject, ruleSubject } from '../rulebook/index.ts'
import { noticeSchema } from './deductions/api.ts'

const text = z.string().min(1).max(64)

const groupSchema = z.strictObject({
  id: writtenId,
  name: text,
  /** English name, for the English pages. */
  english: text,
  units: z.array(writtenId).min(1),
})

const deduction = (points: number, notice: z.output<typeof noticeSchema>) =>
  z
    .strictObject({
      points: z.number().min(0).max(100).default(points),
      notice: noticeSchema.default(notice),
    })
    .prefault({})

/**
 * Rules for comparing units. DESIGN throughout: 国办函〔2025〕66号 asks that nobody be ranked by a single figure, and no
 * text says how large a group must be, or how few answers are too few.
 */
const scoreRulesSchema = z.strictObject({
  /** A unit with fewer answers in the month is shown without a rank. */
  least: z.int().positive().default(30),
  /** Size classes within a group, by closings of the month: from 0, and from each of these. */
  sizes: z
    .array(z.int().positive())
    .refine(sizes => sizes.every((size, at) => at === 0 || size > (sizes[at - 1] ?? 0)), {
      error: 'numbers that grow',
    })
    .default([200, 1000]),
  /** The points for each reason, and where it is announced; no text publishes amounts. */
  deductions: z
    .strictObject({
      'push-away': deduction(2, 'district'),
      'false-close': deduction(5, 'city'),
      overdue: deduction(1, 'unit'),
      rude: deduction(2, 'unit'),
      leak: deduction(5, 'city'),
    })
    .prefault({}),
  /** Units that belong to no street or district and are compared separately from departments. */
  groups: z
    .array(groupSchema)
    .superRefine(eachIdOnce)
    .superRefine((groups, context) => {
      const taken = new Map<string, string>()
      for (const [at, group] of groups.entries()) {
        if (reserved.has(group.id))
          context.addIssue({
            code: 'custom',
            message: 'an id that no group has',
            input: group.id,
            path: [at, 'id'],
          })
        for (const [place, unit] of group.units.entries()) {
          const other = taken.get(unit)
          if (other !== undefined)
            context.addIssue({
              code: 'custom',
              message: `a unit of one group; ${other} has it`,
              input: unit,
              path: [at, 'units', place],
            })
          taken.set(unit, group.id)
        }
      }
    })
    .default([]),
})

/** Ids of the groups that units are in by their nature. */
const reserved: ReadonlySet<string> = new Set(['street', 'district', 'department'])

export type ScoreRules = z.output<typeof scoreRulesSchema>

/** Used by a city without rules of its own. */
export const ordinaryScores: ScoreRules = scoreRulesSchema.parse({})

const code = 'rule-invalid'

/**
 * @param path of a JSON file; if it does not exist, the shipped rules apply. @throws FaultList with every fault, by
 * its path in the file
 */
export const readScoreFile = (path: string): Promise<ScoreRules> =>
  readJsonFile(path, scoreRulesSchema, { code, whenAbsent: {} })

/** As `readScoreFile`, for text. @param name of the file, for faults */
export const readScoreText = (written: string, name: string): ScoreRules =>
  readJson(name, written, scoreRulesSchema, { code })

/** The subject of rules for comparing units. Units are judged by it, so two persons change it. */
export const scoresSubject = (rules: LiveValue<ScoreRules>, file: string): RuleSubject =>
  ruleSubject<ScoreRules>({
    name: 'scores',
    file,
    needsSecond: true,
    first: rules.current(),
    read: readScoreText,
    write: value => value,
    hold: next => rules.use(next),
  })
