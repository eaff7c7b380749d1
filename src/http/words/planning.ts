import type { Plan } from '../../planning/api.ts'
import { both, type Words } from './words.ts'

/** Kinds of days in staffing plans. */
export const dayKindWords: Readonly<Record<Plan['day'], Words>> = {
  workday: both('工作日', 'Working day'),
  restday: both('休息日', 'Day of rest'),
  holiday: both('节假日', 'Holiday'),
}

/** Refusals of staffing plans. */
export const planRefusals = {
  'handling-unknown': both('不知道一通来电要处理多久', 'It is not known how long a call takes'),
  'plan-invalid': both('测算不了', 'That cannot be planned'),
} as const
