import { z } from 'zod'
import { readJson } from '../../foundation/index.ts'
import { limitSchema } from '../limit.ts'
import { everyUrgency, writeAll } from '../profile.ts'
import { textRulesSchema } from '../texting/rules.ts'
import { supervisionLevelSchema } from './api.ts'

const issuerSchema = z.enum(['dispatcher', 'supervisor', 'street', 'district'], {
  error: 'one of dispatcher, supervisor, street, district',
})
/** Who may issue an instruction: at the centre, or the unit of the street or of the district where the order is. */
export type Issuer = z.output<typeof issuerSchema>

const level = (...issuers: readonly Issuer[]) =>
  z
    .strictObject({
      issuers: z
        .array(issuerSchema)
        .min(1)
        .readonly()
        .default(() => [...issuers]),
      /** From the instruction until its unit has to have answered. */
      limit: everyUrgency(limitSchema).prefault({
        urgent: { minutes: 30 },
        livelihood: { hours: 4 },
        general: { hours: 24 },
        complex: { workdays: 2 },
      }),
    })
    .prefault({})

/** DESIGN, all but the three levels and what a problem order is: no city has published who issues, or how long a unit has. */
export const levelsFile = z.strictObject({
  street: level('dispatcher', 'supervisor', 'street', 'district'),
  district: level('supervisor', 'district'),
  city: level('supervisor'),
  /** At which levels the lateness of an order issues one by itself. */
  late: z.array(supervisionLevelSchema).readonly().default([]),
  /** Problem orders rise by themselves: opened again so often, or so many units and none that leads. */
  problems: z
    .strictObject({
      redone: z.int().min(1).default(3),
      units: z.int().min(2).default(3),
      level: supervisionLevelSchema.default('district'),
    })
    .prefault({}),
  /** Texts to units and those who supervise them. */
  texts: textRulesSchema,
})

/** How units are supervised in three levels, and when texts tell them. */
export type LevelRules = z.output<typeof levelsFile>

/** @param name of the file in places of faults. @throws FaultList with every fault */
export const readLevels = (text: string, name: string): LevelRules =>
  readJson(name, text, levelsFile, { code: 'rule-invalid' })

const writeLevel = ({ issuers, limit }: LevelRules['city']) => ({ issuers, limit: writeAll(limit) })

export const writeLevels = ({ street, district, city, ...others }: LevelRules) => ({
  street: writeLevel(street),
  district: writeLevel(district),
  city: writeLevel(city),
  ...others,
})
