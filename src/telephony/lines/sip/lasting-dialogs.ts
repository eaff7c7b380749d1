import type { Cancel, Clock, Log } from '../../../foundation/index.ts'
import type { Call } from '../../call.ts'
import type { MediaCall } from '../../media-call.ts'
import type { Sign } from '../../silence.ts'
import { type DialogSession, farewell, leaveDialog } from './dialog.ts'
import { askAlone, type DialogState, signOf, stateOf } from './dialog-state.ts'
import { hasNames, moveDialog, type SipApp, type SipDialog } from './drachtio.ts'
import type { Replaced } from './replaces.ts'

/** Whoever hangs up falls silent at once, past all servers: a telephone that talks to somebody is asked then, and not only in its turn. */
const askWhenQuietMs = 2_000

/**
 * How long a hang-up may stay unknown in a dialog that was taken up: drachtio-server ties a dialog to the connection on
 * which it was made for ever, answers a BYE within it by 481, and tells nobody (0.9.10).
 */
const askEveryMs = 10_000

type Lasting = { readonly call: MediaCall; readonly session: DialogSession }

/**
 * Dialogs that outlive the connection on which they were made: sound goes past the SIP server, and two who talk do not
 * care that it is away. Back, it may still know a dialog, which is then taken up by the new connection, or it is a new
 * server that knows none. Either way the telephone is asked from then on whether it still has the call.
 */
export function createLastingDialogs(log: Log, clock: Clock) {
  const dialogs = new Map<SipDialog, Lasting>()
  const questions = new Map<SipDialog, Cancel>()
  let isAway = false

  const forget = (dialog: SipDialog) => {
    questions.get(dialog)?.()
    questions.delete(dialog)
    if (!isAway) dialogs.delete(dialog)
  }
  const hungUp = (dialog: SipDialog, kept: MediaCall) => {
    leaveDialog(dialog)
    void kept.end('them', 'hung-up')
  }
  const take = async (dialog: SipDialog, { call: kept, session }: Lasting) => {
    if (kept.call.signal.aborted) {
      // What ended meanwhile could not be told to the telephone.
      dialogs.delete(dialog)
      return farewell(dialog)
    }
    const state = await stateOf(dialog)
    log.info({ call: kept.call.id, dialog: state }, 'a dialog was taken up')
    session.missAfter(askWhenQuietMs)
    heed(dialog, kept, state, state !== 'forgotten')
  }
  /** @param wasKnown to the server that we have now: what it knows no more was ended. */
  const heed = (dialog: SipDialog, kept: MediaCall, state: DialogState, wasKnown: boolean) => {
    if (kept.call.signal.aborted || isAway) return
    if (state === 'gone' || (state === 'forgotten' && wasKnown)) return hungUp(dialog, kept)
    const ask = async () => {
      heed(dialog, kept, await (wasKnown ? stateOf(dialog) : askAlone(dialog)), wasKnown)
    }
    questions.get(dialog)?.()
    questions.set(
      dialog,
      clock.after(askEveryMs, () => void ask()),
    )
  }
  return {
    admit(dialog: SipDialog, call: MediaCall, session: DialogSession) {
      dialogs.set(dialog, { call, session })
      void call.call.ended.then(() => forget(dialog))
    },
    /** The call that somebody names by its dialog; undefined where there is none, or it is over. */
    callOf(named: Replaced): Call | undefined {
      for (const [dialog, { call: kept }] of dialogs)
        if (hasNames(dialog, named) && dialog.connected) return kept.call
      return undefined
    },
    /** Whether the telephone has the call. One that was taken up and is over was hung up: its telephone did not die. */
    async askPhone(dialog: SipDialog): Promise<Sign> {
      const sign = await signOf(dialog)
      const kept = dialogs.get(dialog)?.call
      if (sign === 'gone' && kept && questions.has(dialog)) hungUp(dialog, kept)
      return sign
    },
    serverIsAway() {
      isAway = true
      for (const stop of questions.values()) stop()
      questions.clear()
    },
    serverIsBack(app: SipApp) {
      isAway = false
      for (const [dialog, kept] of dialogs) {
        moveDialog(dialog, app)
        void take(dialog, kept)
      }
    },
  }
}
