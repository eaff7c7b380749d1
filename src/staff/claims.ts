import { z } from 'zod'
import { Fault, onOneLine } from '../foundation/index.ts'
import type { Member, Role } from './api.ts'
import type { StaffFaultCode } from './faults.ts'
import { checkUnit, roles } from './member.ts'

/** Claims of the provider about a person; the signature is verified, the content not yet. */
export type Claims = Readonly<Record<string, unknown>> & { readonly iss: string; readonly sub: string }

export type OpenIdOptions = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** The claim that determines the role, and the role for each of its values; the first match counts. */
  readonly roleClaim: string
  readonly roleOf: ReadonlyMap<string, Role>
  readonly nameClaim: string
  readonly unitClaim: string
}

/** What we must keep between sending a browser to the provider and its return. */
export type OpenIdJourney = { readonly state: string; readonly nonce: string; readonly verifier: string }

/** Sign-in by the city's OpenID provider (OpenID Connect Core 1.0, authorization code flow with PKCE). */
export type OpenId = {
  /** @param back URL to which the provider returns the browser. @throws Fault `openid-away` */
  leave(back: string): Promise<{ readonly to: string; readonly journey: OpenIdJourney }>
  /** @param at the complete URL to which the browser returned. @throws Fault `openid-refused`, `openid-away`, and as `memberOf` */
  arrive(at: string, journey: OpenIdJourney): Promise<{ readonly member: Member; readonly subject: string }>
}

const values = z.union([z.string().transform(text => [text]), z.array(z.string())])
const name = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,31}$/i)

/**
 * The member described by the provider's claims.
 * @throws Fault `openid-no-role`, `openid-name`, `unit-missing`
 */
export function memberOf(
  claims: Claims,
  { roleClaim, roleOf, nameClaim, unitClaim }: OpenIdOptions,
): { readonly member: Member; readonly subject: string } {
  const given = values.safeParse(claims[roleClaim]).data ?? []
  const mapped = new Set(given.flatMap(value => roleOf.get(value) ?? []))
  const role = roles.findLast(one => mapped.has(one))
  if (role === undefined)
    throw fault('openid-no-role', roleClaim, 'no value that stands for a role', 'one of OIDC_ROLES')
  const called = name.safeParse(claims[nameClaim])
  if (!called.success)
    throw fault(
      'openid-name',
      nameClaim,
      'no name that fits',
      '1 to 32 letters, digits, dots, dashes; or another claim, by OIDC_NAME_CLAIM',
    )
  const unit = role === 'unit' ? z.string().min(1).safeParse(claims[unitClaim]).data : undefined
  const display =
    z.string().transform(onOneLine).pipe(z.string().min(1).max(64)).safeParse(claims.name).data ?? called.data
  const member = { name: called.data, display, role, unit }
  checkUnit(member)
  return { member, subject: `${claims.iss} ${claims.sub}` }
}

const fault = (code: StaffFaultCode, claim: string, found: string, expected: string) =>
  new Fault({ code, place: `claim ${claim}`, found, expected })
