import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { KnowledgeDetail, KnowledgeRow } from '../../knowledge/api.ts'
import { ask } from '../house/house.ts'
import { useUnits } from '../house/units.ts'
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
  const { review, refused, done, trouble } = useReview()
  const [asked, setAsked] = useState<readonly KnowledgeDetail[]>()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const here = rows.filter(({ id }) => chosen.has(id))
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  // What is published is what is shown here; whoever changes it meanwhile keeps it from being published.
  const look = async () =>
    setAsked(await Promise.all(here.map(({ id }) => ask('GET /api/knowledge/{id}', { path: { id } }))))
  const publish = (details: readonly KnowledgeDetail[]) => {
    const entries = details.flatMap(({ id, versions: [newest] }) =>
      newest ? [{ id, version: newest.version, revision: newest.revision }] : [],
    )
    review({ entries, verdict: 'publish' })
    setAsked(undefined)
    setChosen(new Set())
  }
  if (asked)
    return <Asked details={asked} publish={() => publish(asked)} cancel={() => setAsked(undefined)} />
  return (
    <section className="card" aria-labelledby="review">
      <h2 id="review">{words.review}</h2>
      <div className="acts">
        <Button className="button" onPress={() => setChosen(new Set(rows.map(({ id }) => id)))}>
          {words.all}
        </Button>
        {here.length > 0 && (
          <Button className="button main" onPress={() => void look().catch(() => undefined)}>
            {words.chosen(here.length)}
          </Button>
        )}
      </div>
      <Trouble code={trouble} />
      <p role="status">{done > 0 && words.publishedThem(done)}</p>
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

/** Everything that would answer citizens by one press, to be read first. */
function Asked({
  details,
  publish,
  cancel,
}: {
  readonly details: readonly KnowledgeDetail[]
  readonly publish: () => void
  readonly cancel: () => void
}) {
  const { nameOf } = useUnits()
  const contents = details.flatMap(({ id, versions: [newest] }) =>
    newest ? [{ id, ...newest.content }] : [],
  )
  const examples = contents.filter(({ example }) => example !== undefined).length
  return (
    <section className="card asked" aria-labelledby="asked">
      <h2 id="asked">{words.reallyPublish(contents.length)}</h2>
      {examples > 0 && <p className="trouble">{words.ofThemExamples(examples)}</p>}
      <div className="acts">
        <Button className="button main" onPress={publish}>
          {words.publishThem(contents.length)}
        </Button>
        <Button className="button" autoFocus onPress={cancel}>
          {words.cancel}
        </Button>
      </div>
      <ol>
        {contents.map(({ id, question, text, unit, example }) => (
          <li key={id} lang="zh-CN">
            <strong>{question}</strong> {example && <span className="tag">{words.example}</span>}{' '}
            <span className="quiet">{nameOf(unit)}</span>
            <blockquote>{text}</blockquote>
          </li>
        ))}
      </ol>
    </section>
  )
}
