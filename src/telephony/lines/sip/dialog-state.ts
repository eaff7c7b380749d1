import type { Sign } from '../../silence.ts'
import { isUnknownDialog, isWithoutWay, type SipDialog, sendWithoutDialog } from './drachtio.ts'

/** What the telephone says within the dialog: whatever it is, it is there, but for that it knows of no call (RFC 3261, 12.2.1.2). */
export async function signOf(dialog: SipDialog): Promise<Sign> {
  const known = await stateOf(dialog)
  const state = known === 'forgotten' ? await askAlone(dialog) : known
  return state === 'there' || state === 'gone' ? state : 'unheard'
}

/**
 * `gone`: the telephone knows of no call; `silent`: it says nothing; `forgotten`: the SIP server knows of none;
 * `unknown`: it could not be asked.
 */
export type DialogState = 'there' | 'gone' | 'silent' | 'forgotten' | 'unknown'

/**
 * 503 is what a server makes of a port that nobody listens at any more (RFC 3261, section 8.1.3.1): drachtio-server does, where
 * the machine of a telephone that died still says so by ICMP. No telephone answers that in a call of its own.
 */
const stateBy = (status: number): DialogState =>
  status === 481 ? 'gone' : status === 408 || status === 503 ? 'silent' : 'there'

/**
 * INFO without a body says nothing, and is answered by whoever has the call. OPTIONS is not the question: telephones that lost
 * the call, or were started anew, answer that by 200 all the same (baresip 1.0, Linphone 5.1). It is asked of those that know no INFO.
 */
const questions = ['INFO', 'OPTIONS'] as const
type Question = (typeof questions)[number]
const isUnknownMethod = (status: number) => status === 405 || status === 501

/** @param ask tells the status of the answer, or why there was none. */
async function stateIn(ask: (method: Question) => Promise<number | DialogState>): Promise<DialogState> {
  let state: DialogState = 'unknown'
  for (const method of questions) {
    const answer = await ask(method)
    if (typeof answer === 'string') return answer
    state = stateBy(answer)
    if (!isUnknownMethod(answer)) return state
  }
  return state
}

export const stateOf = (dialog: SipDialog): Promise<DialogState> =>
  stateIn(
    method =>
      new Promise(resolve =>
        dialog.request({ method, headers: {} }, (error, response) => {
          if (response && !error) resolve(response.status)
          else if (isWithoutWay(error)) resolve(askAlone(dialog))
          else resolve(isUnknownDialog(error) ? 'forgotten' : 'unknown')
        }),
      ),
  )

/** The same through a server that has no such dialog. */
export const askAlone = (dialog: SipDialog): Promise<DialogState> =>
  stateIn(
    method =>
      new Promise(resolve =>
        sendWithoutDialog(dialog, method, status => resolve(status === undefined ? 'unknown' : status)),
      ),
  )
