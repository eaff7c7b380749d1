import { z } from 'zod'
import { readJson } from '../../foundation/index.ts'
import { limitSchema } from '../limit.ts'
import { everyUrgency, writeAll } from '../profile.ts'
import { textRulesSchema } from '../texting/rules.ts'
import { supervisionLevelSchema } from './api.ts'

const issuerSchema = z.enum(['dispatcher', 'supervisor', 'street', 'district'], {
  error: 'one of dispatcher, supervisor, street, district',
})
/** Who may issue an instruction: roles at the centre, or the unit of the order's street or district. */
export type Issuer = z.output<typeof issuerSchema>

const level = (...issuers: readonly Issuer[]) =>
  z
    .strictObject({
      issuers: z
        .array(issuerSchema)
        .min(1)
        .readonly()
        .default(() => [...issuers]),
      /** From the instruction until the unit's answer. */
      limit: everyUrgency(limitSchema).prefault({
        urgent: { minutes: 30 },
        livelihood: { hours: 4 },
        general: { hours: 24 },
        complex: { workdays: 2 },
      }),
    })
    .prefault({})

/**
 * DESIGN, except for the three levels and the meaning of a problem order: no city has published who issues
 * instructions, or how long a unit has.
 */
export const levelsFile = z.strictObject({
  street: level('dispatcher', 'supervisor', 'street', 'district'),
  district: level('supervisor', 'district'),
  city: level('supervisor'),
  /** Levels at which lateness issues an instruction automatically. */
  late: z.array(supervisionLevelSchema).readonly().default([]),
  /**
   * Problem orders, which rise automatically: reopened this often, or returned among this many units without a
   * lead.
   */
  problems: z
    .strictObject({
      redone: z.int().min(1).default(3),
      units: z.int().min(2).default(3),
      level: supervisionLevelSchema.default('district'),
    })
    .prefault({}),
  /** Texts to units and their supervisors. */
  texts: textRulesSchema,
})

/** Rules of the three levels of supervision, and of when texts are sent. */
export type LevelRules = z.output<typeof levelsFile>

/** @param name of the file, for faults. @throws FaultList with every fault */
export const readLevels = (text: string, name: string): LevelRules =>
  readJson(name, text, levelsFile, { code: 'rule-invalid' })

const writeLevel = ({ issuers, limit }: LevelRules['city']) => ({ issuers, limit: writeAll(limit) })

export const writeLevels = ({ street, district, city, ...others }: LevelRules) => ({
  street: writeLevel(street),
  district: writeLevel(district),
  city: writeLevel(city),
  ...others,
})
