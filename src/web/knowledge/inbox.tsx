import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { KnowledgeRow } from '../../http/contract.ts'
import { ask } from '../house/house.ts'
import { Rows } from './rows.tsx'
import { Trouble } from './trouble.tsx'
import { useInbox, useReview } from './use-knowledge.ts'
import { words } from './words.ts'

/** What waits for whoever has signed in: reviews, ends, drafts. */
export function Inbox({ open }: { readonly open: (id: string) => void }) {
  const { inbox, trouble } = useInbox()
  if (!inbox)
    return (
      <section className="card">
        <Trouble code={trouble} />
        {trouble === undefined && <p role="status">{words.asking}</p>}
      </section>
    )
  return (
    <>
      {inbox.review.length > 0 && <Review rows={inbox.review} open={open} />}
      <section className="card" aria-labelledby="ending">
        <h2 id="ending">{words.ending}</h2>
        <Rows
          caption={words.ending}
          rows={inbox.ending}
          open={open}
          note={({ days }) => `· ${words.days(days)}`}
        />
      </section>
      <section className="card" aria-labelledby="drafts">
        <h2 id="drafts">{words.drafts}</h2>
        <Rows caption={words.drafts} rows={inbox.sentBack} open={open} />
      </section>
    </>
  )
}

function Review({
  rows,
  open,
}: {
  readonly rows: readonly KnowledgeRow[]
  readonly open: (id: string) => void
}) {
  const { review, refused, trouble } = useReview()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const here = rows.filter(({ id }) => chosen.has(id))
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  const publish = async () => {
    // What is published is what stands there now; whoever changes it meanwhile keeps it from being published.
    const details = await Promise.all(here.map(({ id }) => ask('GET /api/knowledge/{id}', { path: { id } })))
    const entries = details.flatMap(({ id, versions: [newest] }) =>
      newest ? [{ id, version: newest.version, revision: newest.revision }] : [],
    )
    review({ entries, verdict: 'publish' })
    setChosen(new Set())
  }
  return (
    <section className="card" aria-labelledby="review">
      <h2 id="review">{words.review}</h2>
      <div className="acts">
        <Button className="button" onPress={() => setChosen(new Set(rows.map(({ id }) => id)))}>
          {words.all}
        </Button>
        {here.length > 0 && (
          <Button className="button main" onPress={() => void publish()}>
            {words.chosen(here.length)}
          </Button>
        )}
      </div>
      <Trouble code={trouble} />
      {refused.length > 0 && (
        <p role="alert">
          {words.refused(refused.length)} {words.refusal(refused[0]?.code ?? '')}
        </p>
      )}
      <Rows
        caption={words.review}
        rows={rows}
        open={open}
        note={({ id, question }) => (
          <input
            type="checkbox"
            aria-label={words.choose(question)}
            checked={chosen.has(id)}
            onChange={() => toggle(id)}
          />
        )}
      />
    </section>
  )
}
