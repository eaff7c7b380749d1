import { z } from 'zod'
import { readJson } from '../../foundation/index.ts'
import { eachIdOnce, writtenId } from '../../foundation/schema.ts'

const text = z.string().min(1).max(64)

/** Where to send a citizen whose demand is beyond a unit's powers (Beijing's regulation, articles 11(2) and 11(5)). */
const channelSchema = z.strictObject({
  id: writtenId,
  name: text,
  /** English name, for the English pages. */
  english: text,
  /** Telephone number; empty if there is no single one. */
  line: z.string().max(20).default(''),
  /** The legal basis. */
  law: z.string().max(64).default(''),
})
export type Channel = Readonly<z.output<typeof channelSchema>>

export const channelsFile = z.strictObject({
  channels: z.array(channelSchema).min(1).superRefine(eachIdOnce),
})

const byLaw = '条例第十一条第二项'
const beyond = '条例第十一条第五项'

/** Used by a city without `channels.json`. */
export const shippedChannels: z.output<typeof channelsFile> = {
  channels: [
    { id: 'court', name: '诉讼', english: 'The courts', line: '12368', law: byLaw },
    { id: 'arbitration', name: '仲裁', english: 'Arbitration', line: '', law: byLaw },
    { id: 'discipline', name: '纪检监察', english: 'Discipline inspection', line: '12388', law: byLaw },
    { id: 'reconsideration', name: '行政复议', english: 'Administrative review', line: '', law: byLaw },
    { id: 'disclosure', name: '政府信息公开', english: 'Disclosure of information', line: '', law: byLaw },
    { id: 'petition', name: '信访', english: 'Petition', line: '', law: byLaw },
    { id: 'market', name: '市场或社会途径', english: 'The market, or society', line: '', law: beyond },
  ],
}

/** @param name of the file, for faults. @throws FaultList with every fault */
export const readChannels = (written: string, name: string): readonly Channel[] =>
  readJson(name, written, channelsFile, { code: 'rule-invalid' }).channels
