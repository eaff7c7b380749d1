import type { CaptionLine } from './api.ts'

type Span = { readonly fromMs: number; untilMs: number }

/**
 * When nothing of what people say may be kept, as a caller tells the number of a card or their identity. A line that only
 * reaches into such a time is not kept either: its words tell nobody when each was said.
 */
export function createWithheld(nowMs: () => number) {
  const spans: Span[] = []
  let open: Span | undefined
  const reachesInto = ({ startMs, endMs }: CaptionLine) =>
    spans.some(({ fromMs, untilMs }) => startMs < untilMs && endMs >= fromMs)
  return {
    /** @returns whether it was otherwise before */
    turn(isWithheld: boolean): boolean {
      if (isWithheld === (open !== undefined)) return false
      if (open) open.untilMs = nowMs()
      open = isWithheld ? { fromMs: nowMs(), untilMs: Number.POSITIVE_INFINITY } : undefined
      if (open) spans.push(open)
      return true
    },
    /** What the house says is kept. */
    keepable: (lines: readonly CaptionLine[]): readonly CaptionLine[] =>
      lines.filter(line => line.who === 'system' || !reachesInto(line)),
  }
}
