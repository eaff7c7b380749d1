import type { OrderSummary } from '../../http/contract.ts'
import { personWantedWords, ruledWords } from '../../http/words/orders.ts'
import { say, sayAll } from '../language.ts'

const ruled = sayAll(ruledWords)
const wanted = say(personWantedWords)

/** That a rule dispatched it, what people made of that, and whether its citizen wants a person; nothing where a person did. */
export function RuledBadge({ order: { byRule, personAsked } }: { readonly order: OrderSummary }) {
  if (byRule === undefined && !personAsked) return null
  const isWaiting = personAsked && (byRule === undefined || byRule === 'open')
  return (
    <span className="ruled" data-waiting={isWaiting}>
      {[byRule && ruled[byRule], isWaiting && wanted].filter(Boolean).join(' · ')}
    </span>
  )
}
