import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import type { CatalogueDetail } from '../../catalogue/api.ts'
import { Trouble } from '../design/trouble.tsx'
import { Editor } from './editor.tsx'
import { useRulesNames } from './names.ts'
import { useKind } from './use-catalogue.ts'
import { urgencyWords, words } from './words.ts'

/** All that the catalogue says of a kind and of the object that it is about. */
export function Kind({
  code,
  close,
  saved,
}: {
  readonly code: string
  readonly close: () => void
  /** What was written is in the draft. */
  readonly saved: () => void
}) {
  const [isEdited, setIsEdited] = useState(false)
  const { kind, trouble } = useKind(code)
  const top = useRef<HTMLElement>(null)
  const isThere = kind !== undefined
  // Who opens one by the keyboard, or on a narrow screen, is led to it.
  useEffect(() => {
    if (isThere) top.current?.focus()
  }, [isThere])
  return (
    <section ref={top} className="card kind" tabIndex={-1} aria-label={kind ? nameOf(kind) : words.asking}>
      <div className="acts">
        {kind && !isEdited && (
          <Button className="button main" onPress={() => setIsEdited(true)}>
            {words.edit}
          </Button>
        )}
        <Button className="button" onPress={close}>
          {words.close}
        </Button>
      </div>
      <Trouble text={trouble} />
      {kind && isEdited ? (
        <Editor code={code} saved={saved} cancel={() => setIsEdited(false)} />
      ) : kind ? (
        <Described kind={kind} />
      ) : (
        trouble === undefined && <p role="status">{words.asking}</p>
      )}
    </section>
  )
}

const nameOf = ({ object, name }: CatalogueDetail) => `${object}·${name}`

function Described({ kind }: { readonly kind: CatalogueDetail }) {
  const categoryName = useRulesNames()
  const yes = (so: boolean) => (so ? words.yes : words.no)
  return (
    <>
      <h2 lang="zh-CN">{nameOf(kind)}</h2>
      <dl>
        <Field name={words.code}>{kind.code}</Field>
        <Field name={words.class}>{kind.class}</Field>
        <Field name={words.group}>{kind.group}</Field>
        <Field name={words.urgency}>{urgencyWords[kind.urgency]}</Field>
        <Field name={words.tag}>{kind.tag}</Field>
        <Field name={words.category}>{categoryName(kind.category)}</Field>
        <Field name={words.elder}>{yes(kind.elder)}</Field>
        <Field name={words.evidence}>{yes(kind.evidence)}</Field>
        <Field name={words.answers}>
          <Lines
            texts={kind.answers.map(
              ({ unit, districts }) =>
                `${unit || words.nobody}：${districts.length === 0 ? words.everywhere : districts.join('、')}`,
            )}
          />
        </Field>
        <Field name={words.units}>{kind.units.join('、')}</Field>
        <Field name={words.form}>{kind.form.join('、') || words.empty}</Field>
        <Field name={words.words}>{kind.words.join('、') || words.empty}</Field>
        <Field name={words.says}>
          <Lines texts={kind.says} />
        </Field>
        <Field name={words.not}>
          <Lines texts={kind.not.map(({ is, ask }) => `${is}：${ask}`)} />
        </Field>
        <Field name={words.beside}>
          <ul>
            {kind.beside.map(({ code, name, urgency }) => (
              <li key={code}>
                {code === kind.code ? name : <a href={`#${code}`}>{name}</a>}
                <span className="quiet">
                  {' '}
                  · {code} · {urgencyWords[urgency]}
                </span>
              </li>
            ))}
          </ul>
        </Field>
        {kind.former.length > 0 && <Field name={words.former}>{kind.former.join('、')}</Field>}
        <Field name={words.place}>
          <code>{kind.place}</code>
        </Field>
      </dl>
    </>
  )
}

const Field = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd lang="zh-CN">{children}</dd>
  </div>
)

const Lines = ({ texts }: { readonly texts: readonly string[] }) =>
  texts.length === 0 ? (
    words.empty
  ) : (
    <ul>
      {texts.map(text => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  )
