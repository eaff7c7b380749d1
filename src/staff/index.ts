/**
 * Staff: members with a role, their passwords and second factors, their sessions, and sign-in by the city's OpenID provider.
 * It knows nothing of cookies and pages; the room `http` carries a session's secret.
 */

export type { Member, Role } from './api.ts'
export { staffBrings } from './brings.ts'
export type { Claims, OpenId, OpenIdJourney, OpenIdOptions } from './claims.ts'
export { reportedStaff } from './events.ts'
export { type MemberWithPassword, roles } from './member.ts'
export { staffMigrations } from './migrations.ts'
export { createOpenId } from './openid.ts'
export { type Owed, owedFault } from './owed.ts'
export { reportedPrograms } from './program-events.ts'
export { openPrograms, type Program, type Programs } from './programs.ts'
export type { HeldSession } from './sessions.ts'
export { openStaff, type Staff, type StaffOptions } from './staff.ts'
export type { CameFrom, SignedIn } from './ways-in.ts'
