import { z } from 'zod'
import { readJson } from '../../foundation/index.ts'
import { eachIdOnce, writtenId } from '../../foundation/schema.ts'

const text = z.string().min(1).max(64)

const groundSchema = z.strictObject({
  id: writtenId,
  name: text,
  /** English name, for the English pages. */
  english: text,
  /** The legal basis, for reviewers. */
  law: z.string().max(200).default(''),
})
export type ReturnGround = Readonly<z.output<typeof groundSchema>>

export const groundsFile = z.strictObject({
  grounds: z.array(groundSchema).min(1).superRefine(eachIdOnce),
})

/** Grounds of Beijing's regulation of 2021, for a city without `grounds.json`. */
export const shippedGrounds = {
  grounds: [
    { id: 'not-our-duty', name: '不属于本单位职责', english: 'Not our duty', law: '条例第十二条' },
    { id: 'other-district', name: '不在本辖区', english: 'Another district', law: '条例第十二条' },
    {
      id: 'needs-lead-department',
      name: '需主管部门牵头',
      english: 'Needs the department in charge',
      law: '条例第十二条、第十四条',
    },
    { id: 'legal-channel', name: '应走法定途径', english: 'Has a channel by law', law: '条例第十一条第二项' },
    { id: 'facts-missing', name: '诉求不清，无法办理', english: 'Facts are missing', law: '' },
  ],
}

/** @param name of the file, for faults. @throws FaultList with every fault */
export const readGrounds = (text: string, name: string): readonly ReturnGround[] =>
  readJson(name, text, groundsFile, { code: 'rule-invalid' }).grounds
