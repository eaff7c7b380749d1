import type { Clock, Log } from '../foundation/index.ts'
import { type FrontDeskDoors, readOrMakeSessionKey } from '../http/index.ts'
import type { Settings } from '../settings/index.ts'
import { createOpenId, openStaff, type Staff } from '../staff/index.ts'
import type { Database } from '../storage/index.ts'

type House = {
  readonly settings: Settings
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
}

export type StaffOffice = {
  readonly doors: FrontDeskDoors['staff']
  /** What seals cookies. */
  readonly sessionKey: Uint8Array
}

/** When somebody signs in, the staff room says who they are. */
export async function openStaffOffice({ settings, ...house }: House): Promise<StaffOffice> {
  const { SESSION_KEY, DATA_DIR } = settings
  const sessionKey =
    SESSION_KEY === undefined ? await readOrMakeSessionKey(DATA_DIR) : Buffer.from(SESSION_KEY, 'base64url')
  return { sessionKey, doors: staffDoors(openStaff({ ...house, openId: openIdOf(settings) })) }
}

function staffDoors({ notices, ...staff }: Staff): FrontDeskDoors['staff'] {
  return { ...staff, onOver: listen => void notices.on('over', ({ session }) => listen(session)) }
}

function openIdOf(settings: Settings) {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = settings
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined
  return createOpenId({
    issuer,
    clientId,
    clientSecret,
    roleClaim: settings.OIDC_ROLE_CLAIM,
    roleOf: new Map(settings.OIDC_ROLES),
    nameClaim: settings.OIDC_NAME_CLAIM,
    unitClaim: settings.OIDC_UNIT_CLAIM,
  })
}
