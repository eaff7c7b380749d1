import { z } from 'zod'

/** Which features are on, and by which setting; never a secret. */
export const featureListSchema = z.object({
  features: z
    .array(
      z.object({
        name: z.enum([
          'recognizer',
          'voice',
          'transcripts',
          'all-transcripts',
          'recordings',
          'call-recordings',
          'assistant',
          'learning',
          'callbacks-led',
          'text-gateway',
          'sip-trunk',
          'twilio',
          'https',
          'openid',
          'second-factor',
          'alarms',
          'seals-sent',
        ]),
        isOn: z.boolean(),
        setting: z.string().describe('The setting, or the file and the field of it, that says so'),
        value: z
          .string()
          .describe('What it says; of an address the host alone, and empty where nothing is set'),
      }),
    )
    .readonly(),
})
export type FeatureList = Readonly<z.output<typeof featureListSchema>>
export type FeatureShown = FeatureList['features'][number]
