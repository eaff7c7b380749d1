import type { FaultKinds } from '../foundation/schema.ts'

/** The fault codes of this room, with their kinds. */
export const surveyFaults = {
  'campaign-state': 'conflict',
  'campaign-unknown': 'missing',
  'exclusion-alone': 'conflict',
  'exclusion-asked': 'conflict',
  'exclusion-missing': 'conflict',
  'exclusion-reason': 'invalid',
  'link-late': 'away',
  'rule-invalid': 'invalid',
  'survey-open': 'conflict',
  'survey-unknown': 'missing',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    surveys: typeof surveyFaults
  }
}

export type SurveyFaultCode = keyof typeof surveyFaults
