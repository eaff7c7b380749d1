import { readFile } from 'node:fs/promises'
import { type Clock, Fault, type Log } from '../foundation/index.ts'
import type { Settings } from '../settings/index.ts'
import {
  createAzureRecognizer,
  createRelay,
  createScriptedRecognizer,
  openSherpa,
  type Recognizer,
} from '../speech/index.ts'
import type { HouseRecognizers } from './parts.ts'
import { azureAccess } from './voices.ts'

type Tools = { readonly clock: Clock; readonly log: Log }
type Open = (settings: Settings, tools: Tools, hotwords: readonly string[]) => Promise<Recognizer>

/**
 * The recognizers that the settings name, each to take the place of the one before it when that fails in a call.
 * @param words likely besides those of the city's own file: what is complained of, and who answers for it.
 * @throws Fault `phrases-unreadable`
 */
export async function openRecognizers(
  settings: Settings,
  words: readonly string[],
  tools: Tools,
): Promise<HouseRecognizers> {
  const own = await readPhrases(settings.CAPTION_PHRASES)
  // A recognizer that takes only some takes the first: streets are harder to guess than kinds of problem.
  const phrases = [...new Set([...own, ...words])]
  const recognizers: Recognizer[] = []
  const missing: Fault[] = []
  for (const name of settings.RECOGNIZERS) {
    try {
      recognizers.push(await opening[name](settings, tools, own))
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      missing.push(error)
    }
  }
  const relay = createRelay(recognizers, tools)
  return {
    recognizer: recognizers.length > 0 ? relay : undefined,
    phrases,
    missing,
    figures: relay.figures,
    close: relay.close,
  }
}

const opening: Readonly<Record<Settings['RECOGNIZERS'][number], Open>> = {
  azure: async (settings, { clock }) => createAzureRecognizer({ access: azureAccess(settings), clock }),
  sherpa: (settings, tools, hotwords) =>
    openSherpa({
      directory: settings.SHERPA_MODEL_DIR ?? '',
      family: settings.SHERPA_MODEL_FAMILY,
      workers: settings.SHERPA_WORKERS,
      hotwords,
      ...tools,
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
