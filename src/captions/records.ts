import { Fault } from '../foundation/index.ts'
import type { CallId } from '../telephony/index.ts'
import type { CallTranscript, CaptionFormat, CaptionPass } from './api.ts'
import type { Captions } from './captions.ts'
import { transcriptFile } from './files.ts'
import type { TranscriptKeeper } from './keep.ts'

/** Captions while a call is up, and what is kept of them after it. */
export type CaptionRecords = {
  /** Of a call that is up, or whose transcript is kept; undefined of any other. */
  show(call: string): Promise<CallTranscript | undefined>
  file(
    call: string,
    format: Exclude<CaptionFormat, 'json'>,
  ): Promise<{ readonly type: string; readonly body: string } | undefined>
  /**
   * Switches captions on, and gives the ways to them.
   * @param member who asks, and alone may use the way of a seat; absent for a program
   * @throws Fault `call-not-up`
   */
  open(call: string, member?: string): Promise<CaptionPass>
}

export function createCaptionRecords({
  captions,
  keeper,
  publicUrl,
  timeZone,
}: {
  readonly captions: Captions
  readonly keeper: TranscriptKeeper
  /** Where citizens find our pages, as https://12345.example. */
  publicUrl(): string
  /** For the times in transcripts that people read. */
  readonly timeZone: string
}): CaptionRecords {
  const show: CaptionRecords['show'] = async id => {
    const up = captions.of(id as CallId)
    if (up) {
      const lines = up.transcript.lines().filter(({ text }) => text !== '')
      return { call: id, startedAtMs: up.call.invitedAtMs, on: up.isOn, over: false, lines }
    }
    const kept = await keeper.find(id)
    return (
      kept && { call: id, startedAtMs: kept.startedAt.getTime(), on: true, over: true, lines: kept.lines }
    )
  }
  return {
    show,
    async file(id, format) {
      const found = await show(id)
      return found && transcriptFile(format, id, new Date(found.startedAtMs), found.lines, timeZone)
    },
    async open(id, member) {
      const given = captions.turnOn(id as CallId)
      if (!given) throw notUp(id)
      return {
        code: given.code,
        link: `${publicUrl()}/c/${given.link}`,
        live: `/c/${captions.passes.forSeat(id as CallId, member)}/live`,
      }
    },
  }
}

const notUp = (id: string) =>
  new Fault({
    code: 'call-not-up',
    place: 'params.id',
    found: `no call ${id} that is up`,
    expected: 'a call that is up',
  })
