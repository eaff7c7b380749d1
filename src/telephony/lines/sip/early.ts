import { outside, refusalOf, told } from './abilities.ts'
import type { SipDialog, SipMessage, SipRequest, SipResponse } from './drachtio.ts'
import { readProposal } from './refusal.ts'

/**
 * How whom we ring describe themselves before they answer, each by their tag: a 200 after a reliable 183, or after an
 * UPDATE, need not say it again (RFC 6337, sections 3.1.1 and 3.4.1).
 * @param answer what we say to an offer of theirs; undefined where there is nothing in it for us.
 */
export function createEarly(answer: (offer: string) => string | undefined) {
  const described = new Map<string, string>()
  const reply = (request: SipRequest): Reply => {
    const refusal = refusalOf(request, outside)
    if (refusal) return refusal
    const proposal = readProposal(request)
    if ('refusal' in proposal) return proposal.refusal
    const headers = told(outside)
    const { sdp } = proposal
    if (!sdp) return { status: 200, headers }
    const body = answer(sdp)
    if (body === undefined) return { status: 488, headers }
    described.set(tagIn(request.get('From')), sdp)
    return { status: 200, headers: { ...headers, 'Content-Type': 'application/sdp' }, body }
  }
  return {
    ring(response: SipMessage): void {
      if (response.body) described.set(tagIn(response.get('To')), response.body)
    },
    /** As an exchange does whose ringing sounds elsewhere than whoever answers. */
    update(request: SipRequest, response: SipResponse): void {
      const { status, headers, body } = reply(request)
      response.send(status, { headers, body })
    },
    /** What whoever answered said of themselves: in the answer, or before it. */
    said: (dialog: SipDialog): string =>
      dialog.remote.sdp || described.get(dialog.sip.remoteTag) || [...described.values()].at(-1) || '',
  }
}

type Reply = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const tagIn = (address = '') => /;\s*tag\s*=\s*([^;\s]+)/i.exec(address)?.[1] ?? ''
