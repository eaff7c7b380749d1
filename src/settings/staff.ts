import { z } from 'zod'
import { type OpenIdOptions, type Role, roles } from '../staff/index.ts'
import { type Conflict, count, type GroupValues, sealedUrl } from './values.ts'

const listedRoles = (text: string) =>
  text
    .split(',')
    .map(role => role.trim())
    .filter(Boolean)

/** The city's own sign-in for staff, by OpenID Connect. */
export const staffSettings = {
  /** The city's own sign-in for staff, by OpenID Connect. */
  OIDC_ISSUER: sealedUrl.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  /** The claim that tells what somebody may do, and which of its values stands for which role. */
  OIDC_ROLE_CLAIM: z.string().default('roles'),
  OIDC_ROLES: z
    .string()
    .default('seat=seat,dispatcher=dispatcher,supervisor=supervisor,unit=unit,auditor=auditor,admin=admin')
    .transform(text => text.split(',').map(pair => pair.split('=').map(part => part.trim())))
    .pipe(
      z.array(z.tuple([z.string().min(1), z.enum(roles)]), {
        error: `pairs between commas, as hotline-seats=seat, each of ${roles.join(', ')}`,
      }),
    ),
  OIDC_NAME_CLAIM: z.string().default('preferred_username'),
  OIDC_UNIT_CLAIM: z.string().default('unit'),
  /** How long a member with new rights, or a new password, takes part in no decision of two persons. */
  SECOND_PERSON_HOURS: count(24, 0, 168),
  /** Roles whose members need a second factor beside a password. */
  SECOND_FACTOR_ROLES: z
    .string()
    .default('')
    .transform(text => listedRoles(text))
    .pipe(z.array(z.enum(roles), { error: `roles between commas, each of ${roles.join(', ')}` })),
  /** How long a session lasts, whatever is done. */
  SESSION_HOURS: count(12, 1, 24),
  /** After how many minutes without anybody there a session ends, by role; a seat whose page is open is there. */
  SESSION_IDLE_MINUTES: z
    .string()
    .default('seat=600,dispatcher=60,supervisor=30,unit=60,auditor=30,admin=30')
    .transform(text => text.split(',').map(pair => pair.split('=').map(part => part.trim())))
    .pipe(
      z.array(z.tuple([z.enum(roles), z.string().regex(/^([1-9]\d{0,2}|1[0-3]\d\d|14[0-3]\d|1440)$/)]), {
        error: `pairs between commas, as admin=30, each of ${roles.join(', ')} and minutes from 1 to 1440`,
      }),
    ),
}

export const staffSecrets = ['OIDC_CLIENT_SECRET']

type StaffSettings = GroupValues<typeof staffSettings>

export const staffConflicts = (settings: StaffSettings): readonly Conflict[] => [
  {
    met:
      settings.OIDC_ISSUER === undefined ||
      (settings.OIDC_CLIENT_ID !== undefined && settings.OIDC_CLIENT_SECRET !== undefined),
    place: 'OIDC_ISSUER',
    found: 'an issuer alone',
    expected: 'OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, as the provider gave them',
  },
]

/** How long sessions last, and how long without anybody there; a role that is not named has the whole time. */
export function sessionLimitsOf(settings: StaffSettings) {
  const sessionMs = settings.SESSION_HOURS * 3_600_000
  const minutes = new Map(settings.SESSION_IDLE_MINUTES.map(([role, text]) => [role, Number(text)]))
  const secondFactorOf = settings.SECOND_FACTOR_ROLES
  return {
    sessionMs,
    secondFactorOf,
    idleMs: (role: Role) => (minutes.get(role) ?? settings.SESSION_HOURS * 60) * 60_000,
  }
}

/** The city's own sign-in, where there is one. */
export function openIdOptionsOf(settings: StaffSettings): OpenIdOptions | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = settings
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined
  return {
    issuer,
    clientId,
    clientSecret,
    roleClaim: settings.OIDC_ROLE_CLAIM,
    roleOf: new Map(settings.OIDC_ROLES),
    nameClaim: settings.OIDC_NAME_CLAIM,
    unitClaim: settings.OIDC_UNIT_CLAIM,
  }
}
