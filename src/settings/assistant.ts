import { z } from 'zod'
import { type Conflict, type GroupValues, sealedUrl } from './values.ts'

/** A language model, in a cloud or on one's own machine; without it nothing is sent and nothing is missing. */
export const assistantSettings = {
  /** Where one answers by OpenAI's protocol, as http://127.0.0.1:11434/v1: by https, or on this machine. Off without. */
  ASSISTANT_URL: sealedUrl.optional(),
  ASSISTANT_KEY: z.string().optional(),
  /** Its name there. */
  ASSISTANT_MODEL: z.string().optional(),
}

export const assistantSecrets = ['ASSISTANT_KEY']

type Values = GroupValues<typeof assistantSettings>

export const assistantConflicts = ({
  ASSISTANT_URL: url,
  ASSISTANT_MODEL: model,
}: Values): readonly Conflict[] => [
  {
    met: url === undefined || model !== undefined,
    place: 'ASSISTANT_URL',
    found: 'a server without the name of a model',
    expected: 'ASSISTANT_MODEL, as that server calls it',
  },
]

/** Where the model is; undefined while it is switched off. */
export function modelPlaceOf({ ASSISTANT_URL: url, ASSISTANT_KEY: key, ASSISTANT_MODEL: model }: Values) {
  return url === undefined || model === undefined ? undefined : { url, key, model }
}
