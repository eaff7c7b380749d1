import type { Dialog } from './dialog.ts'
import { header, type Request } from './message.ts'

/** Whether a request ends its dialog: a BYE, or the last NOTIFY of what a SUBSCRIBE began (RFC 6665 section 4.1.3). */
export function endsDialog(dialog: Dialog, request: Request): boolean {
  if (request.method === 'BYE') return true
  return (
    dialog.kind === 'SUBSCRIBE' &&
    request.method === 'NOTIFY' &&
    /^\s*terminated/i.test(header(request, 'Subscription-State') ?? '')
  )
}
