import { silentLog, systemClock } from '../foundation/index.ts'
import type { FlowSet } from '../ivr/index.ts'
import type { Sound } from '../media/index.ts'
import type { Utterance } from '../speech/index.ts'
import type { Cli } from './cli.ts'
import { openSpeaker } from './speaker.ts'

/** Says what a flow says, aloud, in the hotline's own voice. */
export type Mouth = {
  /** Begins to say it. @returns how long that takes, in ms */
  speak(utterance: Utterance): number
  hush(): void
  close(): Promise<void>
}

/**
 * Renders all that the flows say in this language first, so that nothing is late.
 * @throws Fault `speaker-missing`; FaultList for settings that are wrong
 */
export async function openMouth(set: FlowSet, language: string, cli: Cli): Promise<Mouth> {
  const [{ readSettings }, { openVoice }, { estimatedMs, utterancesOf }] = await Promise.all([
    import('../settings/index.ts'),
    import('../hall/voices.ts'),
    import('../ivr/index.ts'),
  ])
  const speaker = await openSpeaker(cli.env.PATH ?? '', cli.explain)
  const { prompts } = await openVoice(readSettings(cli.env), { clock: systemClock, log: silentLog })
  const utterances = utterancesOf(set).filter(one => one.language === language)
  await prompts.prepare(utterances, (done, total) => {
    if (done % 10 === 0 || done === total) cli.complain(cli.words.flow.preparing(done, total))
  })
  const sounds = new Map<Utterance, Sound>()
  for (const utterance of utterances) {
    const sound = await prompts.sound(utterance).catch(() => undefined)
    if (sound) sounds.set(utterance, sound)
  }
  // What has gaps to fill is rendered as it is said, and lasts as long as this voice's other prompts let expect.
  const saidMs = [...sounds].reduce((sum, [, { durationMs }]) => sum + durationMs, 0)
  const reckonedMs = [...sounds].reduce((sum, [utterance]) => sum + estimatedMs(utterance), 0)
  const pace = reckonedMs > 0 ? saidMs / reckonedMs : 1
  let hush = new AbortController()

  return {
    speak(utterance) {
      hush.abort()
      hush = new AbortController()
      const { signal } = hush
      const known = sounds.get(utterance)
      if (known) speaker.play(known)
      else
        prompts.sound(utterance, signal).then(
          sound => signal.aborted || speaker.play(sound),
          () => undefined,
        )
      return known?.durationMs ?? estimatedMs(utterance) * pace
    },
    hush() {
      hush.abort()
      speaker.stop()
    },
    async close() {
      hush.abort()
      speaker.stop()
      await prompts.close()
    },
  }
}
