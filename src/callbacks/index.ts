/**
 * Calls that the city owes: whoever rang and was not served has a row here, written with the fact that shows it, and
 * stays in the order of their INVITE until a person has served them. Each citizen is owed one at a time, whatever
 * happened how often; each is taken by one agent; what was promised in words was a row before the words were spoken.
 */

export type { CallbackCounts, CallbackPage, CallbackView } from './api.ts'
export { callbackBrings } from './brings.ts'
export type { Callback } from './callback.ts'
export { callbackMoves, callbackStates } from './callback-state.ts'
export { type CallbackChecks, type CallbackOptions, type Callbacks, openCallbacks } from './callbacks.ts'
export type { CallbackActor } from './decide.ts'
export type { CallbackFaultCode } from './faults.ts'
export { afterOpen, nextTryAt } from './hours.ts'
export { callbackQueues } from './jobs.ts'
export { keepWords } from './keep-words.ts'
export { keepCallbacks } from './kept-calls.ts'
export { leadCallbacks } from './led-calls.ts'
export { type CallStory, type StoryLoss, storyOf } from './loss.ts'
export { callbackMigrations } from './migrations.ts'
export { dueAt, type Pace, type Working } from './pace.ts'
export { promiseCallback } from './promises.ts'
export { type CallbackRules, ordinaryCallbackRules } from './rules.ts'
