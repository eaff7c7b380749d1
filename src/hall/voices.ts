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

/** The voices that the settings name, in order of preference; prompts recorded by people come first. */
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

/**
 * Prompts for the first places, prepared before other prompts that are not said at once, so that the first callers
 * of a surge hear theirs without delay.
 */
export const firstPlaces = 3
/** DESIGN: places beyond these are made when they are first told, 50 ms each. */
const likelyPlaces = 10

/**
 * Has a flow set's prompts spoken. What callers hear first is made before calls are answered, and its lengths are
 * returned; places in the queue and the rest are made while callers are already served, whose own prompts take
 * precedence.
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
  // If the cloud is away, the offline voice is better than none.
  azure: [azure, espeak],
}

/** How to reach Azure's speech service, for synthesis and recognition. */
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
 * The recognizers that the settings name; each takes over when the one before it fails in a call.
 * @param words likely words besides the city's own file: kinds of demands and the units that answer for them
 * @throws Fault `phrases-unreadable`
 */
export async function openRecognizers(
  settings: Settings,
  words: readonly string[],
  dependencies: Dependencies,
): Promise<HouseRecognizers> {
  const own = await readPhrases(settings.CAPTION_PHRASES)
  // The city's own phrases come first, since a recognizer may take only some: streets are harder to guess than
  // kinds of problem.
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

/** Reads one word or name a line; `#` begins a comment. */
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

/** Speech output, flows and speech recognition. */
export type Speech<OwnFlows> = {
  readonly voice: HouseVoice
  readonly flows: OwnFlows
  readonly recognizers: HouseRecognizers
}

/** Opens the voice, the flows that it speaks, and the recognizers. */
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
