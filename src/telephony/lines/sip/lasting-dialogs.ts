import type { Log } from '../../../foundation/index.ts'
import type { Call } from '../../call.ts'
import { farewell, stateOf } from './dialog.ts'
import { moveDialog, type SipApp, type SipDialog } from './drachtio.ts'

/**
 * Dialogs that outlive the connection on which they were made: sound goes past the SIP server, and two who talk do not
 * care that it is away. Back, it may still know a dialog, which is then taken up by the new connection, or it is a new
 * server that knows none, and the call lasts for as long as its sound comes.
 */
export function createLastingDialogs(log: Log) {
  const dialogs = new Map<SipDialog, Call>()
  let isAway = false

  const take = async (dialog: SipDialog, call: Call) => {
    if (call.signal.aborted) {
      // What ended meanwhile could not be told to the telephone.
      dialogs.delete(dialog)
      return farewell(dialog)
    }
    log.info({ call: call.id, dialog: await stateOf(dialog) }, 'a dialog was taken up')
  }
  return {
    admit(dialog: SipDialog, call: Call) {
      dialogs.set(dialog, call)
      void call.ended.then(() => {
        if (!isAway) dialogs.delete(dialog)
      })
    },
    serverIsAway() {
      isAway = true
    },
    serverIsBack(app: SipApp) {
      isAway = false
      for (const [dialog, call] of dialogs) {
        moveDialog(dialog, app)
        void take(dialog, call)
      }
    },
  }
}
