import type { DraftFields, Offering, SuggestionShown } from '../../http/contract.ts'
import type { HeldSuggestions } from './held.ts'

/** What an order of a kind has to say, by what tells that it was said. */
const rules: readonly {
  readonly items: RegExp
  readonly heard: readonly Offering['field'][]
  isWritten(fields: DraftFields): boolean
}[] = [
  {
    items: /地址|位置|地点|小区|路段|路名|楼号|社区|场所|^村$/,
    heard: ['place'],
    isWritten: ({ place = '' }) => place.trim() !== '',
  },
  { items: /何时|时间|日期|起止|月份/, heard: ['since'], isWritten: () => false },
  { items: /金额|价格|费用/, heard: ['amount'], isWritten: () => false },
  { items: /室温|温度/, heard: ['temperature'], isWritten: () => false },
  { items: /车牌|车号/, heard: ['plate'], isWritten: () => false },
  { items: /老人|小孩|人数|多少户|受影响/, heard: ['affected'], isWritten: () => false },
  { items: /姓名|户主/, heard: [], isWritten: ({ name = '' }) => name.trim() !== '' },
  {
    items: /^(问题|事项|诉求|情况|现象|内容|经过|办理事项|异常情况)$/,
    heard: [],
    isWritten: ({ matter = '' }) => matter.trim().length >= 4,
  },
]

/** What an order of this kind has to say and nobody has said yet: what to ask next. */
export const missingOf = (
  form: readonly string[],
  fields: DraftFields,
  proposals: readonly Pick<Offering, 'field'>[],
): readonly string[] =>
  form.filter(item => {
    if ((fields.matter ?? '').includes(item)) return false
    const rule = rules.find(({ items }) => items.test(item))
    return !rule || !(rule.isWritten(fields) || proposals.some(({ field }) => rule.heard.includes(field)))
  })

type Found = SuggestionShown['found'][number]

/** So likely must another be that the two are to be told apart. */
const inDoubt = 0.05
const sureEnough = 0.8

/**
 * Questions that tell the first from what it is easily taken for: only where that is in doubt. Nobody who said that water is cut
 * off in the whole quarter is asked whether it is.
 */
export function doubtsOf(held: Pick<HeldSuggestions, 'found' | 'isUnsure'>): Found['ask'] {
  const [first, ...others] = held.found
  if (!first) return []
  const isLikely = (is: string) => others.some(({ object, sure }) => object === is && sure >= inDoubt)
  return first.ask.filter(({ is }) => held.isUnsure || first.sure < sureEnough || isLikely(is))
}
