import { z } from 'zod'
import { readJson } from '../../foundation/index.ts'
import { eachIdOnce, writtenId } from '../../foundation/schema.ts'
import { templateUseSchema } from './api.ts'

const text = z.string().min(1).max(64)

const templateSchema = z.strictObject({
  id: writtenId,
  name: text,
  for: templateUseSchema,
  /** The text put into the field, to be completed. */
  text: z.string().min(1).max(1000),
})
export type UnitTemplate = Readonly<z.output<typeof templateSchema>>

export const templatesFile = z.strictObject({
  templates: z.array(templateSchema).superRefine(eachIdOnce),
})

/** Used by a city without `templates.json`. Facts that the citizen must be told are left as blanks to fill in. */
export const shippedTemplates: z.output<typeof templatesFile> = {
  templates: [
    { id: 'contacted', name: '已联系市民', for: 'progress', text: '已于＿月＿日电话联系市民，告知：' },
    { id: 'on-site', name: '已到现场', for: 'progress', text: '＿月＿日到现场查看，情况：；下一步：' },
    {
      id: 'solved',
      name: '已解决',
      for: 'close',
      text: '经查：。已采取措施：，于＿月＿日完成。已告知市民，联系人：，电话：。',
    },
    {
      id: 'explained',
      name: '解释说明',
      for: 'close',
      text: '市民反映的问题：。依据：。已向市民说明，市民表示：。',
    },
    { id: 'not-ours', name: '不属本单位职责', for: 'return', text: '依据：。该事项应由＿＿办理，理由：' },
    { id: 'where', name: '请补充地点', for: 'ask-citizen', text: '请告知具体地点（楼号、单元、门牌）：' },
    { id: 'when', name: '请约时间', for: 'ask-citizen', text: '工作人员需要上门查看，请告知方便的时间：' },
  ],
}

/** @param name of the file, for faults. @throws FaultList with every fault */
export const readTemplates = (text: string, name: string): readonly UnitTemplate[] =>
  readJson(name, text, templatesFile, { code: 'rule-invalid' }).templates
