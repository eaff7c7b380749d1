import type { OutgoingView, TalkView, ToSeatPage } from '../../http/contract.ts'

type Desk = Extract<ToSeatPage, { kind: 'desk' }>

/** The desk as this seat sees it. */
export type DeskShown = {
  readonly desk: Desk | undefined
  readonly talk: TalkView | undefined
  /** Whom this seat talked to last: an order is often written when the call is over. */
  readonly last: TalkView | undefined
  /** Whom this seat rings. */
  readonly outgoing: OutgoingView | undefined
  readonly isLost: boolean
  /** What was asked last and could not be done. */
  readonly refusal: Extract<ToSeatPage, { kind: 'refused' }> | undefined
  /** The house's time less this page's. */
  readonly offsetMs: number
}

export const blank: DeskShown = {
  desk: undefined,
  talk: undefined,
  last: undefined,
  outgoing: undefined,
  isLost: false,
  refusal: undefined,
  offsetMs: 0,
}

/** What is asked for with a caller. */
const talkOrders: readonly string[] = [
  'hold',
  'resume',
  'cancel',
  'to-seat',
  'outside',
  'ask-in',
  'swap',
  'join',
  'hold-third',
  'drop',
  'leave',
  'mute',
]

/** What a seat sees after a message. */
export function shownAfter(before: DeskShown, message: ToSeatPage): DeskShown {
  switch (message.kind) {
    case 'desk': {
      // Why a seat cannot be ready says nothing any more once it is, or once it has a phone.
      const isAsBefore =
        before.desk?.seat.state === message.seat.state && before.desk.seat.contact === message.seat.contact
      return {
        ...before,
        desk: message,
        isLost: false,
        refusal: isAsBefore ? before.refusal : undefined,
        offsetMs: message.nowMs - Date.now(),
      }
    }
    case 'talk':
      // What could not be done with one caller is nothing to the next.
      return {
        ...before,
        talk: message.talk,
        last: message.talk && message.talk.phase !== 'ringing' ? message.talk : before.last,
        refusal: message.talk?.id === before.talk?.id ? before.refusal : undefined,
      }
    case 'outgoing':
      return { ...before, outgoing: message.outgoing }
    case 'refused': {
      // Whoever hung up while they were handed on is nobody's to hear about.
      const isOfTalk = talkOrders.includes(message.order)
      return isOfTalk && !before.talk ? before : { ...before, refusal: message }
    }
    default:
      return before
  }
}
