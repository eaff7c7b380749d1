import type { Form } from './form.ts'
import { knowledgeForms } from './forms/knowledge.ts'
import { orderForms } from './forms/orders.ts'
import { planForms } from './forms/planning.ts'
import { recordingForms } from './forms/recordings.ts'
import { triageForms } from './forms/triage.ts'
import { planRefusals } from './planning.ts'
import { accessRefusals } from './refusals/access.ts'
import { callRefusals } from './refusals/calls.ts'
import { flowRefusals } from './refusals/flows.ts'
import { houseRefusals } from './refusals/house.ts'
import { knowledgeRefusals } from './refusals/knowledge.ts'
import { orderRefusals } from './refusals/orders.ts'
import { ruleRefusals } from './refusals/rules.ts'
import { surveyRefusals } from './refusals/surveys.ts'
import type { Words } from './words.ts'

/**
 * Every refusal in words for people, by fault code, for pages and the terminal. The terminal requires an entry for
 * every code of every room, so a code without words does not compile.
 */
export const refusalWords = {
  ...orderRefusals,
  ...ruleRefusals,
  ...surveyRefusals,
  ...callRefusals,
  ...accessRefusals,
  ...knowledgeRefusals,
  ...flowRefusals,
  ...houseRefusals,
  ...planRefusals,
} as const

export type RefusalCode = keyof typeof refusalWords

export const isRefusalCode = (code: string): code is RefusalCode => Object.hasOwn(refusalWords, code)

export const refusalOf = (code: string): Words | undefined =>
  isRefusalCode(code) ? refusalWords[code] : undefined

/** Patterns of all rooms' faults, with their Chinese: see `inChinese`. The first pattern that matches wins. */
export const roomForms: readonly Form[] = [
  ...planForms,
  ...recordingForms,
  ...orderForms,
  ...triageForms,
  ...knowledgeForms,
]
