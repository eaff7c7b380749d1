import { createHash } from 'node:crypto'
import secureSession from '@fastify/secure-session'
import type { FastifyRequest } from 'fastify'
import { Fault, newSecret } from '../foundation/index.ts'
import type { Member, Role } from '../staff/api.ts'
import { type HeldSession, owedFault, type Staff } from '../staff/index.ts'
import type { App } from './server.ts'

/** A program that showed a token: the one of this installation may do all, another what its scopes say. */
export type AskingProgram = {
  /** As it is written down: `program` for the installation's own token, else `program:<name>`. */
  readonly program: string
  readonly scopes?: readonly string[]
}

/** Whoever asks: a program, or somebody who works here. */
export type Person = AskingProgram | { readonly member: Member; readonly session: string }

declare module 'fastify' {
  interface FastifyRequest {
    /** Known once a guard has let them in. */
    person: Person | null
  }
  interface FastifyContextConfig {
    /** Roles that may use a route beside admin, who may use all. */
    roles?: readonly Role[]
    /** Whether it is about the account of who asks: programs have none. */
    isForMembers?: boolean
    /** Whether it is open also to who owes something first, as a password of their own. */
    isOpenToOwing?: boolean
  }
}

/** What a cookie holds. It is sealed: a browser can give it back or not, and nothing else. */
type Kept = { readonly secret?: string; readonly journey?: Journey; readonly known?: Known }
/** A browser, and who has signed in here before: nobody outside can use up the tries that they have here. */
type Known = { readonly browser: string; readonly names: readonly string[] }
type Journey = {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly to: string
}

export const isProgram = (person: Person): person is AskingProgram => 'program' in person

/** Who has signed in, where it is no program. */
export const memberIn = (person: Person | null): Member | undefined =>
  person && !isProgram(person) ? person.member : undefined

/** Who is written down as the one who did it: the name by which they sign in, or the program's. */
export const writtenAs = (person: Person | null): string =>
  memberIn(person)?.name ?? (person && isProgram(person) ? person.program : 'program')

export type BrowserSessions = {
  /**
   * Whose session a request brings; undefined for nobody's.
   * @throws Fault `password-temporary` for who owes something first
   */
  of(request: FastifyRequest): Promise<HeldSession | undefined>
  /** The same, whatever they owe. */
  heldBy(request: FastifyRequest): Promise<HeldSession | undefined>
  /** By what a session is told from others, without asking whether it still holds: this house sealed the cookie. */
  nameOf(request: FastifyRequest): string | undefined
  /** Somebody is there: the session is not idle. */
  use(session: string): void
  /** @param name known in this browser from now on; none while the second step is owed @returns the secret that was open before. */
  begin(request: FastifyRequest, secret: string, name: string | undefined): string | undefined
  /** This browser's own name, where this member has signed in here before. */
  knows(request: FastifyRequest, name: string): string | undefined
  /** @returns the secret that was open. */
  end(request: FastifyRequest): string | undefined
  /** Keeps where somebody left for, while they are at the provider. */
  leave(request: FastifyRequest, journey: Journey): void
  arrive(request: FastifyRequest): Journey | undefined
}

export type SessionOptions = {
  /** 32 bytes that seal cookies, and those before them, by which a cookie is read and sealed anew. */
  readonly keys: readonly Uint8Array[]
  /** Where people find us, as https://12345.example. Over https the cookie travels over nothing else. */
  readonly publicUrl?: string | undefined
  /** Whether TLS ends here. */
  readonly isTls?: boolean
}

/** For so long a browser is known: a holiday. */
const knownS = 30 * 24 * 60 * 60
/** A browser of a desk that many share. */
const mostNames = 20

/** A person's session: a sealed cookie that no script reads and no other site sends along. */
export async function addSessions(
  app: App,
  { keys, publicUrl, isTls = false }: SessionOptions,
  staff: Pick<Staff, 'who' | 'use'>,
): Promise<BrowserSessions> {
  const isSecure = isTls || (publicUrl?.startsWith('https:') ?? false)
  await app.register(secureSession, {
    key: keys.map(key => Buffer.from(key)),
    cookieName: isSecure ? '__Host-jieting' : 'jieting',
    // The house's own record of a session ends long before; who has signed in here before is known for longer.
    expiry: knownS,
    // Lax and not strict: the way back from a provider begins at its pages, and has to find the journey.
    cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure, maxAge: knownS },
  })
  app.decorateRequest('person', null)

  const kept = (request: FastifyRequest) => request.session.data() as Kept | undefined
  const heldBy = async (request: FastifyRequest) => {
    const secret = kept(request)?.secret
    return secret === undefined ? undefined : staff.who(secret)
  }
  return {
    heldBy,
    async of(request) {
      const held = await heldBy(request)
      if (held?.owes !== undefined) throw owedFault(held.owes)
      return held
    },
    nameOf(request) {
      const secret = kept(request)?.secret
      return secret === undefined ? undefined : createHash('sha256').update(secret).digest('base64url')
    },
    use: staff.use,
    knows(request, name) {
      const known = kept(request)?.known
      return known?.names.includes(name) ? known.browser : undefined
    },
    begin(request, secret, name) {
      const { secret: before, known } = kept(request) ?? {}
      const others = (known?.names ?? []).filter(one => one !== name)
      const names = (name === undefined ? others : [name, ...others]).slice(0, mostNames)
      // Nothing of what this browser held before goes on (session fixation).
      request.session.regenerate()
      request.session.set('secret' as never, secret as never)
      request.session.set('known' as never, { browser: known?.browser ?? newSecret(), names } as never)
      return before
    },
    end(request) {
      const { secret, known } = kept(request) ?? {}
      if (known) {
        request.session.regenerate()
        request.session.set('known' as never, known as never)
      } else request.session.delete()
      return secret
    },
    leave: (request, journey) => request.session.set('journey' as never, journey as never),
    arrive(request) {
      const journey = kept(request)?.journey
      request.session.set('journey' as never, undefined as never)
      return journey
    },
  }
}

/** Where people find us, as their browser sees it: passkeys are bound to it. */
export const siteOf = ({ protocol, host }: FastifyRequest, publicUrl: string | undefined) => ({
  origin: new URL(publicUrl ?? `${protocol}://${host}`).origin,
})

/**
 * A page that someone else serves must not speak with a visitor's rights (CSRF, CSWSH): browsers say with every
 * change, and with every socket, whose page asks.
 * @param isNeeded whether to refuse also what says nothing, which is what programs do.
 */
export function refuseOtherOrigins(
  { headers, host }: FastifyRequest,
  publicUrl: string | undefined,
  isNeeded: boolean,
): void {
  const { origin } = headers
  if (origin === undefined && !isNeeded) return
  const own = [host, ...(publicUrl === undefined ? [] : [new URL(publicUrl).host])]
  if (origin !== undefined && URL.canParse(origin) && own.includes(new URL(origin).host)) return
  throw new Fault({
    code: 'origin-refused',
    place: 'header Origin',
    found: origin === undefined ? 'nothing' : JSON.stringify(origin.slice(0, 100)),
    expected: `a page of ${host}`,
  })
}

/** @throws Fault `role-wrong` */
export function checkRole({ role }: Member, allowed: readonly string[] = []): void {
  if (role === 'admin' || allowed.includes(role)) return
  throw new Fault({
    code: 'role-wrong',
    place: 'session',
    found: `role ${role}`,
    expected: ['admin', ...allowed].join(' or '),
  })
}
