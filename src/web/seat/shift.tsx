import { Button, Group, ToggleButton } from 'react-aria-components'
import type { BreakReason, SeatCommand, SeatView } from '../../http/contract.ts'
import { asideWords, breakWords, missedWords, words } from './words.ts'

const breaks: readonly BreakReason[] = ['busy', 'rest', 'meal', 'training']

/** What a seat without a caller does: takes calls, or none and why; begins and ends a shift. */
export function Shift({
  seat: { state, reason, declined = 0, unanswered = 0 },
  isReady,
  goReady,
  order,
}: {
  readonly seat: SeatView
  /** It takes calls, and its phone is here. */
  readonly isReady: boolean
  readonly goReady: () => Promise<void>
  readonly order: (order: SeatCommand) => void
}) {
  const isIn = state !== 'signed-out'
  return (
    <>
      {state === 'set-aside' && reason !== undefined && <p className="aside">{asideWords(reason)}</p>}
      <div className="row">
        {!isReady && (
          <Button className="button main big" onPress={() => void goReady()} aria-keyshortcuts="F2">
            {state === 'wrap-up' ? words.finishWrapUp : words.ready}
          </Button>
        )}
        {!isIn && (
          <Button className="button big" onPress={() => order({ kind: 'sign-in' })}>
            {words.signIn}
          </Button>
        )}
      </div>
      {isIn && (
        <Group className="row" aria-label={words.breaks}>
          {breaks.map(one => (
            <ToggleButton
              key={one}
              className="button"
              isSelected={state === 'away' && reason === one}
              onChange={() => order({ kind: 'away', reason: one })}
              aria-keyshortcuts={one === 'busy' ? 'F2' : undefined}
            >
              {breakWords(one)}
            </ToggleButton>
          ))}
          <Button className="button" onPress={() => order({ kind: 'sign-out' })}>
            {words.signOut}
          </Button>
        </Group>
      )}
      {declined + unanswered > 0 && <p className="quiet">{missedWords(declined, unanswered)}</p>}
    </>
  )
}
