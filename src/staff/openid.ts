import type { Configuration } from 'openid-client'
import { Fault, reasonOf } from '../foundation/index.ts'
import { memberOf, type OpenId, type OpenIdOptions } from './claims.ts'

/** The library, loaded at the first sign-in. */
const library = () => import('openid-client')

/** Discovers the provider's configuration at the first sign-in, so that the hotline starts even if it is away. */
export function createOpenId(options: OpenIdOptions): OpenId {
  const { issuer, clientId, clientSecret } = options
  let found: Promise<Configuration> | undefined

  const discover = async (): Promise<Configuration> => {
    const { discovery, enableNonRepudiationChecks, allowInsecureRequests } = await library()
    return discovery(new URL(issuer), clientId, clientSecret, undefined, {
      // Verify signatures even of tokens that came directly from the provider. Allow plain HTTP only on loopback.
      execute: [enableNonRepudiationChecks, ...(isLoopback(issuer) ? [allowInsecureRequests] : [])],
      timeout: 10,
    })
  }
  const provider = (): Promise<Configuration> => {
    found ??= discover().catch((error: unknown) => {
      found = undefined
      throw away(issuer, error)
    })
    return found
  }

  return {
    async leave(back) {
      const config = await provider()
      const oidc = await library()
      const journey = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      }
      const to = oidc.buildAuthorizationUrl(config, {
        redirect_uri: back,
        scope: 'openid profile',
        code_challenge: await oidc.calculatePKCECodeChallenge(journey.verifier),
        code_challenge_method: 'S256',
        state: journey.state,
        nonce: journey.nonce,
      })
      return { to: to.href, journey }
    },

    async arrive(at, { state, nonce, verifier }) {
      const config = await provider()
      const { authorizationCodeGrant } = await library()
      const tokens = await authorizationCodeGrant(config, new URL(at), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      }).catch((error: unknown) => {
        throw refused(error)
      })
      const claims = tokens.claims()
      if (!claims) throw refused(new Error('no ID token'))
      return memberOf(claims, options)
    },
  }
}

const isLoopback = (issuer: string) => ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(issuer).hostname)

const away = (issuer: string, cause: unknown) =>
  new Fault({
    code: 'openid-away',
    place: 'OIDC_ISSUER',
    found: `no provider at ${issuer} (${reasonOf(cause)})`,
    expected: 'an OpenID provider that answers at /.well-known/openid-configuration',
    cause,
  })

const refused = (cause: unknown) =>
  new Fault({
    code: 'openid-refused',
    place: 'the way back from the provider',
    found: `no sign-in that holds (${reasonOf(cause)})`,
    expected: 'to begin again at the sign-in page',
    cause,
  })
