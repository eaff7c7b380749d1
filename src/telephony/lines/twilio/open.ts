import type { TwilioLine, TwilioLineOptions } from './line.ts'

/** Its package takes a tenth of a second and 16 MB, which only those pay who have a number at Twilio. */
export async function openTwilioLine(options: TwilioLineOptions): Promise<TwilioLine> {
  const { createTwilioLine } = await import('./line.ts')
  return createTwilioLine(options)
}
