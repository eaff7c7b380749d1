import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { RuleDraftShown, RuleStand, RuleSubjectName } from '../../rulebook/api.ts'
import { cityTime } from '../city.ts'
import { SteadyButton } from '../design/steady-button.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useNames } from '../house/names.ts'
import { Publishing } from '../house/publishing.tsx'
import { Changes } from './changes.tsx'
import { Fields } from './fields.tsx'
import { moreOf } from './more.ts'
import { useDraft, useRuleChanges } from './use-rules.ts'
import { faultSaid, words } from './words.ts'

/** What stands in rules as a form, the draft of it, and the way to hold. */
export function Content({ stand }: { readonly stand: RuleStand }) {
  const { draft, trouble: unread } = useDraft(stand.subject)
  const changes = useRuleChanges(stand.subject)
  const said = changes.trouble ?? unread
  return (
    <>
      <Trouble text={said} />
      {changes.isPublished && (
        <p className="good" role="status">
          {words.published}
        </p>
      )}
      {!draft && unread === undefined && <p role="status">{words.asking}</p>}
      {draft && (
        <Form key={draft.revision + draft.text} draft={draft} subject={stand.subject} changes={changes} />
      )}
      {draft && <Draft draft={draft} stand={stand} changes={changes} />}
    </>
  )
}

type Changing = { readonly changes: ReturnType<typeof useRuleChanges> }

function Form({
  draft: { revision, text, value },
  subject,
  changes: { edit, isBusy },
}: Changing & { readonly draft: RuleDraftShown; readonly subject: RuleSubjectName }) {
  const begun = value ?? readText(text)
  const [given, setGiven] = useState(begun)
  const isOther = JSON.stringify(given) !== JSON.stringify(begun)
  const bring = async (file: File | undefined) => {
    if (file) edit({ revision, text: await file.text() })
  }
  return (
    <section className="card" aria-label={words.views.content}>
      {isForm(given) ? (
        <form
          className="rule-form"
          onSubmit={event => {
            event.preventDefault()
            edit({ revision, text: `${JSON.stringify(given, null, 2)}\n` })
          }}
        >
          <Fields value={given} of={{ subject, more: moreOf[subject] }} set={setGiven} />
          <div className="acts">
            <Button className="button main" type="submit" isDisabled={isBusy || !isOther}>
              {isBusy ? words.saving : words.save}
            </Button>
            {isOther && <span role="status">{words.unsaved}</span>}
          </div>
        </form>
      ) : (
        <p role="alert">{words.noForm}</p>
      )}
      <div className="acts">
        <a className="button" download={`${subject}.json`} href={asFile(text)}>
          {words.takeAlong}
        </a>
        <label className="field">
          {words.bring}
          <input
            type="file"
            accept="application/json,.json"
            onChange={event => void bring(event.target.files?.[0])}
          />
        </label>
      </div>
      <details>
        <summary>{words.text}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard (WCAG 2.1.1) */}
        <pre tabIndex={0} lang="zh-CN">
          {text}
        </pre>
      </details>
    </section>
  )
}

const asFile = (text: string) => `data:application/json;charset=utf-8,${encodeURIComponent(text)}`

type Given = { readonly [key: string]: unknown }
const isForm = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A draft that this house refuses may be JSON all the same, to be mended in the form. */
function readText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function Draft({
  draft,
  stand,
  changes: { publish, discard, isBusy },
}: Changing & { readonly draft: RuleDraftShown; readonly stand: RuleStand }) {
  const nameOf = useNames()
  const { revision, author = '', changedAtMs = 0, faults } = draft
  return (
    <section className="card" aria-label={words.draft}>
      <h2>{words.draft}</h2>
      {revision === 0 ? (
        <p className="quiet">{words.noDraft}</p>
      ) : (
        <>
          <p className="quiet">{words.draftNote(nameOf(author), cityTime(changedAtMs, 'date'))}</p>
          {faults.length === 0 ? (
            <p role="status">{words.sound}</p>
          ) : (
            <div role="alert">
              <p className="trouble">{words.wrong(faults.length)}</p>
              <ul className="faults">
                {faults.map(fault => (
                  <li key={`${fault.place} ${fault.found}`}>{faultSaid(stand.subject, fault)}</li>
                ))}
              </ul>
            </div>
          )}
          <Changes subject={stand.subject} changes={draft.changes} />
          {stand.needsSecond && <p>{words.twoPersons}</p>}
          <Publishing
            isBusy={isBusy}
            isReady={faults.length === 0 && draft.changes.length > 0}
            publish={how => publish({ revision, ...how })}
          />
          <SteadyButton meaning="discard" atOnce className="button" onPress={() => discard()}>
            {words.discard}
          </SteadyButton>
        </>
      )}
    </section>
  )
}
