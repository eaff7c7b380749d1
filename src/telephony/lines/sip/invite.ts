import { answerChallenge, type Login, type Proof } from './challenge.ts'
import {
  type InviteOptions,
  type SipApp,
  type SipDialog,
  type SipMessage,
  type SipRequest,
  takeUpdates,
} from './drachtio.ts'
import { createEarly } from './early.ts'
import { askAgain, askFirst } from './session-timer.ts'
import type { Target } from './trunk.ts'

export type Final = SipMessage & { readonly status: number }

export type InviteEvents = {
  /** What went out by now: it is this one that is cancelled. */
  readonly onSent: (request: SipRequest) => void
  /** The far end does something about it: 18x. */
  readonly onRinging: (response: Final) => void
  /** It moves its sound before the answer (RFC 3311). @returns what we answer to that; undefined for nothing that we can take. */
  readonly onMoved: (sdp: string) => string | undefined
  /** Listeners of the dialog must be on before this returns. @param sdp what was answered. */
  readonly onAnswer: (dialog: SipDialog, sdp: string) => void
  /** @param response absent when there was none: the server could not send it, or is gone. */
  readonly onRefused: (response: Final | undefined) => void
  /** Nobody wants the answer any more. */
  readonly isLeft: () => boolean
}

/** A trunk may ask for a password, then with a nonce that is not stale, its proxy as well, and for a longer timer. */
const mostInvites = 7

type Headers = Readonly<Record<string, string>>

/** What changes from one INVITE of a call to the next. */
type Attempt = {
  readonly withText: boolean
  readonly timer: Headers
  /** Proofs, and what makes it the same call. */
  readonly more: Headers
  readonly proxy?: string
}

/**
 * Sends an INVITE, and once more what a refusal asks for: with a proof of who we are, with a longer session timer, or
 * without the text that the other end cannot take. All are one call to the other end: one Call-ID, one tag (RFC 3261, sections 8.1.3.5, 22.2).
 * @param offer what we describe, each time anew.
 */
export function invite(
  app: SipApp,
  { uri, login }: Target,
  headers: Headers,
  offer: (withText: boolean) => string,
  begin: {
    readonly withText: boolean
    /** It is text that they refuse: without it they ring, or answer. */
    readonly onTextRefused: () => void
  },
  events: InviteEvents,
): void {
  const proofs: Proof[] = []
  let count = 0

  const send = (attempt: Attempt) => {
    const { withText, timer, more, proxy } = attempt
    let sent: SipRequest | undefined
    const early = createEarly(events.onMoved)
    const tellOfText = () => {
      if (begin.withText && !withText) begin.onTextRefused()
    }
    const localSdp = offer(withText)
    const options: InviteOptions = {
      localSdp,
      headers: { ...timer, ...headers, ...more },
      proxy,
    }
    count++
    app.createUAC(
      uri,
      options,
      {
        cbRequest(_, request) {
          sent = request
          if (request) events.onSent(request)
        },
        cbProvisional(response) {
          if (response.status <= 100) return
          early.ring(response)
          if (sent) takeUpdates(sent, early.update)
          tellOfText()
          events.onRinging(response)
        },
      },
      (error, dialog) => {
        if (dialog) {
          tellOfText()
          return events.onAnswer(dialog, early.said(dialog))
        }
        const response = error?.res
        if (!sent || !response || events.isLeft() || count >= mostInvites || !again(response, sent))
          events.onRefused(response)
      },
    )

    /** Whether there is another try, which is on its way then. */
    function again(response: Final, request: SipRequest): boolean {
      const next: Attempt = { ...attempt, more: { ...more, ...continuing(request) } }
      const proof = login && answerAnew(response, { uri, body: localSdp }, login, proofs)
      if (proof) {
        proofs.push(proof)
        const proven = { ...next.more, [proof.header]: proof.value }
        send({ ...next, more: proven, proxy: nextHop(uri, response) })
        return true
      }
      if (response.status === 422 && timer['Session-Expires']) {
        send({ ...next, timer: askAgain(response, timer) })
        return true
      }
      if (!withText || !refusesStreams.has(response.status)) return false
      send({ ...next, withText: false })
      return true
    }
  }
  send({ withText: begin.withText, timer: askFirst, more: {} })
}

/** Not acceptable here, for what it describes (RFC 3261, sections 21.4.26 and 21.6.4). */
const refusesStreams: ReadonlySet<number> = new Set([488, 606])

/** The same call, the next request of it. */
function continuing(request: SipRequest): Headers {
  const sequence = Number.parseInt(request.get('CSeq') ?? '1', 10)
  return {
    'Call-ID': request.get('Call-ID') ?? '',
    From: request.get('From') ?? '',
    CSeq: `${sequence + 1} INVITE`,
  }
}

/** A proof that was refused is not shown again, unless its nonce was stale, and that once. */
function answerAnew(
  response: Final,
  { uri, body }: { readonly uri: string; readonly body: string },
  login: Login,
  shown: readonly Proof[],
): Proof | undefined {
  if (response.status !== 401 && response.status !== 407) return undefined
  const proof = answerChallenge(response, { method: 'INVITE', uri, body }, login)
  const before = shown.filter(({ header, realm }) => header === proof?.header && realm === proof.realm)
  // The first was asked of a request without a proof, whose nonce could not be stale whatever it says.
  const wasStale = before.slice(1).some(({ isStale }) => isStale)
  const isNew = before.length === 0 || (proof?.isStale === true && !wasStale)
  return isNew ? proof : undefined
}

/** A name that leads to several hosts: the one that gave the nonce is the one that knows it. */
function nextHop(uri: string, { source_address: address, source_port: port }: Final): string | undefined {
  if (!address || /^sips?:(?:[^@]*@)?(?:\d+\.\d+\.\d+\.\d+|\[)/i.test(uri)) return undefined
  const transport = /;\s*transport\s*=\s*(\w+)/i.exec(uri)?.[1]
  const host = address.includes(':') ? `[${address}]` : address
  return `sip:${host}:${port}${transport ? `;transport=${transport}` : ''}`
}
