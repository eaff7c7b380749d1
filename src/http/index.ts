/**
 * What people and programs ask of the hotline over HTTP, its health and its figures. The kernel knows no subject;
 * each subject has a folder with its routes and its views, over the door of its room.
 */

export type { Problem, Readiness } from './api.ts'
export { callbackRoutes } from './callbacks/routes.ts'
export { callerRoutes } from './callers/routes.ts'
export { dialRoutes } from './calls/dial.ts'
export { callRoutes } from './calls/routes.ts'
export { captionRoutes } from './captions/routes.ts'
export { cityRoutes } from './city/routes.ts'
export { floorRoutes } from './floor/routes.ts'
export { flowRoutes } from './flows/routes.ts'
export { currentIncidentRoutes, incidentRoutes } from './incidents/routes.ts'
export type { Mounts } from './mounts.ts'
export { checkAddress, type FrontDesk, type FrontDeskOptions, openFrontDesk } from './open.ts'
export { evidenceRoutes } from './orders/evidence.ts'
export { orderRoutes } from './orders/routes.ts'
export { planningRoutes } from './planning/routes.ts'
export type { Routes } from './route.ts'
export { seatRoutes } from './seats/routes.ts'
export { staffRoutes } from './staff/routes.ts'
export { linkRoutes } from './surveys/links.ts'
export { surveyRoutes } from './surveys/routes.ts'
export { type ApiToken, readOrMakeSessionKey, readOrMakeToken, readToken } from './token.ts'
