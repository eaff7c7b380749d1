import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, Fault, type Log } from '../foundation/index.ts'
import {
  type FlowSet,
  firstUtterancesOf,
  type Lengths,
  measure,
  placeUtterancesOf,
  utterancesOf,
} from '../ivr/index.ts'
import type { Settings } from '../settings/index.ts'
import {
  type AzureAccess,
  createAzure,
  createAzureRecognizer,
  createEspeak,
  createPromptBook,
  createRelay,
  createScripted,
  createScriptedRecognizer,
  openRecorded,
  openSherpa,
  type PromptBook,
  promptFigures,
  type Recognizer,
  recognizerFigures,
  type Synthesizer,
} from '../speech/index.ts'

import type { HouseFlows, HouseLines, HouseRecognizers, HouseVoice, Parts } from './parts.ts'
import type { Add } from './rooms.ts'

type Dependencies = { readonly clock: Clock; readonly log: Log }
type Open = (settings: Settings, dependencies: Dependencies) => Synthesizer

/** The voices that the settings name, in the order in which they are asked: what people recorded comes first. */
export async function openVoice(settings: Settings, dependencies: Dependencies): Promise<HouseVoice> {
  const recorded = await openRecorded(join(settings.FLOWS_DIR, 'prompts'), dependencies.log)
  const synthesizers = [recorded]
  const missing: Fault[] = []
  for (const open of voices[settings.SPEECH]) {
    try {
      synthesizers.push(open(settings, dependencies))
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      missing.push(error)
    }
  }
  const cacheDir = join(settings.DATA_DIR, 'prompts')
  return { prompts: createPromptBook({ synthesizers, cacheDir, ...dependencies }), missing }
}

/** Made before all that is not said at once: whoever comes first in a surge hears their place without a wait. */
export const firstPlaces = 3
/** DESIGN: a longer queue has each place made as it is told: 50 ms once for all. */
const likelyPlaces = 10

/**
 * Has flows spoken: what callers hear first before they answer calls, with how long that takes; the places in the queue
 * and the rest while callers are served already, whose own prompts go before these.
 */
export async function speakFlows(
  prompts: PromptBook,
  set: FlowSet,
  print: (line: string) => void,
): Promise<Lengths> {
  const lengths = await measure(prompts, firstUtterancesOf(set), (done, total) => {
    if (done === total || done % 10 === 0) print(`提示音 prompts ${done}/${total}`)
  })
  void prompts.prepare([
    ...placeUtterancesOf(set, 1, firstPlaces),
    ...utterancesOf(set),
    ...placeUtterancesOf(set, firstPlaces + 1, likelyPlaces),
  ])
  return lengths
}

const espeak: Open = (_, dependencies) => createEspeak(dependencies)
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

type OpenRecognizer = (
  settings: Settings,
  dependencies: Dependencies,
  hotwords: readonly string[],
) => Promise<Recognizer>

/**
 * The recognizers that the settings name, each to take the place of the one before it when that fails in a call.
 * @param words likely besides those of the city's own file: what is complained of, and who answers for it.
 * @throws Fault `phrases-unreadable`
 */
export async function openRecognizers(
  settings: Settings,
  words: readonly string[],
  dependencies: Dependencies,
): Promise<HouseRecognizers> {
  const own = await readPhrases(settings.CAPTION_PHRASES)
  // A recognizer that takes only some takes the first: streets are harder to guess than kinds of problem.
  const phrases = [...new Set([...own, ...words])]
  const recognizers: Recognizer[] = []
  const missing: Fault[] = []
  for (const name of settings.RECOGNIZERS) {
    try {
      recognizers.push(await opening[name](settings, dependencies, own))
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      missing.push(error)
    }
  }
  const relay = createRelay(recognizers, dependencies)
  return {
    recognizer: recognizers.length > 0 ? relay : undefined,
    phrases,
    missing,
    figures: relay.figures,
    close: relay.close,
  }
}

const opening: Readonly<Record<Settings['RECOGNIZERS'][number], OpenRecognizer>> = {
  azure: async (settings, { clock }) => createAzureRecognizer({ access: azureAccess(settings), clock }),
  sherpa: (settings, dependencies, hotwords) =>
    openSherpa({
      directory: settings.SHERPA_MODEL_DIR ?? '',
      family: settings.SHERPA_MODEL_FAMILY,
      workers: settings.SHERPA_WORKERS,
      hotwords,
      ...dependencies,
    }),
  scripted: async () => createScriptedRecognizer(),
}

/** One word or name a line; what follows `#` is a remark. */
async function readPhrases(path: string | undefined): Promise<readonly string[]> {
  if (path === undefined) return []
  try {
    const lines = (await readFile(path, 'utf8')).split('\n')
    return lines.map(line => line.replace(/#.*/, '').trim()).filter(Boolean)
  } catch (cause) {
    throw new Fault({
      code: 'phrases-unreadable',
      place: 'CAPTION_PHRASES',
      found: `no file that can be read at ${path}`,
      expected: 'a text file with one word or name a line',
      cause,
    })
  }
}

/** What the house says, and what it hears. */
export type Speech<OwnFlows> = {
  readonly voice: HouseVoice
  readonly flows: OwnFlows
  readonly recognizers: HouseRecognizers
}

/** What the house says, in which order, and what it hears. */
export async function openSpeech<OwnFlows extends HouseFlows>(
  parts: Parts<OwnFlows, HouseLines>,
  add: Add,
): Promise<Speech<OwnFlows>> {
  const voice = await parts.openVoice()
  add({ figures: promptFigures(voice.prompts), close: voice.prompts.close })
  const flows = await parts.openFlows(voice.prompts)
  add({ close: flows.close })
  const recognizers = await parts.openRecognizers()
  add({ figures: recognizerFigures(recognizers.figures), close: recognizers.close })
  return { voice, flows, recognizers }
}
