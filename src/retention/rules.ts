import { z } from 'zod'
import { readJsonFile } from '../foundation/index.ts'
import { type KeptKind, keptKinds } from '../storage/index.ts'

/** What each kind is called where nobody says otherwise, for how many days it is kept, and the fewest. */
const ordinary: Readonly<
  Record<KeptKind, { readonly name: string; readonly days: number; readonly least: number }>
> = {
  journal: { name: '通话记录', days: 1095, least: 1 },
  keys: { name: '按键记录', days: 30, least: 0 },
  recordings: { name: '录音和留言', days: 90, least: 0 },
  transcripts: { name: '通话文字记录', days: 30, least: 0 },
  texts: { name: '短信存件', days: 30, least: 0 },
  evidence: { name: '办理佐证', days: 1825, least: 1 },
  marks: { name: '来电人标记和号码核实', days: 1095, least: 1 },
  jobs: { name: '后台任务', days: 30, least: 1 },
  callbacks: { name: '回拨中的号码', days: 365, least: 1 },
  drafts: { name: '工单草稿', days: 30, least: 1 },
  // The Cybersecurity Law (art. 21) asks for six months at least.
  trail: { name: '审计日志', days: 730, least: 183 },
}

const kindSchema = ({ name, days, least }: (typeof ordinary)[KeptKind]) =>
  z
    .strictObject({
      /** As people of this city call it. */
      name: z.string().min(1).max(40).default(name),
      days: z
        .int({ error: `a whole number of days from ${least} to 36500` })
        .min(least, { error: `at least ${least} days` })
        .max(36_500, { error: 'at most 36500 days' })
        .default(days),
    })
    .prefault({})

const kinds = Object.fromEntries(keptKinds.map(kind => [kind, kindSchema(ordinary[kind])])) as Record<
  KeptKind,
  ReturnType<typeof kindSchema>
>

/** Each kind with the days that it is kept; what a city does not say holds as it ships. DESIGN where no law is named. */
const rulesSchema = z.strictObject({
  ...kinds,
  /** Whether what seats read along is kept, too, of calls in which nobody asked for captions. */
  seatTranscripts: z.boolean({ error: 'true or false' }).default(false),
})

export type RetentionRules = z.output<typeof rulesSchema>
export const ordinaryRetention: RetentionRules = rulesSchema.parse({})

/** Where the city's file lies unless a setting says otherwise. */
export const retentionFile = './retention.json'

/**
 * @param path of a JSON file. Where none lies at the usual place, the ordinary rules hold.
 * @param days that older settings say of a kind, which count before the file's
 * @throws FaultList with every fault, by its place in the file
 */
export async function readRetentionRules(
  path: string,
  days: Partial<Record<KeptKind, number>> = {},
): Promise<RetentionRules> {
  const whenAbsent = path === retentionFile ? {} : undefined
  const rules = await readJsonFile(path, rulesSchema, { code: 'rule-invalid', whenAbsent })
  const said = Object.entries(days).filter(([, count]) => count !== undefined) as [KeptKind, number][]
  return {
    ...rules,
    ...Object.fromEntries(said.map(([kind, count]) => [kind, { ...rules[kind], days: count }])),
  }
}
