import type { Figure, LabelledNumber } from '../foundation/index.ts'
import type { Captions } from './captions.ts'
import { type CaptionCounts, delayBounds } from './figures.ts'
import type { TranscriptKeeper } from './keep.ts'
import type { Live } from './live.ts'

const counted = {
  calls: 'Calls that were captioned',
  lines: 'Lines of captioned calls that are over',
  shown: 'Characters that appeared',
  rewritten: 'Characters that were taken back again',
  typed: 'Messages of typing',
  fixes: 'Words that a person put right',
  gaps: 'Stretches of sound that nobody listened to',
  gapMs: 'Their length in ms',
  switched: 'Times that another recognizer took over in a call',
  deaf: 'Times that no recognizer was left in a call',
  wrongCodes: 'Codes that were wrong',
  turnedAway: 'Tries that came after too many',
  garbage: 'Messages of pages that made no sense',
} satisfies Record<keyof CaptionCounts, string>

/** What operators watch of captions. */
export function watchCaptions(
  captions: Pick<Captions, 'figures' | 'size'>,
  live: Pick<Live, 'readers'>,
  keeper: Pick<TranscriptKeeper, 'figures'>,
): readonly Figure[] {
  const { counts, delays } = captions.figures
  const counters = Object.entries(counted).map(([name, help]): Figure => {
    const unit = name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
    return {
      name: `jieting_captions_${unit}_total`,
      help,
      kind: 'counter',
      read: () => counts[name as keyof CaptionCounts],
    }
  })
  const spread = (appearance: 'first' | 'final'): readonly LabelledNumber[] => {
    const { within, count } = delays(appearance)
    const bounds = delayBounds.map((ms, index) => ({ le: String(ms / 1000), value: within[index] ?? 0 }))
    const all = [...bounds, { le: '+Inf', value: count }]
    return all.map(({ le, value }) => ({ labels: { appearance, le }, value }))
  }
  return [
    {
      name: 'jieting_captioned_calls',
      help: 'Calls up with captions on',
      kind: 'gauge',
      read: () => captions.size().on,
    },
    { name: 'jieting_caption_readers', help: 'Pages that read captions', kind: 'gauge', read: live.readers },
    ...counters,
    {
      name: 'jieting_captions_lost_total',
      help: 'Transcripts that no database took',
      kind: 'counter',
      read: () => keeper.figures().refused + keeper.figures().lost,
    },
    {
      name: 'jieting_caption_delay_seconds_bucket',
      help: 'From a word being audible to its first and its final form in the transcript, within le seconds',
      kind: 'counter',
      read: () => [...spread('first'), ...spread('final')],
    },
    {
      name: 'jieting_caption_delay_seconds_sum',
      help: 'The sum of those delays',
      kind: 'counter',
      read: () =>
        (['first', 'final'] as const).map(appearance => ({
          labels: { appearance },
          value: delays(appearance).sumMs / 1000,
        })),
    },
  ]
}
