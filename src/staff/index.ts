/**
 * Who works here and may see what: members with a role, their passwords, the sessions they have open, and the way in
 * by the city's own OpenID provider. It knows no cookie and no page; the front desk carries a session's secret for it.
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
