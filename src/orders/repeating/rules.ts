import { z } from 'zod'
import { readJson, readJsonFile } from '../../foundation/index.ts'

const share = z.number().min(0.05).max(1)

/**
 * When an order may repeat another. Of pairs of texts from one place with a similarity of 0.3, 24 of 28 were the
 * same matter (`triage/nearby.ts`); no city has published a value.
 */
const repeatRulesSchema = z.strictObject({
  /** Only orders of this many last days are compared. */
  days: z.int().min(1).max(366).default(30),
  /** Least similarity of two texts: the share of three-character runs in common. */
  words: share.default(0.3),
  /** Least similarity for the same kind or the same caller. */
  wordsOfSame: share.default(0.15),
  /**
   * Least similarity of two places on one street: the share of the shorter one's character pairs found in the
   * other.
   */
  place: share.default(0.5),
})
export type RepeatRules = Readonly<z.output<typeof repeatRulesSchema>>

/** @param name of the file, for faults. @throws FaultList with every fault */
export const readRepeatRules = (text: string, name: string): RepeatRules =>
  readJson(name, text, repeatRulesSchema, { code: 'rule-invalid' })

/** @param path of a JSON file; if it does not exist, the shipped rules apply. @throws FaultList with every fault */
export const readRepeatFile = (path: string): Promise<RepeatRules> =>
  readJsonFile(path, repeatRulesSchema, { code: 'rule-invalid', whenAbsent: {} })
