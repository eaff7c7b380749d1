/**
 * The callers' flows (IVR). Flows are data, read and checked into a graph; a pure step function decides what happens; a
 * short runner performs it. In every flow key 0 leads to a person, and if anything fails the call still goes on. The same
 * step function runs in a simulator, where written calls serve as tests.
 */

export { flowBrings } from './brings.ts'
export {
  type CallFile,
  type CallStep,
  callJsonSchema,
  type Expectation,
  readCallFile,
  readWorld,
} from './call-file.ts'
export { type FlowConversation, startConversation } from './converse.ts'
export { type Crowd, createFlowCrowd, type FlowCrowd } from './crowd.ts'
export type { Action, FlowDoors } from './doors.ts'
export { type Box, type Chart, type ChartWay, chartOf } from './draw/chart.ts'
export { type Layout, layOut } from './draw/layout.ts'
export { curve, drawFlow, labelPlaces } from './draw/svg.ts'
export { labelWord, verbWord } from './draw/words.ts'
export { type Entrances, flowFor } from './entrance.ts'
export type { FlowEnd, FlowEvent, QueueOutcome } from './events.ts'
export type { Audience, Flow, FlowSet, Node, Prompt } from './flow.ts'
export { flowJsonSchema } from './grammar.ts'
export { inputsOf } from './inputs.ts'
export { languageJsonSchema } from './language-file.ts'
export { createFlowLibrary, type FlowLibrary, type InUse } from './library.ts'
export type { FlowNeed, FlowNeeds } from './needs.ts'
export type { OrderStatus } from './order-status.ts'
export { openStatusFile } from './order-statuses/file.ts'
export { type FlowSource, readFlows } from './read.ts'
export { compareEvents, type Deed, type RehearsalStage, rehearse, rehearseOn } from './rehearse.ts'
export { runFlow } from './run.ts'
export {
  estimatedMs,
  ordinaryWorld,
  type SimulatedEvent,
  type Simulation,
  simulate,
  type WithoutTime,
  type World,
} from './simulate.ts'
export { beginning, type Step, step } from './step.ts'
export type { BranchFacts, CallerFacts, Effect, FlowState, Input, Values } from './turn.ts'
export { firstUtterancesOf, placeUtterancesOf, utterancesOf } from './utterances.ts'
export { incidentAffects, incidentTold } from './verbs/incidents.ts'
export { emergencyReason, languageSkills } from './verbs/queue.ts'
export { type Lengths, measure, samplesOf } from './verify/lengths.ts'
export { englishWords, type Lived, liveThrough, type PathWords, tellPath } from './verify/path.ts'
export {
  type Failure,
  type FlowVerdict,
  proveFlows,
  type TimeToPerson,
  type Verdict,
  verify,
} from './verify/verify.ts'
export type { FileDiff } from './versions/diff.ts'
export type { FlowsRefusal } from './versions/keeper.ts'
export { flowMigrations } from './versions/migrations.ts'
export { type Prove, prove } from './versions/proof.ts'
export type { FlowUse, FlowVersion, ProvedFlow } from './versions/version.ts'
export { type FlowChange, type Flows, openFlows } from './versions/versions.ts'
export { doorsTo } from './world-doors.ts'
