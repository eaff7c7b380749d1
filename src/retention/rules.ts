import { z } from 'zod'
import { readJsonFile } from '../foundation/index.ts'
import { type KeptKind, keptKinds } from '../storage/index.ts'

/** For each kind its default name, its default retention in days, and the minimum. */
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
  // The Cybersecurity Law (art. 21) requires at least six months.
  trail: { name: '审计日志', days: 730, least: 183 },
}

const kindSchema = ({ name, days, least }: (typeof ordinary)[KeptKind]) =>
  z
    .strictObject({
      /** The city's name for this kind. */
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

/** The days for which each kind is kept. Defaults are our own choice unless a law is named. */
const rulesSchema = z.strictObject({
  ...kinds,
  /** Whether transcripts at the seat are kept even if nobody asked for captions. */
  seatTranscripts: z.boolean({ error: 'true or false' }).default(false),
})

export type RetentionRules = z.output<typeof rulesSchema>
export const ordinaryRetention: RetentionRules = rulesSchema.parse({})

/** Default path of the city's file. */
export const retentionFile = './retention.json'

/**
 * @param path of a JSON file. If there is no file at the default path, the default rules hold.
 * @param days from older settings, which take precedence over the file
 * @throws FaultList with every fault, located by its place in the file
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
