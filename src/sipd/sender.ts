import { firstUri } from './address.ts'
import type { ClientTransaction, OnReply } from './client-transaction.ts'
import { reason, withVia } from './compose.ts'
import { type Core, hereFor, notice } from './core.ts'
import { type Dialog, requestWithin } from './dialog.ts'
import { destinationOf, locate } from './locate.ts'
import type { Header, Request } from './message.ts'
import { newBranch } from './names.ts'
import { isMeantForUs } from './nat.ts'
import { serialise } from './serialise.ts'
import type { Hop } from './transport.ts'

/** A request on its way: as it left, and the transaction that waits for its response. */
export type Launched = { readonly request: Request; readonly client: ClientTransaction }

/** The request gets its Via and leaves. */
export function launch(core: Core, request: Request, hop: Hop, on: OnReply): Launched {
  const branch = newBranch()
  const complete = withVia(request, hereFor(core, hop.protocol), hop, branch)
  return { request: complete, client: core.transactions.send(complete, branch, hop, on) }
}

/**
 * Where a request within a dialog goes: over the connection that its last message came over; else where its first
 * route or its target says (RFC 3261 section 12.2.1.1). If there is no way to that, or it is not meant for us, back to
 * where the far end's last datagram came from. Undefined if that is no way either.
 */
export function reach(
  core: Core,
  dialog: Dialog,
  request: Request,
  found: (hop: Hop | undefined) => void,
): void {
  const { seen, routes, rebound } = dialog
  const direct = routes.length === 0
  const back = seen?.protocol === 'udp' ? seen : undefined
  const to = destinationOf(request, routes[0] && firstUri(routes[0]), direct ? seen?.protocol : undefined)
  if (seen && direct && (rebound || core.isConnected(seen))) found(seen)
  else if (!to) found(back)
  else {
    locate(core, to, hop => {
      // Of routes only a stranger's are doubted: a proxy may well stand in another network.
      const isJudged = seen && (direct || !core.trusts(seen.address))
      const meant = hop && !(isJudged && !isMeantForUs(hop, seen, core.trusts))
      // Over TLS it is the name that was proved, and not the address, by which the far end is found again.
      found(meant ? (seen && isSame(hop, seen) ? seen : hop) : back)
    })
  }
}

const isSame = (one: Hop, other: Hop) =>
  one.protocol === other.protocol && one.address === other.address && one.port === other.port

/** An ACK to a 2xx is no transaction: whoever hears the 2xx again sends it again. Returns its text. */
export function sendAck(core: Core, request: Request, hop: Hop): string {
  const text = serialise(withVia(request, hereFor(core, hop.protocol), hop, newBranch()))
  core.send(text, hop, ignore)
  return text
}

/** A request whose answer nobody waits for. */
export function sendQuietly(
  core: Core,
  dialog: Dialog,
  method: 'ACK' | 'BYE',
  more: readonly Header[] = [],
  told: (request: Request, hop: Hop) => void = ignore,
): void {
  const request = requestWithin(dialog, { method, more, body: '' })
  reach(core, dialog, request, hop => {
    if (!hop) return
    if (method === 'ACK') sendAck(core, request, hop)
    else told(launch(core, request, hop, { response: ignore, failed: ignore }).request, hop)
  })
}

/** Ends a dialog on this server's own account, and tells its app, as the real server does. */
export function hangUp(core: Core, dialog: Dialog, why: string): void {
  const session = core.dialogs.ownerOf(dialog)
  core.dialogs.remove(dialog)
  sendQuietly(core, dialog, 'BYE', [reason(why)], (bye, hop) =>
    session?.tell(notice(core, 'application', bye, hop, 'unsolicited', dialog.id)),
  )
}

/** Nobody is to be told. */
export const ignore = () => undefined
