import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { Member } from '../../http/contract.ts'
import type { KnowledgeDetail, KnowledgeUse, KnowledgeVersion } from '../../knowledge/api.ts'
import { SteadyButton } from '../design/steady-button.tsx'
import { useNames } from '../house/names.ts'
import { useUnits } from '../house/units.ts'
import { Editor } from './editor.tsx'
import { lastDay, minuteHere } from './last-day.ts'
import { Trouble } from './trouble.tsx'
import { useDiff, useEntry, useReview } from './use-knowledge.ts'
import { events as eventWords, fields, standings, words } from './words.ts'

/** One entry: what it says now, what may be done with it, its versions and what happened. */
export function Entry({
  id,
  member,
  close,
}: {
  readonly id: string
  readonly member: Member
  readonly close: () => void
}) {
  const { detail, trouble, act, use, used } = useEntry(id)
  const { review, refused, trouble: reviewTrouble } = useReview()
  const [isEdited, setIsEdited] = useState(false)
  const newest = detail?.versions[0]
  if (!detail || !newest)
    return (
      <section className="card">
        <Trouble code={trouble} />
        {trouble === undefined && <p role="status">{words.asking}</p>}
      </section>
    )
  if (isEdited)
    return (
      <Editor
        member={member}
        seen={{ id, ...newest }}
        done={() => setIsEdited(false)}
        cancel={() => setIsEdited(false)}
      />
    )
  const current = detail.versions.find(({ standing }) => standing === 'current')
  const published = detail.versions.find(({ state }) => state === 'published')
  const may = (what: KnowledgeDetail['may'][number]) => detail.may.includes(what)
  const decide = (verdict: 'publish' | 'send-back') =>
    review({ entries: [{ id, version: newest.version, revision: newest.revision }], verdict })
  return (
    <section className="card entry" aria-label={newest.content.question}>
      <div className="acts">
        {may('use') &&
          current &&
          (['read-out', 'sms', 'cite'] as const).map(how => (
            <Button key={how} className="button main" onPress={() => use({ version: current.version, how })}>
              {useWords[how]}
            </Button>
          ))}
        {may('review') && (
          <>
            <Button className="button main" onPress={() => decide('publish')}>
              {words.publish}
            </Button>
            <Button className="button" onPress={() => decide('send-back')}>
              {words.sendBack}
            </Button>
          </>
        )}
        {may('submit') && (
          <Button className="button main" onPress={() => act({ act: 'submit', version: newest.version })}>
            {words.submit}
          </Button>
        )}
        {may('change') && (
          <Button className="button" onPress={() => setIsEdited(true)}>
            {words.edit}
          </Button>
        )}
        {may('withdraw') && published && (
          <SteadyButton
            meaning={`withdraw ${id}`}
            atOnce
            className="button"
            onPress={() => act({ act: 'withdraw', version: published.version })}
          >
            {words.withdraw}
          </SteadyButton>
        )}
        <Button className="button" onPress={close}>
          {words.close}
        </Button>
      </div>
      <Trouble code={trouble ?? reviewTrouble ?? refused[0]?.code} />
      <div role="status">
        {used && (
          <>
            <p>{words.prepared[used.how]}</p>
            <blockquote lang="zh-CN">{used.how === 'cite' ? used.citation : used.words}</blockquote>
          </>
        )}
      </div>
      {detail.versions
        .filter(one => one === newest || one === current)
        .map(one => (
          <Version key={one.version} one={one} />
        ))}
      {newest.version > 1 && <Changes id={id} to={newest.version} />}
      <History detail={detail} isOfUnit={member.role === 'unit'} />
    </section>
  )
}

const useWords: Readonly<Record<KnowledgeUse, string>> = {
  'read-out': words.readOut,
  sms: words.sms,
  cite: words.cite,
}

function Version({ one }: { readonly one: KnowledgeVersion }) {
  const { nameOf } = useUnits()
  const { content } = one
  const shown = (
    ['conditions', 'papers', 'steps', 'places', 'hours', 'law', 'kinds', 'districts', 'order'] as const
  )
    .map(field => ({ field, values: [content[field] ?? []].flat() }))
    .filter(({ values }) => values.length > 0)
  return (
    <article>
      <h2 lang="zh-CN">
        {content.question} {content.example && <span className="tag">{words.example}</span>}
      </h2>
      <p className="quiet">
        <span className="state">{standings[one.standing]}</span> {words.version(one.version)} ·{' '}
        {nameOf(content.unit)} · {words.until(lastDay(one.untilMs))}
      </p>
      <blockquote lang="zh-CN">{content.text}</blockquote>
      <dl>
        {shown.map(({ field, values }) => (
          <div key={field}>
            <dt>{fields[field]}</dt>
            {values.map(value => (
              <dd key={value} lang="zh-CN">
                {value}
              </dd>
            ))}
          </div>
        ))}
      </dl>
      {content.wordings.length > 0 && (
        <details>
          <summary>{fields.wordings}</summary>
          <ul lang="zh-CN">
            {content.wordings.map(wording => (
              <li key={wording}>{wording}</li>
            ))}
          </ul>
        </details>
      )}
    </article>
  )
}

function Changes({ id, to }: { readonly id: string; readonly to: number }) {
  const changes = useDiff(id, to - 1, to)
  return (
    <details>
      <summary>{words.changes(to - 1)}</summary>
      <dl>
        {changes?.map(({ field, before, after }) => (
          <div key={field}>
            <dt>{fields[field as keyof typeof fields]}</dt>
            <dd>
              <del>{before || words.empty}</del>
            </dd>
            <dd>
              <ins>{after || words.empty}</ins>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

function History({
  detail: { events },
  isOfUnit,
}: {
  readonly detail: KnowledgeDetail
  readonly isOfUnit: boolean
}) {
  const names = useNames()
  // A unit is told the names of its own people alone.
  const called = (by: string) => (isOfUnit && names(by) === by ? words.others : names(by))
  return (
    <details>
      <summary>{words.history}</summary>
      <ol>
        {events.map(({ atMs, kind, by, version, note }) => (
          <li key={`${atMs} ${kind} ${version}`}>
            {minuteHere(atMs)} {eventWords[kind]} · {words.version(version)} · {called(by)}
            {note !== undefined && ` · ${note}`}
          </li>
        ))}
      </ol>
    </details>
  )
}
