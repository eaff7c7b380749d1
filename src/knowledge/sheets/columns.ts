import type { ContentField } from '../entry.ts'

/** A table's columns by their heads; a head may also be the field's own name. */
export const columns: Readonly<Record<ContentField, string>> = {
  question: '问题',
  wordings: '其他问法',
  text: '播报文本',
  conditions: '适用条件',
  papers: '所需材料',
  steps: '办理步骤',
  places: '办理地点',
  hours: '办理时间',
  law: '依据',
  unit: '单位',
  kinds: '事项',
  districts: '适用区',
  validFrom: '生效日期',
  validUntil: '截止日期',
  order: '来源工单',
  example: '示例',
}

export const fieldOfColumn = (head: string): ContentField | undefined => {
  const plain = head.trim().replace(/[*＊：:]$/, '')
  const found = Object.entries(columns).find(([field, name]) => name === plain || field === plain)
  return found?.[0] as ContentField | undefined
}

/** Fields that hold several items: one per line, or separated by semicolons. */
export const listFields: readonly ContentField[] = ['wordings', 'papers', 'steps', 'kinds', 'districts']
export const neededFields: readonly ContentField[] = ['question', 'text', 'unit', 'validUntil']

/** A row as it was read: its number as people count it, and its cells by field. */
export type SheetRow = {
  readonly row: number
  readonly cells: Readonly<Partial<Record<ContentField, string>>>
}
