import { type Clock, type Log, withDeadline } from '../foundation/index.ts'
import type { CallCaptions } from './call-captions.ts'

/** Recognizers are behind by a second or two; who has hung up waits for nobody, and nobody waits for words for long. */
const heardOutMs = 5_000

/** A part of a call, in ms since its INVITE. */
export type Stretch = { readonly fromMs: number; readonly untilMs: number }

/** What the citizen said in that part of their call, once it is all there; '' for nothing. */
export async function saidIn(
  { call, heardOut, transcript }: CallCaptions,
  { fromMs, untilMs }: Stretch,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<string> {
  await withDeadline(clock, heardOutMs, heardOut(), () => new Error('words are late')).catch(() =>
    log.warn({ call: call.id }, 'the last words were not heard'),
  )
  return transcript
    .lines()
    .filter(({ who, kind, text }) => who === 'citizen' && kind === 'speech' && text !== '')
    .filter(({ startMs, endMs }) => startMs <= untilMs && endMs >= fromMs)
    .map(({ text }) => text)
    .join(' ')
}
