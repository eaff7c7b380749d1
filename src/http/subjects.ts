import { accountRoutes } from './account/routes.ts'
import { assistantRoutes } from './assistant/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { callbackRoutes } from './callbacks/routes.ts'
import { ladderRoutes } from './callers/ladder.ts'
import { callerRoutes } from './callers/routes.ts'
import { dialRoutes } from './calls/dial.ts'
import { callRoutes } from './calls/routes.ts'
import { captionRoutes } from './captions/routes.ts'
import { catalogueRoutes } from './catalogue/routes.ts'
import { catalogueVersionRoutes } from './catalogue/versions.ts'
import { cityRoutes } from './city/routes.ts'
import { draftFileRoutes } from './drafts/files.ts'
import { kindModelRoutes } from './drafts/models.ts'
import { draftRoutes } from './drafts/routes.ts'
import { featureRoutes } from './features/routes.ts'
import { floorRoutes } from './floor/routes.ts'
import { flowRoutes } from './flows/routes.ts'
import { currentIncidentRoutes, incidentRoutes } from './incidents/routes.ts'
import { keyRoutes } from './keys/routes.ts'
import { toldKnowledgeRoutes } from './knowledge/at-seat.ts'
import { knowledgeRoutes } from './knowledge/routes.ts'
import { closingRoutes } from './orders/closings.ts'
import { dispatchRoutes } from './orders/dispatch.ts'
import { dispatchCatalogueRoutes } from './orders/dispatch-catalogue.ts'
import { erasureRoutes } from './orders/erasure.ts'
import { evidenceRoutes } from './orders/evidence.ts'
import { inboxRoutes } from './orders/inbox.ts'
import { questionRoutes } from './orders/questions.ts'
import { returnRoutes } from './orders/returns.ts'
import { orderRoutes } from './orders/routes.ts'
import { supervisingRoutes } from './orders/supervising.ts'
import { togetherRoutes } from './orders/together.ts'
import { planningRoutes } from './planning/routes.ts'
import { programRoutes } from './programs/routes.ts'
import { recordingRoutes } from './recordings/routes.ts'
import { retentionRoutes } from './retention/routes.ts'
import type { Routes } from './route.ts'
import { ruleRoutes } from './rules/routes.ts'
import { seatRoutes } from './seats/routes.ts'
import { nameRoutes } from './staff/names.ts'
import { staffRoutes } from './staff/routes.ts'
import { bulletinRoutes } from './supervision/bulletins.ts'
import { deductionRoutes } from './supervision/deductions.ts'
import { supervisionRoutes } from './supervision/routes.ts'
import { linkRoutes } from './surveys/links.ts'
import { surveyRoutes } from './surveys/routes.ts'
import { trailRoutes } from './trail/routes.ts'

/** The routes under /api, behind token and session, in the order of the API's document. */
const guarded = [
  callRoutes,
  captionRoutes,
  recordingRoutes,
  seatRoutes,
  floorRoutes,
  incidentRoutes,
  knowledgeRoutes,
  toldKnowledgeRoutes,
  callbackRoutes,
  callerRoutes,
  ladderRoutes,
  cityRoutes,
  catalogueRoutes,
  catalogueVersionRoutes,
  ruleRoutes,
  featureRoutes,
  dialRoutes,
  flowRoutes,
  draftRoutes,
  draftFileRoutes,
  assistantRoutes,
  kindModelRoutes,
  inboxRoutes,
  returnRoutes,
  closingRoutes,
  supervisingRoutes,
  orderRoutes,
  togetherRoutes,
  dispatchRoutes,
  dispatchCatalogueRoutes,
  erasureRoutes,
  evidenceRoutes,
  planningRoutes,
  staffRoutes,
  accountRoutes,
  nameRoutes,
  programRoutes,
  keyRoutes,
  surveyRoutes,
  supervisionRoutes,
  deductionRoutes,
  bulletinRoutes,
  auditRoutes,
  trailRoutes,
  retentionRoutes,
] as const

/** Routes open to everybody, or to whoever holds a link. */
const open = [linkRoutes, questionRoutes, currentIncidentRoutes] as const

type Subject = (typeof guarded | typeof open)[number]
type AllOf<Parts> = (Parts extends unknown ? (part: Parts) => void : never) extends (all: infer All) => void
  ? All
  : never

/** Every room that routes need, by the name that they ask for. */
export type Served = AllOf<Parameters<Subject>[0]>

export type Subjects = { readonly api: readonly Routes[]; readonly open: readonly Routes[] }

/** All routes, over the rooms of this house. */
export const subjectsOf = (rooms: Served): Subjects => ({
  api: guarded.map(routes => routes(rooms)),
  open: open.map(routes => routes(rooms)),
})
