import { join } from 'node:path'
import type { Clock, Log } from './foundation/index.ts'
import type { Settings } from './settings.ts'
import {
  createAzure,
  createEspeak,
  createPromptBook,
  createScripted,
  openRecorded,
  type PromptBook,
  type Synthesizer,
} from './speech/index.ts'

/** The voices that the settings name, in the order in which they are asked: what people recorded comes first. */
export async function openVoice(
  settings: Settings,
  { clock, log }: { clock: Clock; log: Log },
): Promise<PromptBook> {
  const recorded = await openRecorded(join(settings.FLOWS_DIR, 'prompts'), log)
  const synthesizer = synthesizers[settings.SPEECH](settings, { clock, log })
  return createPromptBook({
    synthesizers: [recorded, ...synthesizer],
    cacheDir: join(settings.DATA_DIR, 'prompts'),
    clock,
    log,
  })
}

type Choose = (settings: Settings, tools: { clock: Clock; log: Log }) => readonly Synthesizer[]

const synthesizers: Readonly<Record<Settings['SPEECH'], Choose>> = {
  espeak: (_, tools) => [createEspeak(tools)],
  scripted: () => [createScripted()],
  // The cloud can be away; the offline voice is then better than none.
  azure: (settings, tools) => [
    createAzure({ access: azureAccess(settings), voices: settings.AZURE_SPEECH_VOICES, clock: tools.clock }),
    createEspeak(tools),
  ],
}

function azureAccess({
  AZURE_SPEECH_HOST: host,
  AZURE_SPEECH_KEY: key,
  AZURE_SPEECH_REGION: region,
}: Settings) {
  if (host !== undefined) return { host: new URL(host), ...(key === undefined ? {} : { key }) }
  return { region: region ?? '', key: key ?? '' }
}
