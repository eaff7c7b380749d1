import { join } from 'node:path'
import { type Clock, Fault, type Log } from '../foundation/index.ts'
import { type FlowSet, firstUtterancesOf, type Lengths, measure, utterancesOf } from '../ivr/index.ts'
import type { Settings } from '../settings/index.ts'
import {
  type AzureAccess,
  createAzure,
  createEspeak,
  createPromptBook,
  createScripted,
  openRecorded,
  type PromptBook,
  type Synthesizer,
} from '../speech/index.ts'

import type { HouseVoice } from './parts.ts'

type Tools = { readonly clock: Clock; readonly log: Log }
type Open = (settings: Settings, tools: Tools) => Synthesizer

/** The voices that the settings name, in the order in which they are asked: what people recorded comes first. */
export async function openVoice(settings: Settings, tools: Tools): Promise<HouseVoice> {
  const recorded = await openRecorded(join(settings.FLOWS_DIR, 'prompts'), tools.log)
  const synthesizers = [recorded]
  const missing: Fault[] = []
  for (const open of voices[settings.SPEECH]) {
    try {
      synthesizers.push(open(settings, tools))
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      missing.push(error)
    }
  }
  const cacheDir = join(settings.DATA_DIR, 'prompts')
  return { prompts: createPromptBook({ synthesizers, cacheDir, ...tools }), missing }
}

/**
 * Has flows spoken: what callers hear first before they answer calls, with how long that takes, and the rest while
 * callers are served already.
 */
export async function speakFlows(
  prompts: PromptBook,
  set: FlowSet,
  print: (line: string) => void,
): Promise<Lengths> {
  const lengths = await measure(prompts, firstUtterancesOf(set), (done, total) => {
    if (done === total || done % 10 === 0) print(`提示音 prompts ${done}/${total}`)
  })
  void prompts.prepare(utterancesOf(set))
  return lengths
}

const espeak: Open = (_, tools) => createEspeak(tools)
const scripted: Open = () => createScripted()
const azure: Open = (settings, { clock }) =>
  createAzure({ access: azureAccess(settings), voices: settings.AZURE_SPEECH_VOICES, clock })

const voices: Readonly<Record<Settings['SPEECH'], readonly Open[]>> = {
  espeak: [espeak],
  scripted: [scripted],
  // The cloud can be away; the offline voice is then better than none.
  azure: [azure, espeak],
}

/** How the settings reach Azure's speech service, for the mouth and for the ear. */
export function azureAccess({
  AZURE_SPEECH_HOST: host,
  AZURE_SPEECH_KEY: key,
  AZURE_SPEECH_REGION: region,
}: Settings): AzureAccess {
  if (host !== undefined) return { host: new URL(host), key }
  return { region: region ?? '', key: key ?? '' }
}
