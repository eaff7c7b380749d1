import type { FlowNeeds } from '../ivr/index.ts'
import { surveyFlow, surveyNeeds } from '../surveys/index.ts'

/** What rooms have to find in the flows that they use; a flow that lacks it may answer and ring nobody. */
export const flowNeeds: FlowNeeds = { [surveyFlow]: surveyNeeds }
