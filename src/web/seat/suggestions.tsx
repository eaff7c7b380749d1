import { useEffect, useRef } from 'react'
import { Button } from 'react-aria-components'
import { doubtsOf } from './asking.ts'
import type { HeldSuggestions } from './held.ts'
import { orderWords as words } from './order-words.ts'

const digits = ['1', '2', '3'] as const

/** What the call may be about: three objects with their kinds, a button each. Nothing is taken by itself. */
export function Suggestions({
  held,
  taken,
  take,
  missing,
}: {
  readonly held: HeldSuggestions | undefined
  /** Code of the kind that stands in the form. */
  readonly taken: string | undefined
  readonly take: (code: string, name: string) => void
  /** What the order has to say yet. */
  readonly missing: readonly string[]
}) {
  const doubts = held ? doubtsOf(held) : []
  const place = useRef<HTMLElement>(null)
  // Alt with 1, 2 or 3 goes to the kinds of an object; Enter, or a digit, takes one: two presses.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const groups = [...(place.current?.querySelectorAll<HTMLElement>('[data-group]') ?? [])]
      const kindsOf = (group: Element | undefined) => [
        ...(group?.querySelectorAll<HTMLButtonElement>('button') ?? []),
      ]
      const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1]
      if (digit === undefined) return
      if (event.altKey && !event.ctrlKey && !event.metaKey) {
        const [first] = kindsOf(groups[Number(digit) - 1])
        if (!first) return
        event.preventDefault()
        first.focus()
        return
      }
      const group = document.activeElement?.closest('[data-group]')
      const kind = group && place.current?.contains(group) ? kindsOf(group)[Number(digit) - 1] : undefined
      if (!kind || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      kind.click()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  return (
    <section className="card suggestions" aria-label={words.suggestions} ref={place}>
      <h2>{words.suggestions}</h2>
      {!held ? (
        <p className="quiet">{words.noSuggestions}</p>
      ) : (
        <>
          {held.isUnsure && <p className="caution">{words.unsure}</p>}
          <ol>
            {held.found.map(({ object, group, sure, unit, kinds, why }, at) => (
              <li key={object} data-group={object}>
                <p>
                  <kbd>Alt {digits[at]}</kbd> <strong>{object}</strong>{' '}
                  <span className="quiet">
                    {group} ·{' '}
                    {held.isUnsure || sure < 0.01 ? words.perhaps : words.sure(Math.round(sure * 100))}
                    {unit && ` · ${unit.name}`}
                  </span>
                </p>
                <div className="kinds">
                  {kinds.map(({ code, name }) => (
                    <Button
                      key={code}
                      className="button kind"
                      aria-pressed={code === taken}
                      aria-label={words.takes(object, name)}
                      onPress={() => take(code, `${object}·${name}`)}
                    >
                      {name}
                    </Button>
                  ))}
                </div>
                {why.length > 0 && <p className="quiet">{words.why(why)}</p>}
                {at === 0 && doubts.length > 0 && (
                  <ul className="ask">
                    {doubts.map(({ is, ask: question }) => (
                      <li key={is}>{words.ask(question, is)}</li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
          </ol>
        </>
      )}
      {missing.length > 0 && <p className="missing">{words.missing(missing)}</p>}
    </section>
  )
}
