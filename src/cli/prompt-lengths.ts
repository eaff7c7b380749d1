import { silentLog, systemClock } from '../foundation/index.ts'
import type { FlowSet, Lengths } from '../ivr/index.ts'
import type { Cli } from './cli.ts'
import { directoryOf } from './flow-folder.ts'

/** What prompts take, and how that was found out. */
export type HeardLengths = {
  readonly lengths: Lengths
  /** Prompts, in every language. */
  readonly prompts: number
  /** Language and name of those that nobody says: they are estimated. */
  readonly unspoken: readonly string[]
  /** The setting SPEECH: who speaks what was not recorded. */
  readonly voice: string
}

/**
 * Hears all that the flows of a folder say, in the voice that callers will hear: recorded where it is, else spoken once
 * and kept in DATA_DIR. @throws FaultList for settings that are wrong; Fault when there is no voice
 */
export async function hearPrompts(set: FlowSet, given: string | undefined, cli: Cli): Promise<HeardLengths> {
  const [{ readSettings }, { openVoice }, { measure, samplesOf }] = await Promise.all([
    import('../settings/index.ts'),
    import('../hall/voices.ts'),
    import('../ivr/index.ts'),
  ])
  const settings = readSettings({ ...cli.env, FLOWS_DIR: await directoryOf(cli, given) })
  const { prompts, missing } = await openVoice(settings, { clock: systemClock, log: silentLog })
  try {
    if (missing[0]) throw missing[0]
    const samples = samplesOf(set)
    const lengths = await measure(prompts, samples, (done, total) => {
      if (done % 50 === 0 || done === total) cli.complain(cli.words.flow.preparing(done, total))
    })
    const names = samples.map(({ language, prompt }) => `${language} ${prompt}`)
    const unspoken = names.filter(name => !(name in lengths))
    return { lengths, prompts: samples.length, unspoken, voice: settings.SPEECH }
  } finally {
    await prompts.close()
  }
}
