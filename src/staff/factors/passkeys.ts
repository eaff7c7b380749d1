import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { z } from 'zod'
import { Fault, reasonOf } from '../../foundation/index.ts'
import type { Member, PasskeyAnswer } from '../api.ts'
import type { StoredFactor } from './store.ts'

/** Where people find us, as browsers see it: passkeys are bound to it. */
export type Site = { readonly origin: string }

/** A quarter of a second and 20 MB, for those alone who use a passkey. */
const library = () => import('@simplewebauthn/server')

const material = z.object({ publicKey: z.string(), transports: z.array(z.string()).optional() })
type Material = z.output<typeof material>

const hostOf = ({ origin }: Site) => new URL(origin).hostname
const listed = (factors: readonly StoredFactor[]) =>
  factors.map(({ id, ...kept }) => ({ id, transports: material.parse(JSON.parse(kept.material)).transports }))

/** What a browser is asked to make (WebAuthn Level 3, section 5.4), as a second factor beside a password. */
export const askToMake = async (site: Site, { name, display }: Member, known: readonly StoredFactor[]) =>
  (await library()).generateRegistrationOptions({
    rpName: '接听 12345',
    rpID: hostOf(site),
    userName: name,
    userDisplayName: display,
    attestationType: 'none',
    excludeCredentials: listed(known),
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
  })

/** @throws Fault `passkey-refused` */
export async function readMade(
  site: Site,
  response: PasskeyAnswer,
  challenge: string,
): Promise<Pick<StoredFactor, 'id' | 'material' | 'last'>> {
  const { verifyRegistrationResponse } = await library()
  const made = await verifyRegistrationResponse({
    // Parsed to its shape; what stands in it the library holds against what a browser may say.
    response: response as unknown as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: hostOf(site),
    requireUserVerification: false,
  }).catch(cause => {
    throw refused(cause)
  })
  if (!made.verified) throw refused()
  const { id, publicKey, counter, transports } = made.registrationInfo.credential
  const kept: Material = { publicKey: Buffer.from(publicKey).toString('base64url'), transports }
  return { id, material: JSON.stringify(kept), last: counter }
}

/** What a browser is asked to prove. */
export const askToProve = async (site: Site, known: readonly StoredFactor[]) =>
  (await library()).generateAuthenticationOptions({
    rpID: hostOf(site),
    allowCredentials: listed(known),
    userVerification: 'preferred',
  })

/** @returns the passkey, with its new count. @throws Fault `passkey-refused` */
export async function readProof(
  site: Site,
  response: PasskeyAnswer,
  challenge: string,
  known: readonly StoredFactor[],
): Promise<Pick<StoredFactor, 'id' | 'last'>> {
  const passkey = known.find(({ id }) => id === response.id)
  if (!passkey) throw refused()
  const { publicKey, transports } = material.parse(JSON.parse(passkey.material))
  const { verifyAuthenticationResponse } = await library()
  const proof = await verifyAuthenticationResponse({
    response: response as unknown as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: hostOf(site),
    credential: {
      id: passkey.id,
      publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')),
      counter: passkey.last,
      transports,
    },
    requireUserVerification: false,
  }).catch(cause => {
    throw refused(cause)
  })
  if (!proof.verified) throw refused()
  return { id: passkey.id, last: proof.authenticationInfo.newCounter }
}

const refused = (cause?: unknown) =>
  new Fault({
    code: 'passkey-refused',
    place: 'passkey',
    found: cause === undefined ? 'no passkey of this member' : `what does not hold (${reasonOf(cause)})`,
    expected: 'the answer of a browser to what it was asked a moment ago',
    cause,
  })
