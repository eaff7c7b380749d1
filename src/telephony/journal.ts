import type { CallEnd, CallId, KeyPress } from './call.ts'

/** One thing that happened to a call, said in a form that a timeline can print. */
export type CallFact =
  | {
      readonly kind: 'invited'
      readonly line: string
      readonly direction: 'in' | 'out'
      readonly caller: string
      readonly called: string
    }
  | { readonly kind: 'answered'; readonly codec?: string }
  | { readonly kind: 'flow'; readonly flow: string; readonly state?: string }
  | { readonly kind: 'prompt'; readonly text: string; readonly durationMs: number }
  | { readonly kind: 'key'; readonly key: KeyPress['key']; readonly source: KeyPress['source'] }
  | { readonly kind: 'queued'; readonly place: number }
  | { readonly kind: 'left-line'; readonly reason: string }
  | { readonly kind: 'offered'; readonly seat: string }
  | { readonly kind: 'offer-failed'; readonly seat: string; readonly reason: string }
  | { readonly kind: 'connected'; readonly seat: string; readonly seatCall: CallId }
  | { readonly kind: 'recording'; readonly path: string }
  | { readonly kind: 'failure'; readonly what: string; readonly reason: string }
  | ({ readonly kind: 'ended' } & CallEnd)

/**
 * Where facts about calls are written as they happen. Writing never waits and never throws: a database that is away
 * costs a call nothing; facts are kept in memory, bounded, until it is back.
 */
export type Journal = {
  write(call: CallId, fact: CallFact): void
}
