/**
 * Callbacks that the city owes: each caller who was not served has a row, written with the fact that shows it, and
 * stays in the order of their INVITE until a person has served them. A citizen is owed one callback at a time,
 * however often they were lost; each callback is taken by one agent; a promise in words was a row before the words
 * were spoken.
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
