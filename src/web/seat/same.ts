import type { OrderSummary } from '../../http/contract.ts'

/** Open orders that a second one would be about: of the same kind, of the same category where one has no kind, or told in like words. */
export function sameMatter(
  earlier: readonly OrderSummary[],
  about: {
    readonly kind: string | undefined
    readonly category: string | undefined
    /** Numbers of those that are told in like words. */
    readonly alike: readonly string[]
  },
): readonly OrderSummary[] {
  const { kind = '', category = '', alike } = about
  const isSame = (one: OrderSummary) =>
    kind !== '' && (one.kind === undefined ? one.category === category : one.kind === kind)
  return earlier.filter(one => one.stage !== 'closed' && (isSame(one) || alike.includes(one.number)))
}
