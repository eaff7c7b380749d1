/**
 * The HTTP interface of the hotline: API, pages, health and figures. The kernel knows no subject; each subject has
 * a folder with its routes and views, over its room's door.
 */

export type { Problem, Readiness } from './api.ts'
export { openHttps } from './https.ts'
export { createKeys, type Keys } from './keys/keys.ts'
export type { Mounts } from './mounts.ts'
export { checkAddress, type FrontDesk, type FrontDeskOptions, openFrontDesk } from './open.ts'
export type { Routes } from './route.ts'
export { type Served, subjectsOf } from './subjects.ts'
export { type ApiToken, readOrMakeToken, readToken } from './token.ts'
export { seatStands } from './words/people.ts'
