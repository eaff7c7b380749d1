/** A small OpenID provider: discovery, authorization code with PKCE, an ID token signed with RS256. It signs in whom the test says. */
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

type Code = { readonly nonce: string; readonly challenge: string; readonly back: string }

export async function openProvider() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { privateKey: strangeKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const codes = new Map<string, Code>()
  const asked: string[] = []
  let claims: Record<string, unknown> = { sub: 'u-1' }
  let isForger = false
  let nonceIsOld = false

  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', issuer)
      asked.push(url.pathname)
      const json = (value: unknown, status = 200) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
      }
      switch (url.pathname) {
        case '/.well-known/openid-configuration':
          return json({
            issuer,
            authorization_endpoint: `${issuer}/authorize`,
            token_endpoint: `${issuer}/token`,
            jwks_uri: `${issuer}/keys`,
            response_types_supported: ['code'],
            subject_types_supported: ['public'],
            id_token_signing_alg_values_supported: ['RS256'],
            code_challenge_methods_supported: ['S256'],
          })
        case '/keys':
          return json({
            keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }],
          })
        case '/authorize': {
          const query = url.searchParams
          const code = randomUUID()
          const back = query.get('redirect_uri') ?? ''
          codes.set(code, {
            nonce: query.get('nonce') ?? '',
            challenge: query.get('code_challenge') ?? '',
            back,
          })
          const to = `${back}?${new URLSearchParams({ code, state: query.get('state') ?? '' })}`
          return response.writeHead(302, { location: to }).end()
        }
        case '/token': {
          const form = new URLSearchParams(await text(request))
          const code = codes.get(form.get('code') ?? '')
          codes.delete(form.get('code') ?? '')
          const challenge = createHash('sha256')
            .update(form.get('code_verifier') ?? '')
            .digest('base64url')
          const knows =
            form.get('client_secret') === 'client-secret' || request.headers.authorization !== undefined
          if (!code || !knows || code.challenge !== challenge || code.back !== form.get('redirect_uri'))
            return json({ error: 'invalid_grant' }, 400)
          const now = Math.floor(Date.now() / 1000)
          const nonce = nonceIsOld ? 'an-old-one' : code.nonce
          const id = { iss: issuer, aud: 'hotline', iat: now, exp: now + 60, nonce, ...claims }
          return json({
            access_token: randomUUID(),
            token_type: 'Bearer',
            id_token: signed(id, isForger ? strangeKey : privateKey),
          })
        }
        default:
          return json({}, 404)
      }
    })()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`

  return {
    issuer,
    asked,
    /** Who sits in front of the browser. */
    isUsedBy(given: Record<string, unknown>) {
      claims = given
    },
    forges: (really: boolean) => {
      isForger = really
    },
    repeatsNonces: (really: boolean) => {
      nonceIsOld = really
    },
    async close() {
      server.closeAllConnections()
      await once(server.close(), 'close')
    },
  }
}

function signed(payload: object, key: Parameters<typeof sign>[2]): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const head = `${part({ alg: 'RS256', kid: 'k1', typ: 'JWT' })}.${part(payload)}`
  return `${head}.${sign('RSA-SHA256', Buffer.from(head), key).toString('base64url')}`
}
