import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { DraftField, Offering } from '../../http/contract.ts'
import { showLine } from './captions.tsx'
import { proposedWords, wordedProposal, orderWords as words } from './order-words.ts'
import { ownLine, type ReadSoFar } from './reading.ts'
import { corrected, keyOf, offered, standingOf, takenInto, takenOf, writtenTaken } from './take.ts'
import type { DraftForm } from './use-draft.ts'
import { useProposalKeys } from './use-proposal-keys.ts'

/** What was heard that the order may say: each with the words that it came from, taken by one key, written nowhere by itself. */
export function Proposals({
  form,
  read,
  spent,
  number,
  note,
}: {
  readonly form: DraftForm
  readonly read: ReadSoFar
  /** Lines that were heard before the last order of this call was sent: what they say waits until somebody looks for it. */
  readonly spent: ReadonlySet<number>
  /** That rings. */
  readonly number: string
  /** What the language model is at, where one is asked. */
  readonly note: string | undefined
}) {
  const [dropped, setDropped] = useState<ReadonlySet<string>>(new Set())
  const { fields } = form.shown
  const known = takenOf(fields.taken)
  const all = offered(read, { dropped, number }).filter(one => standingOf(fields, one) !== 'taken')
  const open = all.filter(({ line }) => !spent.has(line))
  const before = all.filter(({ line }) => spent.has(line))
  const changed = corrected(known, read)
  const drop = (one: Offering) => setDropped(new Set([...dropped, keyOf(one)]))
  const take = (one: Offering) => {
    const written = takenInto(fields, one, wordedProposal(one.field, one.value))
    for (const [name, text] of Object.entries(written)) form.set(name as DraftField, text)
    form.set('taken', writtenTaken([...known, one]))
  }
  const first = open.find(one => standingOf(fields, one) === 'free')
  useProposalKeys({ take: () => first && take(first), drop: () => open[0] && drop(open[0]) })
  const item = (one: Offering) => (
    <li key={keyOf(one)}>
      <Button
        className="button kind"
        isDisabled={standingOf(fields, one) === 'other'}
        onPress={() => take(one)}
      >
        {one === first && <kbd>F1</kbd>} {proposedWords[one.field]} <strong>{one.value}</strong>
      </Button>
      {one.isDrafted && <span className="drafted">{words.drafted}</span>}
      {one.line === ownLine ? (
        <span className="quiet">{words.fromMatter(one.words)}</span>
      ) : (
        <Button className="quote" aria-label={words.toWords(one.words)} onPress={() => showLine(one.line)}>
          “{one.words}”
        </Button>
      )}
      {standingOf(fields, one) === 'other' && <span className="quiet">{words.otherThere}</span>}
      <Button
        className="quote"
        aria-label={words.dropProposal(proposedWords[one.field], one.value)}
        onPress={() => drop(one)}
      >
        ×
      </Button>
    </li>
  )
  if (open.length === 0 && before.length === 0 && changed.length === 0 && note === undefined) return null
  return (
    <section className="proposals" aria-label={words.heard}>
      <h3>
        {words.heard} <small className="quiet">{words.heardKeys}</small>
      </h3>
      {note !== undefined && (
        <p className="quiet" role="status">
          {note}
        </p>
      )}
      {changed.map(one => (
        <p key={keyOf(one)} className="caution" role="alert">
          {words.corrected(proposedWords[one.field], one.value, one.words)}{' '}
          <Button className="button small" onPress={() => showLine(one.line)}>
            {words.toLine}
          </Button>{' '}
          <Button
            className="button small"
            onPress={() => form.set('taken', writtenTaken(known.filter(other => other !== one)))}
          >
            {words.understood}
          </Button>
        </p>
      ))}
      <ul>{open.map(item)}</ul>
      {before.length > 0 && (
        <details>
          <summary>{words.heardBefore(before.length)}</summary>
          <ul>{before.map(item)}</ul>
        </details>
      )}
    </section>
  )
}
