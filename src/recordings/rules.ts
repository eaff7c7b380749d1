import { z } from 'zod'
import { readJsonFile } from '../foundation/index.ts'
import { listenerSchema, sheetSchema } from './api.ts'

const seconds = { error: 'a whole number of seconds from 10 to 600' }

/** Whether conversations are recorded, and who may hear them: nothing is recorded unless a city says so. */
const rulesSchema = z.strictObject({
  isOn: z.boolean({ error: 'true or false' }).default(false),
  /** The lines whose callers are recorded. */
  lines: z
    .array(z.enum(['sip', 'twilio', 'browser'], { error: 'sip, twilio or browser' }))
    .default(['sip', 'twilio', 'browser']),
  /** Beside administrators. */
  mayListen: z.array(listenerSchema).default(['supervisor']),
  /** A pause ends by itself after so long: an agent forgets. */
  pauseSeconds: z.int(seconds).min(10, seconds).max(600, seconds).default(120),
  sheets: z
    .array(sheetSchema)
    .refine(all => new Set(all.map(({ id }) => id)).size === all.length, {
      error: 'sheets with ids of their own',
    })
    .default([]),
})

export type RecordingRules = Readonly<z.output<typeof rulesSchema>>
export const noRecordings: RecordingRules = rulesSchema.parse({})

/** Where the city's file lies unless a setting says otherwise. */
export const recordingsFile = './recordings.json'

/**
 * @param path of a JSON file. Where none lies at the usual place, nothing is recorded.
 * @param isOn what the environment says, which counts before the file
 * @throws FaultList with every fault, by its place in the file
 */
export async function readRecordingRules(path: string, isOn?: boolean): Promise<RecordingRules> {
  const whenAbsent = path === recordingsFile ? {} : undefined
  const rules = await readJsonFile(path, rulesSchema, { code: 'rule-invalid', whenAbsent })
  return isOn === undefined ? rules : { ...rules, isOn }
}
