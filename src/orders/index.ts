/**
 * Promises kept: a demand becomes a work order whose clock starts at the first ring and is never reset. Units sign,
 * report, return, ask for extensions and close; those concerned are told as time runs out. An order is the fold of
 * its events: replaying them gives the same lights and the same lateness.
 */

export { type CitizenAsked, questionEndsAt } from './asking/question.ts'
export { orderBrings } from './brings.ts'
export { dueAt, latenessMs, levelOf, lightAt, lightsOf, type OrderClock, reviewDueAt } from './clocks.ts'
export type { ClosedOrder } from './closed-order.ts'
export type { Command, NewOrder } from './command.ts'
export type { OrderContact } from './contact.ts'
export { dispatchSubject, placesOf } from './dispatching/dispatch-subject.ts'
export { checkDispatchFile } from './dispatching/written-dispatch.ts'
export type { Actor, Answer, OrderEvent } from './event.ts'
export { keepPieces } from './evidence.ts'
export type { EvidenceStore } from './evidence-store.ts'
export { keepsInFolder } from './evidence-stores/folder.ts'
export type { OrderFaultCode } from './faults.ts'
export type { OrderFollower } from './follower.ts'
export type { CoTask } from './helping/task.ts'
export { orderQueues } from './jobs.ts'
export type { OrderLines } from './list.ts'
export { masksNumbers } from './mask.ts'
export { allClocks } from './merging/merged.ts'
export { orderMigrations } from './migrations.ts'
export { grouped, isOrderNumber, type OrderNumber, readOrderNumber } from './number.ts'
export type { History, Order } from './order.ts'
export { type Orders, openOrders } from './orders.ts'
export { type SeenHistory, unitIdOf } from './reader.ts'
export { undecidedIn } from './repeating/telling-apart.ts'
export { reportedOrders } from './reported.ts'
export {
  channelsSubject,
  closingsSubject,
  createLiveRules,
  groundsSubject,
  levelsSubject,
  limitsSubject,
  repeatsSubject,
  templatesSubject,
  unitsSubject,
} from './rule-subjects.ts'
export { handlerPhones, type OrderRules, readOrderRules, wordsOf } from './rules.ts'
export { openOrderScreens } from './screens.ts'
export { type ListQuery, type OrderLine, unitHasOrders } from './store.ts'
export { instructionShown, levelOfInstruction, siteCheckShown } from './supervising/shown.ts'
