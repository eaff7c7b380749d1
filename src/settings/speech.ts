import { z } from 'zod'
import { sherpaFamilies } from '../speech/index.ts'
import { type Conflict, count, type GroupValues, url, words } from './values.ts'

const recognizersSay = 'azure, sherpa and scripted, each at most once, between commas'

/** Voices and recognizers. */
export const speechSettings = {
  SPEECH: z
    .enum(['espeak', 'azure', 'scripted'], { error: 'one of espeak, azure, scripted' })
    .default('espeak'),
  /** Who turns what people say into text, in the order in which they are asked. */
  RECOGNIZERS: z
    .string()
    .default('')
    .transform(text => words(text))
    .pipe(z.array(z.enum(['azure', 'sherpa', 'scripted'], { error: recognizersSay })))
    .refine(names => new Set(names).size === names.length, { error: recognizersSay }),
  /** The folder of a streaming model of sherpa-onnx. */
  SHERPA_MODEL_DIR: z.string().optional(),
  /** What a model is that comes in a single file. */
  SHERPA_MODEL_FAMILY: z
    .enum(sherpaFamilies, { error: `one of ${sherpaFamilies.join(', ')}` })
    .default('zipformer2-ctc'),
  /** Threads that recognize, each with the model in its memory. */
  SHERPA_WORKERS: count(1, 1, 64),
  AZURE_SPEECH_KEY: z.string().optional(),
  AZURE_SPEECH_REGION: z.string().optional(),
  AZURE_SPEECH_HOST: url(['ws', 'wss', 'http', 'https']).optional(),
  /** Names of voices between commas, each for the language that it begins with. */
  AZURE_SPEECH_VOICES: z
    .string()
    .default('zh-CN-XiaoxiaoNeural,en-US-JennyNeural')
    .transform(text => text.split(',')),
}

export const speechSecrets = ['AZURE_SPEECH_KEY']

const noWay = 'azure without a way to reach it'
const wayToAzure = 'AZURE_SPEECH_KEY and AZURE_SPEECH_REGION, or AZURE_SPEECH_HOST'

export function speechConflicts(settings: GroupValues<typeof speechSettings>): readonly Conflict[] {
  const reachesAzure =
    settings.AZURE_SPEECH_HOST !== undefined ||
    (settings.AZURE_SPEECH_KEY !== undefined && settings.AZURE_SPEECH_REGION !== undefined)
  return [
    { met: settings.SPEECH !== 'azure' || reachesAzure, place: 'SPEECH', found: noWay, expected: wayToAzure },
    {
      met: !settings.RECOGNIZERS.includes('azure') || reachesAzure,
      place: 'RECOGNIZERS',
      found: noWay,
      expected: wayToAzure,
    },
    {
      met: !settings.RECOGNIZERS.includes('sherpa') || settings.SHERPA_MODEL_DIR !== undefined,
      place: 'SHERPA_MODEL_DIR',
      found: 'nothing',
      expected: 'the folder of the model that sherpa is to use',
    },
  ]
}
