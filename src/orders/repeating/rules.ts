import { z } from 'zod'
import { readJson, readJsonFile } from '../../foundation/index.ts'

const share = z.number().min(0.05).max(1)

/**
 * When an order may repeat another. Of two texts of one place that are 0.3 alike, 24 of 28 were the same matter
 * (`triage/nearby.ts`); no city has published a value.
 */
const repeatRulesSchema = z.strictObject({
  /** Orders that came within so many days. */
  days: z.int().min(1).max(366).default(30),
  /** How like two texts have to be: the share of runs of three characters that they have in common. */
  words: share.default(0.3),
  /** The same, of one kind of the catalogue or of one caller. */
  wordsOfSame: share.default(0.15),
  /** How like two places of one street have to be: of the shorter one's pairs of characters, the share that the other has. */
  place: share.default(0.5),
})
export type RepeatRules = Readonly<z.output<typeof repeatRulesSchema>>

/** @param name of the file in places of faults. @throws FaultList with every fault */
export const readRepeatRules = (text: string, name: string): RepeatRules =>
  readJson(name, text, repeatRulesSchema, { code: 'rule-invalid' })

/** @param path of a JSON file; what is shipped where there is none. @throws FaultList with every fault */
export const readRepeatFile = (path: string): Promise<RepeatRules> =>
  readJsonFile(path, repeatRulesSchema, { code: 'rule-invalid', whenAbsent: {} })
